import {
	type ApiObject,
	numberAt,
	textAt,
	textsAt,
	treeAt,
	treesAt,
	type Tree,
	type Value,
} from '../value.js';
import {type Column} from './column.js';

export const none = '<none>';

export const orNone = (text: string): string => (text === '' ? none : text);

type Cell = Column['cell'];

/**
A column of text that is always shown.
*/
export const text = (name: string, cell: Cell): Column => ({
	name,
	type: 'string',
	description: '',
	cell,
});

export const integer = (name: string, cell: Cell): Column => ({
	...text(name, cell),
	type: 'integer',
});

export const truth = (name: string, cell: Cell): Column => ({
	...text(name, cell),
	type: 'boolean',
});

/**
The same column, only for `-o wide`.
*/
export const wide = (column: Column): Column => ({...column, priority: 1});

export const textPath =
	(...path: string[]): Cell =>
	(object) =>
		textAt(object, ...path);

export const numberPath =
	(...path: string[]): Cell =>
	(object) =>
		numberAt(object, ...path) ?? 0;

/**
Labels as `a=b,c=d`.
*/
export const formatLabels = (
	labels: Readonly<Record<string, string>>,
): string =>
	orNone(
		Object.keys(labels)
			.toSorted()
			.map((key) => `${key}=${labels[key] ?? ''}`)
			.join(','),
	);

const operators: Readonly<Record<string, string>> = {
	In: 'in',
	NotIn: 'notin',
};

/**
A LabelSelector object as `kubectl -l` would take it.
*/
export const formatSelector = (selector: Value): string => {
	const equal = Object.entries(textsAt(selector, 'matchLabels')).map(
		([key, value]) => ({key, text: `${key}=${value}`}),
	);
	const expressions = treesAt(selector, 'matchExpressions').map(
		(expression) => {
			const key = textAt(expression, 'key');
			const operator = textAt(expression, 'operator');
			const values = (Array.isArray(expression.values) ? expression.values : [])
				.map(String)
				.toSorted()
				.join(',');
			const word = operators[operator];
			const sign = operator === 'DoesNotExist' ? '!' : '';
			return {
				key,
				text: word ? `${key} ${word} (${values})` : `${sign}${key}`,
			};
		},
	);
	return orNone(
		[...equal, ...expressions]
			.toSorted((left, right) => (left.key < right.key ? -1 : 1))
			.map((item) => item.text)
			.join(','),
	);
};

const containersOf = (object: ApiObject, path: readonly string[]): Tree[] =>
	treesAt(treeAt(object, ...path), 'containers');

/**
The three wide columns of everything with a pod template.
*/
export const templateColumns = (
	path: readonly string[] = ['spec', 'template', 'spec'],
): Column[] => [
	wide(
		text('Containers', (object) =>
			containersOf(object, path)
				.map((container) => textAt(container, 'name'))
				.join(','),
		),
	),
	wide(
		text('Images', (object) =>
			containersOf(object, path)
				.map((container) => textAt(container, 'image'))
				.join(','),
		),
	),
];

export const selectorColumn = wide(
	text('Selector', (object) =>
		formatSelector(treeAt(object, 'spec', 'selector')),
	),
);
