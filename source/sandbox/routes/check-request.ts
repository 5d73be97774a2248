import {type ResourcePath} from '../http/request-info.js';
import {
	badRequest,
	failure,
	type Failure,
	methodNotAllowed,
	noRoute,
	qualified,
} from '../http/status.js';
import {type Kind} from '../kinds/kind.js';

const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
A method that custom resources do not know; the verb, which would stand before it, is not known either.
*/
const unknownToCustom = ({group, plural}: Kind): Failure =>
	failure(
		405,
		'MethodNotAllowed',
		` is not supported on resources of kind ${JSON.stringify(qualified({group, resource: plural}))}`,
		{group, kind: plural},
	);

/**
What a name in a path may not be, whatever the kind (apimachinery: names as path segments).
*/
const nameProblem = (name: string): string | undefined => {
	if (name === '.' || name === '..') {
		return `may not be '${name}'`;
	}

	return name.includes('%') ? "may not contain '%'" : undefined;
};

/**
What is wrong with a request before the object is looked for: its method, or the name in its path.
*/
export const checkRequest = (
	method: string,
	kind: Kind,
	{name, subresource}: ResourcePath,
): Failure | undefined => {
	const isKnown = methods.has(method) || (method === 'HEAD' && kind.isCustom);
	if (!isKnown) {
		return kind.isCustom ? unknownToCustom(kind) : methodNotAllowed;
	}

	// Of a subresource it is looked for first.
	const problem =
		kind.isCustom || subresource !== '' ? undefined : nameProblem(name);
	return problem === undefined
		? undefined
		: badRequest(`Name parameter invalid: ${JSON.stringify(name)}: ${problem}`);
};

/**
Whether a path fits the kind: in a namespace or in none, and with a name before a subresource. To custom resources a path of the wrong
scope leads `nowhere`.
*/
export const checkScope = (
	method: string,
	kind: Kind,
	{name, namespace, subresource}: ResourcePath,
): Failure | 'nowhere' | undefined => {
	const isOfWrongScope = kind.isNamespaced
		? name !== '' && namespace === undefined
		: namespace !== undefined;
	if (isOfWrongScope && kind.isCustom) {
		return 'nowhere';
	}

	const isNewNowhere =
		method === 'POST' && kind.isNamespaced && namespace === undefined;
	if (!isOfWrongScope && !isNewNowhere && (name !== '' || subresource === '')) {
		return undefined;
	}

	return method === 'POST' && name === '' ? methodNotAllowed : noRoute;
};
