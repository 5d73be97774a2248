import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {isOlderThanOffloading} from './pod-before-offloading.js';
import {offerRecreation} from './pod-offers.js';
import {blockedOnlyBy, pendingPods} from './pending-pods.js';
import {describePods, podNames} from './pods.js';
import {joinOr} from './words.js';
import {fact, refOf} from './facts.js';

export const podMissingToleration: FailureMode = {
	id: 'pod-missing-toleration',
	title: 'Pods are kept off the virtual nodes',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 310,
	explains: ['pod-outside-selector', 'pod-terms-frozen'],
	reads: ['NamespaceOffloading', 'Pod', 'Node', 'Namespace'],
	symptom: 'Pods stay Pending, although a virtual node would take them.',
	cause:
		'They were not changed at admission: the namespace lacked its label, the webhook did not answer, or they tolerate another effect.',
	proof:
		'On a virtual node, the only check that fails is the taint virtual-node.liqo.io/not-allowed.',
	remedies: ['add-toleration', 'delete-pod', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {offloading, strategy, isLabelled} = scope;
		if (!offloading || strategy === 'Local') {
			return [];
		}

		return pendingPods(scope).flatMap((group) => {
			const {pods, owner} = group;
			const first = pods[0]!;
			const nodes = blockedOnlyBy(group, 'taints').filter(
				({isVirtual}) => isVirtual,
			);
			if (
				group.isTolerating ||
				nodes.length === 0 ||
				isOlderThanOffloading(scope, first)
			) {
				return [];
			}

			return [
				{
					object: refOf(first),
					clusters: [
						...new Set(
							nodes.flatMap(({cluster}) =>
								cluster === undefined ? [] : [cluster],
							),
						),
					],
					message: `${describePods(pods, owner)} ${pods.length === 1 ? 'does' : 'do'} not tolerate the taint of virtual nodes: admission did not change ${pods.length === 1 ? 'it' : 'them'}.`,
					consequence: `${nodes[0]!.name} would take ${pods.length === 1 ? 'it' : 'them'} but for that taint.`,
					evidence: [
						fact(
							first,
							'spec.tolerations',
							joinOr(
								(first.spec.tolerations ?? []).map(
									({key, effect}) => `${key ?? '*'}:${effect ?? '*'}`,
								),
								'none',
							),
							`${keys.notAllowed}:NoExecute`,
						),
						fact(
							{apiVersion: 'v1', kind: 'Namespace', name: scope.name},
							`metadata.labels["${keys.schedulingEnabled}"]`,
							isLabelled ? 'true' : 'absent',
							'true',
						),
					],
					offers: [
						{
							remedy: 'add-toleration' as const,
							title: `Add the toleration to ${pods.length === 1 ? 'it' : 'them'}`,
							given: {pods: podNames(pods)},
						},
						...(isLabelled ? [offerRecreation(pods, owner)] : []),
					],
				},
			];
		});
	},
};
