import {
	type Cursor,
	type Fix,
	type Message,
	type PaneId,
	type PaneState,
	type Prompt,
	type Scope,
	type Screen,
	startOfList,
	type UiState,
} from './state.js';
import {fieldWith, type TextField} from './text-field.js';

export type Action =
	| {readonly type: 'focus'; readonly pane: PaneId}
	| {readonly type: 'zoom'; readonly by: 1 | -1}
	| {readonly type: 'toggle-header'}
	| {
			readonly type: 'pane';
			readonly pane: PaneId;
			readonly change: Partial<PaneState>;
	  }
	| {readonly type: 'cursor'; readonly pane: PaneId; readonly cursor: Cursor}
	| {
			readonly type: 'scope';
			readonly scope: Scope | undefined;
			readonly from?: {readonly pane: PaneId; readonly key: string};
	  }
	| {readonly type: 'push'; readonly screen: Screen}
	| {readonly type: 'replace'; readonly screen: Screen}
	| {readonly type: 'fix'; readonly id: number; readonly part: Partial<Fix>}
	| {readonly type: 'pop'}
	| {readonly type: 'home'}
	| {readonly type: 'back'}
	| {
			readonly type: 'ask';
			readonly kind: Prompt['kind'];
			readonly text?: string;
	  }
	| {readonly type: 'edit'; readonly field: TextField}
	| {
			readonly type: 'complete';
			readonly text: string;
			readonly completion: number;
			readonly stem: string;
	  }
	| {readonly type: 'history'; readonly by: 1 | -1}
	| {readonly type: 'close'; readonly isAccepted: boolean}
	| {readonly type: 'message'; readonly message: Message | undefined}
	| {
			readonly type: 'resize';
			readonly size: {readonly width: number; readonly height: number};
	  };

/**
Commands kept for the palette's history.
*/
const historyLength = 100;

const changePane = (
	state: UiState,
	pane: PaneId,
	change: Partial<PaneState>,
): UiState => ({
	...state,
	panes: {...state.panes, [pane]: {...state.panes[pane], ...change}},
});

/**
What is searched or filtered at the moment: that of the top screen, else of the focused pane.
*/
export const currentFilter = (state: UiState): string => {
	const screen = state.screens.at(-1);
	if (screen === undefined) {
		return state.panes[state.focus].filter;
	}

	if (screen.kind === 'document') {
		return screen.search;
	}

	return screen.kind === 'view' ? screen.filter : '';
};

const applyFilter = (state: UiState, text: string): UiState => {
	const screen = state.screens.at(-1);
	if (screen === undefined) {
		return changePane(state, state.focus, {filter: text});
	}

	if (screen.kind === 'fix' || screen.kind === 'selector') {
		return state;
	}

	const changed: Screen =
		screen.kind === 'document'
			? {...screen, search: text}
			: {...screen, filter: text, cursor: startOfList};
	return {...state, screens: [...state.screens.slice(0, -1), changed]};
};

const goBack = (state: UiState): UiState => {
	const screen = state.screens.at(-1);
	if (currentFilter(state) !== '') {
		return applyFilter(state, '');
	}

	if (screen) {
		return {
			...state,
			screens: state.screens.slice(0, -1),
			lastScreen: screen,
		};
	}

	if (state.scope) {
		return {...state, scope: undefined, scopeKey: undefined};
	}

	if (state.panes[state.focus].isFaultsOnly) {
		return changePane(state, state.focus, {isFaultsOnly: false});
	}

	return state.zoom === 0 ? state : {...state, zoom: 0};
};

const closePrompt = (state: UiState, isAccepted: boolean): UiState => {
	const {prompt} = state;
	if (!prompt) {
		return state;
	}

	const closed = {...state, prompt: undefined};
	if (prompt.kind === 'palette') {
		const text = prompt.field.text.trim();
		if (text === '' || !isAccepted) {
			return closed;
		}

		const others = state.history.filter((entry) => entry !== text);
		return {...closed, history: [...others, text].slice(-historyLength)};
	}

	return isAccepted || prompt.kind === 'quit'
		? closed
		: applyFilter(closed, prompt.before);
};

