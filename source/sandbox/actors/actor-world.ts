import {
	type ClusterIndex,
	createClusterIndex,
} from '../../core/cluster-index.js';
import {decode} from '../../core/decode.js';
import {localClusterIdOf} from '../../core/local-cluster-id.js';
import {generationById} from '../../core/generations/index.js';
import {type GenerationId} from '../../core/generations/generation.js';
import {type JsonObject} from '../../core/json.js';
import {type ObjectTouch} from '../../core/reconcilers/reconciler.js';
import {allKinds} from '../../core/resources.js';
import {type World} from '../../core/world.js';
import {type ClusterAccess} from './cluster-access.js';

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
	readonly access: ClusterAccess;
};

/**
The clusters as Liqo's rules read them, always as new as the actors' last write.
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

/**
Follows clusters; settles when all that they hold is known.
*/
export const createActorWorld = async (
	stages: readonly Stage[],
	generationId: GenerationId,
): Promise<ActorWorld> => {
	const generation = generationById(generationId);
	const listeners: Array<(touch: ObjectTouch) => void> = [];
	const indexes = new Map<string, ClusterIndex>();

	const followStage = async ({
		key,
		role,
		clusterId,
		access,
	}: Stage): Promise<() => void> => {
		const index = createClusterIndex({
			key,
			role,
			title: key,
			clusterId,
			generation,
		});
		indexes.set(key, index);
		for (const kind of allKinds) {
			index.setAccess(kind, {state: 'live'});
		}

		const identify = (): void => {
			index.identify({
				clusterId:
					localClusterIdOf(index.view.list('ConfigMap'), 'liqo') ?? clusterId,
			});
		};

		const stop = await access.follow(({kind, namespace, name, object}) => {
			const after = object && decode(kind, object as JsonObject, generation);
			const before = after
				? index.put(after)
				: index.remove(kind, namespace, name);
			if (kind === 'ConfigMap') {
				identify();
			}

			for (const listener of listeners) {
				listener({
					cluster: key,
					kind,
					namespace,
					name,
					...(before && {before}),
					...(after && {after}),
				});
			}
		});
		identify();
		return stop;
	};

	const stops = await Promise.all(
		stages.map(async (stage) => followStage(stage)),
	);
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
