import {keys, virtualNodeType} from '../keys.js';
import {
	type NodeSelector,
	type Pod,
	type SelectorRequirement,
} from '../model.js';
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

type Relaxation = {
	readonly term: number;
	readonly index: number;
	/**
	Absent: the requirement goes.
	*/
	readonly requirement?: SelectorRequirement;
	readonly title: string;
};

/**
One value less of several that are ruled out, or one more that is accepted: of those that virtual nodes have.
*/
const relaxValues = (
	{key, operator, values = []}: SelectorRequirement,
	seen: readonly string[],
): ReadonlyArray<Pick<Relaxation, 'requirement' | 'title'>> => {
	switch (operator) {
		case 'In': {
			return seen
				.filter((value) => !values.includes(value))
				.map((value) => ({
					requirement: {key, operator, values: [...values, value]},
					title: `Accept ${key}=${value} too`,
				}));
		}

		case 'NotIn': {
			return seen
				.filter((value) => values.includes(value) && values.length > 1)
				.map((value) => ({
					requirement: {
						key,
						operator,
						values: values.filter((other) => other !== value),
					},
					title: `No longer rule out ${key}=${value}`,
				}));
		}

		default: {
			return [];
		}
	}
};

const mostRelaxations = 5;
const mostValues = 3;

/**
So many values are tried in one requirement: the offers are found again with every change.
*/
const mostTried = 20;

/**
Offers to change one value of a requirement, or to drop one requirement of several, where something is selected then. What changes least comes first.
*/
export const offerRelaxations = (
	scope: NamespaceScope,
	selector: NodeSelector,
): readonly Offer[] => {
	const valuesOf = (key: string): readonly string[] =>
		[
			...new Set(scope.all.candidates.flatMap(({labels}) => labels[key] ?? [])),
		].slice(0, mostTried);
	const places = selector.nodeSelectorTerms.flatMap(
		({matchExpressions = []}, term) =>
			matchExpressions.map((requirement, index) => ({
				term,
				index,
				requirement,
				isAlone: matchExpressions.length === 1,
			})),
	);
	const helpful = (
		relaxations: readonly Relaxation[],
		most: number,
	): readonly Offer[] =>
		relaxations
			.values()
			.map(({term, index, requirement, title}) =>
				offerSelector(
					scope,
					withRequirement(selector, term, index, requirement),
					title,
				),
			)
			.filter(({effect = ''}) => !effect.startsWith('selects nothing'))
			.take(most)
			.toArray();
	const changed = helpful(
		places.flatMap(({term, index, requirement}) =>
			relaxValues(requirement, valuesOf(requirement.key)).map(
				(relaxation): Relaxation => ({term, index, ...relaxation}),
			),
		),
		mostValues,
	);
	const dropped = helpful(
		places.flatMap(
			({term, index, requirement: {key, operator}, isAlone}): Relaxation[] =>
				isAlone ? [] : [{term, index, title: `Drop "${key} ${operator}"`}],
		),
		mostRelaxations - changed.length,
	);
	return [...changed, ...dropped];
};
