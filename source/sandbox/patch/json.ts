import {clone, isEqual, isTree, type Tree, type Value} from '../value.js';

/**
A patch that cannot be applied: `code` 422 when the document is the reason, 400 when the patch itself is.
*/
export type PatchProblem = {readonly code: 400 | 422; readonly problem: string};

class Problem extends Error {
	readonly code: 400 | 422;

	constructor(code: 400 | 422, message: string) {
		super(message);
		this.code = code;
	}
}

const stepsOf = (pointer: string): string[] =>
	pointer
		.split('/')
		.slice(1)
		.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const missing = (operation: string, path: string): Problem =>
	new Problem(
		422,
		`${operation} operation does not apply: doc is missing path: ${JSON.stringify(path)}: missing value`,
	);

const listIndex = (list: Value[], step: string, isInsert: boolean): number => {
	if (step === '-' && isInsert) {
		return list.length;
	}

	const index = /^-?\d+$/v.test(step) ? Number(step) : NaN;
	const limit = isInsert ? list.length : list.length - 1;
	if (Number.isNaN(index)) {
		throw new Problem(
			422,
			`strconv.Atoi: parsing ${JSON.stringify(step)}: invalid syntax`,
		);
	}

	const real = index < 0 ? index + list.length : index;
	if (real < 0 || real > limit) {
		throw new Problem(
			422,
			`Unable to access invalid index: ${index}: invalid index referenced`,
		);
	}

	return real;
};

type Place = {parent: Tree | Value[]; step: string};

const find = (document: Value, path: string, operation: string): Place => {
	const steps = stepsOf(path);
	const last = steps.pop() ?? '';
	let parent: Value = document;
	for (const step of steps) {
		parent = Array.isArray(parent)
			? parent[listIndex(parent, step, false)]
			: isTree(parent)
				? parent[step]
				: undefined;
	}

	if (!isTree(parent) && !Array.isArray(parent)) {
		throw missing(operation, path);
	}

	return {parent, step: last};
};

const read = (document: Value, path: string, operation: string): Value => {
	if (path === '') {
		return document;
	}

	const {parent, step} = find(document, path, operation);
	if (Array.isArray(parent)) {
		return parent[listIndex(parent, step, false)];
	}

	if (!Object.hasOwn(parent, step)) {
		throw new Problem(
			422,
			`${operation} operation does not apply: doc is missing ${operation === 'test' || operation === 'remove' ? 'path' : 'key'}: ${path}: missing value`,
		);
	}

	return parent[step];
};

const add = (document: Value, path: string, value: Value): Value => {
	if (path === '') {
		return value;
	}

	const {parent, step} = find(document, path, 'add');
	if (Array.isArray(parent)) {
		parent.splice(listIndex(parent, step, true), 0, value);
	} else {
		parent[step] = value;
	}

	return document;
};

const remove = (document: Value, path: string, operation = 'remove'): void => {
	const {parent, step} = find(document, path, operation);
	if (Array.isArray(parent)) {
		parent.splice(listIndex(parent, step, false), 1);
		return;
	}

	if (!Object.hasOwn(parent, step)) {
		throw new Problem(
			422,
			`Unable to remove nonexistent key: ${step}: missing value`,
		);
	}

	delete parent[step]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- the keys of a JSON object
};

const replace = (document: Value, path: string, value: Value): Value => {
	if (path === '') {
		return value;
	}

	const {parent, step} = find(document, path, 'replace');
	if (Array.isArray(parent)) {
		parent[listIndex(parent, step, false)] = value;
	} else {
		// As the API server's library: what is not there is added.
		parent[step] = value;
	}

	return document;
};

const test = (document: Value, path: string, value: Value): void => {
	let current: Value;
	try {
		current = read(document, path, 'test');
	} catch (error) {
		if (error instanceof Problem && value === undefined) {
			return;
		}

		throw error;
	}

	if (!isEqual(current, value)) {
		throw new Problem(422, `testing value ${path} failed: test failed`);
	}
};

const applyOperation = (document: Value, operation: Tree): Value => {
	const op = String(operation.op ?? '');
	const path = String(operation.path ?? '');
	const {value} = operation;
	switch (op) {
		case 'add': {
			return add(document, path, clone(value));
		}

		case 'remove': {
			remove(document, path);
			return document;
		}

		case 'replace': {
			return replace(document, path, clone(value));
		}

		case 'move': {
			const from = String(operation.from ?? '');
			const moved = read(document, from, 'move');
			remove(document, from, 'move');
			return add(document, path, moved);
		}

		case 'copy': {
			const from = String(operation.from ?? '');
			return add(document, path, clone(read(document, from, 'copy')));
		}

		case 'test': {
			test(document, path, value);
			return document;
		}

		default: {
			throw new Problem(422, `Unexpected kind: ${op}`);
		}
	}
};

const limit = 10_000;

/**
Applies a JSON patch (RFC 6902) as the API server does: all of it or nothing.
*/
export const applyJsonPatch = (
	document: Tree,
	patch: Value,
): PatchProblem | {readonly result: Value} => {
	if (!Array.isArray(patch)) {
		return {
			code: 400,
			problem:
				'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
		};
	}

	if (patch.length > limit) {
		return {
			code: 422,
			problem: `The allowed maximum operations in a JSON patch is ${limit}, got ${patch.length}`,
		};
	}

	let result: Value = clone(document);
	try {
		for (const operation of patch) {
			result = applyOperation(result, isTree(operation) ? operation : {});
		}
	} catch (error) {
		if (error instanceof Problem) {
			return {code: error.code, problem: error.message};
		}

		throw error;
	}

	return {result};
};
