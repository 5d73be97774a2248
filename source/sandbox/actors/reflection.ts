import {keys} from '../../core/keys.js';
import {type Pod} from '../../core/model.js';
import {generationById} from '../../core/generations/index.js';
import {treeAt, type Tree} from '../value.js';
import {type ActorWorld} from './actor-world.js';
import {podReference} from './object-event.js';
import {findTwin, remoteIdOf} from './pod-places.js';
import {specAbroad} from './spec-abroad.js';

/**
How virtual kubelets bring pods to their providers and take them back.
*/
export const createReflection = ({world, stages, generation}: ActorWorld) => {
	const shadow = generationById(generation).resources.ShadowPod;

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

		const raw = await stages
			.get(world.consumer.key)!
			.access.read(podReference(pod.metadata.namespace, name));
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

	/**
	What stands for a pod on its provider.
	*/
	const findCopy = (pod: Pod): Pod | undefined => {
		const clusterId = remoteIdOf(world.consumer, pod.spec.nodeName ?? '');
		const twin =
			clusterId !== undefined &&
			findTwin(world.consumer, clusterId, pod.metadata.namespace);
		const copy = twin
			? world.providers.get(clusterId)?.get('Pod', twin.name, pod.metadata.name)
			: undefined;
		return copy?.metadata.labels[keys.managedBy] === 'shadowpod'
			? copy
			: undefined;
	};

	const removeReflection = async (pod: Pod): Promise<void> => {
		const copy = findCopy(pod);
		const clusterId = remoteIdOf(world.consumer, pod.spec.nodeName ?? '');
		if (!copy || clusterId === undefined) {
			return;
		}

		const {namespace, name, deletionTimestamp} = copy.metadata;
		for (const [kind, apiVersion] of deletionTimestamp === undefined
			? ([
					['Pod', 'v1'],
					['ShadowPod', `${shadow?.group ?? ''}/${shadow?.version ?? ''}`],
				] as const)
			: []) {
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
	};

	return {reflect, findCopy, removeReflection};
};
