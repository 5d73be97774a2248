import {type Change} from '../core/change.js';
import {type AnyObject, type KindName} from '../core/model.js';
import {type Access, type World} from '../core/world.js';
import {type Touch} from '../store/store.js';
import {type Cancel, type Clock} from './clock.js';
import {
	isLeaving,
	nameOf,
	objectKey,
	resourceVersionOf,
	type WriteAnswer,
} from './writer.js';

type Expectation = {
	readonly change: Change;
	/**
	Epoch milliseconds after which it is not waited for.
	*/
	readonly until: number;
	isMet(object: AnyObject | undefined): boolean;
	meet(): void;
};

/**
Writes whose echo the watch has not brought yet. A plan made before would repeat them.
*/
export type Expectations = {
	/**
	Notes a write (`owner` is the queue key of the request that made it).
	*/
	note(owner: string, change: Change, answer: WriteAnswer): void;
	/**
	Notes that the view of an object is outdated: met when it differs from what the world shows now, or showed as `planned`.
	*/
	noteOutdated(
		owner: string,
		change: Change,
		planned: AnyObject | undefined,
	): void;
	/**
	What the watch says now of an object.
	*/
	observe(touch: Touch): void;
	/**
	Resolves when all echoes that `owner` waits for have arrived, or after the time limit: then true if one did not.
	*/
	whenMet(owner: string): Promise<boolean>;
	/**
	Echoes still waited for.
	*/
	pending(): number;
};

/**
Whether a resourceVersion is at least another. Kubernetes' are numbers that grow (KEP-5504); others only compare as equal.
*/
export const isAtLeast = (held: string, wanted: string): boolean =>
	/^\d+$/v.test(held) && /^\d+$/v.test(wanted)
		? BigInt(held) >= BigInt(wanted)
		: held === wanted;

/**
The object a change is about, as the world shows it.
*/
export const objectOf = (
	world: World,
	change: Change,
): AnyObject | undefined => {
	const cluster =
		change.cluster === world.consumer.key
			? world.consumer
			: world.providers.get(change.cluster);
	return cluster?.get(
		change.object.kind as KindName,
		change.object.namespace ?? '',
		change.object.name,
	);
};

const watchedStates: ReadonlySet<Access['state']> = new Set([
	'live',
	'syncing',
	'stale',
]);

const isWatched = (world: World, change: Change): boolean => {
	const cluster =
		change.cluster === world.consumer.key
			? world.consumer
			: world.providers.get(change.cluster);
	const state = cluster?.access(change.object.kind as KindName).state;
	return state !== undefined && watchedStates.has(state);
};

const getOrAdd = <Value>(
	map: Map<string, Value>,
	key: string,
	make: () => Value,
): Value => {
	const known = map.get(key);
	if (known !== undefined) {
		return known;
	}

	const made = make();
	map.set(key, made);
	return made;
};

// Milliseconds between looks at the world while waiting for an echo.
const glance = 100;

export const createExpectations = ({
	world,
	clock,
	patience = 5000,
}: {
	readonly world: World;
	readonly clock: Clock;
	/**
	Milliseconds to wait for an echo.
	*/
	readonly patience?: number;
}): Expectations => {
	const byObject = new Map<string, Set<Expectation>>();
	const byOwner = new Map<string, Set<Expectation>>();
	const waiters = new Map<string, Array<() => void>>();

	const expect = (
		owner: string,
		change: Change,
		isMet: (object: AnyObject | undefined) => boolean,
	) => {
		if (isMet(objectOf(world, change)) || !isWatched(world, change)) {
			return;
		}

		const key = objectKey(change.cluster, change.object);
		const owned = getOrAdd(byOwner, owner, () => new Set<Expectation>());
		const expectation: Expectation = {
			change,
			until: clock.now() + patience,
			isMet,
			meet() {
				byObject.get(key)?.delete(expectation);
				if (byObject.get(key)?.size === 0) {
					byObject.delete(key);
				}

				owned.delete(expectation);
				if (owned.size > 0) {
					return;
				}

				byOwner.delete(owner);
				for (const wake of waiters.get(owner) ?? []) {
					wake();
				}

				waiters.delete(owner);
			},
		};
		owned.add(expectation);
		getOrAdd(byObject, key, () => new Set<Expectation>()).add(expectation);
	};

	/**
	A change that nothing in the model shows moves the resourceVersion without a touch.
	*/
	const lookAgain = (owner: string) => {
		for (const expectation of byOwner.get(owner) ?? []) {
			if (expectation.isMet(objectOf(world, expectation.change))) {
				expectation.meet();
			}
		}
	};

	return {
		note(owner, sent, answer) {
			if (answer.state === 'refused') {
				return;
			}

			// The server may have chosen the name.
			const name = nameOf(answer) ?? sent.object.name;
			const change: Change = {...sent, object: {...sent.object, name}};

			if (change.verb === 'delete') {
				expect(
					owner,
					change,
					(object) =>
						object?.metadata.deletionTimestamp !== undefined ||
						object === undefined,
				);
				return;
			}

			if (isLeaving(answer)) {
				// The version in the answer may be the one already seen: only its absence is the echo.
				const uid = objectOf(world, change)?.metadata.uid;
				expect(owner, change, (object) => object?.metadata.uid !== uid);
				return;
			}

			const wanted = resourceVersionOf(answer);
			if (wanted === undefined) {
				return;
			}

			let wasSeen = change.verb !== 'create';
			expect(owner, change, (object) => {
				if (object === undefined) {
					return wasSeen;
				}

				wasSeen = true;
				return isAtLeast(object.metadata.resourceVersion, wanted);
			});
		},
		noteOutdated(owner, change, planned) {
			const version = planned?.metadata.resourceVersion;
			expect(
				owner,
				change,
				(object) => object?.metadata.resourceVersion !== version,
			);
		},
		observe({cluster, kind, namespace, name, after}) {
			const waiting = byObject.get(
				objectKey(cluster, {apiVersion: '', kind, namespace, name}),
			);
			if (waiting === undefined) {
				return;
			}

			for (const expectation of waiting) {
				if (expectation.isMet(after)) {
					expectation.meet();
				}
			}
		},
		async whenMet(owner) {
			lookAgain(owner);
			if (!byOwner.has(owner)) {
				return false;
			}

			return new Promise((resolve) => {
				// Counted, not measured: the clock may be set meanwhile.
				let glancesLeft = Math.ceil(patience / glance);
				let cancel: Cancel = () => undefined;
				const check = () => {
					glancesLeft--;
					if (glancesLeft <= 0) {
						for (const expectation of byOwner.get(owner) ?? []) {
							expectation.meet();
						}

						resolve(true);
						return;
					}

					lookAgain(owner);
					if (byOwner.has(owner)) {
						cancel = clock.after(glance, check);
					}
				};

				const wakers = getOrAdd<Array<() => void>>(waiters, owner, () => []);
				wakers.push(() => {
					cancel();
					resolve(false);
				});
				cancel = clock.after(glance, check);
			});
		},
		pending() {
			let count = 0;
			for (const owned of byOwner.values()) {
				for (const {until} of owned) {
					count += Number(until > clock.now());
				}
			}

			return count;
		},
	};
};
