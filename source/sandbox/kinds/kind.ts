import {type Schema} from '../schema/schema.js';
import {type Column} from '../printers/column.js';
import {type FieldError} from '../validation/field-error.js';
import {type ApiObject} from '../value.js';

/**
Where a kind's `scale` subresource finds its numbers, as JSON paths that begin with a dot.
*/
export type ScalePaths = {
	readonly replicas: string;
	readonly statusReplicas: string;
	readonly selector?: string;
};

/**
What a built-in kind does beyond what all kinds do. Each may change the object it is given, but not `old`.
*/
export type Behaviour = {
	/**
	Problems of a name; `isPrefix` for generateName.
	*/
	nameProblems(name: string, isPrefix: boolean): string[];
	setDefaults?(object: ApiObject): void;
	prepareCreate?(object: ApiObject): void;
	prepareUpdate?(object: ApiObject, old: ApiObject): void;
	validate?(object: ApiObject): FieldError[];
	/**
	What is only looked at when an object is new.
	*/
	validateCreate?(object: ApiObject): FieldError[];
	validateUpdate?(object: ApiObject, old: ApiObject): FieldError[];
	/**
	What is said to whoever writes a valid object.
	*/
	warn?(object: ApiObject): string[];
	/**
	Seconds an object of this kind may take to go when the request does not say; undefined: it goes at once.
	*/
	gracePeriod?(
		object: ApiObject,
		asked: number | undefined,
	): number | undefined;
	/**
	Fields that can be selected by, besides name and namespace.
	*/
	fieldsOf?(object: ApiObject): Readonly<Record<string, string>>;
};

/**
One version of one resource as it is served.
*/
export type Kind = {
	/**
	Empty for the core group.
	*/
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	readonly listKind: string;
	readonly plural: string;
	readonly singular: string;
	readonly shortNames: readonly string[];
	readonly categories: readonly string[];
	readonly isNamespaced: boolean;
	/**
	Key of the collection, the same for all versions of a resource.
	*/
	readonly resource: string;
	readonly isCustom: boolean;
	readonly hasStatus: boolean;
	readonly scale: ScalePaths | undefined;
	/**
	Whether metadata.generation counts the changes of everything but metadata and status.
	*/
	readonly hasGeneration: boolean;
	readonly verbs: readonly string[];
	readonly schema: Schema;
	readonly columns: readonly Column[];
	readonly selectableFields: ReadonlySet<string>;
	readonly behaviour: Behaviour;
	/**
	Said to everyone who uses this version.
	*/
	readonly deprecationWarning?: string;
};

export const apiVersionOf = ({
	group,
	version,
}: {
	readonly group: string;
	readonly version: string;
}): string => (group === '' ? version : `${group}/${version}`);

/**
`apiVersionOf` the other way round; the group is empty for the core group.
*/
export const groupVersionOf = (
	apiVersion: string,
): {readonly group: string; readonly version: string} => {
	const [version = '', group = ''] = apiVersion.split('/').toReversed();
	return {group, version};
};

export const allVerbs = [
	'create',
	'delete',
	'deletecollection',
	'get',
	'list',
	'patch',
	'update',
	'watch',
] as const;

/**
A behaviour with the names of the fields it can be selected by.
*/
export type BuiltinBehaviour = Partial<Behaviour> & {
	readonly selectable?: readonly string[];
};
