import {keys} from '../../core/keys.js';
import {type Pod} from '../../core/model.js';
import {type ObjectTouch} from '../../core/reconcilers/reconciler.js';
import {timestamp} from '../objects/identity.js';
import {treeAt, type Tree} from '../value.js';
import {type ActorWorld} from './actor-world.js';
import {
	createAddress,
	findTwin,
	remoteIdOf,
	runningStatus,
} from './pod-places.js';
import {podEvent, podReference} from './object-event.js';
import {createReflection} from './reflection.js';
import {type RunningActor} from './run-scheduler.js';

const isFinished = ({status}: Pod): boolean =>
	status.phase === 'Succeeded' || status.phase === 'Failed';

const harmless = new Set(['running', 'ContainerCreating']);

/**
A container that waits for a reason of its own does not start by itself.
*/
const isFailing = ({status}: Pod): boolean =>
	status.containerStatuses.some(
		({state}) => state !== undefined && !harmless.has(state),
	);

/**
The kubelets of all nodes: pods on local nodes run; pods on virtual nodes are reflected into their twin namespace and run there, or wait (or
fail, when they had run) where there is none. A pod on a virtual node ends when nothing is left of it on its provider.
*/
export const runKubelet = (
	actorWorld: ActorWorld,
	{
		now,
		isLongAtWork,
	}: {readonly now: () => number; readonly isLongAtWork: boolean},
): RunningActor => {
	const {world, stages, onTouch, generation} = actorWorld;
	const isFirst = generation === 'v0.3';
	const {reflect, findCopy, removeReflection} = createReflection(actorWorld);
	const pending = new Map<string, () => Promise<void>>();
	let isBusy = false;
	let isOver = false;

	const patch = async (
		cluster: string,
		pod: Pod,
		body: Tree,
		subresource = '',
	): Promise<void> => {
		await stages.get(cluster)!.access.send(
			{
				cluster,
				verb: 'patch',
				patchType: subresource === '' ? 'merge' : 'strategic',
				object: podReference(pod.metadata.namespace, pod.metadata.name),
				...(subresource !== '' && {subresource}),
				body: body as never,
				reason: 'a kubelet reports',
			},
			'kubelet',
		);
	};

	const run = async (
		cluster: string,
		pod: Pod,
		address?: string,
	): Promise<void> => {
		const {namespace, name} = pod.metadata;
		if (pod.status.phase === 'Running' || isFinished(pod) || isFailing(pod)) {
			return;
		}

		const raw = await stages
			.get(cluster)
			?.access.read(podReference(namespace, name));
		const spec = treeAt(raw, 'spec');
		if (spec) {
			await patch(
				cluster,
				pod,
				{
					status: runningStatus(
						spec,
						address ?? createAddress(),
						timestamp(now()),
					),
				},
				'status',
			);
		}
	};

	const hold = async (pod: Pod, clusterId: string): Promise<void> => {
		const hasRun = pod.status.containerStatuses.length > 0;
		const reason = hasRun
			? 'OffloadingAborted'
			: isFirst
				? 'OffloadingBackoff'
				: 'OffloadingBackOff';
		if (pod.status.reason === reason || isFinished(pod)) {
			return;
		}

		await patch(
			world.consumer.key,
			pod,
			{status: {phase: hasRun ? 'Failed' : 'Pending', reason}},
			'status',
		);
		if (!isFirst) {
			await stages.get(world.consumer.key)!.access.send(
				podEvent(pod, {
					cluster: world.consumer.key,
					type: 'Warning',
					reason: 'ReflectionDisabled',
					message: `Reflection to cluster "${clusterId}" disabled for namespace "${pod.metadata.namespace}".`,
				}),
				'liqo-virtual-kubelet',
			);
		}
	};

	const end = async (pod: Pod): Promise<void> => {
		const {namespace, name, uid} = pod.metadata;
		await stages.get(world.consumer.key)!.access.send(
			{
				cluster: world.consumer.key,
				verb: 'delete',
				object: podReference(namespace, name),
				precondition: {uid},
				gracePeriodSeconds: 0,
				reason: 'nothing is left of it on its provider',
			},
			'virtual-kubelet',
		);
	};

	const lookAtConsumerPod = async (pod: Pod): Promise<void> => {
		const view = world.consumer;
		const {nodeName = ''} = pod.spec;
		const {namespace, name, deletionTimestamp} = pod.metadata;
		if (nodeName === '') {
			return;
		}

		const clusterId = remoteIdOf(view, nodeName);
		if (clusterId === undefined) {
			if (deletionTimestamp === undefined && view.get('Node', '', nodeName)) {
				await run(view.key, pod);
			}

			return;
		}

		if (deletionTimestamp !== undefined) {
			await removeReflection(pod);
			if (!findCopy(pod)) {
				await end(pod);
			}

			return;
		}

		const twin = findTwin(view, clusterId, namespace);
		if (!twin?.isAccepted) {
			await hold(pod, clusterId);
			return;
		}

		await reflect(pod, clusterId, twin.name);
		if (pod.metadata.labels[keys.shadowPod] !== 'true') {
			await patch(view.key, pod, {
				metadata: {labels: {[keys.shadowPod]: 'true'}},
			});
		}

		const copy = world.providers.get(clusterId)?.get('Pod', twin.name, name);
		if (
			copy?.status.phase !== 'Running' ||
			pod.status.phase === 'Running' ||
			isFinished(pod)
		) {
			return;
		}

		await patch(view.key, pod, {status: {reason: ''}}, 'status');
		await run(view.key, pod);
	};

	const work = async (): Promise<void> => {
		while (pending.size > 0 && !isOver) {
			const [first] = pending;
			if (!first) {
				continue;
			}

			pending.delete(first[0]);
			await first[1](); // eslint-disable-line no-await-in-loop -- one pod after the other
		}

		isBusy = false;
	};

	const later = (key: string, task: () => Promise<void>): void => {
		pending.set(key, task);
		if (isBusy || isOver) {
			return;
		}

		isBusy = true;
		setImmediate(() => {
			void work();
		});
	};

	const lookAt = (
		cluster: string,
		{metadata: {namespace, name}}: Pod,
	): void => {
		later(`${cluster}/${namespace}/${name}`, async () => {
			const view = world.providers.get(cluster) ?? world.consumer;
			const pod = view.get('Pod', namespace, name);
			if (!pod) {
				return;
			}

			if (view === world.consumer) {
				await lookAtConsumerPod(pod);
			} else if (view.get('Node', '', pod.spec.nodeName ?? '')) {
				await run(cluster, pod);
			}
		});
	};

	const lookAtAll = (): void => {
		for (const view of [world.consumer, ...world.providers.values()]) {
			for (const pod of view.list('Pod')) {
				lookAt(view.key, pod);
			}
		}
	};

	/**
	A pod on a provider may stand for one at home, which shares its fate.
	*/
	const lookAtOriginals = (
		cluster: string,
		{metadata: {namespace, name, labels}}: Pod,
	): void => {
		if (labels[keys.managedBy] !== 'shadowpod') {
			return;
		}

		for (const map of world.consumer.mapsOfCluster(cluster)) {
			for (const [local, current] of Object.entries(
				map.status.currentMapping,
			)) {
				const pod =
					current.remoteNamespace === namespace
						? world.consumer.get('Pod', local, name)
						: undefined;
				if (pod) {
					lookAt(world.consumer.key, pod);
				}
			}
		}
	};

	onTouch(({cluster, kind, before, after}: ObjectTouch) => {
		if (kind === 'Pod') {
			const pod = (after ?? before) as Pod;
			if (after) {
				lookAt(cluster, pod);
			} else if (cluster === world.consumer.key) {
				later(`gone ${pod.metadata.uid}`, async () => removeReflection(pod));
			}

			if (cluster !== world.consumer.key) {
				lookAtOriginals(cluster, pod);
			}
		} else if (kind === 'NamespaceMap' && cluster === world.consumer.key) {
			for (const pod of world.consumer.list('Pod')) {
				lookAt(cluster, pod);
			}
		}
	});
	if (!isLongAtWork) {
		lookAtAll();
	}

	return {
		isSettled: () => !isBusy && pending.size === 0,
		stop() {
			isOver = true;
		},
	};
};
