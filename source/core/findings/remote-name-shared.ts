import {type FailureMode} from './failure-mode.js';
import {offerRenaming} from './renaming.js';
import {fact, refOf} from './facts.js';
import {join} from './words.js';

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
			const others = Object.entries(map.spec.desiredMapping)
				.filter(([other, remote]) => other !== name && remote === desired)
				.map(([other]) => other);
			return others.length > 0
				? [{cluster, map, desired: desired!, others}]
				: [];
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
