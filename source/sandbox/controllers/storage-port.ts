import {type Api} from '../api.js';
import {type Kind} from '../kinds/kind.js';
import {fieldsOf, readEntry} from '../objects/target.js';
import {type DeleteEntry} from './delete-entry.js';
import {type ObjectPort, type Place} from './object-port.js';

const nobody: readonly string[] = [];

/**
A cluster in this process as Kubernetes' own controllers use it.
*/
export const createStoragePort = (
	{storage, registry}: Api,
	deleteEntry: DeleteEntry,
): ObjectPort => {
	const kindOf = (resource: string): Kind | undefined => {
		const slash = resource.indexOf('/');
		return registry.findResource(
			resource.slice(0, slash),
			resource.slice(slash + 1),
		);
	};

	const find = ({resource, namespace, name}: Place) => {
		const kind = kindOf(resource);
		const entry = storage.get(resource, namespace, name);
		return kind && entry ? {kind, entry} : undefined;
	};

	return {
		observe: (onWrite) =>
			storage.observe(({resource, entry, previous}) => {
				const {namespace, name, uid} = (entry ?? previous)!;
				onWrite({
					place: {resource, namespace, name},
					uid,
					isNew: previous === undefined,
					isGone: entry === undefined,
					isTerminating: entry?.isTerminating ?? false,
					owners: entry?.owners ?? nobody,
					previousOwners: previous?.owners ?? nobody,
				});
			}),
		async read(place) {
			const found = find(place);
			return found && readEntry(found.kind, found.entry);
		},
		async replace({resource, namespace, name}, object) {
			const kind = kindOf(resource);
			if (!kind) {
				return;
			}

			const {metadata} = object;
			const isFreed =
				metadata.deletionTimestamp !== undefined &&
				(metadata.finalizers ?? []).length === 0 &&
				(metadata.deletionGracePeriodSeconds ?? 0) === 0;
			storage.put(resource, object, fieldsOf(kind));
			if (isFreed) {
				storage.remove(resource, namespace, name);
			}
		},
		async remove(place, uid) {
			const found = find(place);
			if (found?.entry.uid === uid) {
				await deleteEntry(found.kind, found.entry);
			}
		},
	};
};
