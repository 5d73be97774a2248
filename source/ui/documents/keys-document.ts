import {type Place, keymap, ownedKeys, places, showKey} from '../keymap.js';

const order = Object.keys(places) as readonly Place[];

const code = (keys: readonly string[]): string =>
	keys.map((key) => `\`${showKey(key).replace('`', '')}\``).join(' ');

const rowsOf = (place: Place): ReadonlyArray<readonly [string, string]> => [
	...keymap
		.filter((binding) => binding.place === place)
		.map(({keys, title}) => [code(keys), title] as const),
	...ownedKeys
		.filter((owned) => owned.place === place)
		.map(({keys, title}) => [code(keys), title] as const),
];

/**
The keys as Markdown, for `docs/keys.md`. Made from the keymap; a test holds the file to it.
*/
export const keysDocument = (): string =>
	[
		'# Keys',
		'',
		'Made from `source/ui/keymap.ts`; `?` shows the same in the explorer. A key is offered to what is typed first, then to the screen, then to the pane.',
		...order.flatMap((place) => [
			'',
			`## ${places[place]}`,
			'',
			'| Key | Does |',
			'| --- | --- |',
			...rowsOf(place).map(
				([keys, title]) =>
					`| ${keys} | ${title.replaceAll('|', String.raw`\|`)} |`,
			),
		]),
		'',
	].join('\n');
