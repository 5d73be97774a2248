import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {offerSelector} from './selecting.js';

export const selectorRemoved: FailureMode = {
	id: 'selector-removed',
	title: 'The selector was removed',
	severity: 'warning',
	generations: ['v1alpha1', 'v1beta1'],
	order: 165,
	explains: [
		'offloading-stuck-terminating',
		'finalizer-left-by-webhook-outage',
		'local-namespace-stuck-terminating',
	],
	reads: ['NamespaceOffloading'],
	symptom:
		'The offloading still says Ready; once deleted, it stays Terminating for ever.',
	cause:
		"Liqo's controller can no longer write an object without selector, so that it can never remove its finalizer.",
	proof: 'spec.clusterSelector is absent on an object with the finalizer.',
	remedies: ['set-selector'],
	scope: 'namespace',
	find(scope) {
		const {all, offloading} = scope;
		if (
			!offloading ||
			all.isFirst ||
			offloading.spec.clusterSelector !== undefined ||
			offloading.metadata.finalizers.length === 0
		) {
			return [];
		}

		const isDeleting = offloading.metadata.deletionTimestamp !== undefined;
		return [
			{
				object: refOf(offloading),
				severity: isDeleting ? 'error' : 'warning',
				message:
					'The cluster selector was removed from a working offloading; Liqo cannot write the object any more.',
				consequence: isDeleting
					? 'Its deletion cannot end: the finalizer stays.'
					: 'It looks Ready, but changes have no effect and it cannot be deleted.',
				evidence: [
					fact(
						offloading,
						'spec.clusterSelector.nodeSelectorTerms',
						undefined,
						'[]',
					),
					fact(
						offloading,
						'metadata.finalizers',
						offloading.metadata.finalizers.join(', '),
					),
				],
				offers: [
					offerSelector(
						scope,
						{nodeSelectorTerms: []},
						'Put the empty list of terms back',
						'automatic',
					),
				],
			},
		];
	},
};
