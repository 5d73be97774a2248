import {type OwnerReference} from './model.js';

/**
The reference to the one owner that manages an object (Kubernetes: `controller` of an owner reference).
*/
export const controllerOf = ({
	metadata,
}: {
	readonly metadata: {readonly ownerReferences: readonly OwnerReference[]};
}): OwnerReference | undefined =>
	metadata.ownerReferences.find(({controller}) => controller);
