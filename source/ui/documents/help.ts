import {
	type Binding,
	keymap,
	ownedKeys,
	type Place,
	places,
	showKey,
} from '../keymap.js';
import {type Line, line, lineText} from '../line.js';
import {displayWidth, fit} from '../display-width.js';

const order: readonly Place[] = [
	'panes',
	'list',
	'document',
	'menu',
	'review',
	'selector',
	'prompt',
	'everywhere',
];

const keyColumn = 22;

const bindingLine = (
	keys: readonly string[],
	title: string,
	isAscii: boolean,
): Line => [
	{
		text: `  ${fit(keys.map((key) => showKey(key, isAscii)).join('  '), keyColumn)} `,
		tone: 'key',
	},
	{text: title},
];

const bindingsOf = (place: Place): readonly Binding[] =>
	keymap.filter((binding) => binding.place === place);

/**
From this width on the longest title stands beside another.
*/
const twoColumnsFrom = 190;

const besides = (
	left: readonly Line[],
	right: readonly Line[],
	width: number,
): readonly Line[] =>
	Array.from({length: Math.max(left.length, right.length)}, (_, index) => {
		const spans = left[index] ?? [];
		const used = displayWidth(lineText(spans));
		return [
			...spans,
			...(right[index] === undefined
				? []
				: [{text: ' '.repeat(Math.max(2, width - used))}, ...right[index]]),
		];
	});

/**
The help: every key of every place, the places of the screen one comes from first; in two columns where there is room for them. Made from the keymap, so it cannot be wrong.
*/
export const helpLines = (
	here: readonly Place[],
	isAscii: boolean,
	width: number,
): readonly Line[] => {
	const sorted = [...here, ...order.filter((place) => !here.includes(place))];
	const blocks = sorted.map((place): readonly Line[] => [
		line(
			`${places[place]}${here.includes(place) ? '' : '  (elsewhere)'}`,
			'strong',
		),
		...bindingsOf(place).map(({keys, title}) =>
			bindingLine(keys, title, isAscii),
		),
		...ownedKeys
			.filter((owned) => owned.place === place)
			.map(({keys, title}) => bindingLine(keys, title, isAscii)),
	]);
	const stack = (some: ReadonlyArray<readonly Line[]>): readonly Line[] =>
		some.flatMap((block, index) =>
			index === 0 ? block : [line(''), ...block],
		);
	const all = stack(blocks);
	if (width < twoColumnsFrom) {
		return all;
	}

	const split = blocks.findIndex(
		(_, index) => stack(blocks.slice(0, index + 1)).length >= all.length / 2,
	);
	return besides(
		stack(blocks.slice(0, split + 1)),
		stack(blocks.slice(split + 1)),
		Math.floor(width / 2),
	);
};
