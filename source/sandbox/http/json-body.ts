import {isNothing, isTree, type Tree, type Value} from '../value.js';
import {describeBrokenJson, isTooDeep} from './go-json.js';
import {parseJson} from './repeated-fields.js';
import {badRequest, type Failure} from './status.js';

/**
A body as JSON, or the 400 that says where it is broken.
*/
export const readOptionalJson = (body: string): Value | Failure => {
	try {
		return parseJson(body);
	} catch {
		return badRequest(`error decoding patch: ${describeBrokenJson(body)}`);
	}
};

/**
A body that has to be an API object.
*/
export const readObjectBody = (body: string): Tree | Failure => {
	let parsed: Value;
	try {
		if (isTooDeep(body)) {
			throw new SyntaxError('Nested too deep.');
		}

		parsed = parseJson(body);
	} catch {
		return badRequest(
			`couldn't get version/kind; json parse error: ${describeBrokenJson(body)}`,
		);
	}

	if (isTree(parsed)) {
		return parsed;
	}

	if (isNothing(parsed)) {
		return {};
	}

	const kind = Array.isArray(parsed) ? 'array' : typeof parsed;
	return badRequest(
		String.raw`couldn't get version/kind; json parse error: json: cannot unmarshal ${kind} into Go value of type struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`,
	);
};
