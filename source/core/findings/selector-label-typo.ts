import {type SelectorRequirement} from '../model.js';
import {type Offer} from '../remedies/offer.js';
import {type FailureMode} from './failure-mode.js';
import {type Claim, type Evidence} from './finding.js';
import {nearest} from './nearest.js';
import {fact, type NamespaceScope, refOf} from './facts.js';
import {
	editSelector,
	isStandardLabel,
	offerSelector,
	requirementPath,
	selectedBy,
} from './selecting.js';
import {withRequirement} from './selector-repair.js';
import {count, join} from './words.js';

type Slip = {
	readonly message: string;
	readonly evidence: Evidence;
	readonly offers: readonly Offer[];
	/**
	A name close to the wrong one is in use.
	*/
	readonly isNear: boolean;
};

const slipOf = (
	scope: NamespaceScope,
	requirement: SelectorRequirement,
	term: number,
	index: number,
): Slip | undefined => {
	const {offloading, verdicts} = scope;
	const {key, operator, values = []} = requirement;
	const selector = offloading!.spec.clusterSelector!;
	if (!['In', 'Exists', 'Gt', 'Lt'].includes(operator)) {
		return undefined;
	}

	const offer = (replacement: SelectorRequirement, title: string) =>
		offerSelector(
			scope,
			withRequirement(selector, term, index, replacement),
			title,
		);
	const having = verdicts.filter(({labels}) => labels[key] !== undefined);
	if (having.length === 0) {
		const known = new Set(verdicts.flatMap(({labels}) => Object.keys(labels)));
		const near = nearest(key, known);
		const seen = near.map(
			(one) =>
				`${verdicts.filter(({labels}) => labels[one] !== undefined).length} of ${verdicts.length} have "${one}"`,
		);
		return {
			message: `No virtual node has the label "${key}"${seen.length > 0 ? `; ${join(seen)}` : ''}.`,
			evidence: fact(
				offloading!,
				`${requirementPath(term, index)}.key`,
				key,
				near.length > 0
					? join(near, 'or')
					: join(
							[...known].filter((one) => !isStandardLabel(one)).slice(0, 10),
							'or',
						),
			),
			offers: near.map((one) =>
				offer({...requirement, key: one}, `Ask for "${one}" instead`),
			),
			isNear: near.length > 0,
		};
	}

	if (operator !== 'In') {
		return undefined;
	}

	const known = new Set(having.map(({labels}) => labels[key]!));
	const wrong = values.filter((value) => !known.has(value));
	if (wrong.length === 0) {
		return undefined;
	}

	const parts = wrong.flatMap((value) =>
		value.split(',').map((one) => one.trim()),
	);
	const isList =
		parts.length > wrong.length && parts.some((one) => known.has(one));
	const near = new Map(wrong.map((value) => [value, nearest(value, known)]));
	const best = values.map((value) => near.get(value)?.[0] ?? value);
	const isNear = isList || best.some((value, place) => value !== values[place]);
	const replacement = isList ? parts : [...new Set(best)];
	return {
		message: isList
			? `The value "${wrong[0]!}" of "${key}" is one text where several values were meant.`
			: `No virtual node has "${key}" set to ${join(
					wrong.map((value) => `"${value}"`),
					'or',
				)}; the values in use are ${join([...known].map((value) => `"${value}"`))}.`,
		evidence: fact(
			offloading!,
			`${requirementPath(term, index)}.values`,
			values.join(', '),
			[...known].join(' or '),
		),
		offers: isNear
			? [
					offer(
						{...requirement, values: replacement},
						`Ask for ${key}=${join(
							replacement.filter((value) => known.has(value)),
							'or',
						)} instead`,
					),
					...(isList
						? []
						: wrong.flatMap((value) =>
								(near.get(value) ?? []).slice(1).map((other) =>
									offer(
										{
											...requirement,
											values: values.map((one) =>
												one === value ? other : one,
											),
										},
										`Ask for ${key}=${other} instead`,
									),
								),
							)),
				]
			: [...known]
					.slice(0, 5)
					.map((value) =>
						offer(
							{...requirement, values: [...values, value]},
							`Also accept ${key}=${value}`,
						),
					),
		isNear,
	};
};

const claimOf = (scope: NamespaceScope): Claim | undefined => {
	const {all, offloading, verdicts, selected} = scope;
	const selector = offloading!.spec.clusterSelector!;
	const slips = selector.nodeSelectorTerms.flatMap((term, number) =>
		(term.matchExpressions ?? []).flatMap((requirement, index) => {
			const slip = slipOf(scope, requirement, number, index);
			return slip ? [slip] : [];
		}),
	);
	const isNothing = selected.size === 0;
	const shown = isNothing ? slips : slips.filter(({isNear}) => isNear);
	const first = shown.find(({isNear}) => isNear) ?? shown[0];
	if (!first) {
		return undefined;
	}

	const keysInTerms = new Set(
		selector.nodeSelectorTerms.flatMap(({matchExpressions = []}) =>
			matchExpressions.map(({key}) => key),
		),
	);
	const offers = shown
		.flatMap((slip) => slip.offers)
		.filter((offer) => offer.effect !== 'selects nothing')
		.slice(0, 8);
	return {
		object: refOf(offloading!),
		message: shown
			.map(({message}) => message)
			.slice(0, 2)
			.join(' '),
		consequence: isNothing
			? 'No cluster is selected; the namespace is offloaded nowhere.'
			: `Only ${join([...selected])} ${selected.size === 1 ? 'is' : 'are'} selected, ${count(selected.size, 'cluster')} of ${new Set(all.candidates.map(({cluster}) => cluster)).size}.`,
		certainty: isNothing ? (first.isNear ? 'proven' : 'likely') : 'possible',
		severity: isNothing ? 'error' : 'warning',
		evidence: [
			...shown.map(({evidence}) => evidence),
			...verdicts.slice(0, 20).map(({name, node, resource, labels}) =>
				fact(
					node ?? resource ?? {apiVersion: 'v1', kind: 'Node', name},
					'metadata.labels',
					Object.entries(labels)
						.filter(([key]) => !isStandardLabel(key) || keysInTerms.has(key))
						.map(([key, value]) => `${key}=${value}`)
						.join(' '),
				),
			),
		],
		offers: [...offers, editSelector],
	};
};

export const selectorLabelTypo: FailureMode = {
	id: 'selector-label-typo',
	title: 'The selector asks for a label nobody has',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 220,
	explains: [
		'pod-remote-no-match',
		'selector-matches-nothing',
		'pod-outside-selector',
		'pod-terms-frozen',
	],
	reads: ['NamespaceOffloading', 'Node', 'VirtualNode'],
	symptom:
		'The phase is NoClusterSelected, or fewer clusters are selected than expected, and the selector is valid.',
	cause: 'A key or a value of the selector is misspelt.',
	proof:
		'The key is on no virtual node, or the value is not among those in use; often a near one is.',
	remedies: ['set-selector'],
	scope: 'namespace',
	find(scope) {
		const {offloading, errors, verdicts} = scope;
		if (
			!offloading?.spec.clusterSelector ||
			offloading.metadata.deletionTimestamp !== undefined ||
			errors.length > 0 ||
			verdicts.length === 0 ||
			offloading.spec.clusterSelector.nodeSelectorTerms.length === 0 ||
			selectedBy(offloading.spec.clusterSelector, scope.all).length ===
				new Set(verdicts.map(({cluster}) => cluster)).size
		) {
			return [];
		}

		const claim = claimOf(scope);
		return claim ? [claim] : [];
	},
};
