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
import {paintLine} from '../line.js';
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

const hintsFor = (explorer: Explorer, isAscii: boolean): readonly Hint[] => {
	const state = explorer.ui.state();
	const places = placesOf(state);
	const shown = places.flatMap((place) =>
		keymap.filter(
			(binding) =>
				binding.place === place &&
				binding.hint !== undefined &&
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

const suffixFor = (explorer: Explorer, prompt: Prompt): string => {
	const {text} = prompt.field;
	if (prompt.kind === 'palette') {
		const candidates = complete(prompt.stem ?? text, explorer);
		const title = titleOf(text);
		return sanitize(
			title === undefined || candidates.length > 1
				? candidates.join('  ')
				: title,
		);
	}

	return text === '' && prompt.kind === 'filter'
		? 'regex   !regex   -l key=value   -f fuzzy'
		: '';
};

/**
The line above the keys: what is being typed, else the last message, else what the caller has to say.
*/
export const statusLine = (
	explorer: Explorer,
	idle: string,
	width: number,
	theme: Theme,
): string => {
	const {prompt, message} = explorer.ui.state();
	if (prompt?.kind === 'quit') {
		return paintLine(
			[{text: ' Quit liqoscope?  y yes  n no', tone: 'strong'}],
			width,
			theme,
		);
	}

	if (prompt) {
		return fieldLine(prompt.field, {
			prefix: prefixes[prompt.kind],
			suffix: suffixFor(explorer, prompt),
			width,
			theme,
		});
	}

	return message
		? paintLine(
				[
					{
						text: ` ${theme.sign(message.level)} `,
						tone: levelTone[message.level],
					},
					{text: sanitize(message.text)},
				],
				width,
				theme,
			)
		: idle;
};

/**
What the keys do here.
*/
export const keyLine = (
	explorer: Explorer,
	{
		width,
		theme,
		isAscii,
	}: {
		readonly width: number;
		readonly theme: Theme;
		readonly isAscii: boolean;
	},
): string => hintLine(hintsFor(explorer, isAscii), width, theme);
