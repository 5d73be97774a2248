import {isTree, type Tree, type Value} from '../value.js';

type Entries = ReadonlyArray<readonly [key: string, value: Value]>;

const repeated = new WeakMap<Tree, Entries>();

/**
The fields of an object as its text has them: one that is said twice is there twice.
*/
export const entriesOf = (tree: Tree): Entries =>
	repeated.get(tree) ?? Object.entries(tree);

const tokens = /"(?:[^"\\]|\\.)*"(?:\s*:)?|[,\[\]\{\}]|[^\s",:\[\]\{\}]+/gv;

const countKeys = (text: string): number => {
	let count = 0;
	for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"(?<colon>\s*:)?/gv)) {
		count += match.groups!.colon === undefined ? 0 : 1;
	}

	return count;
};

const countFields = (value: Value): number => {
	if (Array.isArray(value)) {
		let count = 0;
		for (const item of value) {
			count += countFields(item);
		}

		return count;
	}

	if (!isTree(value)) {
		return 0;
	}

	const keys = Object.keys(value);
	let count = keys.length;
	for (const key of keys) {
		count += countFields(value[key]);
	}

	return count;
};

/**
Reads a text that is known to be JSON once more, and remembers what is said twice.
*/
const readAgain = (text: string): Value => {
	const all = [...text.matchAll(tokens)].map(([token]) => token);
	let position = 0;
	const read = (): Value => {
		const token = all[position++] ?? '';
		if (token === '[') {
			const items: Value[] = [];
			while (all[position] !== ']') {
				items.push(read());
				position += all[position] === ',' ? 1 : 0;
			}

			position++;
			return items;
		}

		if (token !== '{') {
			return JSON.parse(token) as Value;
		}

		const tree: Tree = {};
		const entries: Array<readonly [string, Value]> = [];
		while (all[position] !== '}') {
			const label = all[position++] ?? '';
			const key = JSON.parse(
				label.slice(0, label.lastIndexOf('"') + 1),
			) as string;
			const value = read();
			entries.push([key, value]);
			tree[key] = value;
			position += all[position] === ',' ? 1 : 0;
		}

		position++;
		if (entries.length > Object.keys(tree).length) {
			repeated.set(tree, entries);
		}

		return tree;
	};

	return read();
};

/**
JSON.parse that also knows which fields were said more than once.

@throws SyntaxError as JSON.parse does
*/
export const parseJson = (text: string): Value => {
	const value = JSON.parse(text) as Value;
	return countKeys(text) > countFields(value) ? readAgain(text) : value;
};

/**
Paths of the fields that are said more than once, in the order of the text, each once.
*/
export const repeatedPaths = (value: Value, path = ''): string[] => {
	if (Array.isArray(value)) {
		return value.flatMap((item, index) =>
			repeatedPaths(item, `${path}[${index}]`),
		);
	}

	if (!isTree(value)) {
		return [];
	}

	const seen = new Set<string>();
	const paths = new Set<string>();
	for (const [key, item] of entriesOf(value)) {
		const place = path === '' ? key : `${path}.${key}`;
		if (seen.has(key)) {
			paths.add(place);
		}

		seen.add(key);
		for (const inner of repeatedPaths(item, place)) {
			paths.add(inner);
		}
	}

	return [...paths];
};
