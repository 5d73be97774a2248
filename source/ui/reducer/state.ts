import {type Change} from '../../core/change.js';
import {type Finding} from '../../core/findings/finding.js';
import {type Answers} from '../../core/remedies/offer.js';
import {type SelectorTerm} from '../../core/model.js';
import {type Level} from '../../core/rows/row.js';
import {type Place} from '../keymap.js';
import {type TextField} from './text-field.js';

export const paneIds = [
	'offloadings',
	'clusters',
	'namespaces',
	'pods',
] as const;

export type PaneId = (typeof paneIds)[number];

export const isPaneId = (text: string): text is PaneId =>
	(paneIds as readonly string[]).includes(text);

/**
What the other panes are narrowed to.
*/
export type Scope =
	| {readonly kind: 'namespace'; readonly namespace: string}
	| {
			readonly kind: 'cluster';
			/**
			Name of the virtual node.
			*/
			readonly node: string;
			readonly clusterId: string | undefined;
	  };

export type Sort = {readonly column: string; readonly isDescending: boolean};

/**
Where a list stands. Without a key the cursor stays on the first row, whichever that is; `index` is where it goes when its row is gone.
*/
export type Cursor = {
	readonly key: string | undefined;
	readonly index: number;
	/**
	First visible row.
	*/
	readonly top: number;
};

export const startOfList: Cursor = {key: undefined, index: 0, top: 0};

export type PaneState = {
	readonly cursor: Cursor;
	readonly filter: string;
	/**
	Absent: what needs attention first.
	*/
	readonly sort: Sort | undefined;
	/**
	Column chosen for sorting.
	*/
	readonly column: string | undefined;
	readonly isFaultsOnly: boolean;
	readonly isWide: boolean;
};

/**
An object somewhere: the key of its cluster, its kind, and its place.
*/
export type Target = {
	readonly cluster: string;
	readonly kind: string;
	readonly namespace: string;
	readonly name: string;
};

/**
A list other than the four panes.
*/
export type ViewId =
	| 'findings'
	| 'matrix'
	| 'timeline'
	| 'events'
	| 'plan'
	| 'queue'
	| 'command-log';

/**
Text to read, full window.
*/
export type Document =
	| {readonly type: 'describe'; readonly target: Target}
	| {readonly type: 'yaml'; readonly target: Target}
	| {readonly type: 'events'; readonly target: Target}
	| {readonly type: 'explain'; readonly target: Target}
	| {readonly type: 'help'; readonly places: readonly Place[]}
	| {readonly type: 'text'; readonly title: string; readonly text: string};

/**
Where a guided fix stands.

- `choose`: which of the offers. `answer`: a value that it needs. `review`: what it would write. `confirm`: type the name, for what cannot be taken back.
- `send`: on its way. `wait`: until the world says that it worked. `done`: how it ended.
*/
export type FixStep =
	'choose' | 'answer' | 'review' | 'confirm' | 'send' | 'wait' | 'done';

export type Fix = {
	/**
	Tells this fix from others, whatever lies over it.
	*/
	readonly id: number;
	/**
	As it was found; whether it is still there is looked up.
	*/
	readonly finding: Finding;
	readonly step: FixStep;
	/**
	Highlighted or chosen. The place behind the last offer is the choice between this object and all that share the finding.
	*/
	readonly offer: number;
	/**
	Whether the choice is made for all that share the finding.
	*/
	readonly isForAll: boolean;
	readonly answers: Answers;
	/**
	What is being typed, in `answer` and `confirm`.
	*/
	readonly field: TextField;
	/**
	Why the review is shown once more.
	*/
	readonly notice: Message | undefined;
	/**
	What the server said to a dry run; absent while it is asked, or cannot be.
	*/
	readonly dryRun: Message | undefined;
	/**
	Who is affected, in sentences; absent while it is played through.
	*/
	readonly radius: readonly string[] | undefined;
	/**
	Whether remote namespaces are deleted by it; absent while it is played through.
	*/
	readonly isLosing: boolean | undefined;
	/**
	First visible line of the change.
	*/
	readonly top: number;
	/**
	What was done so far, one line for each change.
	*/
	readonly receipts: readonly Message[];
	/**
	Findings whose fix was carried out, and that have to go.
	*/
	readonly treated: readonly Finding[];
	/**
	What was refused or not tried, once it is over.
	*/
	readonly undone: readonly Change[];
	/**
	When waiting began, epoch milliseconds.
	*/
	readonly since: number;
};

