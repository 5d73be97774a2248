import {whyNotForAll} from '../../core/remedies/batch.js';
import {safetyText} from '../../core/remedies/safety-text.js';
import {sanitize} from '../../core/sanitize.js';
import {displayWidth, truncate} from '../display-width.js';
import {shortIds} from '../findings/short-ids.js';
import {type Fix} from '../reducer/state.js';

export type ChoiceText = {
	readonly text: string;
	/**
	Whether it says what the choice brings about.
	*/
	readonly hasEffect: boolean;
};

/**
One of the choices of a fix in at most `width` columns: its number, its title, how careful one has to be, and what it brings about where that fits as a whole.
How careful one has to be is never cut off.
*/
export const choiceText = (
	{finding, isForAll}: Fix,
	index: number,
	width: number,
	ellipsis = '…',
): ChoiceText => {
	const offer = finding.offers[index]!;
	const isSingle = isForAll && whyNotForAll(offer) !== undefined;
	const safety = `(${isSingle ? 'one at a time' : safetyText(offer)})`;
	const number = `${index + 1}  `;
	const effect = isForAll ? '' : sanitize(shortIds(offer.effect ?? ''));
	const title = sanitize(shortIds(offer.title));
	const whole = `${number}${title}  ${safety}   ${effect}`;
	const hasEffect = effect !== '' && displayWidth(whole) <= width;
	const room = width - number.length - 2 - safety.length;
	return {
		text: hasEffect
			? whole
			: `${number}${truncate(title, room, ellipsis)}  ${safety}`,
		hasEffect,
	};
};
