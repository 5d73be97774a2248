import {type JsonObject} from '../json.js';
import {type KindName, type Metadata} from '../model.js';
import {nameText} from '../object-text.js';
import {type World} from '../world.js';
import {type RowSet} from './row.js';

/**
Rows that can also be written down for programs.
*/
export type DescribedRowSet<T> = RowSet<T> & {
	/**
	Kind of the document that holds one row, e.g. `Offloading`; a list of them is called `OffloadingList`.
	*/
	readonly documentKind: string;
	/**
	The row as JSON: what is not known is absent. `now` is epoch milliseconds.
	*/
	dataOf(object: T, world: World, now: number): JsonObject;
};

/**
`namespace/name`, or the name of what has no namespace.
*/
export const keyOfObject = ({
	metadata,
}: {
	readonly metadata: Metadata;
}): string => nameText(metadata);

/**
The parts of a key as `keyOfObject` makes it.
*/
export const splitKey = (
	key: string,
): {readonly namespace: string; readonly name: string} => {
	const slash = key.indexOf('/');
	return slash === -1
		? {namespace: '', name: key}
		: {namespace: key.slice(0, slash), name: key.slice(slash + 1)};
};

/**
Finds the consumer's object of a kind by its row's key.
*/
export const findObject =
	<K extends KindName>(kind: K) =>
	(world: World, key: string) => {
		const {namespace, name} = splitKey(key);
		return world.consumer.get(kind, namespace, name);
	};

/**
What is wrong with an object that could be decoded only in part; absent for a sound one.
*/
export const defectText = (object: {
	readonly defects?: ReadonlyArray<{
		readonly path: string;
		readonly problem: string;
	}>;
}): string | undefined => {
	const [defect] = object.defects ?? [];
	return defect && `malformed: ${defect.path} ${defect.problem}`;
};
