import {type Api, type Caller} from '../api.js';
import {type WriteOptions} from '../http/options.js';
import {
	conflict,
	type Failure,
	failure,
	type GroupResource,
} from '../http/status.js';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {decodeAs} from '../storage/encoding.js';
import {type Entry} from '../storage/entry.js';
import {type ApiObject} from '../value.js';

/**
A write to one object: who, what and how.
*/
export type Target = {
	readonly api: Api;
	readonly caller: Caller;
	readonly kind: Kind;
	readonly namespace: string;
	/**
	Empty when the server or the body names the object.
	*/
	readonly name: string;
	readonly subresource: string;
	readonly options: WriteOptions;
	/**
	What a body in YAML said more than once.
	*/
	readonly repeatedKeys?: readonly string[];
};

export type Written = {
	readonly code: 200 | 201;
	readonly object: ApiObject;
	/**
	The object as it is kept now; absent when it is not, as after a dry run.
	*/
	readonly entry?: Entry;
};

export const groupResource = (kind: Kind): GroupResource => ({
	group: kind.group,
	resource: kind.plural,
});

export const readEntry = (kind: Kind, entry: Entry): ApiObject =>
	decodeAs(entry.bytes, apiVersionOf(kind), kind.kind);

export const currentEntry = ({api, kind, namespace, name}: Target) =>
	api.storage.get(kind.resource, namespace, name);

/**
Stores the object, or, on a dry run, only answers it.
*/
export const store = (
	target: Target,
	object: ApiObject,
): Omit<Written, 'code'> => {
	const {api, kind, options} = target;
	return options.isDryRun
		? {object}
		: {
				object,
				entry: api.storage.put(kind.resource, object, fieldsOf(kind)),
			};
};

const noFields = (): undefined => undefined;

export const fieldsOf = (kind: Kind) => kind.behaviour.fieldsOf ?? noFields;

/**
A version that cannot be compared because it is none.
*/
export const unreadableVersion = (
	resourceVersion: string | undefined,
): Failure | undefined =>
	/^\d*$/v.test(resourceVersion ?? '')
		? undefined
		: failure(
				500,
				undefined,
				`strconv.ParseUint: parsing ${JSON.stringify(resourceVersion)}: invalid syntax`,
			);

export type Preconditions = {
	readonly uid?: string;
	readonly resourceVersion?: string;
};

/**
What must still hold for a write, and the conflict when it does not.
*/
export const checkPreconditions = (
	kind: Kind,
	object: ApiObject,
	{uid, resourceVersion}: Preconditions,
) => {
	const {metadata} = object;
	const subject = {group: kind.group, resource: kind.kind};
	if (uid !== undefined && uid !== metadata.uid) {
		return conflict(
			subject,
			metadata.name,
			`the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
		);
	}

	if (
		resourceVersion !== undefined &&
		resourceVersion !== metadata.resourceVersion
	) {
		return conflict(
			subject,
			metadata.name,
			`the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion ?? ''}). The object might have been modified`,
		);
	}

	return undefined;
};
