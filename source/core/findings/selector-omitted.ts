import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {editSelector, offerSelector} from './selecting.js';

export const selectorOmitted: FailureMode = {
	id: 'selector-omitted',
	title: 'The selector is left out',
	severity: 'error',
	generations: ['v1alpha1', 'v1beta1'],
	order: 160,
	explains: [
		'pod-remote-no-match',
		'selector-matches-nothing',
		'scheduling-label-missing',
		'status-stale',
		'pod-outside-selector',
	],
	reads: ['NamespaceOffloading', 'VirtualNode', 'Node'],
	symptom:
		'The phase is NoClusterSelected although virtual nodes exist; no finalizer, no mapping, no label.',
	cause:
		"Liqo's controller writes the missing selector back as an empty value that the API refuses, and never gets further.",
	proof: 'spec.clusterSelector is absent and the finalizer was never added.',
	remedies: ['set-selector'],
	scope: 'namespace',
	find(scope) {
		const {all, offloading} = scope;
		const age = all.since(offloading?.metadata.creationTimestamp) ?? 0;
		return offloading &&
			!all.isFirst &&
			!offloading.spec.clusterSelector &&
			offloading.metadata.deletionTimestamp === undefined &&
			offloading.metadata.finalizers.length === 0 &&
			all.candidates.length > 0 &&
			age > 5
			? [
					{
						object: refOf(offloading),
						message:
							'The cluster selector is left out, which stops Liqo before its first step (an empty list of terms does not).',
						consequence:
							'The namespace is offloaded nowhere, and will never be.',
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
								'[]',
								'namespaceoffloading-controller.liqo.io/finalizer',
							),
						],
						offers: [
							offerSelector(
								scope,
								{nodeSelectorTerms: []},
								'Write the empty list of terms (every cluster, as was meant)',
								'automatic',
							),
							editSelector,
						],
					},
				]
			: [];
	},
};