/**
A cluster selector being edited.
*/
export type SelectorEdit = {
	readonly namespace: string;
	readonly terms: readonly SelectorTerm[];
	/**
	As the object has it.
	*/
	readonly saved: readonly SelectorTerm[];
	/**
	Earlier states, newest last.
	*/
	readonly past: ReadonlyArray<readonly SelectorTerm[]>;
	/**
	Place among all requirements, terms one after the other.
	*/
	readonly cursor: number;
	/**
	First cluster shown.
	*/
	readonly column: number;
	/**
	The requirement being typed, as one line; `isNew` adds one to the term of the cursor.
	*/
	readonly typing:
		| {
				readonly field: TextField;
				readonly isNew: boolean;
				/**
				Its term was made for it, and goes with it when nothing is typed.
				*/
				readonly isOfNewTerm?: boolean;
		  }
		| undefined;
	/**
	The input of a guided fix that asked for the selector, or nothing when it was opened by itself.
	*/
	readonly isAnswer: boolean;
};

/**
One step over the explorer.
*/
export type Screen =
	| {
			readonly kind: 'document';
			readonly document: Document;
			readonly top: number;
			readonly search: string;
	  }
	| {
			readonly kind: 'view';
			readonly view: ViewId;
			/**
			Only what concerns this object.
			*/
			readonly target: Target | undefined;
			readonly cursor: Cursor;
			readonly filter: string;
	  }
	| {readonly kind: 'fix'; readonly fix: Fix}
	| {readonly kind: 'selector'; readonly edit: SelectorEdit};

export type Prompt = {
	readonly kind: 'filter' | 'search' | 'palette' | 'quit';
	readonly field: TextField;
	/**
	What was there before, for leaving without doing anything.
	*/
	readonly before: string;
	/**
	How far back in the history, 0 for what is being typed.
	*/
	readonly past: number;
	/**
	Which of the completions is taken next.
	*/
	readonly completion: number | undefined;
	/**
	What completions start from, while they are walked through.
	*/
	readonly stem: string | undefined;
};

export type Message = {readonly text: string; readonly level: Level};

export type UiState = {
	readonly focus: PaneId;
	/**
	0 normal, 1 half, 2 full.
	*/
	readonly zoom: 0 | 1 | 2;
	readonly hasHeader: boolean;
	readonly panes: Readonly<Record<PaneId, PaneState>>;
	readonly scope: Scope | undefined;
	/**
	The row that `scope` comes from.
	*/
	readonly scopeKey: {readonly pane: PaneId; readonly key: string} | undefined;
	readonly screens: readonly Screen[];
	/**
	The screen that was left last, for `-`.
	*/
	readonly lastScreen: Screen | undefined;
	readonly prompt: Prompt | undefined;
	readonly message: Message | undefined;
	readonly history: readonly string[];
	/**
	Of the terminal.
	*/
	readonly size: {readonly width: number; readonly height: number};
};

const paneState: PaneState = {
	cursor: startOfList,
	filter: '',
	sort: undefined,
	column: undefined,
	isFaultsOnly: false,
	isWide: false,
};

export const initialState: UiState = {
	focus: 'offloadings',
	zoom: 0,
	hasHeader: true,
	panes: {
		offloadings: paneState,
		clusters: paneState,
		namespaces: paneState,
		pods: paneState,
	},
	scope: undefined,
	scopeKey: undefined,
	screens: [],
	lastScreen: undefined,
	prompt: undefined,
	message: undefined,
	history: [],
	size: {width: 80, height: 24},
};
