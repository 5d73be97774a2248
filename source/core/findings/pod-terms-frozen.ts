import {judgePod} from '../scheduling.js';
import {type FailureMode} from './failure-mode.js';
import {offerRecreation} from './pod-offers.js';
import {type PendingPods, pendingPods} from './pending-pods.js';
import {
	admittedTemplate,
	describePods,
	isSameTerms,
	requiredTermsOf,
} from './pods.js';
import {fact, type NamespaceScope, refOf} from './facts.js';
import {describeSelector} from './selector-repair.js';

/**
Whether the pods would be taken if they were created now.
*/
export const isFrozen = (
	scope: NamespaceScope,
	{pods, owner}: PendingPods,
): boolean => {
	if (!owner?.template || !scope.offloading || !scope.isLabelled) {
		return false;
	}

	const now = admittedTemplate(scope, owner.template);
	return (
		!isSameTerms(requiredTermsOf(pods[0]!.spec), requiredTermsOf(now)) &&
		judgePod({spec: now}, scope.all.home).verdict === 'schedulable'
	);
};

export const podTermsFrozen: FailureMode = {
	id: 'pod-terms-frozen',
	title: 'Pods still have the terms of an earlier selector',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 320,
	explains: ['pod-outside-selector', 'pod-antithetical-terms'],
	reads: ['NamespaceOffloading', 'Pod', 'Node', 'Namespace', 'ReplicaSet'],
	symptom:
		'The selector is corrected and the offloading Ready, but older pods stay Pending.',
	cause: 'What admission writes into a pod is never changed afterwards.',
	proof:
		"The pod's required terms are not those that its owner's template would get now.",
	remedies: ['delete-pod', 'instruct'],
	scope: 'namespace',
	find(scope) {
		return pendingPods(scope)
			.filter((group) => isFrozen(scope, group))
			.map(({pods, owner}) => {
				const now = admittedTemplate(scope, owner!.template!);
				return {
					object: refOf(pods[0]!),
					message: `${describePods(pods, owner)} still ${pods.length === 1 ? 'has' : 'have'} the terms of an earlier selector.`,
					consequence:
						'No node satisfies these; created now, they would be taken.',
					evidence: [
						fact(
							pods[0]!,
							'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution',
							describeSelector({
								nodeSelectorTerms: requiredTermsOf(pods[0]!.spec),
							}),
							describeSelector({nodeSelectorTerms: requiredTermsOf(now)}),
						),
					],
					offers: [offerRecreation(pods, owner)],
				};
			});
	},
};
