import {type CommandId} from '../commands.js';
import {type Explorer} from '../explorer.js';
import {type PaneId, paneIds, type ViewId} from '../reducer/state.js';

/**
What a line typed after `:` asks for.
*/
export type PaletteOrder =
	| {readonly type: 'command'; readonly command: CommandId}
	| {
			readonly type: 'pane';
			readonly pane: PaneId;
			readonly filter: string | undefined;
	  }
	| {readonly type: 'view'; readonly view: ViewId}
	| {readonly type: 'namespace'; readonly namespace: string}
	| {readonly type: 'edit'; readonly namespace: string}
	| {
			readonly type: 'pause';
			readonly isPaused: boolean;
			/**
			Absent: everything.
			*/
			readonly namespace: string | undefined;
	  }
	| {readonly type: 'context'; readonly context: string}
	| {readonly type: 'unknown'; readonly problem: string};

type Entry = {
	readonly names: readonly string[];
	readonly title: string;
	readonly order: PaletteOrder;
};

const view = (names: readonly string[], id: ViewId, title: string): Entry => ({
	names,
	title,
	order: {type: 'view', view: id},
});

const command = (
	names: readonly string[],
	id: CommandId,
	title: string,
): Entry => ({names, title, order: {type: 'command', command: id}});

const pause = (name: string, isPaused: boolean, title: string): Entry => ({
	names: [name],
	title,
	order: {type: 'pause', isPaused, namespace: undefined},
});

const paneNames: Readonly<Record<PaneId, readonly string[]>> = {
	offloadings: ['offloadings', 'nsoff', 'off'],
	clusters: ['clusters', 'nodes', 'no', 'vn'],
	namespaces: ['namespaces', 'twins'],
	pods: ['pods', 'pod', 'po'],
};

/**
Everything the palette knows by name, `:ns` and `:ctx` (which take an argument) aside.
*/
export const paletteEntries: readonly Entry[] = [
	...paneIds.map((pane): Entry => ({
		names: paneNames[pane],
		title: `Pane ${pane}; :${paneNames[pane][0]} /text filters it`,
		order: {type: 'pane', pane, filter: undefined},
	})),
	view(['findings', 'diagnose'], 'findings', 'Everything that is wrong'),
	view(['matrix'], 'matrix', 'Namespaces against clusters'),
	view(['timeline'], 'timeline', 'What changed while we were looking'),
	view(
		['events', 'ev'],
		'events',
		'Events about offloaded namespaces and virtual nodes',
	),
	view(['plan', 'drift'], 'plan', 'What the reconcilers would write'),
	view(['queue'], 'queue', 'What the controllers of this process have to do'),
	pause('pause', true, 'Hold the controllers; :pause NAMESPACE only there'),
	pause('resume', false, 'Let them go on; :resume NAMESPACE only there'),
	view(['log', 'commands'], 'command-log', 'Our writes, as kubectl commands'),
	command(['faults'], 'toggle-faults', 'Only rows that need attention'),
	command(['wide'], 'toggle-wide', 'More columns'),
	command(['all'], 'clear-scope', 'All namespaces and clusters again'),
	command(
		['edit', 'selector'],
		'edit',
		'The selector editor on this row; :edit NAMESPACE on another',
	),
	command(['undo'], 'undo', 'Undo our last write'),
	command(['redo'], 'redo', 'Do the undone write again'),
	command(['save'], 'save-screen', 'Save what is on the screen'),
	command(['suspend'], 'suspend', 'Back to the shell; fg returns'),
	command(['help', 'keys'], 'help', 'The keys of this screen'),
	command(['q', 'quit', 'q!', 'exit'], 'quit', 'Quit'),
];

/**
What a name means, once it is typed in full.
*/
export const titleOf = (typed: string): string | undefined => {
	const name = typed.trim();
	return paletteEntries.find(({names}) => names.includes(name))?.title;
};

