import {
	type Binding,
	keymap,
	ownedKeys,
	type Place,
	places,
	showKey,
} from '../keymap.js';
import {type Line, line} from '../line.js';
import {fit} from '../display-width.js';

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
The help: every key of every place, the places of the screen one comes from first. Made from the keymap, so it cannot be wrong.
*/
export const helpLines = (
	here: readonly Place[],
	isAscii: boolean,
): readonly Line[] => {
	const sorted = [...here, ...order.filter((place) => !here.includes(place))];
	return sorted.flatMap((place, index) => [
		...(index === 0 ? [] : [line('')]),
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
};
