import {keys, virtualNodeType} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {isOlderThanOffloading} from './pod-before-offloading.js';
import {offerRestart} from './pod-offers.js';
import {byOwner, describePods} from './pods.js';
import {fact, refOf} from './facts.js';

export const restrictiveStrategyChange: FailureMode = {
	id: 'restrictive-strategy-change',
	title: 'Pods run where the strategy forbids it',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 510,
	explains: [],
	reads: ['NamespaceOffloading', 'Pod', 'Node', 'VirtualNode'],
	symptom:
		'Strategy Remote and pods on local nodes, or strategy Local and pods on virtual nodes.',
	cause:
		'The strategy is applied when a pod is created, and was changed afterwards.',
	proof: 'spec.nodeName of the pod against the strategy.',
	remedies: ['restart-workload', 'delete-pod', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, offloading, strategy, selected} = scope;
		if (
			!offloading ||
			offloading.metadata.deletionTimestamp !== undefined ||
			(strategy !== 'Remote' && strategy !== 'Local') ||
			(strategy === 'Remote' && selected.size === 0)
		) {
			return [];
		}

		const violating = scope.pods.filter((pod) => {
			const {nodeName, runtimeClassName} = pod.spec;
			if (
				nodeName === undefined ||
				nodeName === '' ||
				pod.metadata.deletionTimestamp !== undefined ||
				pod.status.phase !== 'Running' ||
				isOlderThanOffloading(scope, pod)
			) {
				return false;
			}

			// Of a node that is gone nobody knows what it was.
			const node = all.home.get('Node', '', nodeName);
			const isVirtual =
				all.candidates.some(({name}) => name === nodeName) ||
				node?.metadata.labels[keys.type] === virtualNodeType;
			return strategy === 'Remote'
				? node !== undefined && !isVirtual
				: isVirtual && runtimeClassName !== 'liqo';
		});
		return byOwner(all.home, violating)
			.filter(({owner}) => owner?.kind !== 'DaemonSet')
			.map(({owner, pods}) => ({
				object: refOf(pods[0]!),
				message: `${describePods(pods, owner)} ${pods.length === 1 ? 'runs' : 'run'} on ${strategy === 'Remote' ? 'local' : 'virtual'} nodes, but the strategy is ${strategy}.`,
				consequence:
					'The strategy holds for new pods only; these stay until they are replaced.',
				evidence: [
					fact(offloading, 'spec.podOffloadingStrategy', strategy),
					...pods
						.slice(0, 10)
						.map((pod) =>
							fact(
								pod,
								'spec.nodeName',
								pod.spec.nodeName,
								strategy === 'Remote' ? 'a virtual node' : 'a local node',
							),
						),
				],
				offers: [offerRestart(pods, owner)],
			}));
	},
};
