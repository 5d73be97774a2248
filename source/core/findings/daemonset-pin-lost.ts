import {type FailureMode} from './failure-mode.js';
import {byOwner, requiredTermsOf} from './pods.js';
import {fact} from './facts.js';
import {instruct} from './words.js';

export const daemonsetPinLost: FailureMode = {
	id: 'daemonset-pin-lost',
	title: 'Pods of a DaemonSet lost their node',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 450,
	explains: [
		'pod-outside-selector',
		'pod-terms-frozen',
		'restrictive-strategy-change',
		'pod-antithetical-terms',
	],
	reads: ['NamespaceOffloading', 'Pod', 'DaemonSet'],
	symptom:
		'Pods of a DaemonSet run twice on one node and not on another, or are never bound.',
	cause:
		'Admission merges its terms with those of the pod and drops the field that pins each pod to its node.',
	proof:
		'A pod of a DaemonSet without matchFields metadata.name in its required terms.',
	remedies: ['instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, offloading} = scope;
		if (!offloading) {
			return [];
		}

		const lost = scope.pods.filter(
			(pod) =>
				pod.metadata.ownerReferences.some(({kind}) => kind === 'DaemonSet') &&
				pod.metadata.deletionTimestamp === undefined &&
				requiredTermsOf(pod.spec).length > 0 &&
				requiredTermsOf(pod.spec).every(({matchFields = []}) =>
					matchFields.every(({key}) => key !== 'metadata.name'),
				),
		);
		return byOwner(all.home, lost).flatMap(({owner, pods}) =>
			owner
				? [
						{
							object: owner.reference,
							message: `Pods of DaemonSet ${owner.reference.name} are no longer pinned to their nodes: admission dropped the pin.`,
							consequence: 'Some nodes get two of them, others none.',
							evidence: pods
								.slice(0, 10)
								.map((pod) =>
									fact(
										pod,
										'spec.affinity.nodeAffinity.required.nodeSelectorTerms[*].matchFields',
										undefined,
										`metadata.name In [${pod.spec.nodeName ?? 'its node'}]`,
									),
								),
							offers: [
								instruct(
									'Keep DaemonSets out of offloaded namespaces',
									'the owner of the workload',
									`Move DaemonSet ${owner.reference.name} to a namespace that is not offloaded, or`,
									all.isFirst
										? 'end the offloading of this namespace.'
										: 'set the pod strategy to Local, or to LocalAndRemote with an empty selector: then nothing is merged.',
									'Then delete its pods, so that they are made anew.',
								),
							],
						},
					]
				: [],
		);
	},
};
