import {memo, type ReactElement} from 'react';
import {sanitize} from '../../core/sanitize.js';
import {Lines} from '../components/lines.js';
import {useExplorer} from '../context.js';
import {describeShortly} from '../documents/describe.js';
import {type AnyRow, type Explorer, selectedRow} from '../explorer.js';
import {findingLines} from '../findings/finding-lines.js';
import {useLook} from '../hooks/use-look.js';
import {type Line, line, paintLine, wrapLine} from '../line.js';
import {type Theme} from '../theme.js';
import {objectText} from '../../core/object-text.js';
import {titleLine} from './pane-title.js';

const titleOf = ({kind, metadata}: AnyRow): string =>
	sanitize(objectText({kind, ...metadata}));

const isBlank = (spans: Line | undefined): boolean =>
	spans?.every(({text}) => text === '') === true;

const detailLines = (
	explorer: Explorer,
	{
		width,
		height,
		theme,
	}: {
		readonly width: number;
		readonly height: number;
		readonly theme: Theme;
	},
): readonly string[] => {
	const row = selectedRow(explorer);
	const described = row
		? [
				...findingLines(explorer, row),
				...describeShortly(row, {
					world: explorer.world,
					now: explorer.ports.now(),
				}),
			]
		: [line('Nothing is selected.', 'dim')];
	// A first blank line would only repeat the title's rule.
	const body = isBlank(described[0]) ? described.slice(1) : described;
	const lines = body.flatMap((spans) => wrapLine(spans, width - 2));
	const room = height - 1;
	const cut =
		lines.length > room
			? [
					...lines.slice(0, room - 1),
					line(`${lines.length - room + 1} more lines: d`, 'dim'),
				]
			: lines;
	const title = {
		digit: '',
		name: row ? titleOf(row) : 'Detail',
		notes: [],
		end: undefined,
		isFocused: false,
	};
	return [
		titleLine(title, width, theme),
		...cut.map((spans) => ` ${paintLine(spans, width - 1, theme)}`),
	];
};

/**
What the selected row is, beside or under the lists.
*/
export const Detail = memo(
	({
		width,
		height,
	}: {
		readonly width: number;
		readonly height: number;
	}): ReactElement => {
		const {explorer, theme} = useExplorer();
		const {store, ui, ticker, findings} = explorer;
		const lines = useLook([store, ui, ticker, findings], () => {
			const value = detailLines(explorer, {width, height, theme});
			return {value, text: value.join('\n')};
		});
		return <Lines lines={lines} width={width} height={height} />;
	},
);
Detail.displayName = 'Detail';
