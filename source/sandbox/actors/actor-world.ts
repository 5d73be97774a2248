import {
	type ClusterIndex,
	createClusterIndex,
} from '../../core/cluster-index.js';
import {decode} from '../../core/decode.js';
import {localClusterIdOf} from '../../core/local-cluster-id.js';
import {generationById} from '../../core/generations/index.js';
import {type GenerationId} from '../../core/generations/generation.js';
import {type AnyObject, type KindName} from '../../core/model.js';
import {type ObjectTouch} from '../../core/reconcilers/reconciler.js';
import {allKinds, kindOf} from '../../core/resources.js';
import {type World} from '../../core/world.js';
import {type Api} from '../api.js';
import {apiVersionOf} from '../kinds/kind.js';
import {decodeAs} from '../storage/encoding.js';
import {type Entry} from '../storage/entry.js';

/**
A cluster the actors are at work on.
*/
export type Stage = {
	/**
	`home`, or the provider's cluster-id.
	*/
	readonly key: string;
	readonly role: 'consumer' | 'provider';
	readonly clusterId: string;
	readonly api: Api;
};

/**
The clusters as Liqo's rules read them, always as new as the last write.
*/
export type ActorWorld = {
	readonly world: World;
	readonly stages: ReadonlyMap<string, Stage>;
	readonly generation: GenerationId;
	/**
	Calls back after every write that the rules can read.
	*/
	onTouch(listener: (touch: ObjectTouch) => void): void;
	stop(): void;
};

type Resource = {
	readonly kind: KindName;
	readonly apiVersion: string;
	readonly rawKind: string;
};

const findResource = (
	{registry}: Api,
	resource: string,
): Resource | undefined => {
	const slash = resource.indexOf('/');
	const found = registry.findResource(
		resource.slice(0, slash),
		resource.slice(slash + 1),
	);
	if (!found) {
		return undefined;
	}

	const apiVersion = apiVersionOf(found);
	const kind = kindOf(apiVersion, found.kind);
	return kind === undefined
		? undefined
		: {kind, apiVersion, rawKind: found.kind};
};

/**
Follows the storage of clusters in this process.
*/
export const createActorWorld = (
	stages: readonly Stage[],
	generationId: GenerationId,
): ActorWorld => {
	const generation = generationById(generationId);
	const listeners: Array<(touch: ObjectTouch) => void> = [];
	const indexes = new Map<string, ClusterIndex>();
	const stops: Array<() => void> = [];

	const read = (resource: Resource, entry: Entry): AnyObject =>
		decode(
			resource.kind,
			decodeAs(entry.bytes, resource.apiVersion, resource.rawKind),
			generation,
		);

	for (const stage of stages) {
		const {api, key} = stage;
		const index = createClusterIndex({
			key,
			role: stage.role,
			title: key,
			clusterId: stage.clusterId,
			generation,
		});
		indexes.set(key, index);
		for (const kind of allKinds) {
			index.setAccess(kind, {state: 'live'});
		}

		for (const name of api.storage.resources()) {
			const resource = findResource(api, name);
			if (resource) {
				for (const entry of api.storage.collection(name).list()) {
					index.put(read(resource, entry));
				}
			}
		}

		const identify = (): void => {
			index.identify({
				clusterId:
					localClusterIdOf(index.view.list('ConfigMap'), 'liqo') ??
					stage.clusterId,
			});
		};

		identify();
		const resources = new Map<string, Resource | undefined>();
		stops.push(
			api.storage.observe(({resource: name, entry, previous}) => {
				if (!resources.has(name)) {
					resources.set(name, findResource(api, name));
				}

				const resource = resources.get(name);
				const subject = entry ?? previous;
				if (!resource || !subject) {
					return;
				}

				const after = entry && read(resource, entry);
				const before = after
					? index.put(after)
					: index.remove(resource.kind, subject.namespace, subject.name);
				const touch: ObjectTouch = {
					cluster: key,
					kind: resource.kind,
					namespace: subject.namespace,
					name: subject.name,
					...(before && {before}),
					...(after && {after}),
				};
				if (resource.kind === 'ConfigMap') {
					identify();
				}

				for (const listener of listeners) {
					listener(touch);
				}
			}),
		);
	}

	const consumer = stages.find(({role}) => role === 'consumer');
	if (!consumer) {
		throw new Error('Actors need a consumer.');
	}

	return {
		generation: generationId,
		stages: new Map(stages.map((stage) => [stage.key, stage])),
		world: {
			consumer: indexes.get(consumer.key)!.view,
			providers: new Map(
				stages
					.filter(({role}) => role === 'provider')
					.map(({key}) => [key, indexes.get(key)!.view]),
			),
		},
		onTouch(listener) {
			listeners.push(listener);
		},
		stop() {
			for (const stop of stops) {
				stop();
			}

			listeners.length = 0;
		},
	};
};
