import {isAntithetical, type PodRequirement} from '../pod-terms.js';
import {type Offer} from '../remedies/offer.js';
import {judgePod} from '../scheduling.js';
import {requirementText} from '../requirement-text.js';
import {type FailureMode} from './failure-mode.js';
import {offerRelaxedTemplate, offerStrategy} from './pod-offers.js';
import {type PendingPods, pendingPods} from './pending-pods.js';
import {admittedTemplate, describePods, podNames} from './pods.js';
import {isFrozen} from './pod-terms-frozen.js';
import {fact, type NamespaceScope, refOf} from './facts.js';
import {editSelector, selectedBy} from './selecting.js';
import {instruct, join, joinOr} from './words.js';

const origins = {
	pod: "the pod's own affinity",
	nodeSelector: "the pod's node selector",
	offloading: 'the offloading',
} as const;

const isOwn = ({origin}: PodRequirement): boolean => origin !== 'offloading';

/**
Selectors that take the pod's own demand in.
*/
const offerWider = (
	{all, offloading}: NamespaceScope,
	{pods, owner}: PendingPods,
	own: PodRequirement,
): readonly Offer[] => {
	const selector = offloading!.spec.clusterSelector;
	if (
		!selector ||
		own.source !== 'matchExpressions' ||
		own.operator !== 'In' ||
		own.key.startsWith('liqo.io/')
	) {
		return [];
	}

	const wider = {
		nodeSelectorTerms: selector.nodeSelectorTerms.map((term) => ({
			...term,
			...(term.matchExpressions && {
				matchExpressions: term.matchExpressions.map((requirement) =>
					requirement.key === own.key && requirement.operator === 'In'
						? {
								...requirement,
								values: [
									...new Set([
										...(requirement.values ?? []),
										...(own.values ?? []),
									]),
								],
							}
						: requirement,
				),
			}),
		})),
	};
	const selects = selectedBy(wider, all);
	return [
		{
			remedy: 'set-selector',
			title: `Add ${join(own.values ?? [])} to the selector's "${own.key}"`,
			effect: `selects ${joinOr(selects, 'nothing')}${owner ? ', and makes the pods anew' : ''}`,
			given: {
				selector: JSON.stringify(wider.nodeSelectorTerms),
				...(owner && {pods: podNames(pods)}),
			},
		},
	];
};

/**
Whether the pods would be taken under another strategy.
*/
const isHelping = (
	scope: NamespaceScope,
	{owner}: PendingPods,
	strategy: string,
): boolean =>
	owner?.template !== undefined &&
	judgePod(
		{spec: admittedTemplate(scope, owner.template, strategy)},
		scope.all.home,
	).verdict === 'schedulable';

export const podAntitheticalTerms: FailureMode = {
	id: 'pod-antithetical-terms',
	title: 'What the pod wants contradicts the offloading',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 330,
	explains: ['pod-outside-selector', 'virtual-node-insufficient-resources'],
	reads: ['NamespaceOffloading', 'Pod', 'Node', 'Namespace'],
	symptom: 'Pods stay Pending: no node whatsoever could satisfy them.',
	cause:
		"The workload's own constraints and those that the offloading adds exclude each other.",
	proof:
		'Every required term, together with the node selector, contains a contradiction.',
	remedies: ['relax-template', 'set-selector', 'set-pod-strategy', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {offloading} = scope;
		if (!offloading) {
			return [];
		}

		return pendingPods(scope)
			.filter((group) => isAntithetical(group.terms) && !isFrozen(scope, group))
			.map((group) => {
				const {pods, owner, terms} = group;
				const conflicts = terms.map(({requirements, conflict}) =>
					conflict.map((index) => requirements[index]!),
				);
				const shown =
					conflicts.find(
						(conflict) =>
							conflict.some((one) => isOwn(one)) &&
							conflict.some((one) => !isOwn(one)),
					) ?? conflicts[0]!;
				const own = shown.find((one) => isOwn(one));
				const relaxed = offerRelaxedTemplate(own, owner);
				return {
					object: refOf(pods[0]!),
					message: `${describePods(pods, owner)} can run nowhere: ${shown.map((one) => `${requirementText(one)} (from ${origins[one.origin]})`).join(' contradicts ')}.`,
					consequence: 'They stay Pending whatever nodes there are.',
					evidence: terms.flatMap(({requirements, conflict}, term) =>
						conflict.map((index) =>
							fact(
								pods[0]!,
								requirements[index]!.origin === 'nodeSelector'
									? `spec.nodeSelector["${requirements[index]!.key}"]`
									: `spec.affinity.nodeAffinity.required.nodeSelectorTerms[${term}]`,
								`${requirementText(requirements[index]!)} (from ${origins[requirements[index]!.origin]})`,
							),
						),
					),
					offers: [
						...(own ? offerWider(scope, group, own) : []),
						editSelector,
						...(offloading.spec.podOffloadingStrategy !== 'LocalAndRemote' &&
						isHelping(scope, group, 'LocalAndRemote')
							? [offerStrategy('LocalAndRemote', pods, owner)]
							: []),
						...(relaxed.length > 0
							? relaxed
							: [
									instruct(
										'Change the workload',
										'the owner of the workload',
										`Drop what contradicts the offloading${own ? `: ${requirementText(own)}` : ''}, and create the pod again.`,
									),
								]),
					],
				};
			});
	},
};
