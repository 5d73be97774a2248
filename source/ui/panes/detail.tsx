import {type ReactElement} from 'react';
import {sanitize} from '../../core/sanitize.js';
import {Lines} from '../components/lines.js';
import {useExplorer} from '../context.js';
import {describeShortly} from '../documents/describe.js';
import {type AnyRow} from '../explorer.js';
import {line, paintLine, wrapLine} from '../line.js';
import {titleLine} from './pane-title.js';

/**
What the selected row is, beside or under the lists.
*/
export const Detail = ({
	row,
	now,
	width,
	height,
}: {
	readonly row: AnyRow | undefined;
	readonly now: number;
	readonly width: number;
	readonly height: number;
}): ReactElement => {
	const {explorer, theme} = useExplorer();
	const lines = row
		? describeShortly(row, {world: explorer.world, now})
		: [line('Nothing is selected.', 'dim')];
	// A first blank line would only repeat the title's rule.
	const body = lines[0]?.every(({text}) => text === '')
		? lines.slice(1)
		: lines;
	const room = height - 1;
	const wrapped = body.flatMap((spans) => wrapLine(spans, width - 2));
	const cut =
		wrapped.length > room
			? [
					...wrapped.slice(0, room - 1),
					line(`… ${wrapped.length - room + 1} more lines: d`, 'dim'),
				]
			: wrapped;
	return (
		<Lines
			lines={[
				titleLine(
					{
						digit: '',
						name: row
							? sanitize(
									`${row.kind} ${row.metadata.namespace === '' ? '' : `${row.metadata.namespace}/`}${row.metadata.name}`,
								)
							: 'Detail',
						notes: [],
						end: undefined,
						isFocused: false,
					},
					width,
					theme,
				),
				...cut.map((spans) => ` ${paintLine(spans, width - 1, theme)}`),
			]}
			width={width}
			height={height}
		/>
	);
};
