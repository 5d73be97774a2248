import {type Finding} from '../../core/findings/finding.js';
import {
	inputsOf,
	planOffer,
	remedyOf,
	safetyOf,
} from '../../core/remedies/index.js';
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
What the chosen offer would write now, read afresh from the world.
*/
export const planOf = (explorer: Explorer, fix: Fix): Plan | undefined => {
	const offer = offerOf(fix);
	return offer && missingInput(fix) === undefined
		? planOffer(fix.finding, offer, explorer.world, fix.answers, {
				now: formatTime(explorer.ports.now()),
			})
		: undefined;
};

/**
Whether something is lost for good, so that the name has to be typed.
*/
export const isDestructive = (plan: Plan): boolean =>
	plan.outcome === 'changes' &&
	plan.changes.some(
		({verb, object}) => verb === 'delete' && object.kind !== 'Pod',
	);

/**
How careful one has to be, in a few words.
*/
export const safetyText = (offer: Offer): string => {
	const safety = safetyOf(offer);
	if (safety === 'manual') {
		return 'for somebody else to do';
	}

	const {irreversible} = remedyOf(offer);
	if (irreversible !== undefined) {
		return 'cannot be undone';
	}

	return safety === 'automatic' ? 'safe: can be undone' : 'can be undone';
};

/**
The same finding as it is now, or nothing when it is gone.
*/
export const stillThere = (
	{findings}: Explorer,
	{id, namespace, object}: Finding,
): Finding | undefined =>
	findings
		.diagnosis()
		.findings.flatMap((finding) => [finding, ...finding.behind])
		.find(
			(finding) =>
				finding.id === id &&
				finding.namespace === namespace &&
				finding.object.name === object.name &&
				finding.object.kind === object.kind,
		);
