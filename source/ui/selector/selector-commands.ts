import {type SelectorTerm} from '../../core/model.js';
import {sanitize} from '../../core/sanitize.js';
import {expressionOperators} from '../../core/selector-errors.js';
import {type Handlers, say} from '../dispatch/handlers.js';
import {type Explorer} from '../explorer.js';
import {chooseOffer, giveSelector} from '../fix/fix-commands.js';
import {openFix} from '../fix/fix-state.js';
import {type KeyPress} from '../key-name.js';
import {type SelectorEdit} from '../reducer/state.js';
import {
	editField,
	emptyField,
	fieldWith,
	paste,
} from '../reducer/text-field.js';
import {
	parseRequirement,
	requirementAt,
	showRequirement,
	spotsOf,
	startEdit,
	withRequirement,
} from './selector-edit.js';
import {editWish} from './edit-wish.js';
import {canOpenStrategies} from './strategies.js';
import {completionsFor, previewSelector} from './selector-preview.js';

const current = ({ui}: Explorer): SelectorEdit | undefined => {
	const screen = ui.state().screens.at(-1);
	return screen?.kind === 'selector' ? screen.edit : undefined;
};

const change = (explorer: Explorer, part: Partial<SelectorEdit>) => {
	const edit = current(explorer);
	if (edit) {
		explorer.ui.dispatch({
			type: 'replace',
			screen: {kind: 'selector', edit: {...edit, ...part}},
		});
	}
};

/**
Opens the editor on a namespace's offloading; false when it has none.
*/
export const canOpenSelector = (
	{ui, world}: Explorer,
	namespace: string,
): boolean => {
	const edit = startEdit(world, namespace, false);
	if (!edit) {
		return false;
	}

	ui.dispatch({type: 'push', screen: {kind: 'selector', edit}});
	return true;
};

const setTerms = (
	explorer: Explorer,
	terms: readonly SelectorTerm[],
	cursor?: number,
) => {
	const edit = current(explorer)!;
	const last = Math.max(0, spotsOf(terms).length - 1);
	change(explorer, {
		terms,
		past: [...edit.past, edit.terms],
		cursor: Math.min(last, cursor ?? edit.cursor),
		typing: undefined,
	});
};

const spotOf = (edit: SelectorEdit) => spotsOf(edit.terms)[edit.cursor];

/**
A term that was made for a requirement that nobody wrote would select nothing.
*/
const leaveTyping = (
	explorer: Explorer,
	{typing, past, cursor}: SelectorEdit,
) => {
	const before = typing?.isOfNewTerm ? past.at(-1) : undefined;
	change(explorer, {
		typing: undefined,
		...(before && {
			terms: before,
			past: past.slice(0, -1),
			cursor: Math.max(0, cursor - 1),
		}),
	});
};

const finishTyping = (explorer: Explorer, edit: SelectorEdit) => {
	const requirement = parseRequirement(edit.typing?.field.text ?? '');
	if (!edit.typing || !requirement) {
		leaveTyping(explorer, edit);
		return;
	}

	const spot = spotOf(edit);
	const target = spot && edit.typing.isNew ? {...spot, index: -1} : spot;
	const terms = withRequirement(edit.terms, target, requirement);
	const added = spotsOf(terms).findLastIndex(
		(one) => one.term === (spot?.term ?? 0),
	);
	setTerms(explorer, terms, edit.typing.isNew ? added : edit.cursor);
};

const complete = (explorer: Explorer, edit: SelectorEdit) => {
	const text = edit.typing?.field.text ?? '';
	const last = text.split(/[\s,]/v).at(-1) ?? '';
	const words = completionsFor(text, explorer.world, explorer.ports.now());
	const found = words.find((word) => word.text !== last);
	if (!found || !edit.typing) {
		return;
	}

	const isValue = text.split(/[\s,]+/v).length > 2;
	const completed = `${text.slice(0, text.length - last.length)}${found.text}${isValue ? '' : ' '}`;
	change(explorer, {
		typing: {...edit.typing, field: fieldWith(completed)},
	});
};

/**
Gives a key to the requirement being typed. False when none is.
*/
export const isTakenBySelector = (
	explorer: Explorer,
	{name, text}: KeyPress,
): boolean => {
	const edit = current(explorer);
	if (!edit?.typing) {
		return false;
	}

	switch (name) {
		case 'escape': {
			leaveTyping(explorer, edit);

			break;
		}

		case 'enter': {
			finishTyping(explorer, edit);

			break;
		}

		case 'tab': {
			complete(explorer, edit);

			break;
		}

		default: {
			const field = editField(edit.typing.field, name, text);
			if (field) {
				change(explorer, {typing: {...edit.typing, field}});
			}
		}
	}

	return true;
};

/**
Pasted text goes into the requirement being typed. False when none is.
*/
export const isPastedIntoSelector = (
	explorer: Explorer,
	text: string,
): boolean => {
	const edit = current(explorer);
	if (!edit?.typing) {
		return false;
	}

	change(explorer, {
		typing: {...edit.typing, field: paste(edit.typing.field, text)},
	});
	return true;
};

