import {type Level} from '../../core/rows/row.js';
import {sanitize} from '../../core/sanitize.js';
import {fieldLine} from '../components/field-line.js';
import {type Hint, hintLine} from '../components/hint-line.js';
import {type CommandId} from '../commands.js';
import {complete, titleOf} from '../dispatch/palette.js';
import {isAtRoot} from '../dispatch/global-commands.js';
import {placesOf} from '../dispatch/places.js';
import {whyNot} from '../dispatch/unavailable.js';
import {type Explorer} from '../explorer.js';
import {currentFix} from '../fix/fix-state.js';
import {type Binding, keymap, ownedKeys, showKey} from '../keymap.js';
import {displayWidth, wrap} from '../display-width.js';
import {flowLine, type Line, paintLine} from '../line.js';
import {type Prompt} from '../reducer/state.js';
import {levelTone, type Theme} from '../theme.js';

/**
What most people need most often comes first: when there is too little room, the line is cut from the end.
*/
const order: readonly CommandId[] = [
	'next-pane',
	'filter',
	'palette',
	'fix',
	'explain',
	'edit',
	'describe',
	'help',
	'yaml',
	'events',
	'command-log',
	'open',
	'toggle-faults',
	'zoom-in',
];

const rankOf = (command: CommandId): number => {
	const index = order.indexOf(command);
	return index === -1 ? order.length : index;
};

/**
What a key does here, where that is something else than usual.
*/
const hintFor = (
	explorer: Explorer,
	command: CommandId,
): string | undefined => {
	if (command === 'leave') {
		return isAtRoot(explorer) ? 'quit' : undefined;
	}

	const isView = explorer.ui.state().screens.at(-1)?.kind === 'view';
	if (command === 'open' && isView) {
		return 'open';
	}

	if (command === 'accept' && currentFix(explorer)?.step === 'confirm') {
		return 'do it';
	}

	if (command === 'apply-planned' && !explorer.ports.send) {
		return 'review';
	}

	if (command === 'apply-plan' && !explorer.ports.send) {
		return 'review all';
	}

	return command === 'apply' && currentFix(explorer)?.step === 'done'
		? 'go back'
		: undefined;
};

const hintsFor = (
	explorer: Explorer,
	isAscii: boolean,
	idle: readonly CommandId[],
): readonly Hint[] => {
	const state = explorer.ui.state();
	const places = placesOf(state);
	const shown = places.flatMap((place) =>
		keymap.filter(
			(binding) =>
				binding.place === place &&
				binding.hint !== undefined &&
				!idle.includes(binding.command) &&
				whyNot(binding.command, explorer) === undefined,
		),
	);
	const isList = places.includes('list');
	const isOwn = ({place}: Binding): boolean =>
		place === 'plan' || place === 'queue';
	const byRank = (a: Binding, b: Binding): number =>
		isOwn(a) === isOwn(b)
			? rankOf(a.command) - rankOf(b.command)
			: Number(isOwn(b)) - Number(isOwn(a));
	const owned = ownedKeys.flatMap(({keys, place, hint}): readonly Hint[] =>
		hint !== undefined && places.includes(place)
			? [{key: showKey(keys[0]!, isAscii), text: hint}]
			: [],
	);
	const bound = shown
		.toSorted((a, b) =>
			isList
				? byRank(a, b)
				: Number(a.place === 'everywhere') - Number(b.place === 'everywhere'),
		)
		.map(({keys, hint, command}) => ({
			key: showKey(keys[0], isAscii),
			text: hintFor(explorer, command) ?? hint!,
		}));
	return [...owned, ...bound];
};

const prefixes: Readonly<Record<Prompt['kind'], string>> = {
	filter: '/',
	search: '/',
	palette: ':',
	quit: '',
};

const filterSyntax = 'regex   !regex   -l key=value   -f fuzzy';

/**
What could be typed: beside the field, or below it where there is a line for it.
*/
const promptLines = (
	explorer: Explorer,
	prompt: Exclude<Prompt, {readonly kind: 'quit'}>,
	{width, count, theme}: Room,
): readonly string[] => {
	const {text} = prompt.field;
	const show = (suffix: string): string =>
		fieldLine(prompt.field, {
			prefix: prefixes[prompt.kind],
			suffix: sanitize(suffix),
			width,
			theme,
		});
	if (prompt.kind !== 'palette') {
		return [show(text === '' && prompt.kind === 'filter' ? filterSyntax : '')];
	}

	const candidates = complete(prompt.stem ?? text, explorer);
	const title = titleOf(text);
	const list = candidates.join('  ');
	if (count === 1 || candidates.length === 1) {
		return [show(title === undefined || candidates.length > 1 ? list : title)];
	}

	// As many as fit beside the field, the others below.
	const room = width - displayWidth(text) - 6;
	const [first = ''] = wrap(list, Math.max(1, room));
	const isBeside = title === undefined && displayWidth(first) <= room;
	const rest = isBeside ? list.slice(first.length).trimStart() : list;
	return [
		show(title ?? (isBeside ? first : '')),
		...flowLine(
			[{text: ' '.repeat(4)}],
			[{text: sanitize(rest), tone: 'dim'}],
			{
				width: width - 1,
				count: count - 1,
			},
		).map((spans) => paintLine(spans, width, theme)),
	];
};

type Room = {
	readonly width: number;
	/**
	Lines that there are.
	*/
	readonly count: number;
	readonly theme: Theme;
};

/**
A sentence with the sign of its severity before it, in as many lines as it needs and there are.
*/
export const signedLines = (
	sign: string,
	level: Level,
	spans: Line,
	{width, count, theme}: Room,
): readonly string[] =>
	flowLine([{text: ` ${sign} `, tone: levelTone[level]}], spans, {
		width: width - 1,
		count,
	}).map((line) => paintLine(line, width, theme));

/**
The lines above the keys: what is being typed, else the last message, else what the caller has to say. Always `count` lines.
*/
export const statusLines = (
	explorer: Explorer,
	idle: readonly string[],
	room: Room,
): readonly string[] => {
	const said = saidLines(explorer, idle, room);
	const blank = ' '.repeat(room.width);
	return Array.from({length: room.count}, (_, index) => said[index] ?? blank);
};

const saidLines = (
	explorer: Explorer,
	idle: readonly string[],
	room: Room,
): readonly string[] => {
	const {width, theme} = room;
	const {prompt, message} = explorer.ui.state();
	if (prompt?.kind === 'quit') {
		return [
			paintLine(
				[{text: ' Quit liqoscope?  y yes  n no', tone: 'strong'}],
				width,
				theme,
			),
		];
	}

	if (prompt) {
		return promptLines(explorer, prompt, room);
	}

	return message
		? signedLines(
				theme.sign(message.level),
				message.level,
				[{text: sanitize(message.text)}],
				room,
			)
		: idle;
};

/**
The same where there is one line for it.
*/
export const statusLine = (
	explorer: Explorer,
	idle: string,
	width: number,
	theme: Theme,
): string => statusLines(explorer, [idle], {width, count: 1, theme})[0]!;

/**
What the keys do here.
*/
export const keyLine = (
	explorer: Explorer,
	{
		width,
		theme,
		isAscii,
		idle = [],
	}: {
		readonly width: number;
		readonly theme: Theme;
		readonly isAscii: boolean;
		/**
		What would do nothing here, and is not worth a word.
		*/
		readonly idle?: readonly CommandId[];
	},
): string => hintLine(hintsFor(explorer, isAscii, idle), width, theme);
