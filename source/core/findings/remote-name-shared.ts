import {type NamespaceMap} from '../model.js';
import {type FailureMode} from './failure-mode.js';
import {offerRenaming} from './renaming.js';
import {fact, refOf} from './facts.js';
import {join} from './words.js';

const indexes = new WeakMap<
	NamespaceMap,
	ReadonlyMap<string, readonly string[]>
>();

/**
Who is mapped to each remote name. Every namespace of a map asks, so it is found once for each map.
*/
const namespacesByTwin = (
	map: NamespaceMap,
): ReadonlyMap<string, readonly string[]> => {
	const known = indexes.get(map);
	if (known !== undefined) {
		return known;
	}

	const {desiredMapping} = map.spec;
	const index = Map.groupBy(
		Object.keys(desiredMapping),
		(name) => desiredMapping[name]!,
	);
	indexes.set(map, index);
	return index;
};

export const remoteNameShared: FailureMode = {
	id: 'remote-name-shared',
	title: 'Two namespaces share one twin',
	severity: 'error',
	generations: ['v1alpha1', 'v1beta1'],
	order: 245,
	explains: ['remote-namespace-deleted'],
	reads: ['NamespaceOffloading', 'NamespaceMap'],
	symptom:
		'Two namespaces with the same SelectedName are both Ready; ending one deletes the twin of the other, over and over.',
	cause: 'Both chose the same remote name on the same provider.',
	proof: 'Two entries of one desiredMapping have the same value.',
	remedies: ['recreate-offloading'],
	scope: 'namespace',
	find(scope) {
		const {name, offloading, mappings} = scope;
		const shared = mappings.flatMap(({cluster, map, desired}) => {
			if (desired === undefined) {
				return [];
			}

			const others = namespacesByTwin(map)
				.get(desired)!
				.filter((other) => other !== name);
			return others.length > 0 ? [{cluster, map, desired, others}] : [];
		});
		if (
			!offloading ||
			shared.length === 0 ||
			offloading.metadata.deletionTimestamp !== undefined
		) {
			return [];
		}

		const others = [...new Set(shared.flatMap((one) => one.others))];
		return [
			{
				object: refOf(offloading),
				clusters: shared.map(({cluster}) => cluster),
				message: `Namespace ${name} and ${join(others)} share the remote namespace "${shared[0]!.desired}".`,
				consequence:
					'What one puts there the other sees, and ending either offloading deletes it for both.',
				evidence: shared.flatMap(({map, desired}) => [
					fact(
						map,
						`spec.desiredMapping.${name}`,
						desired,
						'a name of its own',
					),
					...others.map((other) =>
						fact(
							map,
							`spec.desiredMapping.${other}`,
							map.spec.desiredMapping[other],
						),
					),
				]),
				// One alone would never end: the other one keeps their twin alive.
				offers: offerRenaming(scope, {isSafe: false}).map((offer) => ({
					...offer,
					given: {...offer.given, alongside: others.join(',')},
				})),
			},
		];
	},
};
