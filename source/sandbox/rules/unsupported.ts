import {type ASTNode} from '@marcbachmann/cel-js';

/**
What rules may use on a real API server and not here: Kubernetes' named formats, semantic versions, and macros of two variables.
*/
const functions = new Set([
	'semver',
	'isSemver',
	'transformList',
	'transformMap',
	'transformMapEntry',
]);
const macros = new Set(['all', 'exists', 'existsOne', 'exists_one']);

/**
The parts of a node that are nodes themselves.
*/
export const childrenOf = (node: ASTNode): readonly ASTNode[] => {
	const nested = (value: unknown): readonly ASTNode[] => {
		if (Array.isArray(value)) {
			return (value as unknown[]).flatMap((item) => nested(item));
		}

		return typeof value === 'object' &&
			Boolean(value) &&
			'op' in value! &&
			'args' in value
			? [value as ASTNode]
			: [];
	};

	return nested(node.args);
};

/**
Whether an expression uses a name anywhere.
*/
export const mentions = (node: ASTNode, name: string): boolean =>
	(node.op === 'id' && node.args === name) ||
	childrenOf(node).some((child) => mentions(child, name));

/**
What an expression asks for that this server does not have; undefined when there is nothing.
*/
export const findUnsupported = (node: ASTNode): string | undefined => {
	if (node.op === 'id' && node.args === 'format') {
		return 'format';
	}

	if (node.op === 'call' || node.op === 'rcall') {
		const name = node.args[0];
		const {length: count} = node.args.at(-1) as readonly ASTNode[];
		if (functions.has(name) || (macros.has(name) && count === 3)) {
			return name;
		}
	}

	for (const child of childrenOf(node)) {
		const found = findUnsupported(child);
		if (found !== undefined) {
			return found;
		}
	}

	return undefined;
};
