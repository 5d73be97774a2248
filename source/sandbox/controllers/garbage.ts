import {type ApiObject} from '../value.js';
import {keyOf, type ObjectPort, type Place} from './object-port.js';

/**
Deletes what has lost its owners, and carries out `orphan` and `foregroundDeletion` (Kubernetes' garbage collector).

@returns a function that ends it
*/
export const runGarbageCollector = (port: ObjectPort): (() => void) => {
	const dependents = new Map<string, Map<string, Place>>();
	const pending: Array<() => Promise<void>> = [];
	let isScheduled = false;

	const later = (task: () => Promise<void>): void => {
		pending.push(task);
		if (isScheduled) {
			return;
		}

		isScheduled = true;
		setImmediate(() => {
			void work();
		});
	};

	const work = async (): Promise<void> => {
		for (
			let task = pending.shift();
			task !== undefined;
			task = pending.shift()
		) {
			await task(); // eslint-disable-line no-await-in-loop -- in the order of the writes that caused them
		}

		isScheduled = false;
	};

	const index = (
		place: Place,
		owners: readonly string[],
		previousOwners: readonly string[],
	): void => {
		for (const owner of previousOwners) {
			dependents.get(owner)?.delete(keyOf(place));
		}

		for (const owner of owners) {
			const places = dependents.get(owner) ?? new Map<string, Place>();
			places.set(keyOf(place), place);
			dependents.set(owner, places);
		}
	};

	const setOthers = (object: ApiObject, owner: string): boolean => {
		const others = (object.metadata.ownerReferences ?? []).filter(
			(reference) => reference.uid !== owner,
		);
		if (others.length > 0) {
			object.metadata.ownerReferences = others;
		} else {
			delete object.metadata.ownerReferences;
		}

		return others.length > 0;
	};

	const loseOwner = async (place: Place, owner: string): Promise<void> => {
		const object = await port.read(place);
		if (!object) {
			return;
		}

		await (setOthers(object, owner)
			? port.replace(place, object)
			: port.remove(place, object.metadata.uid));
	};

	const removeFinalizer = async (
		place: Place,
		finalizer: string,
	): Promise<void> => {
		const object = await port.read(place);
		if (!object) {
			return;
		}

		const left = (object.metadata.finalizers ?? []).filter(
			(item) => item !== finalizer,
		);
		if (left.length > 0) {
			object.metadata.finalizers = left;
		} else {
			delete object.metadata.finalizers;
		}

		await port.replace(place, object);
	};

	const orphan = async (place: Place, uid: string): Promise<void> => {
		for (const dependent of dependents.get(uid)?.values() ?? []) {
			const object = await port.read(dependent); // eslint-disable-line no-await-in-loop -- one after the other
			if (object) {
				setOthers(object, uid);
				await port.replace(dependent, object); // eslint-disable-line no-await-in-loop -- one after the other
			}
		}

		await removeFinalizer(place, 'orphan');
	};

	const deleteForeground = async (place: Place, uid: string): Promise<void> => {
		let isBlocked = false;
		for (const dependent of dependents.get(uid)?.values() ?? []) {
			const object = await port.read(dependent); // eslint-disable-line no-await-in-loop -- one after the other
			if (!object) {
				continue;
			}

			const {metadata} = object;
			isBlocked ||=
				metadata.ownerReferences?.some(
					(reference) => reference.uid === uid && reference.blockOwnerDeletion,
				) ?? false;
			if (metadata.deletionTimestamp === undefined) {
				await port.remove(dependent, metadata.uid); // eslint-disable-line no-await-in-loop -- one after the other
			}
		}

		const isLeft = (dependents.get(uid)?.size ?? 0) > 0;
		if (!isBlocked || !isLeft) {
			await removeFinalizer(place, 'foregroundDeletion');
		}
	};

	const waiting = new Map<string, Place>();

	return port.observe(
		({place, uid, isGone, isTerminating, owners, previousOwners}) => {
			index(place, owners, previousOwners);
			if (isTerminating) {
				later(async () => {
					const object = await port.read(place);
					const finalizers = object?.metadata.finalizers ?? [];
					if (finalizers.includes('orphan')) {
						await orphan(place, uid);
					} else if (finalizers.includes('foregroundDeletion')) {
						waiting.set(uid, place);
						await deleteForeground(place, uid);
					}
				});
			}

			if (!isGone) {
				return;
			}

			waiting.delete(uid);
			const orphans = dependents.get(uid);
			dependents.delete(uid);
			for (const dependent of orphans?.values() ?? []) {
				later(async () => loseOwner(dependent, uid));
			}

			for (const owner of previousOwners) {
				const owning = waiting.get(owner);
				if (owning) {
					later(async () => deleteForeground(owning, owner));
				}
			}
		},
	);
};
