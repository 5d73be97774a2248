import {type ObjectTouch} from '../../core/reconcilers/reconciler.js';
import {type ApiObject} from '../value.js';
import {type ActorWorld} from './actor-world.js';
import {type RunningActor} from './run-scheduler.js';
import {syncDeployment} from './sync-deployment.js';
import {syncReplicaSet} from './sync-replica-set.js';

type Workload = 'Deployment' | 'ReplicaSet';

const retryDelay = 1000;

/**
Kubernetes' Deployment and ReplicaSet controllers on the consumer. They look at what changes: a Deployment that a scenario has painted without
pods stays so until somebody edits it.
*/
export const runWorkloads = (
	{world, stages, onTouch}: ActorWorld,
	now: () => number,
): RunningActor => {
	const view = world.consumer;
	const {access} = stages.get(view.key)!;
	const pending = new Map<string, () => Promise<void>>();
	const timers = new Set<NodeJS.Timeout>();
	let isBusy = false;
	let isOver = false;

	const work = async (): Promise<void> => {
		while (pending.size > 0 && !isOver) {
			const [first] = pending;
			if (!first) {
				break;
			}

			pending.delete(first[0]);
			await first[1](); // eslint-disable-line no-await-in-loop -- one workload after the other
		}

		isBusy = false;
	};

	const later = (kind: Workload, namespace: string, name: string): void => {
		pending.set(`${kind} ${namespace}/${name}`, async () => {
			const object = (await access.read({
				apiVersion: 'apps/v1',
				kind,
				namespace,
				name,
			})) as ApiObject | undefined;
			if (!object || object.metadata.deletionTimestamp !== undefined) {
				return;
			}

			if (kind === 'Deployment') {
				await syncDeployment(object, view, access, now());
				return;
			}

			if (await syncReplicaSet(object, view, access)) {
				const timer = setTimeout(() => {
					timers.delete(timer);
					later(kind, namespace, name);
				}, retryDelay);
				timers.add(timer);
			}
		});
		if (isBusy || isOver) {
			return;
		}

		isBusy = true;
		setImmediate(() => {
			void work();
		});
	};

	const hasSets = (uid: string, namespace: string): boolean =>
		[...view.list('ReplicaSet', namespace)].some(({metadata}) =>
			metadata.ownerReferences.some((owner) => owner.uid === uid),
		);

	onTouch(({cluster, kind, namespace, name, before, after}: ObjectTouch) => {
		if (cluster !== view.key) {
			return;
		}

		const metadata = (after ?? before)?.metadata;
		if (kind === 'Deployment' && after) {
			const isEdited =
				before?.metadata.generation !== after.metadata.generation;
			if (isEdited || hasSets(after.metadata.uid, namespace)) {
				later(kind, namespace, name);
			}

			return;
		}

		if (kind === 'ReplicaSet' && after) {
			later(kind, namespace, name);
		}

		if (kind === 'ReplicaSet' || kind === 'Pod') {
			for (const owner of metadata?.ownerReferences ?? []) {
				if (owner.kind === 'Deployment' || owner.kind === 'ReplicaSet') {
					later(owner.kind, namespace, owner.name);
				}
			}
		}
	});
	return {
		isSettled: () => !isBusy && pending.size === 0,
		stop() {
			isOver = true;
			for (const timer of timers) {
				clearTimeout(timer);
			}
		},
	};
};
