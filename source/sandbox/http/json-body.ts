import {isTree, type Tree, type Value} from '../value.js';
import {badRequest, type Failure} from './status.js';

const goProblem = (body: string, error: unknown): string => {
	if (body.trim() === '') {
		return 'unexpected end of JSON input';
	}

	const text = error instanceof Error ? error.message : '';
	if (/end of json/iv.test(text)) {
		return 'unexpected end of JSON input';
	}

	const character = /Unexpected token '?(?<sign>[^',]+)'?/v.exec(text)?.groups
		?.sign;
	return `invalid character '${character ?? body.trim()[0] ?? ''}' looking for beginning of value`;
};

/**
A body as JSON, or the 400 that says where it is broken.
*/
export const readOptionalJson = (body: string): Value | Failure => {
	try {
		return JSON.parse(body) as Value;
	} catch (error) {
		return badRequest(`error decoding patch: ${goProblem(body, error)}`);
	}
};

/**
A body that has to be an API object.
*/
export const readObjectBody = (body: string): Tree | Failure => {
	let parsed: Value;
	try {
		parsed = JSON.parse(body) as Value;
	} catch (error) {
		return badRequest(
			`couldn't get version/kind; json parse error: ${goProblem(body, error)}`,
		);
	}

	if (isTree(parsed)) {
		return parsed;
	}

	const kind = Array.isArray(parsed) ? 'array' : typeof parsed;
	return badRequest(
		String.raw`couldn't get version/kind; json parse error: json: cannot unmarshal ${kind} into Go value of type struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`,
	);
};
