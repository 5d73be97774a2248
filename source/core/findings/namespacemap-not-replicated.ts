import {finalizers, keys} from '../keys.js';
import {type NamespaceMap} from '../model.js';
import {type FailureMode} from './failure-mode.js';
import {type Evidence} from './finding.js';
import {
	isAvailable,
	liqoDeployment,
	namespacesOfMaps,
	remoteCopyOf,
} from './remotes.js';
import {
	controlPlaneSecrets,
	hasReplicationLabels,
	replicationLabels,
} from './replication.js';
import {clusterIdOf, fact, refOf, type WorldScope} from './facts.js';
import {instruct} from './words.js';

type Obstacle = {
	readonly message: string;
	readonly evidence: readonly Evidence[];
	readonly isLabels?: boolean;
};

const obstacleOf = (
	all: WorldScope,
	map: NamespaceMap,
	cluster: string,
): Obstacle | undefined => {
	const where = `${map.metadata.namespace}/${map.metadata.name}`;
	if (!hasReplicationLabels(map, cluster)) {
		return {
			message: `NamespaceMap ${where} lacks the labels by which the replicator knows it.`,
			evidence: Object.entries(replicationLabels(cluster))
				.filter(([key, value]) => map.metadata.labels[key] !== value)
				.map(([key, value]) =>
					fact(
						map,
						`metadata.labels["${key}"]`,
						map.metadata.labels[key],
						value,
					),
				),
			isLabels: true,
		};
	}

	const replicator = liqoDeployment(all, 'crd-replicator');
	if (all.canSee('Deployment') && replicator && !isAvailable(replicator)) {
		return {
			message: "Liqo's replicator has no running replica.",
			evidence: [
				fact(
					replicator,
					'status.availableReplicas',
					String(replicator.status.availableReplicas ?? 0),
					'1',
				),
			],
		};
	}

	const secrets = all.canSee('Secret') ? controlPlaneSecrets(all, cluster) : [];
	if (all.canSee('Secret') && secrets.length !== 1) {
		return {
			message:
				secrets.length === 0
					? `The credential for ${cluster} is missing.`
					: `There are ${secrets.length} credentials for ${cluster}; the replicator needs exactly one.`,
			evidence: [
				fact(
					{
						apiVersion: 'v1',
						kind: 'Secret',
						namespace: map.metadata.namespace,
						name:
							secrets.length === 0
								? '*'
								: secrets.map(({metadata}) => metadata.name).join(', '),
					},
					`metadata.labels["${keys.identityType}"]`,
					secrets.length === 0 ? undefined : `${secrets.length} Secrets`,
					'ControlPlane, on one Secret',
				),
			],
		};
	}

	if (!map.metadata.finalizers.includes(finalizers.replicator)) {
		return {
			message: `The replicator has never seen NamespaceMap ${where}.`,
			evidence: [
				fact(
					map,
					'metadata.finalizers',
					map.metadata.finalizers.join(', '),
					finalizers.replicator,
				),
			],
		};
	}

	return undefined;
};

export const namespacemapNotReplicated: FailureMode = {
	id: 'namespacemap-not-replicated',
	title: 'The mapping does not reach the provider',
	severity: 'error',
	generations: ['v1alpha1', 'v1beta1'],
	order: 140,
	explains: [
		'premature-ready',
		'tenant-rbac-missing',
		'pod-reflection-disabled',
		'offloading-stuck-terminating',
		'selector-not-in-force',
	],
	reads: ['NamespaceMap', 'VirtualNode', 'Node'],
	readsOnProvider: ['NamespaceMap'],
	symptom:
		'The mapping is asked for, but there is no outcome; InProgress for ever.',
	cause:
		'The replicator is down, its Secret is missing or doubled, or the map lacks its labels.',
	proof:
		'The map here and its copy on the provider differ, and one of these is so.',
	remedies: ['relabel-namespacemap', 'instruct'],
	scope: 'world',
	find(all) {
		return all.maps.flatMap((map) => {
			const cluster =
				[clusterIdOf(map), map.metadata.labels[keys.remoteId] ?? ''].find(
					(id) => id !== '',
				) ?? map.metadata.name;
			const obstacle = obstacleOf(all, map, cluster);
			const pending = Object.keys(map.spec.desiredMapping).filter(
				(name) => map.status.currentMapping[name] === undefined,
			);
			const provider = all.provider(cluster, 'NamespaceMap');
			const copy = provider && remoteCopyOf(all, provider, map);
			const isDifferent =
				provider !== undefined &&
				Object.entries(map.spec.desiredMapping).some(
					([name, remote]) => copy?.spec.desiredMapping[name] !== remote,
				);
			if (
				!obstacle ||
				(pending.length === 0 && !isDifferent && !obstacle.isLabels) ||
				map.metadata.deletionTimestamp !== undefined ||
				(all.since(map.metadata.creationTimestamp) ?? 0) < 30
			) {
				return [];
			}

			return [
				{
					object: refOf(map),
					clusters: [cluster],
					namespaces: namespacesOfMaps([map]),
					message: obstacle.message,
					consequence: `What is asked of ${cluster} never gets there, and what it answers never comes back.`,
					evidence: [
						...obstacle.evidence,
						...pending.map((name) =>
							fact(
								map,
								`status.currentMapping.${name}`,
								undefined,
								'an outcome',
							),
						),
						...(provider && isDifferent
							? [
									fact(
										copy ?? map,
										'spec.desiredMapping',
										copy
											? Object.keys(copy.spec.desiredMapping).join(', ')
											: undefined,
										Object.keys(map.spec.desiredMapping).join(', '),
										provider.key,
									),
								]
							: []),
					],
					offers: obstacle.isLabels
						? [
								{
									remedy: 'relabel-namespacemap' as const,
									title: 'Put the labels back',
									given: {
										namespace: map.metadata.namespace,
										name: map.metadata.name,
										cluster,
									},
								},
							]
						: [
								instruct(
									'Repair the replication',
									'whoever administers the peerings of this cluster',
									`kubectl get pods -n ${all.home.liqoNamespace} -l app.kubernetes.io/name=crd-replicator`,
									`kubectl get secret -n ${map.metadata.namespace} -l liqo.io/identity-type=ControlPlane,liqo.io/remote-cluster-id=${cluster}`,
									'One running replicator and exactly one Secret are needed; peer again where the Secret is lost.',
								),
							],
				},
			];
		});
	},
};
