import {offloadingStatus} from '../phase.js';
import {type FailureMode} from './failure-mode.js';
import {isAvailable, liqoDeployment} from './remotes.js';
import {fact, type NamespaceScope, refOf} from './facts.js';

/**
When the object was last written by anybody but Liqo, in seconds before now.
*/
const lastEdit = ({all, offloading}: NamespaceScope): number | undefined => {
	const {metadata} = offloading!;
	const times = (metadata.managers ?? [])
		.filter(({subresource}) => subresource === undefined)
		.map(({time}) => all.since(time))
		.filter((age) => age !== undefined);
	return times.length > 0
		? Math.min(...times)
		: all.since(metadata.creationTimestamp);
};

const expectedPhase = (scope: NamespaceScope): string => {
	const {all, offloading, mappings} = scope;
	return offloadingStatus({
		conditions: offloading!.status.remoteNamespacesConditions,
		mappings: mappings.map(({cluster, map, desired, current}) => ({
			key:
				all.generation.rules.conditionKey === 'cluster-id'
					? cluster
					: map.metadata.name,
			isRequested: desired !== undefined,
			...(current?.phase !== undefined && {phase: current.phase}),
		})),
		isDeleting: false,
		now: new Date(all.now).toISOString(),
		generation: all.generation,
		rules: 'upstream',
	}).phase;
};

export const statusStale: FailureMode = {
	id: 'status-stale',
	title: 'The status is out of date',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 600,
	explains: ['premature-ready', 'selector-not-in-force'],
	reads: ['NamespaceOffloading', 'NamespaceMap'],
	symptom: 'Phase and conditions do not follow the spec or the mappings.',
	cause: 'The controller is down, behind, or failing.',
	proof:
		'observedGeneration is behind generation (v0.3: the phase is not the one that the mappings give) for longer than the controller needs.',
	remedies: ['touch-object', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, offloading} = scope;
		if (!offloading || offloading.metadata.deletionTimestamp !== undefined) {
			return [];
		}

		const age = lastEdit(scope);
		const {observedGeneration, offloadingPhase} = offloading.status;
		const {generation} = offloading.metadata;
		const hasObserved = all.generation.rules.controllers !== 'v0.3';
		const expected = hasObserved ? undefined : expectedPhase(scope);
		const isBehind = hasObserved
			? generation !== undefined && (observedGeneration ?? 0) < generation
			: offloadingPhase !== expected;
		if (!isBehind || age === undefined || age <= (hasObserved ? 10 : 20)) {
			return [];
		}

		const hasController =
			!all.canSee('Deployment') ||
			isAvailable(liqoDeployment(all, 'controller-manager'));
		return [
			{
				object: refOf(offloading),
				message: hasObserved
					? `The status is that of generation ${observedGeneration ?? 'none'}, the object is at ${generation!}.`
					: `The status says ${offloadingPhase ?? 'nothing'}, but the mappings make it ${expected!}.`,
				consequence:
					'Phase and conditions cannot be believed; the last edit may not be in force.',
				certainty: hasController ? 'likely' : 'proven',
				evidence: [
					hasObserved
						? fact(
								offloading,
								'status.observedGeneration',
								observedGeneration?.toString(),
								String(generation),
							)
						: fact(
								offloading,
								'status.offloadingPhase',
								offloadingPhase,
								expected,
							),
				],
				offers: [
					{
						remedy: 'touch-object',
						title: 'Touch the object, so that the controller looks at it again',
						given: {
							kind: 'NamespaceOffloading',
							namespace: scope.name,
							name: offloading.metadata.name,
						},
						safety: 'automatic',
					},
				],
			},
		];
	},
};
