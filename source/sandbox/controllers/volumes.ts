import {type Api} from '../api.js';
import {fieldsOf, readEntry} from '../objects/target.js';
import {type Entry} from '../storage/entry.js';
import {textAt, treesAt} from '../value.js';

/**
What keeps a claim or a volume from going while it is in use (Kubernetes' StorageObjectInUseProtection).
*/
export const protection = {
	PersistentVolumeClaim: 'kubernetes.io/pvc-protection',
	PersistentVolume: 'kubernetes.io/pv-protection',
} as const;

const claims = '/persistentvolumeclaims';
const volumes = '/persistentvolumes';

const isOver = (phase: string): boolean =>
	phase === 'Succeeded' || phase === 'Failed';

/**
Lets claims go that are deleted and that no pod uses any more, and volumes that are bound to no claim.

@returns a function that ends it
*/
export const runVolumeProtection = (api: Api): (() => void) => {
	const waiting = new Map<string, Entry>();
	let isStopped = false;

	const isClaimUsed = ({namespace, name}: Entry): boolean => {
		const kind = api.registry.find('', 'v1', 'pods')!;
		for (const entry of api.storage.collection('/pods').list(namespace)) {
			const pod = readEntry(kind, entry);
			const usesClaim = treesAt(pod, 'spec', 'volumes').some(
				(volume) =>
					textAt(volume, 'persistentVolumeClaim', 'claimName') === name,
			);
			if (usesClaim && !isOver(textAt(pod, 'status', 'phase'))) {
				return true;
			}
		}

		return false;
	};

	const release = (resource: string, {namespace, name}: Entry): void => {
		const current = api.storage.get(resource, namespace, name);
		if (isStopped || !current?.isTerminating) {
			waiting.delete(`${namespace}/${name}`);
			return;
		}

		const isClaim = resource === claims;
		const kind = api.registry.find('', 'v1', resource.slice(1))!;
		const object = readEntry(kind, current);
		const finalizer =
			protection[isClaim ? 'PersistentVolumeClaim' : 'PersistentVolume'];
		const finalizers = object.metadata.finalizers ?? [];
		const isUsed = isClaim
			? isClaimUsed(current)
			: textAt(object, 'status', 'phase') === 'Bound';
		if (isUsed || !finalizers.includes(finalizer)) {
			return;
		}

		waiting.delete(`${namespace}/${name}`);
		const others = finalizers.filter((other) => other !== finalizer);
		if (others.length === 0) {
			api.storage.remove(resource, namespace, name);
			return;
		}

		object.metadata.finalizers = others;
		api.storage.put(resource, object, fieldsOf(kind));
	};

	const stop = api.storage.observe(({resource, entry, previous}) => {
		if ((resource === claims || resource === volumes) && entry?.isTerminating) {
			if (resource === claims) {
				waiting.set(`${entry.namespace}/${entry.name}`, entry);
			}

			setImmediate(() => {
				release(resource, entry);
			});
			return;
		}

		if (resource !== '/pods' || waiting.size === 0) {
			return;
		}

		const {namespace} = (entry ?? previous)!;
		for (const claim of waiting.values()) {
			if (claim.namespace === namespace) {
				setImmediate(() => {
					release(claims, claim);
				});
			}
		}
	});
	return () => {
		isStopped = true;
		stop();
	};
};
