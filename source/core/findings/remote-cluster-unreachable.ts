import {type FailureMode} from './failure-mode.js';
import {
	conditionOf,
	foreignClusterOf,
	isClusterReady,
	namespacesOfMaps,
	nodesOfCluster,
} from './remotes.js';
import {clusterIdOf, fact, refOf, type WorldScope} from './facts.js';
import {instruct} from './words.js';

const brokenConditions = /^(?:APIServer|ApiServer|Network|Authentication)/v;

/**
What the peering itself says about the connection.
*/
const troubleOf = (all: WorldScope, cluster: string) => {
	const foreign = foreignClusterOf(all, cluster);
	if (!foreign) {
		return undefined;
	}

	if (foreign.status.apiServerStatus === 'Error') {
		return {
			foreign,
			evidence: fact(foreign, 'status.apiServerStatus', 'Error', 'Established'),
		};
	}

	const broken = foreign.status.conditions.find(
		({type, status}) =>
			brokenConditions.test(type) &&
			['Error', 'False', 'NotReady'].includes(status),
	);
	return broken
		? {
				foreign,
				evidence: fact(
					foreign,
					`status.conditions[${broken.type}]`,
					`${broken.status}${broken.message === undefined ? '' : `: ${broken.message}`}`,
					'Established',
				),
			}
		: undefined;
};

export const remoteClusterUnreachable: FailureMode = {
	id: 'remote-cluster-unreachable',
	title: 'A remote cluster does not answer',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 110,
	explains: [
		'virtual-node-not-ready',
		'virtual-node-network-unavailable',
		'namespacemap-not-replicated',
		'tenant-rbac-missing',
		'remote-name-conflict',
		'offloaded-pods-repatriated',
		'offloaded-pod-stuck-terminating',
		'offloading-stuck-terminating',
		'local-namespace-stuck-terminating',
		'virtual-node-stuck-terminating',
		'pod-reflection-disabled',
		'premature-ready',
		'virtual-node-insufficient-resources',
	],
	reads: ['Node', 'NamespaceMap', 'VirtualNode', 'ForeignCluster'],
	symptom:
		'v0.3: all entries of the cluster are CreationLoopBackOff, also formerly Accepted ones. Later: nothing changes, new mappings stay Creating.',
	cause: 'Network, provider down, or an expired credential.',
	proof:
		'The virtual node is not Ready and the peering reports the API server or the network as failed; mappings stay without an outcome.',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		const clusters = new Set([
			...all.candidates.map(({cluster}) => cluster),
			...all.maps.map((map) => clusterIdOf(map)),
		]);
		return [...clusters]
			.filter((id) => id !== '')
			.flatMap((cluster) => {
				const trouble = troubleOf(all, cluster);
				const nodes = nodesOfCluster(all, cluster);
				const maps = all.maps.filter((map) => clusterIdOf(map) === cluster);
				const entries = maps.flatMap(({spec, status}) =>
					Object.keys(spec.desiredMapping).map(
						(name) => status.currentMapping[name]?.phase,
					),
				);
				// What both generations show of a provider that went away.
				const isFrozen =
					entries.length > 0 &&
					(all.isFirst
						? entries.includes('CreationLoopBackOff')
						: entries.includes(undefined));
				const isDown = nodes.length > 0 && !isClusterReady(all, cluster);
				const hasNetwork = nodes.every(
					(node) =>
						conditionOf(node.status.conditions, 'NetworkUnavailable')
							?.status !== 'True',
				);
				const isSilent = trouble !== undefined || (isFrozen && hasNetwork);
				if (!isDown || !isSilent) {
					return [];
				}

				const node = nodes[0]!;
				const ready = conditionOf(node.status.conditions, 'Ready');
				return [
					{
						object: trouble ? refOf(trouble.foreign) : refOf(node),
						clusters: [cluster],
						namespaces: namespacesOfMaps(maps),
						certainty: trouble ? ('proven' as const) : ('likely' as const),
						message: `Cluster ${cluster} does not answer.`,
						consequence: all.isFirst
							? 'Its twins are reported as failed, and pods that run there are started elsewhere.'
							: 'What is known of its twins is frozen; nothing new can be created there.',
						evidence: [
							...(trouble ? [trouble.evidence] : []),
							fact(
								node,
								'status.conditions[Ready]',
								`${ready?.status ?? 'absent'}${ready?.reason === undefined ? '' : ` (${ready.reason})`}`,
								'True',
							),
							...maps.flatMap((map) =>
								Object.keys(map.spec.desiredMapping)
									.filter(
										(name) =>
											map.status.currentMapping[name]?.phase !== 'Accepted',
									)
									.slice(0, 10)
									.map((name) =>
										fact(
											map,
											`status.currentMapping.${name}.phase`,
											map.status.currentMapping[name]?.phase,
											'Accepted',
										),
									),
							),
						],
						offers: [
							instruct(
								'Restore the connection',
								`the owner of ${cluster}, or whoever runs the network between`,
								all.isFirst
									? "Ask the provider's API server directly: kubectl --kubeconfig PROVIDER get --raw /livez"
									: `kubectl get secret -n ${maps[0]?.metadata.namespace ?? 'TENANT-NAMESPACE'} -l liqo.io/identity-type=ControlPlane, write its kubeconfig to a file, and ask: kubectl --kubeconfig FILE get --raw /livez`,
								'A 401 means that the credential expired: peer again. No answer: network or API server.',
								'Leave the offloadings as they are: they recover by themselves.',
							),
						],
					},
				];
			});
	},
};
