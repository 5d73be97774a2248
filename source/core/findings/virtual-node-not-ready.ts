import {type Node} from '../model.js';
import {type FailureMode} from './failure-mode.js';
import {conditionOf, isNodeReady, namespacesOfMaps} from './remotes.js';
import {clusterIdOf, fact, refOf} from './facts.js';
import {instruct} from './words.js';

const pressures = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];

const whyOf = (
	node: Node,
): {readonly message: string; readonly step: string} => {
	const {conditions} = node.status;
	if (conditions.every(({status}) => status === 'Unknown')) {
		return {
			message: 'its virtual kubelet has never reported, or stopped doing so',
			step: `kubectl get pods -A -l app.kubernetes.io/name=virtual-kubelet, and look at the one of ${node.metadata.name}`,
		};
	}

	if (
		pressures.every((type) => conditionOf(conditions, type)?.status === 'True')
	) {
		return {
			message: 'the provider offers no resources',
			step: 'Have the provider enlarge its offer (ResourceSlice, or sharing percentage).',
		};
	}

	const ready = conditionOf(conditions, 'Ready');
	return {
		message:
			ready?.message ??
			`it reports ${ready?.reason ?? ready?.status ?? 'nothing'}`,
		step: `kubectl describe node ${node.metadata.name}, and the logs of its virtual kubelet`,
	};
};

export const virtualNodeNotReady: FailureMode = {
	id: 'virtual-node-not-ready',
	title: 'A virtual node is not ready',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 118,
	explains: [
		'remote-name-conflict',
		'offloaded-pods-repatriated',
		'virtual-node-insufficient-resources',
		'pod-reflection-disabled',
	],
	reads: ['Node', 'VirtualNode'],
	symptom:
		'The virtual node is NotReady, its pods are evicted after five minutes.',
	cause:
		'No resources offered, no network, no virtual kubelet, or no connection to the provider; the other conditions tell which.',
	proof: 'Condition Ready of the Node, and the conditions beside it.',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		return all.candidates.flatMap(({name, cluster, node}) => {
			if (
				!node ||
				isNodeReady(node) ||
				node.metadata.deletionTimestamp !== undefined
			) {
				return [];
			}

			const {message, step} = whyOf(node);
			return [
				{
					object: refOf(node),
					clusters: [cluster],
					namespaces: namespacesOfMaps(
						all.maps.filter((map) => clusterIdOf(map) === cluster),
					),
					message: `Virtual node ${name} is not ready: ${message}.`,
					consequence: `No new pod is sent to ${cluster}, and those there are given up after some minutes.`,
					evidence: [
						...node.status.conditions.map(({type, status, reason}) =>
							fact(
								node,
								`status.conditions[${type}]`,
								reason === undefined ? status : `${status} (${reason})`,
								type === 'Ready' ? 'True' : 'False',
							),
						),
						...node.spec.taints
							.filter(({key}) => key.startsWith('node.kubernetes.io/'))
							.map(({key, effect}) =>
								fact(node, 'spec.taints', `${key}:${effect}`),
							),
					],
					offers: [
						instruct(
							'Find out why',
							'whoever administers the peering, or the owner of the provider',
							step,
						),
					],
				},
			];
		});
	},
};
