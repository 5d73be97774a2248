import {stringify} from 'yaml';
import {type JsonObject} from '../core/json.js';
import {sanitize} from '../core/sanitize.js';
import {displayWidth} from '../ui/display-width.js';
import {type Output} from './command.js';

/**
The apiVersion of every document that liqoscope prints.
*/
export const documentVersion = 'liqoscope/v1';

/**
Writes a document for programs. JSON and YAML escape control characters themselves.
*/
export const printDocument = (
	stdout: Output,
	form: 'json' | 'yaml',
	document: JsonObject,
): void => {
	// What is absent is left out in both forms.
	const json = JSON.stringify(document, undefined, 2);
	stdout.write(
		form === 'json' ? `${json}\n` : stringify(JSON.parse(json) as unknown),
	);
};

const empty = '-';

/**
Lines of a table as kubectl prints one: columns as wide as their widest cell, three spaces apart, nothing at the end of a line.
All text is made safe to print; an empty cell is a dash, so that the columns stay countable.
*/
export const formatTable = (
	titles: readonly string[] | undefined,
	rows: ReadonlyArray<readonly string[]>,
	{alignments = [], widths}: TableOptions = {},
): readonly string[] => {
	const cells = [...(titles ? [titles] : []), ...rows].map((row) =>
		row.map((cell) => (cell === '' ? empty : sanitize(cell))),
	);
	const measured: number[] = widths ?? [];
	for (const row of cells) {
		for (const [index, cell] of row.entries()) {
			measured[index] = Math.max(measured[index] ?? 0, displayWidth(cell));
		}
	}

	return cells.map((row) =>
		row
			.map((cell, index) => {
				const space = ' '.repeat((measured[index] ?? 0) - displayWidth(cell));
				return alignments[index] === 'right'
					? `${space}${cell}`
					: `${cell}${space}`;
			})
			.join(' '.repeat(3))
			.trimEnd(),
	);
};

export type TableOptions = {
	readonly alignments?: ReadonlyArray<'right' | undefined>;
	/**
	Widths kept from an earlier table, widened where needed, so that later lines stand below earlier ones.
	*/
	readonly widths?: number[];
};