const withArgument: ReadonlySet<string> = new Set([
	'ns',
	'namespace',
	'pause',
	'resume',
	'edit',
	'selector',
	'ctx',
	'context',
]);

/**
Names nearest to what was typed come first: same beginning, then containing it.
*/
const nearest = (
	candidates: readonly string[],
	typed: string,
): readonly string[] => [
	...candidates.filter((name) => name.startsWith(typed)),
	...candidates.filter(
		(name) => !name.startsWith(typed) && name.includes(typed),
	),
];

const namespacesOf = ({world}: Explorer): readonly string[] => {
	const names = new Set<string>();
	for (const offloading of world.consumer.list('NamespaceOffloading')) {
		names.add(offloading.metadata.namespace);
	}

	for (const namespace of world.consumer.list('Namespace')) {
		names.add(namespace.metadata.name);
	}

	return [...names].toSorted();
};

/**
What could be meant, best first, as whole lines.
*/
export const complete = (
	typed: string,
	explorer: Explorer,
): readonly string[] => {
	const [name = '', ...rest] = typed.trimStart().split(/\s+/v);
	const isNamed = typed.trimStart().includes(' ');
	if (isNamed && withArgument.has(name)) {
		const argument = rest.join(' ');
		const candidates = name.startsWith('c')
			? explorer.session.contexts
			: namespacesOf(explorer);
		return nearest(candidates, argument).map((found) => `${name} ${found}`);
	}

	const names = [
		...paletteEntries.map((entry) => entry.names[0]!),
		'ns',
		'ctx',
	].toSorted();
	return nearest(names, name);
};

const unknown = (problem: string): PaletteOrder => ({type: 'unknown', problem});

const parseContext = (argument: string, explorer: Explorer): PaletteOrder => {
	const {contexts} = explorer.session;
	if (contexts.length === 0) {
		return unknown('There are no other contexts here.');
	}

	return contexts.includes(argument)
		? {type: 'context', context: argument}
		: unknown(
				argument === ''
					? `Which context? ${contexts.join(', ')}`
					: `There is no context "${argument}". There are: ${contexts.join(', ')}`,
			);
};

/**
The one place that a beginning can mean. What does something is to be typed in full.
*/
const shortenedTo = (typed: string): Entry | undefined => {
	const [found, ...others] =
		typed === ''
			? []
			: paletteEntries.filter(({names}) =>
					names.some((name) => name.startsWith(typed)),
				);
	return others.length === 0 &&
		(found?.order.type === 'view' || found?.order.type === 'pane')
		? found
		: undefined;
};

/**
Reads a line of the palette.
*/
export const parsePalette = (
	typed: string,
	explorer: Explorer,
): PaletteOrder => {
	const [name = '', ...rest] = typed.trim().split(/\s+/v);
	const argument = rest.join(' ');
	if (name === 'ns' || name === 'namespace') {
		return argument === '' || argument === 'all'
			? {type: 'command', command: 'clear-scope'}
			: {type: 'namespace', namespace: argument};
	}

	if (name === 'ctx' || name === 'context') {
		return parseContext(argument, explorer);
	}

	if (name === 'edit' || name === 'selector') {
		const namespace = rest.filter((word) => word !== 'selector').join(' ');
		return namespace === ''
			? {type: 'command', command: 'edit'}
			: {type: 'edit', namespace};
	}

	const entry =
		paletteEntries.find(({names}) => names.includes(name)) ?? shortenedTo(name);
	if (!entry) {
		const [guess] = nearest(
			paletteEntries.flatMap(({names}) => names),
			name.slice(0, 3),
		);
		return unknown(
			`There is no "${name}".${guess === undefined ? '' : ` Did you mean :${guess}?`} tab completes.`,
		);
	}

	if (argument !== '' && entry.order.type === 'pane') {
		return {
			...entry.order,
			filter: argument.startsWith('/') ? argument.slice(1) : argument,
		};
	}

	return argument !== '' && entry.order.type === 'pause'
		? {...entry.order, namespace: argument}
		: entry.order;
};
