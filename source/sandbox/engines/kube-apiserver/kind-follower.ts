import {setTimeout as delay} from 'node:timers/promises';
import {
	type ApiObject,
	isTree,
	textAt,
	treesAt,
	type Tree,
} from '../../value.js';
import {type ApiServer} from './api-server.js';
import {ask} from './ask.js';
import {watchLines} from './watch-lines.js';

/**
One write as a follower hears of it: what the object is now, or that it is gone. `version` is its resourceVersion; infinite when it went
unnoticed.
*/
export type Heard = {
	readonly namespace: string;
	readonly name: string;
	readonly object: ApiObject | undefined;
	readonly version: number;
};

/**
The objects of one kind on an API server, kept up by list and watch.
*/
export type KindFollower = {
	/**
	Settles when the first list has been answered, or refused: then there are none until a later one succeeds.
	*/
	readonly listed: Promise<void>;
	get(namespace: string, name: string): ApiObject | undefined;
	objects(): Iterable<ApiObject>;
};

const patience = 250;

const keyOf = (namespace: string, name: string): string =>
	`${namespace}/${name}`;

/**
Lists and watches `path` until `signal` says to stop. After a break, and when the server has forgotten too much, it lists anew.
*/
export const followKind = (
	cluster: ApiServer,
	{
		path,
		apiVersion,
		kind,
	}: {
		readonly path: string;
		readonly apiVersion: string;
		readonly kind: string;
	},
	onHeard: (heard: Heard) => void,
	signal: AbortSignal,
): KindFollower => {
	const known = new Map<string, ApiObject>();
	const {promise: listed, resolve: onListed} = Promise.withResolvers<void>();

	const put = (raw: Tree): void => {
		const object = {...raw, apiVersion, kind} as unknown as ApiObject;
		const {namespace = '', name, resourceVersion} = object.metadata;
		const key = keyOf(namespace, name);
		if (known.get(key)?.metadata.resourceVersion !== resourceVersion) {
			known.set(key, object);
			onHeard({namespace, name, object, version: Number(resourceVersion)});
		}
	};

	const remove = (namespace: string, name: string, version: number): void => {
		if (known.delete(keyOf(namespace, name))) {
			onHeard({namespace, name, object: undefined, version});
		}
	};

	/**
	@returns the version of the list
	*/
	const list = async (): Promise<string | undefined> => {
		const {status, text} = await ask(cluster, path);
		if (status !== 200 || signal.aborted) {
			return undefined;
		}

		const answer = JSON.parse(text) as Tree;
		const items = treesAt(answer, 'items');
		const present = new Set(
			items.map((item) =>
				keyOf(
					textAt(item, 'metadata', 'namespace'),
					textAt(item, 'metadata', 'name'),
				),
			),
		);
		for (const [key, {metadata}] of known) {
			if (!present.has(key)) {
				remove(metadata.namespace ?? '', metadata.name, Infinity);
			}
		}

		for (const item of items) {
			put(item);
		}

		return textAt(answer, 'metadata', 'resourceVersion');
	};

	/**
	@returns the version it came to; undefined when a list is needed
	*/
	const watch = async (from: string): Promise<string | undefined> => {
		let version: string | undefined = from;
		await watchLines(
			cluster,
			`${path}?watch=true&allowWatchBookmarks=true&resourceVersion=${from}`,
			(line) => {
				const event: unknown = JSON.parse(line);
				const object =
					isTree(event) && isTree(event.object) ? event.object : {};
				const metadata = isTree(object.metadata) ? object.metadata : {};
				const type = isTree(event) ? event.type : undefined;
				if (type === 'ADDED' || type === 'MODIFIED') {
					put(object);
				} else if (type === 'DELETED') {
					remove(
						textAt(metadata, 'namespace'),
						textAt(metadata, 'name'),
						Number(metadata.resourceVersion),
					);
				}

				version =
					type === undefined || type === 'ERROR'
						? undefined
						: version && textAt(metadata, 'resourceVersion');
			},
			signal,
		);
		return version;
	};

	const run = async (): Promise<void> => {
		let version: string | undefined;
		while (!signal.aborted) {
			try {
				version = version === undefined ? await list() : await watch(version); // eslint-disable-line no-await-in-loop -- the one takes up where the other ended
			} catch {
				// No connection, or half an answer: as when it is refused.
				version = undefined;
			}

			onListed();
			if (version === undefined) {
				await delay(patience, undefined, {signal}).catch(() => undefined); // eslint-disable-line no-await-in-loop -- the server is given time
			}
		}
	};

	void run();
	return {
		listed,
		get: (namespace, name) => known.get(keyOf(namespace, name)),
		objects: () => known.values(),
	};
};
