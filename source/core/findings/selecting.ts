import {keys, virtualNodeType} from '../keys.js';
import {type NodeSelector, type Pod} from '../model.js';
import {type Offer, type Safety} from '../remedies/offer.js';
import {evaluateSelector} from '../selector.js';
import {fact, type NamespaceScope, type WorldScope} from './facts.js';
import {type Evidence} from './finding.js';
import {pendingPods} from './pending-pods.js';
import {podNames} from './pods.js';
import {describeSelector, withRequirement} from './selector-repair.js';
import {count, join} from './words.js';

const standardPrefixes = [
	'kubernetes.io/',
	'node.kubernetes.io/',
	'alpha.service-controller.kubernetes.io/',
	'beta.kubernetes.io/',
	'liqo.io/',
	'storage.liqo.io/',
];

/**
Whether a label is one that every node has, as opposed to what a provider's owner says of the cluster.
*/
export const isStandardLabel = (key: string): boolean =>
	standardPrefixes.some((prefix) => key.startsWith(prefix));

/**
Cluster-ids that a selector would select.
*/
export const selectedBy = (
	selector: NodeSelector,
	{candidates, isFirst}: WorldScope,
): readonly string[] => [
	...new Set(
		candidates
			.filter(
				(candidate) =>
					(!isFirst && selector.nodeSelectorTerms.length === 0) ||
					evaluateSelector(selector, candidate).matches,
			)
			.map(({cluster}) => cluster),
	),
];

/**
The selector that stands for every cluster. V0.3 fills an empty list only at creation; later it selects nothing.
*/
export const everyCluster = ({
	isFirst,
}: Pick<WorldScope, 'isFirst'>): NodeSelector => ({
	nodeSelectorTerms: isFirst
		? [
				{
					matchExpressions: [
						{key: keys.type, operator: 'In', values: [virtualNodeType]},
					],
				},
			]
		: [],
});

/**
The waiting pods that changed terms do not reach: what admission wrote into them is of the old ones; their owners make them anew.
*/
const waitingPods = (scope: NamespaceScope): readonly Pod[] =>
	pendingPods(scope)
		.filter(({owner, isTolerating}) => owner && isTolerating)
		.flatMap(({pods}) => pods);

/**
Offers another pod strategy, for the pods that wait now too.
*/
export const offerStrategyToAll = (
	scope: NamespaceScope,
	strategy: string,
	title: string,
): Offer => {
	const waiting = waitingPods(scope);
	return {
		remedy: 'set-pod-strategy',
		title,
		...(waiting.length > 0 && {
			effect: `makes ${count(waiting.length, 'waiting pod')} anew`,
		}),
		given: {
			strategy,
			...(waiting.length > 0 && {pods: podNames(waiting)}),
		},
	};
};

/**
Offers a selector instead of the present one, and says what it would select.
*/
export const offerSelector = (
	scope: NamespaceScope,
	selector: NodeSelector,
	title: string,
	safety?: Safety,
): Offer => {
	const selects = selectedBy(selector, scope.all);
	const waiting = waitingPods(scope);
	const renewal =
		waiting.length > 0 && selects.length > 0
			? `, and makes ${count(waiting.length, 'waiting pod')} anew`
			: '';
	return {
		remedy: 'set-selector',
		title,
		effect: `${selects.length === 0 ? 'selects nothing' : `selects ${join(selects)}`}${renewal}`,
		given: {
			selector: JSON.stringify(selector.nodeSelectorTerms),
			...(renewal !== '' && {pods: podNames(waiting)}),
		},
		...(safety !== undefined && {safety}),
	};
};

/**
The offer that leaves the new selector to the user.
*/
export const editSelector: Offer = {
	remedy: 'set-selector',
	title: 'Edit the selector',
};

/**
The selector that was meant, where there is one, and the editor.
*/
export const offerRepair = (
	scope: NamespaceScope,
	repaired: NodeSelector | undefined,
): readonly Offer[] =>
	repaired === undefined
		? [editSelector]
		: [
				offerSelector(scope, repaired, `Make it ${describeSelector(repaired)}`),
				editSelector,
			];

export const requirementPath = (term: number, index: number): string =>
	`spec.clusterSelector.nodeSelectorTerms[${term}].matchExpressions[${index}]`;

/**
For each virtual node the first requirement that it fails, with what the node has instead.
*/
export const failedRequirements = ({
	verdicts,
}: NamespaceScope): readonly Evidence[] =>
	verdicts.map(({name, node, resource, result}) => {
		const failed = result?.terms
			.flatMap(({requirements}) => requirements)
			.find(({matches}) => !matches);
		return fact(
			node ?? resource ?? {apiVersion: 'v1', kind: 'Node', name},
			failed ? `metadata.labels["${failed.key}"]` : 'metadata.labels',
			failed?.actual,
			failed && `${failed.operator} [${failed.values.join(', ')}]`,
		);
	});

const mostRelaxations = 5;

/**
Offers to drop one requirement of several, where something is selected then.
*/
export const offerRelaxations = (
	scope: NamespaceScope,
	selector: NodeSelector,
): readonly Offer[] =>
	selector.nodeSelectorTerms
		.flatMap(({matchExpressions = []}, term) =>
			matchExpressions.length > 1
				? matchExpressions.map(({key, operator}, index) =>
						offerSelector(
							scope,
							withRequirement(selector, term, index, undefined),
							`Drop "${key} ${operator}"`,
						),
					)
				: [],
		)
		.filter(({effect}) => effect !== 'selects nothing')
		.slice(0, mostRelaxations);
