import {type ReactElement} from 'react';
import {type Theme} from '../theme.js';
import {Lines} from './lines.js';

/**
A thin vertical line between two regions.
*/
export const Separator = ({
	height,
	theme,
}: {
	readonly height: number;
	readonly theme: Theme;
}): ReactElement => (
	<Lines
		lines={Array.from({length: height}, () =>
			theme.paint('dim', theme.symbols.vertical),
		)}
		width={1}
		height={height}
	/>
);
