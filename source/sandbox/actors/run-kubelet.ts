import {keys} from '../../core/keys.js';
import {type Pod} from '../../core/model.js';
import {type ObjectTouch} from '../../core/reconcilers/reconciler.js';
import {generationById} from '../../core/generations/index.js';
import {timestamp} from '../objects/identity.js';
import {treeAt, type Tree} from '../value.js';
import {type ActorWorld} from './actor-world.js';
import {
	acceptedTwin,
	createAddress,
	remoteIdOf,
	runningStatus,
} from './pod-places.js';
import {podEvent} from './pod-event.js';
import {type RunningActor} from './run-scheduler.js';
import {specAbroad} from './spec-abroad.js';

const reference = (namespace: string, name: string) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	namespace,
	name,
});

const isFinished = ({status}: Pod): boolean =>
	status.phase === 'Succeeded' || status.phase === 'Failed';

/**
The kubelets of all nodes: pods on local nodes run; pods on virtual nodes are reflected into their twin namespace and run there, or wait (or
fail, when they had run) where there is none.
*/
export const runKubelet = (
	{world, stages, onTouch, generation}: ActorWorld,
	now: () => number,
): RunningActor => {
	const isFirst = generation === 'v0.3';
	const shadow = generationById(generation).resources.ShadowPod;
	const pending = new Map<string, () => Promise<void>>();
	let isBusy = false;
	let isOver = false;

	const rawPod = async (cluster: string, namespace: string, name: string) =>
		stages.get(cluster)?.access.read(reference(namespace, name));

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
				object: reference(pod.metadata.namespace, pod.metadata.name),
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
		const raw = await rawPod(cluster, namespace, name);
		const spec = treeAt(raw, 'spec');
		if (spec && pod.status.phase !== 'Running' && !isFinished(pod)) {
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

	const reflect = async (
		pod: Pod,
		provider: string,
		namespace: string,
	): Promise<void> => {
		const stage = stages.get(provider);
		const {name} = pod.metadata;
		const view = world.providers.get(provider);
		if (!stage || !view || view.get('Pod', namespace, name)) {
			return;
		}

		const raw = await rawPod(world.consumer.key, pod.metadata.namespace, name);
		if (!raw) {
			return;
		}

		const spec = specAbroad(treeAt(raw, 'spec') ?? {});

		const node = [...view.list('Node')].find(
			({spec: {unschedulable}}) => unschedulable !== true,
		);
		const create = async (object: Tree, kind: string, apiVersion: string) =>
			stage.access.send(
				{
					cluster: provider,
					verb: 'create',
					object: {apiVersion, kind, namespace, name},
					body: object as never,
					reason: 'a pod is reflected',
				},
				'virtual-kubelet',
			);
		if (shadow) {
			await create(
				{
					metadata: {namespace, name, labels: {[keys.managedBy]: 'reflection'}},
					spec: {pod: spec},
				},
				'ShadowPod',
				`${shadow.group}/${shadow.version}`,
			);
		}

		await create(
			{
				metadata: {
					namespace,
					name,
					labels: {...pod.metadata.labels, [keys.managedBy]: 'shadowpod'},
				},
				spec: {...spec, ...(node && {nodeName: node.metadata.name})},
			},
			'Pod',
			'v1',
		);
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

	const lookAtConsumerPod = async (pod: Pod): Promise<void> => {
		const view = world.consumer;
		const {nodeName = ''} = pod.spec;
		if (nodeName === '' || pod.metadata.deletionTimestamp !== undefined) {
			return;
		}

		const clusterId = remoteIdOf(view, nodeName);
		if (clusterId === undefined) {
			if (view.get('Node', '', nodeName)) {
				await run(view.key, pod);
			}

			return;
		}

		const twin = acceptedTwin(view, clusterId, pod.metadata.namespace);
		if (twin === undefined) {
			await hold(pod, clusterId);
			return;
		}

		await reflect(pod, clusterId, twin);
		if (pod.metadata.labels[keys.shadowPod] !== 'true') {
			await patch(view.key, pod, {
				metadata: {labels: {[keys.shadowPod]: 'true'}},
			});
		}

		if (pod.status.phase === 'Running' || isFinished(pod)) {
			return;
		}

		await patch(view.key, pod, {status: {reason: ''}}, 'status');
		await run(view.key, pod);
	};

	const removeReflection = async (pod: Pod): Promise<void> => {
		const clusterId = remoteIdOf(world.consumer, pod.spec.nodeName ?? '');
		const provider =
			clusterId === undefined ? undefined : world.providers.get(clusterId);
		if (clusterId === undefined || !provider) {
			return;
		}

		const {name} = pod.metadata;
		for (const copy of provider.list('Pod')) {
			const isCopy =
				copy.metadata.name === name &&
				copy.metadata.labels[keys.managedBy] === 'shadowpod';
			if (!isCopy) {
				continue;
			}

			const {namespace} = copy.metadata;
			for (const [kind, apiVersion] of [
				['Pod', 'v1'],
				['ShadowPod', `${shadow?.group ?? ''}/${shadow?.version ?? ''}`],
			] as const) {
				// eslint-disable-next-line no-await-in-loop -- the pod before what it came from
				await stages.get(clusterId)!.access.send(
					{
						cluster: clusterId,
						verb: 'delete',
						object: {apiVersion, kind, namespace, name},
						reason: 'the pod is gone',
					},
					'virtual-kubelet',
				);
			}
		}
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

	onTouch(({cluster, kind, before, after}: ObjectTouch) => {
		if (kind === 'Pod') {
			if (after) {
				lookAt(cluster, after as Pod);
			} else if (before && cluster === world.consumer.key) {
				const gone = before as Pod;
				later(`gone ${gone.metadata.uid}`, async () => removeReflection(gone));
			}
		} else if (kind === 'NamespaceMap' && cluster === world.consumer.key) {
			for (const pod of world.consumer.list('Pod')) {
				lookAt(cluster, pod);
			}
		}
	});
	lookAtAll();
	return {
		isSettled: () => !isBusy && pending.size === 0,
		stop() {
			isOver = true;
		},
	};
};
