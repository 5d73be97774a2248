import {type ApiObject} from '../value.js';

/**
Where an object is: `resource` names its kind in the way of whoever serves it.
*/
export type Place = {
	readonly resource: string;
	readonly namespace: string;
	readonly name: string;
};

export const keyOf = ({resource, namespace, name}: Place): string =>
	`${resource} ${namespace}/${name}`;

/**
What Kubernetes' controllers need to know of a write.
*/
export type ObjectWrite = {
	readonly place: Place;
	readonly uid: string;
	readonly isNew: boolean;
	readonly isGone: boolean;
	readonly isTerminating: boolean;
	/**
	The uids of its owners, after the write and before it.
	*/
	readonly owners: readonly string[];
	readonly previousOwners: readonly string[];
};

/**
A cluster as Kubernetes' own controllers use it, whoever serves it.
*/
export type ObjectPort = {
	/**
	Calls back for every write.

	@returns a function that ends it
	*/
	observe(onWrite: (write: ObjectWrite) => void): () => void;
	read(place: Place): Promise<ApiObject | undefined>;
	/**
	Writes an object that was read and changed; one that nothing keeps any longer goes.
	*/
	replace(place: Place, object: ApiObject): Promise<void>;
	/**
	Deletes the object with this uid, in the background.
	*/
	remove(place: Place, uid: string): Promise<void>;
};
