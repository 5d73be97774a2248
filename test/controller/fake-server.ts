import {decode, kindOf} from '../../source/core/decode.js';
import {generationById} from '../../source/core/generations/index.js';
import {type GenerationId} from '../../source/core/generations/generation.js';
import {type Change} from '../../source/core/change.js';
import {
	isJsonObject,
	type Json,
	type JsonObject,
} from '../../source/core/json.js';
import {type KindName} from '../../source/core/model.js';
import {allKinds} from '../../source/core/resources.js';
import {createStore} from '../../source/store/create-store.js';
import {type Store} from '../../source/store/store.js';
import {
	type Reader,
	type WriteAnswer,
	type Writer,
} from '../../source/controller/writer.js';
import {type FakeClock} from './fake-clock.js';

export type Fault =
	| {
			kind: 'refuse';
			status: number;
			reason?: string;
			message?: string;
			retryAfter?: number;
	  }
	/**
	Nobody answers, ever.
	*/
	| {kind: 'hang'}
	/**
	The write is made, its answer is lost.
	*/
	| {kind: 'lose-answer'};

/**
What tests look at, for any kind.
*/
export type Held = {
	metadata: {
		name: string;
		namespace?: string;
		annotations?: Record<string, string>;
		deletionTimestamp?: string;
		finalizers?: string[];
		labels?: Record<string, string>;
	};
	spec: {
		desiredMapping: Record<string, string>;
		holderIdentity: string;
		leaseTransitions: number;
	};
	status?: {offloadingPhase?: string};
	count: number;
	firstTimestamp: string;
	lastTimestamp: string;
};

export type FakeServer = {
	readonly store: Store;
	readonly writer: Writer;
	readonly reader: Reader;
	/**
	Accepted writes of the controller, in order.
	*/
	readonly writes: Change[];
	/**
	Everything the controller asked, also what was refused.
	*/
	readonly asked: Change[];
	/**
	Somebody else creates or replaces an object.
	*/
	put(cluster: string, object: JsonObject): void;
	/**
	Somebody else changes an object.
	*/
	merge(
		cluster: string,
		kind: string,
		namespace: string,
		name: string,
		patch: JsonObject,
	): void;
	delete(cluster: string, kind: string, namespace: string, name: string): void;
	get(cluster: string, kind: string, namespace: string, name: string): Held;
	list(cluster: string, kind: string): Held[];
	/**
	Ends namespaces that are being deleted, with all that is in them.
	*/
	collect(): void;
	/**
	Decides for a write what goes wrong.
	*/
	fault: (change: Change) => Fault | undefined;
	/**
	Milliseconds from request to answer, and from write to watch event.
	*/
	latency: number;
	echo: number;
	/**
	While true the watches bring nothing.
	*/
	isSilent: boolean;
	flushSilence(): void;
};

const mergePatch = (target: Json | undefined, patch: Json): Json => {
	if (!isJsonObject(patch)) {
		return patch;
	}

	const result = new Map<string, Json | undefined>(
		isJsonObject(target) ? Object.entries(target) : [],
	);
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) {
			result.delete(key);
		} else if (value !== undefined) {
			result.set(key, mergePatch(result.get(key), value));
		}
	}

	return Object.fromEntries(result);
};

const text = (value: Json | undefined): string =>
	typeof value === 'string' ? value : '';

const refusal = (
	status: number,
	reason: string,
	message: string,
): WriteAnswer => ({
	state: 'refused',
	status,
	reason,
	message,
});

