import {Buffer} from 'node:buffer';
import {type IncomingMessage} from 'node:http';
import {type User} from '../api.js';
import {failure, type Failure} from './status.js';

const bodyLimit = 3 * 1024 * 1024;

export const anonymous: User = {
	name: 'system:anonymous',
	groups: ['system:unauthenticated'],
};

export const readBody = async (
	request: IncomingMessage,
): Promise<Buffer | undefined> =>
	new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let size = 0;
		request.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size > bodyLimit) {
				request.pause();
				resolve(undefined);
			}

			chunks.push(chunk);
		});
		request.once('end', () => {
			resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
		});
		request.once('error', reject);
	});

export const tooLarge = failure(
	413,
	'RequestEntityTooLarge',
	`Request entity too large: limit is ${bodyLimit}`,
);

const served =
	'application/json, application/yaml, application/vnd.kubernetes.protobuf';

/**
No type that the client takes is made here at all.
*/
export const notAcceptable = (isWatchable: boolean): Failure =>
	failure(
		406,
		'NotAcceptable',
		`406: Not Acceptable\n\nAvailable representations: ${served}${
			isWatchable
				? ', application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch'
				: ''
		}`,
		{},
	);

/**
The types are made, but not in the form that is asked for.
*/
export const wrongForm = failure(
	406,
	'NotAcceptable',
	`only the following media types are accepted: ${served}`,
);

/**
One object was asked for where there is a list, or the other way round; `kind` is Go's name of it.
*/
export const notThat = (as: string, isList: boolean, kind: string): Failure =>
	failure(
		406,
		'NotAcceptable',
		`you requested ${as}, but the requested object is ${isList ? 'a list' : 'not a list'} (*${kind})`,
	);

/**
The same of one custom resource.
*/
export const noListAt = failure(500, undefined, 'content is not a list');

export const unsupportedBody = failure(
	415,
	'UnsupportedMediaType',
	`the body of the request was in an unknown format - accepted media types include: ${served}`,
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
