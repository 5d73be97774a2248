import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {
	editSelector,
	everyCluster,
	failedRequirements,
	offerRelaxations,
	offerSelector,
} from './selecting.js';
import {describeSelector} from './selector-repair.js';

export const selectorMatchesNothing: FailureMode = {
	id: 'selector-matches-nothing',
	title: 'No cluster has all that the selector asks for',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 228,
	explains: ['pod-outside-selector', 'pod-terms-frozen'],
	reads: ['NamespaceOffloading', 'Node', 'VirtualNode'],
	symptom:
		'The phase is NoClusterSelected, the selector is valid, and pods run locally as if nothing were offloaded.',
	cause:
		'No virtual node satisfies the selector as a whole, though each demand may be met by some; strategy LocalAndRemote or Local hides it.',
	proof: 'The selector evaluated on each virtual node: all false.',
	remedies: ['set-selector'],
	scope: 'namespace',
	find(scope) {
		const {offloading, strategy, selected, verdicts, errors} = scope;
		const selector = offloading?.spec.clusterSelector;
		if (
			!offloading ||
			!selector ||
			// Pods that may run nowhere else are worse off, and a finding of their own.
			strategy === 'Remote' ||
			selected.size > 0 ||
			errors.length > 0 ||
			verdicts.length === 0 ||
			selector.nodeSelectorTerms.length === 0 ||
			offloading.metadata.deletionTimestamp !== undefined
		) {
			return [];
		}

		return [
			{
				object: refOf(offloading),
				message: `No virtual node satisfies the selector (${describeSelector(selector)}).`,
				consequence:
					'The namespace is offloaded nowhere; its pods run in this cluster only.',
				evidence: [
					fact(offloading, 'spec.clusterSelector', describeSelector(selector)),
					...failedRequirements(scope),
				],
				offers: [
					...offerRelaxations(scope, selector),
					editSelector,
					offerSelector(scope, everyCluster(scope.all), 'Select every cluster'),
				],
			},
		];
	},
};
