import {isNothing, isTree, type Tree, type Value} from '../value.js';

/**
A value as Go prints it: `map[a:1 b:[x y]]`.
*/
export const goText = (value: Value): string => {
	if (Array.isArray(value)) {
		return `[${value.map((item) => goText(item)).join(' ')}]`;
	}

	if (isTree(value)) {
		const fields = Object.keys(value)
			.toSorted()
			.map((key) => `${key}:${goText(value[key])}`);
		return `map[${fields.join(' ')}]`;
	}

	return isNothing(value) ? '<nil>' : String(value);
};

const sorted = (value: Value): Value => {
	if (Array.isArray(value)) {
		return value.map((item) => sorted(item));
	}

	return isTree(value)
		? Object.fromEntries(
				Object.keys(value)
					.toSorted()
					.map((key) => [key, sorted(value[key])]),
			)
		: value;
};

const metadataOrder = [
	'name',
	'generateName',
	'namespace',
	'uid',
	'resourceVersion',
	'generation',
	'creationTimestamp',
	'deletionTimestamp',
	'deletionGracePeriodSeconds',
	'labels',
	'annotations',
	'ownerReferences',
	'finalizers',
	'managedFields',
];

const inMetadataOrder = (metadata: Tree): Tree =>
	Object.fromEntries(
		Object.keys(metadata)
			.toSorted(
				(left, right) =>
					metadataOrder.indexOf(left) - metadataOrder.indexOf(right),
			)
			.map((key) => [
				key,
				key === 'labels' || key === 'annotations'
					? sorted(metadata[key])
					: metadata[key],
			]),
	);

/**
A document with its fields where the API server shows them: custom objects in the order of the alphabet, of built-in ones the outermost
fields, and the metadata in the order of its type.
*/
export const inOrder = (document: Tree, isCustom: boolean): Tree => {
	if (isCustom) {
		return sorted(document) as Tree;
	}

	return Object.fromEntries(
		Object.keys(document)
			.toSorted()
			.map((key) => {
				const value = document[key];
				return [
					key,
					key === 'metadata' && isTree(value) ? inMetadataOrder(value) : value,
				];
			}),
	);
};
