import {displayWidth} from '../display-width.js';
import {type Theme} from '../theme.js';

export type Hint = {readonly key: string; readonly text: string};

/**
Keys and what they do in one line; those that have no room are left out from the end, but the last one always stays.
*/
export const hintLine = (
	hints: readonly Hint[],
	width: number,
	theme: Theme,
): string => {
	const widthOf = ({key, text}: Hint): number =>
		displayWidth(key) + displayWidth(text) + 3;
	const last = hints.at(-1);
	let left = width - 1 - (last ? widthOf(last) : 0);
	const shown: Hint[] = [];
	for (const hint of hints.slice(0, -1)) {
		left -= widthOf(hint);
		if (left < 0) {
			break;
		}

		shown.push(hint);
	}

	const all = last ? [...shown, last] : shown;
	const text = all
		.map((hint) => `${theme.paint('key', hint.key)} ${hint.text}`)
		.join('  ');
	const used = all.reduce((total, hint) => total + widthOf(hint), 0);
	return ` ${text}${' '.repeat(Math.max(0, width - used + 1))}`;
};
