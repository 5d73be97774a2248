import {type Finding} from '../../core/findings/finding.js';
import {
	alikeTo,
	type Batch,
	type BatchMember,
	planBatch,
} from '../../core/remedies/batch.js';
import {inputsOf, planOffer} from '../../core/remedies/index.js';
import {type Offer} from '../../core/remedies/offer.js';
import {type Input, type Plan} from '../../core/remedies/remedy.js';
import {formatTime} from '../../core/time.js';
import {type Explorer} from '../explorer.js';
import {type Fix} from '../reducer/state.js';

export const offerOf = (fix: Fix): Offer | undefined =>
	fix.finding.offers[fix.offer];

/**
The next value that has to be typed.
*/
export const missingInput = (fix: Fix): Input | undefined => {
	const offer = offerOf(fix);
	return offer && inputsOf(offer, fix.answers)[0];
};

/**
An edit that no finding asked for.
*/
export const isOwnWish = ({evidence, severity}: Finding): boolean =>
	evidence.length === 0 && severity === 'info';

/**
All that share the finding, it first; it alone when nobody does.
*/
export const alikeOf = (
	{findings}: Explorer,
	{finding}: Fix,
): readonly Finding[] =>
	isOwnWish(finding)
		? [finding]
		: alikeTo(finding, findings.diagnosis().findings);

const contextOf = ({ports}: Explorer) => ({now: formatTime(ports.now())});

type Held = Pick<Fix, 'finding' | 'offer' | 'answers'> & {
	readonly version: number;
	readonly batch: Batch;
};

const batches = new WeakMap<Explorer, Held>();

/**
What the chosen offer would write for all that share the finding. Planned anew when the findings change; `isFresh` plans on the world of this moment.
*/
export const batchOf = (
	explorer: Explorer,
	fix: Fix,
	isFresh = false,
): Batch | undefined => {
	const offer = offerOf(fix);
	if (!offer || !fix.isForAll || missingInput(fix) !== undefined) {
		return undefined;
	}

	const version = explorer.findings.version();
	const held = batches.get(explorer);
	if (
		!isFresh &&
		held?.version === version &&
		held.finding === fix.finding &&
		held.offer === fix.offer &&
		held.answers === fix.answers
	) {
		return held.batch;
	}

	const {finding, answers} = fix;
	const batch = planBatch(
		alikeOf(explorer, fix),
		offer,
		explorer.world,
		answers,
		contextOf(explorer),
	);
	batches.set(explorer, {version, finding, offer: fix.offer, answers, batch});
	return batch;
};

/**
What the chosen offer would write now, read afresh from the world.
*/
export const planOf = (explorer: Explorer, fix: Fix): Plan | undefined => {
	const offer = offerOf(fix);
	if (!offer || missingInput(fix) !== undefined) {
		return undefined;
	}

	const batch = batchOf(explorer, fix);
	if (!batch) {
		return planOffer(
			fix.finding,
			offer,
			explorer.world,
			fix.answers,
			contextOf(explorer),
		);
	}

	const changes = batch.members.flatMap((member) => member.changes);
	return changes.length > 0
		? {outcome: 'changes', changes}
		: {
				outcome: 'refusal',
				reason: batch.left[0]?.reason ?? 'There is nothing to change.',
			};
};

/**
What will be carried out, object by object, planned on the world of this moment.
*/
export const membersOf = (
	explorer: Explorer,
	fix: Fix,
): readonly BatchMember[] => {
	const batch = batchOf(explorer, fix, true);
	if (batch) {
		return batch.members;
	}

	const plan = planOf(explorer, fix);
	return plan?.outcome === 'changes'
		? [
				{
					finding: fix.finding,
					offer: offerOf(fix)!,
					changes: plan.changes,
				},
			]
		: [];
};

/**
Whether something is lost for good, so that the name has to be typed.
*/
export const isDestructive = (plan: Plan): boolean =>
	plan.outcome === 'changes' &&
	plan.changes.some(
		({verb, object}) => verb === 'delete' && object.kind !== 'Pod',
	);

const keyOf = ({id, namespace = '', object}: Finding): string =>
	`${id} ${namespace} ${object.kind} ${object.name}`;

/**
Those of some findings that are still there, as they are now.
*/
export const stillAmong = (
	{findings}: Explorer,
	wanted: readonly Finding[],
): readonly Finding[] => {
	const keys = new Set(wanted.map((finding) => keyOf(finding)));
	return findings
		.diagnosis()
		.findings.flatMap((finding) => [finding, ...finding.behind])
		.filter((finding) => keys.has(keyOf(finding)));
};

/**
The same finding as it is now, or nothing when it is gone.
*/
export const stillThere = (
	explorer: Explorer,
	finding: Finding,
): Finding | undefined => stillAmong(explorer, [finding])[0];

/**
Once it is on its way, what it would write is history.
*/
export const isUnsent = ({step}: Fix): boolean =>
	['choose', 'answer', 'review', 'confirm'].includes(step);
