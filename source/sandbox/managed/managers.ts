import {type Kind} from '../kinds/kind.js';
import {zeroObject} from '../schema/decode-typed.js';
import {
	type ApiObject,
	isTree,
	textAt,
	treeAt,
	type Tree,
	type Value,
} from '../value.js';
import {compareFields} from './compare-fields.js';
import {
	changeFields,
	type FieldSet,
	fromFieldsV1,
	stepsOf,
	toFieldsV1,
} from './field-set.js';

/**
One writer of an object and the fields it owns.
*/
export type Manager = {
	readonly name: string;
	readonly operation: 'Apply' | 'Update';
	readonly apiVersion: string;
	readonly subresource: string;
	time: string;
	fields: ReadonlySet<string>;
};

export const readManagers = (object: Value): Manager[] => {
	const entries = isTree(object)
		? treeAt(object, 'metadata')?.managedFields
		: [];
	return (Array.isArray(entries) ? entries : [])
		.filter((entry) => isTree(entry))
		.map((entry) => ({
			name: textAt(entry, 'manager'),
			operation: textAt(entry, 'operation') === 'Apply' ? 'Apply' : 'Update',
			apiVersion: textAt(entry, 'apiVersion'),
			subresource: textAt(entry, 'subresource'),
			time: textAt(entry, 'time'),
			fields: fromFieldsV1(treeAt(entry, 'fieldsV1') ?? {}),
		}));
};

const order = (manager: Manager): string =>
	`${manager.operation}\n${manager.time}\n${manager.name}\n${manager.subresource}`;

export const writeManagers = (object: ApiObject, managers: Manager[]): void => {
	const kept = managers
		.filter(({fields}) => fields.size > 0)
		.toSorted((left, right) => (order(left) < order(right) ? -1 : 1));
	if (kept.length === 0) {
		delete object.metadata.managedFields;
		return;
	}

	object.metadata.managedFields = kept.map((manager): Tree => ({
		manager: manager.name,
		operation: manager.operation,
		apiVersion: manager.apiVersion,
		...(manager.time !== '' && {time: manager.time}),
		fieldsType: 'FieldsV1',
		fieldsV1: toFieldsV1(manager.fields),
		...(manager.subresource !== '' && {subresource: manager.subresource}),
	}));
};

export const findManager = (
	managers: readonly Manager[],
	key: Pick<Manager, 'name' | 'operation' | 'apiVersion' | 'subresource'>,
): Manager | undefined =>
	managers.find(
		(manager) =>
			manager.name === key.name &&
			manager.operation === key.operation &&
			manager.apiVersion === key.apiVersion &&
			manager.subresource === key.subresource,
	);

type Writer = {
	readonly name: string;
	readonly apiVersion: string;
	readonly subresource: string;
	/**
	RFC 3339, whole seconds.
	*/
	readonly time: string;
};

/**
Takes out what a write to this subresource does not reach.
*/
export const dropReset = (
	kind: Kind,
	subresource: string,
	set: FieldSet,
): void => {
	if (!kind.hasStatus) {
		return;
	}

	for (const path of set) {
		const [top] = stepsOf(path);
		const isReset =
			subresource === 'status'
				? top !== 'f:status' && top !== 'f:metadata'
				: top === 'f:status';
		if (isReset) {
			set.delete(path);
		}
	}
};

/**
Records, in the object, who wrote what by a create, update or patch: the writer gets what it changed, all others lose it
(apimachinery, structured merge: Update).
*/
export const recordUpdate = (
	object: ApiObject,
	old: ApiObject | undefined,
	kind: Kind,
	writer: Writer,
): void => {
	// An empty list resets the field managers; a list that was only copied changes nothing.
	const sent = object.metadata.managedFields;
	const isReset =
		Array.isArray(sent) &&
		sent.length === 1 &&
		isTree(sent[0]) &&
		Object.keys(sent[0]).length === 0;
	const managers = isReset ? [] : readManagers(old);
	// What the server writes of itself into an empty object is nobody's.
	const {changed, removed} = compareFields(
		old ?? (kind.isCustom ? {} : zeroObject(kind.schema)),
		object,
		kind.schema,
	);
	dropReset(kind, writer.subresource, changed);
	dropReset(kind, writer.subresource, removed);
	// Whoever began without managed fields goes on without.
	if (old && managers.length === 0) {
		delete object.metadata.managedFields;
		return;
	}

	if (changed.size === 0 && removed.size === 0) {
		if (old?.metadata.managedFields && !isReset) {
			object.metadata.managedFields = old.metadata.managedFields;
		} else {
			delete object.metadata.managedFields;
		}

		return;
	}

	const key = {...writer, operation: 'Update' as const};
	let own = findManager(managers, key);
	for (const manager of managers) {
		if (manager !== own) {
			manager.fields = changeFields(manager.fields, {
				removed: changed.union(removed),
			});
		}
	}

	if (!own) {
		own = {...key, fields: new Set()};
		managers.push(own);
	}

	own.fields = changeFields(own.fields, {added: changed, removed});
	own.time = writer.time;
	writeManagers(object, managers);
};
