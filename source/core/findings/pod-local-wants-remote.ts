import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {offerStrategy} from './pod-offers.js';
import {pendingPods} from './pending-pods.js';
import {describePods, isWantingVirtual} from './pods.js';
import {fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const podLocalWantsRemote: FailureMode = {
	id: 'pod-local-wants-remote',
	title: 'Pods ask for what strategy Local forbids',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 305,
	explains: ['pod-outside-selector', 'pod-missing-toleration'],
	reads: ['NamespaceOffloading', 'Pod', 'Node'],
	symptom: 'Pods that ask for virtual nodes stay Pending.',
	cause: 'With strategy Local, pods are not let onto virtual nodes.',
	proof:
		"The pod's own node selector or affinity asks for a virtual node; the strategy is Local.",
	remedies: ['set-pod-strategy', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, offloading, strategy} = scope;
		if (!offloading || strategy !== 'Local') {
			return [];
		}

		return pendingPods(scope)
			.filter(
				({pods, isTolerating}) =>
					!isTolerating && isWantingVirtual(pods[0]!.spec),
			)
			.map(({pods, owner}) => ({
				object: refOf(pods[0]!),
				message: `${describePods(pods, owner)} ${pods.length === 1 ? 'asks' : 'ask'} for a virtual node, but the pod strategy is Local.`,
				consequence:
					'No local node matches, and virtual nodes do not let them in.',
				evidence: [
					fact(
						offloading,
						'spec.podOffloadingStrategy',
						'Local',
						'LocalAndRemote or Remote',
					),
					fact(
						pods[0]!,
						pods[0]!.spec.nodeSelector?.[keys.type] === undefined
							? 'spec.affinity.nodeAffinity'
							: `spec.nodeSelector["${keys.type}"]`,
						'virtual-node',
						'no demand for virtual nodes',
					),
				],
				offers: [
					offerStrategy('LocalAndRemote', pods, owner),
					offerStrategy('Remote', pods, owner),
					instruct(
						'Change the workload instead',
						'the owner of the workload',
						`Drop the demand for virtual nodes from ${owner ? `the template of ${owner.kind} ${owner.reference.name}` : 'the pod'}.`,
						...(all.isFirst
							? []
							: [
									'Or set runtimeClassName: liqo in it, which needs no strategy.',
								]),
					),
				],
			}));
	},
};
