import {type Offer} from '../remedies/offer.js';

/**
`a, b and c`.
*/
export const join = (words: readonly string[], last = 'and'): string =>
	words.length < 2
		? (words[0] ?? '')
		: `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)!}`;

/**
`a, b`, or other words when there is nothing to name.
*/
export const joinOr = (words: readonly string[], nothing: string): string =>
	words.length === 0 ? nothing : words.join(', ');

/**
`1 pod`, `2 pods`.
*/
export const count = (number: number, noun: string): string =>
	`${number} ${noun}${number === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;

/**
An offer that ends in an instruction for somebody: `who` can do it, step by step.
*/
export const instruct = (
	title: string,
	who: string,
	...steps: readonly string[]
): Offer => ({
	remedy: 'instruct',
	title,
	given: {who, steps: steps.join('\n')},
});
