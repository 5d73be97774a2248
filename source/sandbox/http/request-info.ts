import {type Kind} from '../kinds/kind.js';
import {type Registry} from '../kinds/registry.js';
import {readBoolean} from './options.js';

/**
What a path asks for, before it is known whether it is served.
*/
export type ResourcePath = {
	readonly group: string;
	readonly version: string;
	readonly namespace: string | undefined;
	readonly plural: string;
	readonly name: string;
	readonly subresource: string;
	/**
	Whether the path is one of the deprecated `/watch/` ones.
	*/
	readonly isWatchPath: boolean;
};

/**
Reads `/api/v1/...` and `/apis/GROUP/VERSION/...` of a decoded path; undefined for every other one.
*/
export const readResourcePath = (
	pathname: string,
): ResourcePath | undefined => {
	const parts = pathname.split('/').slice(1);
	if (parts.at(-1) === '') {
		parts.pop();
	}

	const root = parts.shift();
	if (root !== 'api' && root !== 'apis') {
		return undefined;
	}

	const group = root === 'api' ? '' : (parts.shift() ?? '');
	const version = parts.shift();
	const isWatchPath = parts[0] === 'watch';
	if (isWatchPath) {
		parts.shift();
	}

	if (version === undefined || parts.length === 0) {
		return undefined;
	}

	let namespace: string | undefined;
	// `namespaces/x` is the namespace itself, `namespaces/x/pods` something in it, but for its own subresources.
	if (
		parts[0] === 'namespaces' &&
		parts.length > 2 &&
		parts[2] !== 'status' &&
		parts[2] !== 'finalize'
	) {
		parts.shift();
		namespace = parts.shift();
	}

	const [plural = '', name = '', ...subresource] = parts;
	return {
		group,
		version,
		namespace,
		plural,
		name,
		subresource: subresource.join('/'),
		isWatchPath,
	};
};

export const findKind = (
	registry: Registry,
	{group, version, plural}: ResourcePath,
): Kind | undefined => registry.find(group, version, plural);

/**
The verb that authorization knows (k8s RBAC), from the method and the path.
*/
export const verbOf = (
	method: string,
	path: ResourcePath,
	query: URLSearchParams,
): string => {
	const isWatch = path.isWatchPath || readBoolean(query.get('watch'));
	switch (method) {
		case 'GET':
		case 'HEAD': {
			if (isWatch && (path.name === '' || path.subresource === '')) {
				return 'watch';
			}

			return path.name === '' ? 'list' : 'get';
		}

		case 'POST': {
			return 'create';
		}

		case 'PUT': {
			return 'update';
		}

		case 'PATCH': {
			return 'patch';
		}

		case 'DELETE': {
			return path.name === '' ? 'deletecollection' : 'delete';
		}

		default: {
			return method.toLowerCase();
		}
	}
};
