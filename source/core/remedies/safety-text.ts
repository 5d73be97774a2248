import {type Offer} from './offer.js';
import {remedyOf, safetyOf} from './index.js';

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

	if (offer.given?.pods !== undefined) {
		return 'can be undone, not the pods';
	}

	return safety === 'automatic' ? 'safe: can be undone' : 'can be undone';
};
