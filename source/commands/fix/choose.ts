import {type Finding} from '../../core/findings/finding.js';
import {inputsOf, remedyOf, safetyOf} from '../../core/remedies/index.js';
import {type Answers, type Offer} from '../../core/remedies/offer.js';
import {type Result} from '../saved-objects.js';

/**
Splits `--answer key=value`.
*/
export const readAnswers = (texts: readonly string[]): Result<Answers> => {
	const answers: Record<string, string> = {};
	for (const text of texts) {
		const equals = text.indexOf('=');
		if (equals < 1) {
			return {
				isOk: false,
				message: `--answer takes KEY=VALUE, not "${text}".`,
			};
		}

		answers[text.slice(0, equals)] = text.slice(equals + 1);
	}

	return {isOk: true, value: answers};
};

export const listOffers = (finding: Finding): readonly string[] =>
	finding.offers.map((offer, index) => {
		const open = inputsOf(offer).map(({id}) => id);
		return `  ${index + 1}. ${offer.title}${offer.effect === undefined ? '' : ` (${offer.effect})`} [${remedyOf(offer).id}, ${safetyOf(offer)}]${open.length > 0 ? ` needs ${open.map((id) => `--answer ${id}=...`).join(' ')}` : ''}`;
	});

/**
The offer that the answers mean: the one numbered by `choice`, one of the remedy named by `remedy`, else the first that the answers fit.
*/
export const chooseOffer = (
	finding: Finding,
	answers: Answers,
): Result<Offer> => {
	const {choice, remedy} = answers;
	if (choice !== undefined) {
		const offer = finding.offers[Number(choice) - 1];
		return offer
			? {isOk: true, value: offer}
			: {
					isOk: false,
					message: `--answer choice is a number from 1 to ${finding.offers.length}:\n${listOffers(finding).join('\n')}`,
				};
	}

	const given = Object.keys(answers).filter((key) => key !== 'remedy');
	const fitting = finding.offers.find(
		(offer) =>
			(remedy === undefined || offer.remedy === remedy) &&
			inputsOf(offer, answers).length === 0 &&
			given.every((key) =>
				remedyOf(offer).inputs.some((input) => input.id === key),
			),
	);
	const offer = fitting;
	if (offer) {
		return {isOk: true, value: offer};
	}

	return {
		isOk: false,
		message: `No fix of ${finding.id} takes these answers. There are:\n${listOffers(finding).join('\n')}`,
	};
};
