import {type Change} from '../../core/change.js';
import {decode, kindOf} from '../../core/decode.js';
import {type World} from '../../core/world.js';
import {type Problem} from '../../kube/errors.js';
import {type OpenWorld} from '../opened-world.js';

export type Applied =
	| {readonly isOk: true; readonly done: readonly Change[]}
	| {
			readonly isOk: false;
			readonly done: readonly Change[];
			readonly failed: Change;
			readonly problem: Pick<Problem, 'kind' | 'message'>;
	  };

const keyOf = ({cluster, object}: Change): string =>
	`${cluster} ${object.kind} ${object.namespace ?? ''}/${object.name}`;

const isThere = (world: World, {object, cluster}: Change): boolean => {
	const kind = kindOf(object.apiVersion, object.kind);
	const view =
		cluster === world.consumer.key
			? world.consumer
			: world.providers.get(cluster);
	return (
		kind !== undefined &&
		view?.get(kind, object.namespace ?? '', object.name) !== undefined
	);
};

/**
Waits until a condition holds in the world, or a time limit passes.
*/
export const hasHappened = async (
	{store}: OpenWorld,
	isDone: () => boolean,
	{signal, limit}: {readonly signal: AbortSignal; readonly limit: number},
): Promise<boolean> =>
	new Promise((resolve) => {
		const finish = (isMet: boolean): void => {
			stop();
			clearTimeout(timer);
			signal.removeEventListener('abort', abort);
			resolve(isMet);
		};

		const abort = (): void => {
			finish(false);
		};

		const stop = store.subscribe(() => {
			if (isDone()) {
				finish(true);
			}
		});
		const timer = setTimeout(abort, limit);
		signal.addEventListener('abort', abort);
		if (signal.aborted) {
			abort();
		} else if (isDone()) {
			finish(true);
		}
	});

/**
Sends changes one after the other and stops at the first refusal. Between the deletion of an object and its creation it waits until it is gone.
*/
export const applyChanges = async (
	open: OpenWorld,
	changes: readonly Change[],
	options: {
		readonly signal: AbortSignal;
		readonly limit: number;
		readonly isDryRun: boolean;
		told(line: string): void;
	},
): Promise<Applied> => {
	const done: Change[] = [];
	const deleted = new Set<string>();
	for (const change of changes) {
		const key = keyOf(change);
		if (change.verb === 'create' && deleted.has(key)) {
			if (options.isDryRun) {
				options.told(
					`not judged by the server (the old object has to go first): ${change.reason}`,
				);
				continue;
			}

			options.told(`waiting until ${change.object.name} is gone...`);
			// eslint-disable-next-line no-await-in-loop -- The order is the plan.
			const isGone = await hasHappened(
				open,
				() => !isThere(open.world, change),
				options,
			);
			if (!isGone) {
				return {
					isOk: false,
					done,
					failed: change,
					problem: {
						kind: 'timeout',
						message: `${change.object.kind} ${change.object.name} is still being deleted; diagnose says what it waits for.`,
					},
				};
			}
		}

		const connection = open.connections.get(change.cluster);
		// eslint-disable-next-line no-await-in-loop -- The order is the plan.
		const outcome = await connection?.send(
			change,
			options.isDryRun ? {dryRun: 'server'} : {},
		);
		if (!outcome?.ok) {
			return {
				isOk: false,
				done,
				failed: change,
				problem: outcome?.problem ?? {
					kind: 'unreachable',
					message: `There is no connection to cluster ${change.cluster}; add --provider.`,
				},
			};
		}

		if (change.verb === 'delete') {
			deleted.add(key);
		}

		const kind = kindOf(change.object.apiVersion, change.object.kind);
		const {object} = outcome.value;
		if (
			!options.isDryRun &&
			kind !== undefined &&
			object !== undefined &&
			change.verb !== 'delete'
		) {
			// The answer is news already; the watch brings it again.
			open.store.upsert(
				change.cluster,
				decode(kind, object, open.world.consumer.generation),
			);
		}

		done.push(change);
		options.told(`${options.isDryRun ? 'accepted' : 'done'}: ${change.reason}`);
	}

	return {isOk: true, done};
};