const walkHistory = (state: UiState, by: 1 | -1): UiState => {
	const {prompt, history} = state;
	if (prompt?.kind !== 'palette') {
		return state;
	}

	const past = Math.min(history.length, Math.max(0, prompt.past + by));
	const text = past === 0 ? prompt.before : history.at(-past)!;
	return {
		...state,
		prompt: {
			...prompt,
			past,
			before: prompt.past === 0 ? prompt.field.text : prompt.before,
			field: fieldWith(text),
			completion: undefined,
			stem: undefined,
		},
	};
};

const openPrompt = (
	state: UiState,
	kind: Prompt['kind'],
	text?: string,
): UiState => {
	const before =
		kind === 'filter' || kind === 'search' ? currentFilter(state) : '';
	return {
		...state,
		message: undefined,
		prompt: {
			kind,
			before,
			field: fieldWith(text ?? before),
			past: 0,
			completion: undefined,
			stem: undefined,
		},
	};
};

const changePrompt = (state: UiState, change: Partial<Prompt>): UiState =>
	state.prompt ? {...state, prompt: {...state.prompt, ...change}} : state;

const editPrompt = (state: UiState, field: TextField): UiState => {
	const edited = changePrompt(state, {
		field,
		completion: undefined,
		stem: undefined,
	});
	return state.prompt?.kind === 'filter' || state.prompt?.kind === 'search'
		? applyFilter(edited, field.text)
		: edited;
};

/**
A guided fix goes on under whatever was opened over it.
*/
const changeFix = (
	state: UiState,
	id: number,
	part: Partial<Fix>,
): UiState => ({
	...state,
	screens: state.screens.map((screen) =>
		screen.kind === 'fix' && screen.fix.id === id
			? {kind: 'fix', fix: {...screen.fix, ...part}}
			: screen,
	),
});

/**
The one place where the state of the screen changes. Pure.
*/
export const reduce = (state: UiState, action: Action): UiState => {
	switch (action.type) {
		case 'push': {
			return {
				...state,
				screens: [...state.screens, action.screen],
				message: undefined,
			};
		}

		case 'replace': {
			return {
				...state,
				screens: [...state.screens.slice(0, -1), action.screen],
			};
		}

		case 'fix': {
			return changeFix(state, action.id, action.part);
		}

		case 'pop': {
			return {
				...state,
				screens: state.screens.slice(0, -1),
				lastScreen: state.screens.at(-1) ?? state.lastScreen,
			};
		}

		case 'home': {
			return {
				...state,
				screens: [],
				lastScreen: state.screens.at(-1) ?? state.lastScreen,
			};
		}

		case 'back': {
			return goBack(state);
		}

		case 'ask': {
			return openPrompt(state, action.kind, action.text);
		}

		case 'edit': {
			return editPrompt(state, action.field);
		}

		case 'complete': {
			return changePrompt(state, {
				field: fieldWith(action.text),
				completion: action.completion,
				stem: action.stem,
			});
		}

		case 'history': {
			return walkHistory(state, action.by);
		}

		case 'close': {
			return closePrompt(state, action.isAccepted);
		}

		case 'focus': {
			return {...state, focus: action.pane};
		}

		case 'zoom': {
			const zoom = Math.min(2, Math.max(0, state.zoom + action.by)) as
				0 | 1 | 2;
			return {...state, zoom};
		}

		case 'toggle-header': {
			return {...state, hasHeader: !state.hasHeader};
		}

		case 'pane': {
			return changePane(state, action.pane, action.change);
		}

		case 'cursor': {
			return changePane(state, action.pane, {cursor: action.cursor});
		}

		case 'scope': {
			return {...state, scope: action.scope, scopeKey: action.from};
		}

		case 'resize': {
			return {...state, size: action.size};
		}

		case 'message': {
			return {...state, message: action.message};
		}
	}
};
