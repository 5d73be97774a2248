import {type Pod, type ShadowPod} from '../model.js';
import {type ClusterView} from '../world.js';
import {
	type Mapping,
	memoPerScope,
	type NamespaceScope,
	type WorldScope,
} from './facts.js';

export type OffloadedPod = {
	readonly pod: Pod;
	/**
	Cluster-id of the cluster it was sent to.
	*/
	readonly cluster: string;
	readonly mapping: Mapping | undefined;
};

const clustersOf = memoPerScope(
	(all: WorldScope) =>
		new Map(all.candidates.map(({name, cluster}) => [name, cluster])),
);

/**
The pods of a namespace that are bound to virtual nodes. Looked up once per scope.
*/
export const offloadedPods = memoPerScope(
	({all, pods, mappings}: NamespaceScope): readonly OffloadedPod[] => {
		const clusters = clustersOf(all);
		return pods.flatMap((pod) => {
			const cluster = clusters.get(pod.spec.nodeName ?? '');
			return cluster === undefined
				? []
				: [
						{
							pod,
							cluster,
							mapping: mappings.find((one) => one.cluster === cluster),
						},
					];
		});
	},
);

/**
The copy of an offloaded pod on its provider. Nothing at all when the provider cannot be seen; `remote` is absent when there is no such pod.
*/
export const remoteSideOf = (
	{all}: NamespaceScope,
	{pod, cluster, mapping}: OffloadedPod,
):
	| {
			readonly provider: ClusterView;
			readonly namespace: string;
			readonly remote: Pod | undefined;
			readonly shadow: ShadowPod | undefined;
	  }
	| undefined => {
	const provider = all.provider(cluster, 'Pod', 'ShadowPod');
	const namespace = mapping?.current?.remoteNamespace ?? mapping?.desired;
	if (!provider || namespace === undefined) {
		return undefined;
	}

	const {name} = pod.metadata;
	return {
		provider,
		namespace,
		remote: provider.get('Pod', namespace, name),
		shadow: provider.get('ShadowPod', namespace, name),
	};
};

export const isFinished = ({
	status: {phase},
}: {
	readonly status: {readonly phase?: string};
}): boolean => phase === 'Succeeded' || phase === 'Failed';
