import {type CommandId} from './commands.js';

/**
Where a binding holds. A key is offered to the innermost place first: a prompt, then the screen, then the pane, then everywhere.
*/
export type Place =
	| 'everywhere'
	| 'panes'
	| 'list'
	| 'plan'
	| 'queue'
	| 'document'
	| 'prompt'
	| 'menu'
	| 'field'
	| 'review'
	| 'selector';

export const places: Readonly<Record<Place, string>> = {
	everywhere: 'Everywhere',
	panes: 'Panes',
	list: 'Rows',
	plan: 'Plan of the controllers',
	queue: 'Queue of the controllers',
	document: 'Text (describe, YAML, events, help)',
	prompt: 'While typing (filter, search, command)',
	menu: 'Choices',
	field: 'While typing a value',
	review: 'Guided fix',
	selector: 'Selector editor',
};

export type Binding = {
	readonly command: CommandId;
	/**
	In the spelling of `nameKeys`; the first is the one that is shown.
	*/
	readonly keys: readonly [string, ...string[]];
	readonly place: Place;
	/**
	What it does, for the help.
	*/
	readonly title: string;
	/**
	A word or two for the bottom line; bindings without one are only in the help.
	*/
	readonly hint: string | undefined;
};

/**
A key that a component of ours handles itself, so that help can show it and other places leave it alone.
*/
export type OwnedKeys = {
	readonly keys: readonly string[];
	readonly place: Place;
	readonly title: string;
	/**
	A word or two for the bottom line.
	*/
	readonly hint?: string;
};

const bind =
	(place: Place) =>
	(command: CommandId, keys: string, title: string, hint?: string): Binding => {
		const [first, ...more] = keys.split(' ');
		return {place, command, keys: [first!, ...more], title, hint};
	};

const panes = bind('panes');
const list = bind('list');
const plan = bind('plan');
const queue = bind('queue');
const document = bind('document');
const prompt = bind('prompt');
const menu = bind('menu');
const field = bind('field');
const review = bind('review');
const selector = bind('selector');
const everywhere = bind('everywhere');

