import {type FailureMode} from './failure-mode.js';
import {type NamespaceScope, fact, refOf} from './facts.js';
import {offerRepair} from './selecting.js';
import {repairSelector} from './selector-repair.js';
import {joinOr} from './words.js';

/**
Clusters for which the selector has an unambiguous verdict, that the mappings do not follow.
*/
const differences = ({
	all,
	mappings,
	verdicts,
}: NamespaceScope): {
	readonly missing: readonly string[];
	readonly extra: readonly string[];
} => {
	const missing: string[] = [];
	const extra: string[] = [];
	for (const {cluster, desired, map} of mappings) {
		const own = verdicts.filter((verdict) => verdict.cluster === cluster);
		const isWanted = own.some(({matches}) => matches);
		const isClear = own.every(({matches}) => matches === isWanted);
		// A node that just appeared, or changed its labels, is given time to be noticed.
		const isSettled = own.every(
			({node}) => (all.since(node?.metadata.creationTimestamp) ?? 60) > 30,
		);
		if (
			!isClear ||
			!isSettled ||
			map.metadata.deletionTimestamp !== undefined
		) {
			continue;
		}

		if (isWanted && desired === undefined) {
			missing.push(cluster);
		} else if (!isWanted && own.length > 0 && desired !== undefined) {
			extra.push(cluster);
		}
	}

	return {missing, extra};
};

export const selectorNotInForce: FailureMode = {
	id: 'selector-not-in-force',
	title: 'The selector is not in force',
	severity: 'error',
	generations: ['v1alpha1', 'v1beta1'],
	order: 185,
	explains: ['premature-ready', 'selector-empty-term'],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Node', 'VirtualNode'],
	symptom:
		'The phase is Ready, but the mappings are those of an earlier selector.',
	cause:
		'The selector became invalid after it was in use: old mappings stay, and the status is computed from them.',
	proof:
		'The selector does not evaluate, or selects other clusters than the mappings, while observedGeneration is current.',
	remedies: ['set-selector', 'touch-object'],
	scope: 'namespace',
	find(scope) {
		const {all, name, object, offloading, errors, mappings, selected} = scope;
		const selector = offloading?.spec.clusterSelector;
		if (
			!offloading ||
			!selector ||
			all.isFirst ||
			object?.metadata.deletionTimestamp !== undefined ||
			offloading.metadata.deletionTimestamp !== undefined ||
			offloading.metadata.finalizers.length === 0 ||
			offloading.status.observedGeneration !== offloading.metadata.generation ||
			(all.since(offloading.metadata.creationTimestamp) ?? 0) < 30
		) {
			return [];
		}

		const mapped = mappings.filter(({desired}) => desired !== undefined);
		const isInvalid = errors.length > 0 && selected.size === 0;
		const {missing, extra} = differences(scope);
		if (isInvalid ? mapped.length === 0 : missing.length + extra.length === 0) {
			return [];
		}

		const repaired = isInvalid ? repairSelector(selector) : undefined;
		const clusters = mapped.map(({cluster}) => cluster);
		return [
			{
				object: refOf(offloading),
				clusters: isInvalid ? clusters : [...missing, ...extra],
				certainty: isInvalid ? 'proven' : 'likely',
				message: isInvalid
					? `The selector is no longer valid (${errors[0]!}); an earlier one is still in force.`
					: `The selector selects ${joinOr([...selected], 'nothing')}, but the namespace is mapped to ${joinOr(clusters, 'nothing')}.`,
				consequence: `The phase says ${offloading.status.offloadingPhase ?? 'nothing'}, but not of this selector.`,
				evidence: [
					...errors.map((error) =>
						fact(
							offloading,
							`spec.clusterSelector.${error.split(': ', 1)[0]!}`,
							error.split(': ').slice(1).join(': '),
							'a valid requirement',
						),
					),
					...mappings
						.filter(
							({cluster, desired}) =>
								desired !== undefined || missing.includes(cluster),
						)
						.map(({map, desired, cluster}) =>
							fact(
								map,
								`spec.desiredMapping.${name}`,
								desired,
								extra.includes(cluster)
									? 'no entry'
									: missing.includes(cluster)
										? scope.remoteName
										: desired,
							),
						),
					fact(
						offloading,
						'status.offloadingPhase',
						offloading.status.offloadingPhase,
					),
				],
				offers: isInvalid
					? offerRepair(scope, repaired)
					: [
							{
								remedy: 'touch-object',
								title:
									'Touch the object, so that the controller looks at it again',
								given: {
									kind: 'NamespaceOffloading',
									namespace: name,
									name: offloading.metadata.name,
								},
								safety: 'automatic',
							},
						],
			},
		];
	},
};
