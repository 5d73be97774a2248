import {readObjectBody} from '../http/json-body.js';
import {failure, type Failure, isFailure} from '../http/status.js';
import {unrecognized} from '../objects/check-kind.js';
import {type Tree} from '../value.js';
import {type ResourceRequest} from './resource-request.js';

/**
A body that may be left out.
*/
export const readOptionalBody = (body: string): Tree | Failure => {
	if (body.trim() === '') {
		return {};
	}

	const parsed = readObjectBody(body);
	return isFailure(parsed) ? failure(500, undefined, parsed.message) : parsed;
};

/**
The body as an object of the kind; what it is not, the answer says with the kind it should have been.
*/
export const readTyped = ({body, kind}: ResourceRequest): Tree | Failure => {
	const raw = readObjectBody(body);
	return isFailure(raw) ? unrecognized(kind, body, raw.message) : raw;
};
