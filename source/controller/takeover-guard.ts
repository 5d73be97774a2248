import {type Change} from '../core/change.js';
import {type KindName, type Metadata} from '../core/model.js';
import {
	type Fight,
	type FieldHistory,
	fieldsOf,
	findOtherControllers,
	noteFieldWrite,
	otherProgram,
	type OtherController,
} from '../core/takeover.js';
import {type ClusterView, type World} from '../core/world.js';
import {type Clock} from './clock.js';

/**
Keeps us from working against Liqo's own controllers.
*/
export type TakeoverGuard = {
	/**
	Whether everything has been heard of that can be a sign; what may not be read never will be.
	*/
	isInformed(): boolean;
	/**
	Signs that they work on the consumer. Not empty: do not start.
	*/
	others(): readonly OtherController[];
	/**
	Keys of the providers on which they work: what Liqo does there on its own side is left to them.
	*/
	foreignProviders(): ReadonlySet<string>;
	/**
	Notes an accepted write; `before` is the object as it was planned on. Returns a fight when a program turned the same field back too often.
	*/
	noteWrite(change: Change, before: Metadata | undefined): Fight | undefined;
};

// Where signs are found, beside the objects that the reconcilers need anyway.
const signKinds: readonly KindName[] = ['Deployment', 'Pod'];

// More fields than this are remembered only while they are fresh.
const manyFields = 20_000;

/**
A field that had to be set to the same value more than `limit` times within `window` milliseconds is a fight.
*/
export const createTakeoverGuard = ({
	world,
	clock,
	ownManager,
	limit = 3,
	window = 30_000,
}: {
	readonly world: World;
	readonly clock: Clock;
	readonly ownManager: string;
	readonly limit?: number;
	readonly window?: number;
}): TakeoverGuard => {
	const fields = new Map<string, FieldHistory>();
	let pruneAbove = manyFields;

	const othersOn = (cluster: ClusterView) =>
		findOtherControllers(cluster, {now: clock.now(), ownManager});

	const prune = () => {
		if (fields.size <= pruneAbove) {
			return;
		}

		const oldest = clock.now() - window;
		for (const [key, {writtenAt}] of fields) {
			if (writtenAt < oldest) {
				fields.delete(key);
			}
		}

		pruneAbove = Math.max(manyFields, fields.size * 2);
	};

	return {
		isInformed: () =>
			signKinds.every((kind) => {
				const {state} = world.consumer.access(kind);
				return state !== 'idle' && state !== 'syncing';
			}),
		others: () => othersOn(world.consumer),
		foreignProviders: () =>
			new Set(
				world.providers
					.values()
					.filter((provider) => othersOn(provider).length > 0)
					.map(({key}) => key),
			),
		noteWrite(change, before) {
			const {kind, namespace = '', name} = change.object;
			if (kind === 'Event' || kind === 'Lease') {
				return undefined;
			}

			const now = clock.now();
			const manager = otherProgram(before, ownManager);
			const prefix = `${change.cluster}/${kind}/${namespace}/${name}/${before?.uid ?? ''}`;
			let fight: Fight | undefined;
			for (const [path, value] of fieldsOf(change)) {
				const key = `${prefix}#${path}`;
				const history = noteFieldWrite(fields.get(key), value, manager, {
					now,
					window,
				});
				fields.set(key, history);
				if (history.repeats.length > limit) {
					fight = {
						cluster: change.cluster,
						object: change.object,
						path,
						...(manager !== undefined && {manager}),
						repeats: history.repeats.length,
					};
				}
			}

			prune();
			return fight;
		},
	};
};
