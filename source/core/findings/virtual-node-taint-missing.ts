import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {count, joinOr} from './words.js';
import {isToleratingVirtualNodes} from './pods.js';

export const virtualNodeTaintMissing: FailureMode = {
	id: 'virtual-node-taint-missing',
	title: 'A virtual node lacks its taint',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 435,
	explains: ['pod-reflection-disabled', 'restrictive-strategy-change'],
	reads: ['Node', 'VirtualNode', 'Pod'],
	symptom:
		'Pods of namespaces that are not offloaded land on the virtual node.',
	cause: 'Somebody removed the taint as a workaround.',
	proof:
		'The Node is labelled as virtual and lacks the taint virtual-node.liqo.io/not-allowed.',
	remedies: ['restore-taint'],
	scope: 'world',
	find(all) {
		return all.candidates.flatMap(({name, cluster, node}) => {
			if (
				!node ||
				node.metadata.deletionTimestamp !== undefined ||
				node.spec.taints.some(
					({key, effect}) => key === keys.notAllowed && effect === 'NoExecute',
				)
			) {
				return [];
			}

			const evicted = [...all.home.podsOnNode(name)].filter(
				({spec}) => !isToleratingVirtualNodes(spec),
			);
			return [
				{
					object: refOf(node),
					clusters: [cluster],
					message: `Virtual node ${name} lacks the taint that keeps other pods off it.`,
					consequence: `Pods of any namespace can land there, where they cannot start${evicted.length > 0 ? `; ${count(evicted.length, 'pod')} did` : ''}.`,
					evidence: [
						fact(
							node,
							'spec.taints',
							joinOr(
								node.spec.taints.map(({key, effect}) => `${key}:${effect}`),
								'none',
							),
							`${keys.notAllowed}=true:NoExecute`,
						),
					],
					offers: [
						{
							remedy: 'restore-taint' as const,
							title: `Put the taint back on ${name}`,
							effect:
								evicted.length > 0
									? `${count(evicted.length, 'pod')} that ${evicted.length === 1 ? 'does' : 'do'} not tolerate it ${evicted.length === 1 ? 'is' : 'are'} evicted`
									: 'no pod is evicted',
							given: {node: name},
						},
					],
				},
			];
		});
	},
};
