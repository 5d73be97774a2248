import {Box, Text} from 'ink';
import {type ReactElement} from 'react';
import {type Size, smallest} from '../layout.js';

/**
Shown while the window is too small for anything to be legible.
*/
export const TooSmall = ({size}: {readonly size: Size}): ReactElement => (
	<Box width={size.width} height={size.height} overflow="hidden">
		<Text>
			{`Too small: ${size.width}x${size.height}, needs ${smallest.width}x${smallest.height}. ctrl-c quits.`}
		</Text>
	</Box>
);
