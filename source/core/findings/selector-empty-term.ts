import {isEmptyTerm} from '../selector.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {everyCluster, offerSelector} from './selecting.js';

export const selectorEmptyTerm: FailureMode = {
	id: 'selector-empty-term',
	title: 'The selector has an empty term',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 190,
	explains: [
		'pod-remote-no-match',
		'selector-matches-nothing',
		'pod-outside-selector',
		'pod-reflection-disabled',
	],
	reads: ['NamespaceOffloading'],
	symptom:
		'The phase is NoClusterSelected with a valid selector; under Remote, pods land on any virtual node and are not reflected.',
	cause:
		'An empty term matches nothing for the controller, but becomes "any virtual node" in the pods.',
	proof: 'A term without matchExpressions and matchFields.',
	remedies: ['set-selector'],
	scope: 'namespace',
	find(scope) {
		const {offloading, selected} = scope;
		const terms = offloading?.spec.clusterSelector?.nodeSelectorTerms ?? [];
		const isListEmpty =
			scope.all.isFirst &&
			terms.length === 0 &&
			offloading?.spec.clusterSelector !== undefined &&
			offloading.metadata.finalizers.length > 0;
		const empty = isListEmpty
			? 0
			: terms.findIndex((term) => isEmptyTerm(term));
		if (
			!offloading ||
			empty === -1 ||
			offloading.metadata.deletionTimestamp !== undefined
		) {
			return [];
		}

		const rest = terms.filter((term) => !isEmptyTerm(term));
		return [
			{
				object: refOf(offloading),
				message: isListEmpty
					? 'The selector was emptied after its creation, and then selects nothing in this version of Liqo.'
					: `Term ${empty + 1} of the selector is empty: it selects no cluster, yet sends pods to any virtual node.`,
				consequence:
					selected.size === 0
						? 'No cluster is selected; pods that must run remotely end on nodes where the namespace does not exist.'
						: 'Pods can land on clusters where the namespace does not exist.',
				severity: selected.size === 0 ? 'error' : 'warning',
				evidence: [
					fact(
						offloading,
						isListEmpty
							? 'spec.clusterSelector.nodeSelectorTerms'
							: `spec.clusterSelector.nodeSelectorTerms[${empty}]`,
						isListEmpty ? '[]' : '{}',
						'at least one requirement',
					),
				],
				offers: [
					...(rest.length > 0
						? [
								offerSelector(
									scope,
									{nodeSelectorTerms: rest},
									'Remove the empty term',
								),
							]
						: []),
					offerSelector(scope, everyCluster(scope.all), 'Select every cluster'),
				],
			},
		];
	},
};
