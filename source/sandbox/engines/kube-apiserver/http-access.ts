import {generationById} from '../../../core/generations/index.js';
import {
	type Generation,
	type GenerationId,
	type Resource,
} from '../../../core/generations/generation.js';
import {type KindName} from '../../../core/model.js';
import {
	allKinds,
	apiVersionOf,
	kindOf,
	resourceOf,
} from '../../../core/resources.js';
import {
	type ClusterAccess,
	type Refusal,
	type Seen,
} from '../../actors/cluster-access.js';
import {isTree, textAt, type Tree} from '../../value.js';
import {type ApiServer} from './api-server.js';
import {type Answer, ask} from './ask.js';
import {type AskAs, createEventRecorder} from './http-events.js';
import {arrivalOf, type HasCome, requestOf} from './http-writes.js';
import {followKind, type KindFollower} from './kind-follower.js';

// Longer than any watch lags behind; then the write goes on without having been heard of.
const longestWait = 5000;

const collectionOf = (
	{group, version, plural, isNamespaced}: Resource,
	namespace = '',
): string =>
	[
		group === '' ? '/api' : `/apis/${group}`,
		version,
		...(isNamespaced && namespace !== '' ? ['namespaces', namespace] : []),
		plural,
	].join('/');

const parse = (text: string): Tree => {
	try {
		const value: unknown = JSON.parse(text);
		return isTree(value) ? value : {};
	} catch {
		return {};
	}
};

const refusalOf = (
	{status, text}: Answer,
	cluster: string,
): Refusal | undefined => {
	if (status >= 200 && status < 300) {
		return undefined;
	}

	if (status === 0) {
		return {
			code: 0,
			reason: 'Unreachable',
			message: `cluster ${cluster} does not answer`,
		};
	}

	const body = parse(text);
	const reason = textAt(body, 'reason');
	return {
		code: status,
		...(reason !== '' && {reason}),
		message: textAt(body, 'message') || text,
	};
};

type Waiter = {readonly hasCome: HasCome; resolve(): void};

/**
The way to a cluster on a real API server: lists, watches and writes over HTTP, as its administrator. Whatever is sent settles only when the
watch has told of it, so that nobody acts twice on what they have not heard of yet.
*/
export const createHttpAccess = (
	cluster: ApiServer,
	generationId: GenerationId,
	now: () => number,
): ClusterAccess & {
	/**
	Ends every watch.
	*/
	stop(): void;
} => {
	const generation: Generation = generationById(generationId);
	const ending = new AbortController();
	const listeners = new Set<(seen: Seen) => void>();
	const waiters = new Map<string, Set<Waiter>>();
	const followers = new Map<KindName, KindFollower>();

	const placeOf = (kind: KindName, namespace: string, name: string): string =>
		`${kind} ${namespace}/${name}`;

	const start = (): void => {
		for (const kind of allKinds) {
			const resource = resourceOf(kind, generation);
			if (!resource) {
				continue;
			}

			followers.set(
				kind,
				followKind(
					cluster,
					{
						path: collectionOf(resource),
						apiVersion: apiVersionOf(resource),
						kind,
					},
					({namespace, name, object, version}) => {
						for (const listener of listeners) {
							listener({kind, namespace, name, object});
						}

						const place = placeOf(kind, namespace, name);
						for (const waiter of waiters.get(place) ?? []) {
							if (waiter.hasCome(object, version)) {
								waiter.resolve();
							}
						}
					},
					ending.signal,
				),
			);
		}
	};

	/**
	Waits until the watch has told of what the server answered to a write.
	*/
	const untilHeard = async (
		kind: KindName,
		namespace: string,
		name: string,
		hasCome: HasCome,
	): Promise<void> => {
		const follower = followers.get(kind);
		const object = follower?.get(namespace, name);
		const version = Number(object?.metadata.resourceVersion ?? -1);
		if (!follower || ending.signal.aborted || hasCome(object, version)) {
			return;
		}

		const place = placeOf(kind, namespace, name);
		const {promise, resolve} = Promise.withResolvers<void>();
		const waiter = {hasCome, resolve};
		const group = waiters.get(place) ?? new Set<Waiter>();
		waiters.set(place, group.add(waiter));
		const timer = setTimeout(resolve, longestWait);
		await promise;
		clearTimeout(timer);
		group.delete(waiter);
		if (group.size === 0) {
			waiters.delete(place);
		}
	};

	const askAs: AskAs = async (component, url, request) => {
		try {
			return await ask(
				cluster,
				`${url}?fieldManager=${component}&fieldValidation=Ignore`,
				request,
			);
		} catch {
			return {status: 0, headers: {}, text: ''};
		}
	};

	const recordEvent = createEventRecorder(askAs, now);
	return {
		async follow(onSeen) {
			if (followers.size === 0) {
				start();
			}

			await Promise.all(followers.values().map(async ({listed}) => listed));
			for (const [kind, follower] of followers) {
				for (const object of follower.objects()) {
					const {namespace = '', name} = object.metadata;
					onSeen({kind, namespace, name, object});
				}
			}

			listeners.add(onSeen);
			return () => {
				listeners.delete(onSeen);
			};
		},
		async read({apiVersion, kind: rawKind, namespace, name}) {
			const kind = kindOf(apiVersion, rawKind);
			const resource = kind && resourceOf(kind, generation);
			if (!resource) {
				return undefined;
			}

			const answer = await ask(
				cluster,
				`${collectionOf(resource, namespace)}/${name}`,
			).catch(() => undefined);
			return answer?.status === 200 ? parse(answer.text) : undefined;
		},
		async send(change, component) {
			if (change.verb === 'event') {
				return refusalOf(await recordEvent(change, component), cluster.name);
			}

			const {apiVersion, kind: rawKind, namespace, name} = change.object;
			const kind = kindOf(apiVersion, rawKind);
			const resource = kind && resourceOf(kind, generation);
			if (!resource) {
				return {
					code: 404,
					reason: 'NotFound',
					message: `${rawKind} is not served`,
				};
			}

			const {subresource} = change;
			const collection = collectionOf(resource, namespace);
			const isNew = change.verb === 'create' && subresource === undefined;
			const url = isNew
				? collection
				: [collection, name, ...(subresource ? [subresource] : [])].join('/');
			const answer = await askAs(component, url, requestOf(change));
			const refusal = refusalOf(answer, cluster.name);
			if (refusal) {
				return refusal;
			}

			const body = parse(answer.text);
			await untilHeard(
				kind,
				resource.isNamespaced ? (namespace ?? '') : '',
				isNew ? textAt(body, 'metadata', 'name') : name,
				arrivalOf(change, body),
			);
			return undefined;
		},
		stop() {
			ending.abort();
			for (const group of waiters.values()) {
				for (const {resolve} of group) {
					resolve();
				}
			}
		},
	};
};
