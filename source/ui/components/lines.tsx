import {Box, Text, useIsScreenReaderEnabled} from 'ink';
import {memo, type ReactElement} from 'react';
import {readable} from '../readable.js';

const Row = memo(({text}: {readonly text: string}): ReactElement => (
	<Text wrap="truncate">{text}</Text>
));
Row.displayName = 'Row';

/**
Lines that are already padded and painted, one `<Text>` each: what did not change costs nothing in React. A screen reader gets only those that say something.
*/
export const Lines = ({
	lines,
	width,
	height,
}: {
	readonly lines: readonly string[];
	readonly width: number;
	readonly height: number;
}): ReactElement => {
	const isRead = useIsScreenReaderEnabled();
	const visible = lines.slice(0, height);
	const shown = isRead
		? visible.flatMap((text) => readable(text) ?? [])
		: visible;
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0}>
			{shown.map((text, index) => (
				// Lines have no identity but their place.
				<Row key={index} text={text} />
			))}
		</Box>
	);
};
