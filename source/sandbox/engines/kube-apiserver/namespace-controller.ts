import {type ClusterAccess} from '../../actors/cluster-access.js';
import {
	conditionsOf,
	type Remaining,
	sameConditions,
} from '../../controllers/namespaces.js';
import {
	type ApiObject,
	isTree,
	listAt,
	textAt,
	treeAt,
	treesAt,
	type Tree,
} from '../../value.js';
import {type ApiServer} from './api-server.js';
import {ask} from './ask.js';

// What holds a namespace up may be of a kind that nobody follows.
const patience = 1000;

const aggregated =
	'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const heads =
	'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

type Collection = {
	readonly title: string;
	readonly path: (namespace: string) => string;
};

/**
Every kind of object that a namespace can hold and that can be deleted, once each.
*/
const discover = async (
	cluster: ApiServer,
): Promise<ReadonlyMap<string, Collection>> => {
	const found = new Map<string, Collection>();
	for (const root of ['/api', '/apis']) {
		const answer = await ask(cluster, root, {accept: aggregated}); // eslint-disable-line no-await-in-loop -- two of them
		for (const item of treesAt(JSON.parse(answer.text) as Tree, 'items')) {
			const group = textAt(item, 'metadata', 'name');
			const [version] = treesAt(item, 'versions');
			for (const resource of treesAt(version, 'resources')) {
				const plural = textAt(resource, 'resource');
				const isDeletable =
					resource.scope === 'Namespaced' &&
					listAt(resource, 'verbs').includes('deletecollection') &&
					// The same objects as those of the core group.
					group !== 'events.k8s.io';
				if (isDeletable) {
					found.set(`${plural}.${group}`, {
						title: `${plural}.${group}`,
						path: (namespace) =>
							`${root}${group === '' ? '' : `/${group}`}/${textAt(version, 'version')}/namespaces/${namespace}/${plural}`,
					});
				}
			}
		}
	}

	return found;
};

const readAll = async (
	cluster: ApiServer,
	path: string,
): Promise<readonly Tree[]> => {
	const answer = await ask(cluster, path, {accept: heads});
	return answer.status === 200
		? treesAt(JSON.parse(answer.text) as Tree, 'items')
		: [];
};

/**
Does for the namespaces of a real API server what kube-controller-manager does: empties those that are being deleted, says what holds them up,
and lets them go when nothing is left.

@returns a function that ends it
*/
export const runNamespaceController = async (
	cluster: ApiServer,
	access: ClusterAccess,
	now: () => number,
): Promise<() => void> => {
	const terminating = new Set<string>();
	const pending = new Set<string>();
	const timers = new Map<string, NodeJS.Timeout>();
	let isBusy = false;
	let isOver = false;

	const empty = async (namespace: string): Promise<Remaining> => {
		const remaining: Remaining = {resources: new Map(), finalizers: new Map()};
		const collections = await discover(cluster);
		for (const {title, path} of collections.values()) {
			const url = path(namespace);
			/* eslint-disable no-await-in-loop -- one after the other */
			const items = await readAll(cluster, url);
			if (items.length === 0) {
				continue;
			}

			const isFresh = items.some(
				(item) => textAt(item, 'metadata', 'deletionTimestamp') === '',
			);
			if (isFresh) {
				await ask(cluster, url, {method: 'DELETE'});
			}

			const left = isFresh ? await readAll(cluster, url) : items;
			/* eslint-enable no-await-in-loop */
			if (left.length > 0) {
				remaining.resources.set(title, left.length);
			}

			for (const finalizer of left.flatMap((item) =>
				listAt(item, 'metadata', 'finalizers'),
			)) {
				remaining.finalizers.set(
					String(finalizer),
					(remaining.finalizers.get(String(finalizer)) ?? 0) + 1,
				);
			}
		}

		return remaining;
	};

	const touch = (name: string): void => {
		pending.add(name);
		if (!isBusy && !isOver) {
			isBusy = true;
			setImmediate(() => {
				void work();
			});
		}
	};

	const process = async (name: string): Promise<void> => {
		const remaining = await empty(name);
		const url = `/api/v1/namespaces/${name}`;
		const answer = await ask(cluster, url);
		const namespace: unknown = JSON.parse(answer.text);
		if (answer.status !== 200 || !isTree(namespace)) {
			return;
		}

		if (remaining.resources.size === 0) {
			await ask(cluster, `${url}/finalize`, {
				method: 'PUT',
				body: {...namespace, spec: {finalizers: []}},
			});
		}

		const conditions = conditionsOf(remaining, now());
		if (
			!sameConditions(conditions, treesAt(namespace, 'status', 'conditions'))
		) {
			await ask(cluster, `${url}/status`, {
				method: 'PATCH',
				contentType: 'application/merge-patch+json',
				body: {status: {conditions}},
			});
		}
	};

	const work = async (): Promise<void> => {
		while (pending.size > 0 && !isOver) {
			const [name = ''] = pending;
			pending.delete(name);
			try {
				await process(name); // eslint-disable-line no-await-in-loop -- one namespace after the other
			} catch {
				// The server is away; it is asked again.
			}

			if (terminating.has(name) && !isOver) {
				clearTimeout(timers.get(name));
				timers.set(name, setTimeout(touch, patience, name));
			}
		}

		isBusy = false;
	};

	const stop = await access.follow(({kind, namespace, name, object}) => {
		if (kind !== 'Namespace') {
			if (object === undefined && terminating.has(namespace)) {
				touch(namespace);
			}

			return;
		}

		const metadata = treeAt(object, 'metadata') as
			ApiObject['metadata'] | undefined;
		if (metadata?.deletionTimestamp === undefined) {
			terminating.delete(name);
			clearTimeout(timers.get(name));
			timers.delete(name);
		} else if (!terminating.has(name)) {
			terminating.add(name);
			touch(name);
		}
	});
	return () => {
		isOver = true;
		stop();
		for (const timer of timers.values()) {
			clearTimeout(timer);
		}
	};
};
