import {Box, Text} from 'ink';
import {memo, type ReactElement} from 'react';

const Row = memo(({text}: {readonly text: string}): ReactElement => (
	<Text wrap="truncate">{text}</Text>
));
Row.displayName = 'Row';

/**
Lines that are already padded and painted, one `<Text>` each: what did not change costs nothing in React.
*/
export const Lines = ({
	lines,
	width,
	height,
}: {
	readonly lines: readonly string[];
	readonly width: number;
	readonly height: number;
}): ReactElement => (
	<Box flexDirection="column" width={width} height={height} flexShrink={0}>
		{lines.slice(0, height).map((text, index) => (
			// Lines have no identity but their place.
			<Row key={index} text={text} />
		))}
	</Box>
);
