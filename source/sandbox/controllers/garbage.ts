import {type Api} from '../api.js';
import {type Kind} from '../kinds/kind.js';
import {fieldsOf, readEntry} from '../objects/target.js';
import {type Entry} from '../storage/entry.js';
import {type ApiObject} from '../value.js';
import {type DeleteEntry} from './delete-entry.js';

type Place = {
	readonly resource: string;
	readonly namespace: string;
	readonly name: string;
};

const keyOf = ({resource, namespace, name}: Place): string =>
	`${resource} ${namespace}/${name}`;

/**
Deletes what has lost its owners, and carries out `orphan` and `foregroundDeletion` (Kubernetes' garbage collector).

@returns a function that ends it
*/
export const runGarbageCollector = (
	api: Api,
	deleteEntry: DeleteEntry,
): (() => void) => {
	const {storage, registry} = api;
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

	const kindOf = (resource: string): Kind | undefined => {
		const slash = resource.indexOf('/');
		return registry.findResource(
			resource.slice(0, slash),
			resource.slice(slash + 1),
		);
	};

	const index = (
		place: Place,
		entry: Entry | undefined,
		previous: Entry | undefined,
	): void => {
		for (const owner of previous?.owners ?? []) {
			dependents.get(owner)?.delete(keyOf(place));
		}

		for (const owner of entry?.owners ?? []) {
			const places = dependents.get(owner) ?? new Map<string, Place>();
			places.set(keyOf(place), place);
			dependents.set(owner, places);
		}
	};

	const readPlace = (place: Place) => {
		const kind = kindOf(place.resource);
		const entry = storage.get(place.resource, place.namespace, place.name);
		return kind && entry
			? {kind, entry, object: readEntry(kind, entry)}
			: undefined;
	};

	const write = (kind: Kind, object: ApiObject): void => {
		const isFreed =
			object.metadata.deletionTimestamp !== undefined &&
			(object.metadata.finalizers ?? []).length === 0 &&
			(object.metadata.deletionGracePeriodSeconds ?? 0) === 0;
		storage.put(kind.resource, object, fieldsOf(kind));
		if (isFreed) {
			storage.remove(
				kind.resource,
				object.metadata.namespace ?? '',
				object.metadata.name,
			);
		}
	};

	const loseOwner = async (place: Place, owner: string): Promise<void> => {
		const found = readPlace(place);
		if (!found) {
			return;
		}

		const {kind, entry, object} = found;
		const others = (object.metadata.ownerReferences ?? []).filter(
			(reference) => reference.uid !== owner,
		);
		if (others.length === 0) {
			await deleteEntry(kind, entry);
			return;
		}

		object.metadata.ownerReferences = others;
		write(kind, object);
	};

	const removeFinalizer = (place: Place, finalizer: string): void => {
		const found = readPlace(place);
		if (!found) {
			return;
		}

		const {kind, object} = found;
		const left = (object.metadata.finalizers ?? []).filter(
			(item) => item !== finalizer,
		);
		if (left.length > 0) {
			object.metadata.finalizers = left;
		} else {
			delete object.metadata.finalizers;
		}

		write(kind, object);
	};

	const orphan = (place: Place, uid: string): void => {
		for (const dependent of dependents.get(uid)?.values() ?? []) {
			const found = readPlace(dependent);
			if (found) {
				const others = (found.object.metadata.ownerReferences ?? []).filter(
					(reference) => reference.uid !== uid,
				);
				if (others.length > 0) {
					found.object.metadata.ownerReferences = others;
				} else {
					delete found.object.metadata.ownerReferences;
				}

				write(found.kind, found.object);
			}
		}

		removeFinalizer(place, 'orphan');
	};

	const deleteForeground = async (place: Place, uid: string): Promise<void> => {
		let isBlocked = false;
		for (const dependent of dependents.get(uid)?.values() ?? []) {
			const found = readPlace(dependent);
			if (!found) {
				continue;
			}

			isBlocked ||=
				found.object.metadata.ownerReferences?.some(
					(reference) => reference.uid === uid && reference.blockOwnerDeletion,
				) ?? false;
			if (!found.entry.isTerminating) {
				await deleteEntry(found.kind, found.entry); // eslint-disable-line no-await-in-loop -- one after the other
			}
		}

		const isLeft = (dependents.get(uid)?.size ?? 0) > 0;
		if (!isBlocked || !isLeft) {
			removeFinalizer(place, 'foregroundDeletion');
		}
	};

	const waiting = new Map<string, Place>();

	return storage.observe(({resource, entry, previous}) => {
		const subject = (entry ?? previous)!;
		const place = {
			resource,
			namespace: subject.namespace,
			name: subject.name,
		};
		index(place, entry, previous);
		if (entry?.isTerminating) {
			later(async () => {
				const finalizers = readPlace(place)?.object.metadata.finalizers ?? [];
				if (finalizers.includes('orphan')) {
					orphan(place, subject.uid);
				} else if (finalizers.includes('foregroundDeletion')) {
					waiting.set(subject.uid, place);
					await deleteForeground(place, subject.uid);
				}
			});
		}

		if (entry) {
			return;
		}

		waiting.delete(subject.uid);
		const orphans = dependents.get(subject.uid);
		dependents.delete(subject.uid);
		for (const dependent of orphans?.values() ?? []) {
			later(async () => loseOwner(dependent, subject.uid));
		}

		for (const owner of previous?.owners ?? []) {
			const owning = waiting.get(owner);
			if (owning) {
				later(async () => deleteForeground(owning, owner));
			}
		}
	});
};
