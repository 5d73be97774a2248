import {type ReactElement} from 'react';
import {Lines} from '../components/lines.js';
import {useExplorer, useUi} from '../context.js';
import {linesInScreen} from '../dispatch/geometry.js';
import {documentLines, documentTitle} from '../documents/document-lines.js';
import {useLook} from '../hooks/use-look.js';
import {type Line, lineText, paintLine} from '../line.js';
import {titleLine} from '../panes/pane-title.js';
import {type Screen} from '../reducer/state.js';
import {type Theme} from '../theme.js';
import {keyLine, statusLine} from './footer.js';

type Props = {readonly screen: Extract<Screen, {kind: 'document'}>};

/**
A found line stands out as a whole: what is searched for may reach over several tones.
*/
const paintFound = (
	spans: Line,
	search: string,
	width: number,
	theme: Theme,
): string =>
	search !== '' && lineText(spans).toLowerCase().includes(search.toLowerCase())
		? theme.paint('marked', paintLine([{text: lineText(spans)}], width, theme))
		: paintLine(spans, width, theme);

/**
Text to read: describe, YAML, events, help.
*/
export const DocumentScreen = ({screen}: Props): ReactElement => {
	const {explorer, theme, isAscii} = useExplorer();
	const state = useUi();
	const {width, height} = state.size;
	const {document, top, search} = screen;
	const {store, fetches, ticker} = explorer;
	const lines = useLook([store, fetches, ticker], () => {
		const value = documentLines(explorer, document, isAscii);
		return {
			value,
			text: value.map((spans) => lineText(spans)).join('\n'),
		};
	});
	const room = linesInScreen(state);
	const shown = lines.slice(top, top + room);
	const filling = Array.from({length: room - shown.length}, () =>
		' '.repeat(width),
	);
	const last = Math.min(lines.length, top + room);
	const position =
		lines.length > room
			? `${top + 1}-${last} of ${lines.length}`
			: `${lines.length} line${lines.length === 1 ? '' : 's'}`;
	return (
		<Lines
			lines={[
				titleLine(
					{
						digit: '',
						name: documentTitle(document),
						notes: search === '' ? [] : [`/${search}`],
						end: {text: position, tone: 'dim'},
						isFocused: true,
					},
					width,
					theme,
				),
				...shown.map(
					(spans) => ` ${paintFound(spans, search, width - 1, theme)}`,
				),
				...filling,
				statusLine(explorer, ' '.repeat(width), width, theme),
				keyLine(explorer, {
					width,
					theme,
					isAscii,
					idle: [
						...(lines.length > room ? [] : (['page-down'] as const)),
						...(search === '' ? (['next-match'] as const) : []),
					],
				}),
			]}
			width={width}
			height={height}
		/>
	);
};
