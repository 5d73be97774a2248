import {Buffer} from 'node:buffer';
import {type IncomingMessage} from 'node:http';
import {type User} from '../api.js';
import {badRequest, failure} from './status.js';

const bodyLimit = 3 * 1024 * 1024;

export const anonymous: User = {
	name: 'system:anonymous',
	groups: ['system:unauthenticated'],
};

export const readBody = async (
	request: IncomingMessage,
): Promise<Buffer | undefined> => {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		const bytes = chunk as Buffer;
		size += bytes.length;
		if (size > bodyLimit) {
			return undefined;
		}

		chunks.push(bytes);
	}

	return Buffer.concat(chunks);
};

export const tooLarge = failure(
	413,
	'RequestEntityTooLarge',
	`Request entity too large: limit is ${bodyLimit}`,
);

export const notAcceptable = failure(
	406,
	'NotAcceptable',
	'406: Not Acceptable\n\nAvailable representations: application/json, application/json;stream=watch',
	{},
);

export const unreadableProtobuf = badRequest(
	"the body is no object in Kubernetes' protobuf",
);

export const unsupportedBody = failure(
	415,
	'UnsupportedMediaType',
	'the body of the request was in an unknown format - accepted media types include: application/json',
);

/**
Who is asked for by the impersonation headers; the answer to whether that is allowed is the authorizer's.
*/
export const impersonated = (request: IncomingMessage): User | undefined => {
	const name = request.headers['impersonate-user'];
	if (typeof name !== 'string') {
		return undefined;
	}

	const groups = request.headers['impersonate-group'];
	const list = typeof groups === 'string' ? groups.split(', ') : (groups ?? []);
	return {
		name,
		groups: [...list, 'system:authenticated'],
	};
};
