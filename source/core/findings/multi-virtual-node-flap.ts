import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {offerSelector} from './selecting.js';
import {join} from './words.js';

export const multiVirtualNodeFlap: FailureMode = {
	id: 'multi-virtual-node-flap',
	title: 'Virtual nodes of one cluster disagree',
	severity: 'warning',
	generations: ['v1alpha1', 'v1beta1'],
	order: 430,
	explains: [
		'selector-not-in-force',
		'premature-ready',
		'remote-namespace-deleted',
	],
	reads: ['NamespaceOffloading', 'VirtualNode', 'Node'],
	symptom:
		'A mapping appears and disappears, depending on the order in which virtual nodes are listed.',
	cause: 'Liqo judges each virtual node, but keeps one mapping per cluster.',
	proof:
		'The selector matches one virtual node of a cluster and not another one of it.',
	remedies: ['set-selector'],
	scope: 'namespace',
	find(scope) {
		const {all, offloading, verdicts} = scope;
		const selector = offloading?.spec.clusterSelector;
		if (
			!offloading ||
			!selector ||
			offloading.metadata.deletionTimestamp !== undefined ||
			!all.generation.rules.hasVirtualNodeResource
		) {
			return [];
		}

		const byCluster = Map.groupBy(verdicts, ({cluster}) => cluster);
		return [...byCluster].flatMap(([cluster, nodes]) => {
			const yes = nodes.filter(({matches}) => matches);
			const no = nodes.filter(({matches}) => !matches);
			if (yes.length === 0 || no.length === 0) {
				return [];
			}

			const requirement = (operator: string) => ({
				key: keys.remoteClusterId,
				operator,
				values: [cluster],
			});
			return [
				{
					object: refOf(offloading),
					clusters: [cluster],
					message: `Of cluster ${cluster}, the selector matches ${join(yes.map(({name}) => name))} but not ${join(no.map(({name}) => name))}.`,
					consequence:
						'Whether the namespace is mapped there depends on the order in which they are listed, and may change at any time.',
					evidence: nodes.map(({name, node, resource, matches}) =>
						fact(
							resource ?? node ?? {apiVersion: 'v1', kind: 'Node', name},
							'spec.labels',
							matches ? 'matches' : 'does not match',
							'the same for all of the cluster',
						),
					),
					offers: [
						offerSelector(
							scope,
							{
								nodeSelectorTerms: [
									...selector.nodeSelectorTerms,
									{matchExpressions: [requirement('In')]},
								],
							},
							`Select ${cluster} as a whole`,
						),
						offerSelector(
							scope,
							{
								nodeSelectorTerms: selector.nodeSelectorTerms.map((term) => ({
									...term,
									matchExpressions: [
										...(term.matchExpressions ?? []),
										requirement('NotIn'),
									],
								})),
							},
							`Do without ${cluster}`,
						),
					],
				},
			];
		});
	},
};