/**
All bindings (peers' habits: k9s for rows, lazygit for panes, vim for movement). Order is the order in help and bottom line.
*/
export const keymap: readonly Binding[] = [
	panes('next-pane', 'tab', 'Next pane', 'pane'),
	panes('previous-pane', 'shift-tab', 'Previous pane'),
	panes('pane-1', '1', 'Offloadings'),
	panes('pane-2', '2', 'Clusters'),
	panes('pane-3', '3', 'Namespaces'),
	panes('pane-4', '4', 'Pods'),
	panes('left-pane', 'h left', 'Pane to the left'),
	panes('right-pane', 'l right', 'Pane to the right'),
	panes('zoom-in', '+ =', 'Grow the pane: normal, half, full', 'zoom'),
	panes('zoom-out', '_', 'Shrink the pane'),
	panes('clear-scope', '0', 'All namespaces and clusters again'),
	panes('toggle-header', 'ctrl-e', 'Show or hide the top line'),
	list('down', 'j down', 'Down'),
	list('up', 'k up', 'Up'),
	list('top', 'g home', 'First row'),
	list('bottom', 'G end', 'Last row'),
	list('page-down', 'ctrl-f pagedown', 'One page down'),
	list('page-up', 'ctrl-b pageup', 'One page up'),
	list(
		'open',
		'enter space',
		'Narrow the other panes to this row; again: describe it',
		'narrow',
	),
	list('filter', '/', 'Filter: regex, !regex, -l labels, -f fuzzy', 'filter'),
	list('fix', 'f', 'Fix the worst finding of this row', 'fix'),
	list('explain', 'x', 'Explain this row: why, and why not', 'why'),
	list('edit', 'e', 'Edit the cluster selector', 'edit'),
	list('describe', 'd', 'Describe', 'describe'),
	list('yaml', 'y', 'The whole object as YAML', 'yaml'),
	list('events', 'v', 'Events of this row', 'events'),
	list('plan', 'p', 'What the reconcilers would write'),
	list('owner', 'J', 'Describe its owner'),
	list('warp', 'w u', "Narrow everything to the row's namespace"),
	list('toggle-faults', 'ctrl-z', 'Only rows that need attention', 'faults'),
	list('toggle-wide', 'ctrl-w', 'More columns'),
	list('sort-name', 'N', 'Sort by name; again: the other way'),
	list('sort-age', 'A', 'Sort by age'),
	list('sort-status', 'S', 'Sort by status'),
	list('sort-namespace', 'P', 'Sort by namespace'),
	list(
		'sort-column',
		'O',
		'Sort by the chosen column; again: the other way; again: by attention',
	),
	list('next-column', 'shift-right', 'Choose the next column'),
	list('previous-column', 'shift-left', 'Choose the previous column'),
	list('copy-name', 'c', 'Copy the name'),
	list('copy-namespace', 'n', 'Copy the namespace'),
	plan('apply-planned', 'a', 'Review this write, and make it', 'apply'),
	plan(
		'apply-plan',
		'A',
		'Review all writes shown, and make them',
		'apply all',
	),
	queue(
		'pause-namespace',
		's',
		'Pause the namespace of this row; again: resume it',
		'pause',
	),
	queue('pause-all', 'S', 'Pause everything; again: resume it', 'pause all'),
	document('down', 'j down', 'Down'),
	document('up', 'k up', 'Up'),
	document('top', 'g home', 'Begin'),
	document('bottom', 'G end', 'End'),
	document('page-down', 'ctrl-f pagedown space', 'One page down', 'page'),
	document('page-up', 'ctrl-b pageup', 'One page up'),
	document('search', '/', 'Search', 'search'),
	document('next-match', 'n', 'Next match', 'next'),
	document('previous-match', 'N', 'Previous match'),
	document('copy-text', 'c', 'Copy the text', 'copy'),
	document('fix', 'f', 'Fix the worst finding of this object', 'fix'),
	review('apply', 'enter', 'Do it; when it is done, go back', 'apply'),
	review(
		'copy-text',
		'c',
		'Copy the commands, or the instruction with its evidence',
		'copy',
	),
	review('save-text', 's', 'Save the same to a file', 'save'),
	review('down', 'j down', 'Down in the change'),
	review('up', 'k up', 'Up in the change'),
	review('top', 'g home', 'Begin of the change'),
	review('bottom', 'G end', 'End of the change'),
	review(
		'page-down',
		'ctrl-f pagedown space',
		'One page down in the change',
		'page',
	),
	review('page-up', 'ctrl-b pageup', 'One page up in the change'),
	menu('page-down', 'ctrl-f pagedown space', 'One page down in the change'),
	menu('page-up', 'ctrl-b pageup', 'One page up in the change'),
	menu(
		'copy-text',
		'c',
		'Copy the commands, or the instruction with its evidence',
		'copy',
	),
	menu('save-text', 's', 'Save the same to a file', 'save'),
	selector('down', 'j down', 'Next requirement'),
	selector('up', 'k up', 'Previous requirement'),
	selector('next-column', 'l right', 'Clusters further to the right'),
	selector('previous-column', 'h left', 'Clusters further to the left'),
	selector('add-requirement', 'a', 'Add a requirement to this term', 'add'),
	selector('add-term', 't', 'Add a term: an alternative', 'term'),
	selector(
		'edit-requirement',
		'enter e v',
		'Edit the requirement; tab completes keys and values',
		'edit',
	),
	selector('save-selector', 's', 'See what it would write, and save', 'save'),
	selector('next-operator', 'o', 'Next operator', 'operator'),
	selector('delete-requirement', 'd', 'Delete the requirement', 'delete'),
	selector('take-suggestion', 'n 1', 'Take the nearest fix', 'nearest fix'),
	selector('take-suggestion-2', '2', 'Take the second of the nearest fixes'),
	selector('take-suggestion-3', '3', 'Take the third'),
	selector('take-suggestion-4', '4', 'Take the fourth'),
	selector(
		'edit-strategies',
		'p',
		'Change the pod strategy, or the remote name (by creating it again)',
		'strategies',
	),
	selector('undo-edit', 'z', 'Undo the last edit', 'undo'),
	field('accept', 'enter', 'Go on with the value', 'go on'),
	field('complete', 'tab', 'Complete with a value there is', 'complete'),
	field('cancel', 'escape', 'Leave the value', 'back'),
	prompt('accept', 'enter', 'Accept', 'accept'),
	prompt('complete', 'tab', 'Complete; again: the next completion', 'complete'),
	prompt('history-back', 'up', 'Earlier in the history', 'history'),
	prompt('history-forward', 'down', 'Later in the history'),
	prompt('cancel', 'escape', 'Leave without doing anything', 'cancel'),
	everywhere('palette', ':', 'Go to a view, or do something, by name', 'go to'),
	everywhere(
		'command-log',
		'@',
		'Every write of ours, as kubectl would do it',
		'log',
	),
	everywhere('undo', 'z', 'Undo our last write'),
	everywhere('redo', 'Z', 'Do the undone write again'),
	everywhere('last-view', '-', 'The view before this one'),
	everywhere('reload', 'ctrl-r', 'Paint everything anew'),
	everywhere('save-screen', 'ctrl-s', 'Save what is on the screen to a file'),
	everywhere('help', '?', 'The keys of this screen', 'keys'),
	everywhere(
		'leave',
		'q',
		'Back, like esc; with nothing to go back from, asks to quit',
		'back',
	),
	everywhere(
		'back',
		'escape',
		'Back: drops a filter, then the screen, then a narrowing, then the zoom',
	),
	everywhere('quit', 'ctrl-c', 'Quit at once'),
];

/**
Keys that ink-select-input handles inside a list of choices.
*/
export const ownedKeys: readonly OwnedKeys[] = [
	{keys: ['j', 'down'], place: 'menu', title: 'Next choice'},
	{keys: ['k', 'up'], place: 'menu', title: 'Previous choice'},
	{keys: ['1', '…', '9'], place: 'menu', title: 'Take that choice'},
	{
		keys: ['enter'],
		place: 'menu',
		title: 'Take the marked choice',
		hint: 'take it',
	},
];

/**
The binding of a key, asking the places from the innermost to the outermost.
*/
export const findBinding = (
	key: string,
	asked: readonly Place[],
): Binding | undefined => {
	for (const place of asked) {
		const binding = keymap.find(
			(candidate) => candidate.place === place && candidate.keys.includes(key),
		);
		if (binding) {
			return binding;
		}
	}

	return undefined;
};

const shown: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	escape: 'esc',
	pagedown: 'PgDn',
	pageup: 'PgUp',
	'shift-left': 'shift-←',
	'shift-right': 'shift-→',
};

const inAscii: Readonly<Record<string, string>> = {
	'↑': 'up',
	'↓': 'down',
	'←': 'left',
	'→': 'right',
	'shift-←': 'shift-left',
	'shift-→': 'shift-right',
};

/**
How a key is written for people.
*/
export const showKey = (key: string, isAscii = false): string => {
	const name = shown[key] ?? key;
	return isAscii ? (inAscii[name] ?? name) : name;
};
