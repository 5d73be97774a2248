import {
	type Condition,
	type FieldManager,
	type Labels,
	type Metadata,
	type OwnerReference,
} from '../kubernetes.js';
import {
	childOrEmpty,
	defined,
	emptyList,
	entries,
	flag,
	map,
	type Place,
	requiredText,
	text,
	texts,
	whole,
} from './place.js';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
Annotations without the copy of the object that kubectl leaves there: it may be as large as the object, and nobody reads it.
*/
const annotationsOf = (metadata: Place): Labels => {
	const annotations = map(metadata, 'annotations');
	if (!Object.hasOwn(annotations, lastApplied)) {
		return annotations;
	}

	return Object.fromEntries(
		Object.entries(annotations).filter(([key]) => key !== lastApplied),
	);
};

const ownerOf = (owner: Place): OwnerReference =>
	defined({
		apiVersion: text(owner, 'apiVersion') ?? '',
		kind: requiredText(owner, 'kind'),
		name: requiredText(owner, 'name'),
		uid: text(owner, 'uid') ?? '',
		controller: flag(owner, 'controller'),
	});

const managerOf = (manager: Place): FieldManager =>
	defined({
		manager: text(manager, 'manager') ?? '',
		operation: text(manager, 'operation') ?? '',
		subresource: text(manager, 'subresource'),
		time: text(manager, 'time'),
	});

/**
Reads `metadata`. A missing name is a defect; uid and resourceVersion are empty in objects that no server has seen.
*/
export const decodeMetadata = (
	root: Place,
	options?: {readonly hasManagers?: boolean},
): Metadata => {
	const metadata = childOrEmpty(root, 'metadata');
	return defined({
		name: requiredText(metadata, 'name'),
		namespace: text(metadata, 'namespace') ?? '',
		uid: text(metadata, 'uid') ?? '',
		resourceVersion: text(metadata, 'resourceVersion') ?? '',
		generation: whole(metadata, 'generation'),
		creationTimestamp: text(metadata, 'creationTimestamp'),
		deletionTimestamp: text(metadata, 'deletionTimestamp'),
		deletionGracePeriodSeconds: whole(metadata, 'deletionGracePeriodSeconds'),
		generateName: text(metadata, 'generateName'),
		labels: map(metadata, 'labels'),
		annotations: annotationsOf(metadata),
		finalizers: texts(metadata, 'finalizers') ?? emptyList,
		ownerReferences: entries(metadata, 'ownerReferences', ownerOf) ?? emptyList,
		managers: options?.hasManagers
			? entries(metadata, 'managedFields', managerOf)
			: undefined,
	});
};

export const decodeCondition = (condition: Place): Condition =>
	defined({
		type: requiredText(condition, 'type'),
		status: text(condition, 'status') ?? 'Unknown',
		reason: text(condition, 'reason'),
		message: text(condition, 'message'),
		lastTransitionTime: text(condition, 'lastTransitionTime'),
	});

export const decodeConditions = (
	place: Place,
	key = 'conditions',
): readonly Condition[] => entries(place, key, decodeCondition) ?? emptyList;

/**
Puts an object together: kind, apiVersion (the given one where the object names none), metadata, what was read of it, and
its defects when there are any.
*/
export const assemble = <K extends string, T extends object>(
	root: Place,
	head: {
		readonly kind: K;
		readonly apiVersion: string;
		readonly hasManagers?: boolean;
	},
	body: T,
): {kind: K; apiVersion: string; metadata: Metadata} & T => {
	const object = {
		kind: head.kind,
		apiVersion: text(root, 'apiVersion') ?? head.apiVersion,
		metadata: decodeMetadata(root, head),
		...body,
	};
	return root.defects.length === 0
		? object
		: {...object, defects: root.defects};
};