export const createFakeServer = ({
	clock,
	generation: generationId = 'v1beta1',
	providers = [],
	areKindsLive = true,
}: {
	clock: FakeClock;
	generation?: GenerationId;
	providers?: string[];
	areKindsLive?: boolean;
}): FakeServer => {
	const generation = generationById(generationId);
	const store = createStore({
		consumer: {
			key: 'home',
			role: 'consumer',
			clusterId: 'home-id',
			title: 'home',
			generation,
			liqoNamespace: 'liqo',
		},
		providers: providers.map((key) => ({
			key,
			role: 'provider' as const,
			clusterId: key,
			title: key,
			generation,
			liqoNamespace: 'liqo',
		})),
		timer: {now: clock.now, after: clock.after},
	});
	const objects = new Map<string, JsonObject>();
	let version = 100;
	let serial = 0;
	const backlog: Array<() => void> = [];
	const keyOf = (
		cluster: string,
		kind: string,
		namespace: string,
		name: string,
	) => `${cluster}|${kind}|${namespace}|${name}`;

	if (areKindsLive) {
		for (const cluster of ['home', ...providers]) {
			for (const kind of allKinds) {
				store.setAccess(cluster, kind, {state: 'live'});
			}
		}

		store.flush();
	}

	const emit = (
		cluster: string,
		kind: string,
		namespace: string,
		name: string,
	) => {
		const object = objects.get(keyOf(cluster, kind, namespace, name));
		const tell = () => {
			const apiVersion = text(object?.apiVersion);
			const known = kindOf(apiVersion, kind);
			if (object !== undefined && known !== undefined) {
				store.upsert(cluster, decode(known, object, generation));
			} else if (object === undefined) {
				store.remove(cluster, kind as KindName, namespace, name);
			}
		};

		const deliver = () => {
			if (server.isSilent) {
				backlog.push(tell);
			} else {
				tell();
			}
		};

		if (server.echo === 0) {
			deliver();
		} else {
			clock.after(server.echo, deliver);
		}
	};

	const save = (cluster: string, raw: JsonObject): JsonObject => {
		const metadata = raw.metadata as JsonObject;
		const kind = text(raw.kind);
		const namespace = text(metadata.namespace);
		const name = text(metadata.name);
		const key = keyOf(cluster, kind, namespace, name);
		const old = objects.get(key);
		const oldMetadata = (old?.metadata ?? {}) as JsonObject;
		const withoutVersion = (value: JsonObject | undefined) =>
			JSON.stringify({
				...value,
				metadata: {...(value?.metadata as JsonObject), resourceVersion: ''},
			});
		const next: JsonObject = {
			...raw,
			metadata: {
				uid: oldMetadata.uid ?? `uid-${++serial}`,
				creationTimestamp: '2026-01-01T00:00:00Z',
				...metadata,
				resourceVersion: text(oldMetadata.resourceVersion),
			},
		};
		if (old && withoutVersion(old) === withoutVersion(next)) {
			return old;
		}

		const nextMetadata = next.metadata as JsonObject;
		const isGone =
			kind !== 'Namespace' &&
			nextMetadata.deletionTimestamp !== undefined &&
			((nextMetadata.finalizers as Json[] | undefined) ?? []).length === 0;
		const stamped: JsonObject = {
			...next,
			metadata: {...nextMetadata, resourceVersion: String(++version)},
		};
		if (isGone) {
			objects.delete(key);
		} else {
			objects.set(key, stamped);
		}

		emit(cluster, kind, namespace, name);
		return stamped;
	};

	const remove = (
		cluster: string,
		kind: string,
		namespace: string,
		name: string,
	) => {
		const key = keyOf(cluster, kind, namespace, name);
		const old = objects.get(key);
		if (!old) {
			return;
		}

		const metadata = old.metadata as JsonObject;
		if (
			kind === 'Namespace' ||
			((metadata.finalizers as Json[] | undefined) ?? []).length > 0
		) {
			if (metadata.deletionTimestamp !== undefined) {
				return;
			}

			save(cluster, {
				...old,
				metadata: {...metadata, deletionTimestamp: '2026-01-01T00:00:00Z'},
			});
			return;
		}

		objects.delete(key);
		version++;
		emit(cluster, kind, namespace, name);
	};

	const execute = (change: Change): WriteAnswer => {
		const {cluster, object, body} = change;
		const namespace = object.namespace ?? '';
		const key = keyOf(cluster, object.kind, namespace, object.name);
		const old = objects.get(key);
		if (change.verb === 'create') {
			const raw = body as JsonObject;
			const rawMetadata = raw.metadata as JsonObject;
			if (old && rawMetadata.generateName === undefined) {
				return refusal(409, 'AlreadyExists', `${object.name} already exists`);
			}

			const generated = `${text(rawMetadata.generateName)}${(++serial).toString(36).padStart(5, 'x')}`;
			const given = text(rawMetadata.name);
			return {
				state: 'written',
				object: save(cluster, {
					...raw,
					metadata: {...rawMetadata, name: given === '' ? generated : given},
				}),
			};
		}

		if (!old) {
			return refusal(404, 'NotFound', `${object.name} not found`);
		}

		const metadata = (old.metadata ?? {}) as JsonObject;
		const patchVersion =
			isJsonObject(body) && isJsonObject(body.metadata)
				? body.metadata.resourceVersion
				: undefined;
		const wanted = change.precondition?.resourceVersion ?? patchVersion;
		if (
			(wanted !== undefined && wanted !== metadata.resourceVersion) ||
			(change.precondition?.uid !== undefined &&
				change.precondition.uid !== metadata.uid)
		) {
			return refusal(409, 'Conflict', 'the object has been modified');
		}

		if (change.verb === 'delete') {
			remove(cluster, object.kind, namespace, object.name);
			return {state: 'written', object: objects.get(key)};
		}

		const next =
			change.verb === 'update'
				? (body as JsonObject)
				: (mergePatch(old, body ?? {}) as JsonObject);
		return {state: 'written', object: save(cluster, next)};
	};

	const server: FakeServer = {
		store,
		writes: [],
		asked: [],
		latency: 1,
		echo: 1,
		isSilent: false,
		fault: () => undefined,
		put(cluster, object) {
			save(cluster, object);
		},
		merge(cluster, kind, namespace, name, patch) {
			const old = objects.get(keyOf(cluster, kind, namespace, name));
			if (!old) {
				throw new Error(`${kind} ${namespace}/${name} is not there`);
			}

			save(cluster, mergePatch(old, patch) as JsonObject);
		},
		delete: remove,
		get: (cluster, kind, namespace, name) =>
			objects.get(keyOf(cluster, kind, namespace, name)) as unknown as Held,
		list: (cluster, kind) =>
			[...objects]
				.filter(([key]) => key.startsWith(`${cluster}|${kind}|`))
				.map(([, object]) => object as unknown as Held),
		collect() {
			for (const [key, object] of objects) {
				const [cluster = '', kind] = key.split('|', 2);
				const metadata = object.metadata as JsonObject;
				if (kind !== 'Namespace' || metadata.deletionTimestamp === undefined) {
					continue;
				}

				const name = text(metadata.name);
				const inside = objects
					.keys()
					.map((other) => other.split('|'))
					.filter(
						([ofCluster, , namespace]) =>
							ofCluster === cluster && namespace === name,
					)
					.toArray();
				for (const [, ofKind = '', namespace = '', inner = ''] of inside) {
					remove(cluster, ofKind, namespace, inner);
				}

				const isEmpty = inside.every(
					([, ofKind = '', namespace = '', inner = '']) =>
						!objects.has(keyOf(cluster, ofKind, namespace, inner)),
				);
				if (!isEmpty) {
					continue;
				}

				objects.delete(key);
				version++;
				emit(cluster, 'Namespace', '', name);
			}
		},
		flushSilence() {
			server.isSilent = false;
			for (const tell of backlog.splice(0)) {
				tell();
			}
		},
		reader: {
			async read(object) {
				const found = objects.get(
					keyOf('home', object.kind, object.namespace ?? '', object.name),
				);
				return found ? {state: 'found', object: found} : {state: 'missing'};
			},
		},
		writer: {
			async send(change) {
				server.asked.push(change);
				const fault = server.fault(change);
				if (fault?.kind === 'hang') {
					return Promise.withResolvers<WriteAnswer>().promise;
				}

				return new Promise((resolve) => {
					clock.after(server.latency, () => {
						if (fault?.kind === 'refuse') {
							resolve({
								state: 'refused',
								status: fault.status,
								reason: fault.reason ?? 'InternalError',
								message: fault.message ?? 'refused by the test',
								...(fault.retryAfter !== undefined && {
									retryAfter: fault.retryAfter,
								}),
							});
							return;
						}

						const answer = execute(change);
						if (answer.state === 'written') {
							server.writes.push(change);
						}

						resolve(
							fault?.kind === 'lose-answer'
								? refusal(0, 'Unreachable', 'connection reset')
								: answer,
						);
					});
				});
			},
		},
	};
	return server;
};