const save = (explorer: Explorer) => {
	const edit = current(explorer)!;
	const {terms, namespace, isAnswer, saved} = edit;
	const {errors} = previewSelector(explorer.world, namespace, {
		terms,
		saved,
		now: explorer.ports.now(),
	});
	const [problem] = errors;
	if (problem !== undefined) {
		say(explorer, problem, 'error');
		return;
	}

	if (isAnswer) {
		giveSelector(explorer, terms);
		return;
	}

	const finding = editWish(explorer, namespace, {
		title: 'Edit the selector',
		message: 'You want another selector.',
		consequence: 'The namespace is offloaded to the clusters that it selects.',
		offers: [
			{
				remedy: 'set-selector',
				title: 'Save the selector',
				given: {selector: JSON.stringify(terms)},
			},
		],
	});
	explorer.ui.dispatch({type: 'pop'});
	openFix(explorer, finding);
	chooseOffer(explorer, 0);
};

const changeOperator = (explorer: Explorer, edit: SelectorEdit) => {
	const spot = spotOf(edit);
	const requirement = requirementAt(edit.terms, spot);
	if (!requirement) {
		return;
	}

	const operators: readonly string[] = expressionOperators;
	const index = operators.indexOf(requirement.operator);
	const operator = operators[(index + 1) % operators.length]!;
	setTerms(
		explorer,
		withRequirement(edit.terms, spot, {...requirement, operator}),
	);
};

const onEdit =
	(act: (explorer: Explorer, edit: SelectorEdit) => void) =>
	(explorer: Explorer): void => {
		const edit = current(explorer);
		if (edit) {
			act(explorer, edit);
		}
	};

const takeSuggestion = (place: number) =>
	onEdit((explorer, {terms, saved, namespace}) => {
		const {suggestions} = previewSelector(explorer.world, namespace, {
			terms,
			saved,
			now: explorer.ports.now(),
		});
		const taken = suggestions[place];
		if (taken) {
			setTerms(explorer, taken.selector.nodeSelectorTerms);
		} else {
			say(
				explorer,
				suggestions.length === 0
					? 'No small edit would select more.'
					: `There is no fix ${place + 1}.`,
			);
		}
	});

/**
What commands do in the selector editor.
*/
export const selectorCommands: Handlers = {
	down: onEdit((explorer, {cursor, terms}) => {
		const last = Math.max(0, spotsOf(terms).length - 1);
		change(explorer, {cursor: Math.min(last, cursor + 1)});
	}),
	up: onEdit((explorer, {cursor}) => {
		change(explorer, {cursor: Math.max(0, cursor - 1)});
	}),
	'next-column': onEdit((explorer, {namespace, terms, saved, column}) => {
		const {clusters} = previewSelector(explorer.world, namespace, {
			terms,
			saved,
			now: explorer.ports.now(),
		});
		change(explorer, {
			column: Math.min(Math.max(0, clusters.length - 1), column + 1),
		});
	}),
	'previous-column': onEdit((explorer, {column}) => {
		change(explorer, {column: Math.max(0, column - 1)});
	}),
	'add-requirement': onEdit((explorer) => {
		change(explorer, {typing: {field: emptyField, isNew: true}});
	}),
	'add-term': onEdit((explorer, edit) => {
		const terms = [...edit.terms, {matchExpressions: []}];
		setTerms(explorer, terms, spotsOf(terms).length - 1);
		change(explorer, {
			typing: {field: emptyField, isNew: true, isOfNewTerm: true},
		});
	}),
	'edit-requirement': onEdit((explorer, edit) => {
		const requirement = requirementAt(edit.terms, spotOf(edit));
		const text = requirement ? showRequirement(requirement) : '';
		change(explorer, {
			typing: {field: fieldWith(text), isNew: requirement === undefined},
		});
	}),
	'delete-requirement': onEdit((explorer, edit) => {
		setTerms(explorer, withRequirement(edit.terms, spotOf(edit), undefined));
	}),
	'next-operator': onEdit(changeOperator),
	'take-suggestion': takeSuggestion(0),
	'take-suggestion-2': takeSuggestion(1),
	'take-suggestion-3': takeSuggestion(2),
	'take-suggestion-4': takeSuggestion(3),
	'undo-edit': onEdit((explorer, {past}) => {
		const before = past.at(-1);
		if (before) {
			change(explorer, {terms: before, past: past.slice(0, -1), cursor: 0});
		} else {
			say(explorer, 'There is no edit to undo.');
		}
	}),
	'save-selector': onEdit(save),
	'edit-strategies': onEdit((explorer, {namespace}) => {
		if (!canOpenStrategies(explorer, namespace)) {
			say(
				explorer,
				`${sanitize(namespace)} is not offloaded any more.`,
				'warning',
			);
		}
	}),
};
