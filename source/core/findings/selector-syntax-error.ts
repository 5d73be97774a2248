import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {offerRepair} from './selecting.js';
import {repairSelector} from './selector-repair.js';
import {join} from './words.js';

export const selectorSyntaxError: FailureMode = {
	id: 'selector-syntax-error',
	title: 'The selector is not valid',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 180,
	explains: [
		'selector-label-typo',
		'selector-empty-term',
		'pod-remote-no-match',
		'selector-matches-nothing',
		'pod-outside-selector',
		'scheduling-label-missing',
	],
	reads: ['NamespaceOffloading', 'NamespaceMap'],
	symptom:
		'The phase is NoClusterSelected, or some clusters are silently missing.',
	cause:
		'An operator, a key or the values of a requirement are not legal; the API accepts them, the evaluation does not.',
	proof:
		"The selector evaluated by Kubernetes' own rules; the annotation (v0.3) or the Invalid event (later) says the same.",
	remedies: ['set-selector'],
	scope: 'namespace',
	find(scope) {
		const {all, offloading, errors, mappings, selected, verdicts} = scope;
		const selector = offloading?.spec.clusterSelector;
		if (
			!offloading ||
			!selector ||
			errors.length === 0 ||
			offloading.metadata.deletionTimestamp !== undefined ||
			(!all.isFirst &&
				selected.size === 0 &&
				verdicts.length > 0 &&
				mappings.some(({desired}) => desired !== undefined))
		) {
			return [];
		}

		const repaired = repairSelector(selector, all.isFirst ? 'v0.3' : 'v1');
		const annotation = offloading.metadata.annotations[keys.schedulingEnabled];
		return [
			{
				object: refOf(offloading),
				message: `The cluster selector is not valid: ${errors[0]!}.`,
				consequence:
					selected.size > 0
						? `Its other terms select ${join([...selected])}; the invalid one is passed over in silence.`
						: 'No cluster is selected until it is corrected.',
				severity: selected.size > 0 ? 'warning' : 'error',
				evidence: [
					...errors.map((error) =>
						fact(
							offloading,
							`spec.clusterSelector.${error.split(': ', 1)[0]!}`,
							error.split(': ').slice(1).join(': '),
							'a valid requirement',
						),
					),
					...(annotation === undefined
						? []
						: [
								fact(
									offloading,
									`metadata.annotations["${keys.schedulingEnabled}"]`,
									annotation,
								),
							]),
				],
				offers: offerRepair(scope, repaired),
			},
		];
	},
};
