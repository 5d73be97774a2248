import {type Change} from '../change.js';
import {type Finding} from '../findings/finding.js';
import {type World} from '../world.js';
import {type Answers, type Offer} from './offer.js';
import {type RemedyContext} from './remedy.js';
import {inputsOf, planOffer, safetyOf} from './index.js';

/**
One of several objects with the same finding, and what the same choice writes there.
*/
export type BatchMember = {
	readonly finding: Finding;
	readonly offer: Offer;
	readonly changes: readonly Change[];
};

/**
The same fix for every object with the same finding, in the order in which it is carried out.
*/
export type Batch = {
	readonly members: readonly BatchMember[];
	/**
	Objects with the finding that the fix leaves alone, each with the reason.
	*/
	readonly left: ReadonlyArray<{
		readonly finding: Finding;
		readonly reason: string;
	}>;
};

/**
All findings with the id of one of them, that one first; also those behind a cause.
*/
export const alikeTo = (
	first: Finding,
	findings: readonly Finding[],
): readonly Finding[] => {
	const isFirst = ({namespace, object}: Finding): boolean =>
		namespace === first.namespace &&
		object.name === first.object.name &&
		object.kind === first.object.kind;
	const others = findings
		.flatMap((finding) => [finding, ...finding.behind])
		.filter((finding) => finding.id === first.id && !isFirst(finding));
	return [first, ...others];
};

/**
Why a choice can only be made for one object at a time; nothing when it can be made for all.
*/
export const whyNotForAll = (offer: Offer): string | undefined => {
	if (safetyOf(offer) === 'manual') {
		return 'It is for somebody else to do: look at one at a time.';
	}

	return inputsOf(offer).some(({isUnique}) => isUnique)
		? 'Each needs a name of its own: fix one at a time.'
		: undefined;
};

const keysOf = ({given = {}}: Offer): string =>
	Object.keys(given).toSorted().join(' ');

/**
The offer of another finding that means the same: of the same title, or the only one of its kind.
*/
const sameOffer = (finding: Finding, offer: Offer): Offer | undefined => {
	const alike = finding.offers.filter(
		(one) => one.remedy === offer.remedy && keysOf(one) === keysOf(offer),
	);
	return (
		alike.find(({title}) => title === offer.title) ??
		(alike.length === 1 ? alike[0] : undefined)
	);
};

const keyOf = ({cluster, object}: Change): string =>
	`${cluster} ${object.kind} ${object.namespace ?? ''}/${object.name}`;

/**
Plans the same choice for every finding alike. Answers hold for all of them. Where two would write the same object, the later one is left: it would
have been planned on what is no longer there.
*/
export const planBatch = (
	alike: readonly Finding[],
	offer: Offer,
	world: World,
	answers: Answers,
	context: RemedyContext,
): Batch => {
	const members: BatchMember[] = [];
	const left: Array<{finding: Finding; reason: string}> = [];
	const writers = new Map<string, Finding>();
	const planned = new Set<string>();
	for (const finding of alike) {
		const own = sameOffer(finding, offer);
		if (!own) {
			left.push({finding, reason: `"${offer.title}" is no choice there`});
			continue;
		}

		const [input] = inputsOf(own, answers);
		if (input) {
			left.push({finding, reason: `it asks for: ${input.title}`});
			continue;
		}

		const plan = planOffer(finding, own, world, answers, context);
		if (plan.outcome !== 'changes') {
			left.push({
				finding,
				reason:
					plan.outcome === 'refusal'
						? plan.reason
						: `it is for ${plan.who} to do`,
			});
			continue;
		}

		const text = JSON.stringify(plan.changes);
		const other = plan.changes
			.map((change) => writers.get(keyOf(change)))
			.find((writer) => writer !== undefined);
		if (other && planned.has(text)) {
			// What is written for the other one mends this one too.
			members.push({finding, offer: own, changes: []});
			continue;
		}

		if (other) {
			left.push({
				finding,
				reason: `the fix of ${other.object.name} writes the same object; look again afterwards`,
			});
			continue;
		}

		planned.add(text);
		for (const change of plan.changes) {
			writers.set(keyOf(change), finding);
		}

		members.push({finding, offer: own, changes: plan.changes});
	}

	return {members, left};
};

/**
How many objects share a finding, in words: `12 namespaces`, or `5 objects in 3 namespaces`.
*/
export const countAlike = (alike: readonly Finding[]): string => {
	const namespaces = new Set(
		alike.flatMap(({namespace}) =>
			namespace === undefined ? [] : [namespace],
		),
	);
	if (namespaces.size === alike.length) {
		return `${namespaces.size} namespaces`;
	}

	const places =
		namespaces.size === 0
			? ''
			: ` in ${namespaces.size} namespace${namespaces.size === 1 ? '' : 's'}`;
	return `${alike.length} objects${places}`;
};
