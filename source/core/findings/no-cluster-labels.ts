import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {
	editSelector,
	isStandardLabel,
	everyCluster,
	offerSelector,
} from './selecting.js';
import {instruct, join} from './words.js';

export const noClusterLabels: FailureMode = {
	id: 'no-cluster-labels',
	title: 'The virtual nodes carry no cluster labels',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 210,
	explains: [
		'selector-not-in-force',
		'selector-label-typo',
		'pod-remote-no-match',
		'selector-matches-nothing',
		'pod-outside-selector',
	],
	reads: ['NamespaceOffloading', 'Node', 'VirtualNode'],
	symptom: 'The phase is NoClusterSelected although virtual nodes exist.',
	cause:
		'The providers were installed without cluster labels, so that no selector on them can match.',
	proof:
		'Every label of every virtual node is a standard one; the selector asks for another key.',
	remedies: ['label-virtual-node', 'set-selector', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {offloading, verdicts, errors} = scope;
		const selector = offloading?.spec.clusterSelector;
		if (
			!offloading ||
			!selector ||
			offloading.metadata.deletionTimestamp !== undefined ||
			errors.length > 0 ||
			verdicts.length === 0 ||
			verdicts.some(({matches}) => matches) ||
			verdicts.some(({labels}) =>
				Object.keys(labels).some((key) => !isStandardLabel(key)),
			)
		) {
			return [];
		}

		const wanted = selector.nodeSelectorTerms
			.flatMap(({matchExpressions = []}) => matchExpressions)
			.filter(
				({key, operator}) =>
					!isStandardLabel(key) && operator !== 'DoesNotExist',
			);
		const first = wanted[0];
		if (!first) {
			return [];
		}

		const value = first.values?.[0] ?? 'true';
		const wantedKeys = [...new Set(wanted.map(({key}) => key))];
		return [
			{
				object: refOf(offloading),
				message: `The selector asks for ${join(wantedKeys.map((key) => `"${key}"`))}, but no virtual node carries any label of its cluster.`,
				consequence:
					'No cluster is selected; the namespace is offloaded nowhere.',
				evidence: [
					fact(offloading, 'spec.clusterSelector', first.key),
					...verdicts.map(({node, resource, name}) =>
						fact(
							resource ?? node ?? {apiVersion: 'v1', kind: 'Node', name},
							resource ? 'spec.labels' : 'metadata.labels',
							'only standard labels',
							`${first.key}=${value}`,
						),
					),
				],
				offers: [
					...verdicts.slice(0, 5).map(({name, cluster}) => ({
						remedy: 'label-virtual-node' as const,
						title: `Label ${name} with ${first.key}=${value}`,
						effect: `selects ${cluster}`,
						given: {node: name, key: first.key, value},
					})),
					offerSelector(scope, everyCluster(scope.all), 'Select every cluster'),
					editSelector,
					instruct(
						'Have the labels set by the provider',
						`the owner of ${join([...new Set(verdicts.map(({cluster}) => cluster))], 'or')}`,
						`Install Liqo there with the cluster label ${first.key}=${value} (liqoctl install --cluster-labels ${first.key}=${value})`,
					),
				],
			},
		];
	},
};
