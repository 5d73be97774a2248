import {finalizers} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';

export const finalizerLeftByWebhookOutage: FailureMode = {
	id: 'finalizer-left-by-webhook-outage',
	title: 'The deletion was forgotten',
	severity: 'error',
	generations: ['v1alpha1', 'v1beta1'],
	order: 262,
	explains: [
		'offloading-stuck-terminating',
		'local-namespace-stuck-terminating',
	],
	reads: ['NamespaceOffloading', 'NamespaceMap'],
	symptom:
		'The offloading stays Terminating although everything is cleaned up.',
	cause:
		'The webhook did not answer when the finalizer was to be removed, and nothing wakes the controller again.',
	proof:
		'Being deleted; no mapping and no condition is left; the finalizer is there.',
	remedies: ['touch-object'],
	scope: 'namespace',
	find({all, name, offloading, mappings}) {
		return offloading?.metadata.deletionTimestamp !== undefined &&
			!all.isFirst &&
			offloading.spec.clusterSelector &&
			(all.since(offloading.metadata.deletionTimestamp) ?? 0) > 60 &&
			offloading.metadata.finalizers.includes(finalizers.namespaceOffloading) &&
			Object.keys(offloading.status.remoteNamespacesConditions).length === 0 &&
			mappings.every(
				({desired, current}) => desired === undefined && current === undefined,
			)
			? [
					{
						object: refOf(offloading),
						message:
							'Everything is cleaned up, but the finalizer of the offloading was never removed.',
						consequence: 'It stays Terminating until something touches it.',
						evidence: [
							fact(
								offloading,
								'metadata.finalizers',
								offloading.metadata.finalizers.join(', '),
								'none',
							),
							fact(
								offloading,
								'metadata.deletionTimestamp',
								offloading.metadata.deletionTimestamp,
							),
							fact(
								offloading,
								'status.remoteNamespacesConditions',
								'empty',
								'empty',
							),
						],
						offers: [
							{
								remedy: 'touch-object',
								title: 'Touch the object, so that the controller finishes',
								given: {
									kind: 'NamespaceOffloading',
									namespace: name,
									name: offloading.metadata.name,
								},
								safety: 'automatic',
							},
						],
					},
				]
			: [];
	},
};
