import {documentLines, findMatch} from '../documents/document-lines.js';
import {type Explorer} from '../explorer.js';
import {findingOfDocument} from '../findings/row-findings.js';
import {openFix} from '../fix/fix-state.js';
import {type Line, lineText} from '../line.js';
import {canOpenSelector} from '../selector/selector-commands.js';
import {type Screen} from '../reducer/state.js';
import {namespaceOf} from '../namespace-of.js';
import {linesInScreen} from './geometry.js';
import {type Handlers, say} from './handlers.js';
import {moved, type Movement, movements} from './move.js';

type DocumentScreen = Extract<Screen, {kind: 'document'}>;

const onDocument =
	(
		act: (
			explorer: Explorer,
			screen: DocumentScreen,
			lines: readonly Line[],
		) => void,
	) =>
	(explorer: Explorer): void => {
		const screen = explorer.ui.state().screens.at(-1);
		if (screen?.kind === 'document') {
			act(explorer, screen, documentLines(explorer, screen.document, false));
		}
	};

const scroll = (
	{ui}: Explorer,
	screen: DocumentScreen,
	{top, count}: {readonly top: number; readonly count: number},
) => {
	const last = Math.max(0, count - linesInScreen(ui.state()));
	ui.dispatch({
		type: 'replace',
		screen: {...screen, top: Math.max(0, Math.min(last, top))},
	});
};

const scrollBy = (movement: Movement) =>
	onDocument((explorer, screen, lines) => {
		const height = linesInScreen(explorer.ui.state());
		const top = moved(movement, {
			index: screen.top,
			count: lines.length,
			height,
		});
		scroll(explorer, screen, {top, count: lines.length});
	});

const goToMatch = (step: 1 | -1) =>
	onDocument((explorer, screen, lines) => {
		if (screen.search === '') {
			say(explorer, 'Nothing is searched for; / searches.');
			return;
		}

		const found = findMatch(lines, screen.search, {
			from: screen.top + step,
			step,
		});
		if (found === -1) {
			say(explorer, `"${screen.search}" is not in here.`, 'warning');
			return;
		}

		scroll(explorer, screen, {top: found, count: lines.length});
	});

/**
Brings the first match at or below the top line into view, while it is being typed.
*/
export const showMatch = onDocument((explorer, screen, lines) => {
	const found =
		screen.search === ''
			? -1
			: findMatch(lines, screen.search, {from: screen.top, step: 1});
	if (found !== -1) {
		scroll(explorer, screen, {top: found, count: lines.length});
	}
});

/**
What commands do on text.
*/
export const documentCommands: Handlers = {
	...(Object.fromEntries(
		movements.map((movement) => [movement, scrollBy(movement)]),
	) as Handlers),
	search({ui}) {
		ui.dispatch({type: 'ask', kind: 'search', text: ''});
	},
	fix: onDocument((explorer, {document}) => {
		const finding = findingOfDocument(explorer, document);
		if (finding) {
			openFix(explorer, finding);
		} else {
			say(explorer, 'Nothing is known to be wrong with this.');
		}
	}),
	edit: onDocument((explorer, {document}) => {
		const target = 'target' in document ? document.target : undefined;
		const namespace = target ? namespaceOf(target) : '';
		if (!canOpenSelector(explorer, namespace)) {
			say(explorer, 'This is about no offloading.', 'warning');
		}
	}),
	'next-match': goToMatch(1),
	'previous-match': goToMatch(-1),
	'copy-text': onDocument((explorer, _screen, lines) => {
		const text = lines.map((spans) => lineText(spans)).join('\n');
		say(explorer, explorer.ports.copy(`${text}\n`));
	}),
};
