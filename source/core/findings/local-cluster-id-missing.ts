import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {instruct, join} from './words.js';

export const localClusterIdMissing: FailureMode = {
	id: 'local-cluster-id-missing',
	title: "This cluster's id is not known",
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 10,
	explains: ['controllers-not-running', 'status-stale', 'selector-omitted'],
	reads: ['ConfigMap', 'NamespaceOffloading'],
	symptom:
		"Liqo's controllers end at start; the default remote name cannot be computed.",
	cause: 'The ConfigMap with the cluster-id is missing, or there are two.',
	proof:
		'Not exactly one ConfigMap carries the label app.kubernetes.io/name=clusterid-configmap.',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		const {home} = all;
		const found = [...home.list('ConfigMap')].filter(
			({metadata}) =>
				metadata.labels['app.kubernetes.io/name'] === 'clusterid-configmap' ||
				(metadata.name === 'cluster-id' &&
					metadata.namespace === home.liqoNamespace),
		);
		const offloadings = [...home.list('NamespaceOffloading')];
		const isRight = found.length === 1;
		if (
			isRight ||
			offloadings.length === 0 ||
			(found.length === 0 && home.clusterId !== undefined)
		) {
			return [];
		}

		const remembered = offloadings
			.map(({metadata, status}) => {
				const {remoteNamespaceName: remote} = status;
				return remote?.startsWith(`${metadata.namespace}-`)
					? remote.slice(metadata.namespace.length + 1)
					: undefined;
			})
			.find((id) => id !== undefined && id !== '');
		const object = {
			apiVersion: 'v1',
			kind: 'ConfigMap',
			namespace: home.liqoNamespace,
			name: 'liqo-clusterid-configmap',
		};
		return [
			{
				object: found[0] ? refOf(found[0]) : object,
				namespaces: offloadings.map(({metadata}) => metadata.namespace),
				message:
					found.length === 0
						? 'The ConfigMap with the id of this cluster is missing.'
						: `There are ${found.length} ConfigMaps with an id of this cluster: ${join(found.map(({metadata}) => `${metadata.namespace}/${metadata.name}`))}.`,
				consequence:
					"Liqo's controllers cannot start, and default remote names cannot be computed.",
				evidence:
					found.length === 0
						? [
								fact(
									object,
									'data.CLUSTER_ID',
									undefined,
									remembered ?? 'the id this cluster had',
								),
							]
						: found.map((one) =>
								fact(
									one,
									'data.CLUSTER_ID',
									one.data.CLUSTER_ID,
									'one ConfigMap',
								),
							),
				offers: [
					instruct(
						'Restore the ConfigMap with the old id',
						'whoever administers Liqo on this cluster',
						found.length === 0
							? `Restore ${object.namespace}/${object.name} from a backup. The id was ${remembered ?? 'the part of the remote names after the local one'}.`
							: 'Keep the one whose id is in the names of the twins, and delete the other.',
						'Never invent a new id: every twin and every peering would be orphaned.',
					),
				],
			},
		];
	},
};
