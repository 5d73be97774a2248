import InkOutput from '../../node_modules/ink/build/output.js';
import {narrowOnly} from '../../source/ui/display-width.js';

type Operation =
	| {
			readonly type: 'write';
			readonly x: number;
			readonly y: number;
			readonly text: string;
			readonly transformers: ReadonlyArray<
				(line: string, index: number) => string
			>;
	  }
	| {readonly type: 'clip' | 'unclip'};

/**
One text on one row: a line, where it begins and how many cells it fills.
*/
type Segment = {
	readonly x: number;
	readonly line: string;
	readonly width: number;
};

type Kept = {operations: readonly Operation[]};

/* eslint-disable no-control-regex, regexp/no-control-character -- What styles a text begins with a control character. */
const styling = /\u{1B}\[[\d;]*m/gv;

/**
The last styling of a text takes one back: nothing of it reaches what comes after.
*/
const closedStyling =
	/\u{1B}\[(?:0?|2[2-9]|39|49|5[459])(?:;(?:2[2-9]|39|49|5[459]))*m[^\u{1B}]*$/v;
/* eslint-enable no-control-regex, regexp/no-control-character */

const segmentOf = (
	operation: Operation & {readonly type: 'write'},
): Segment | undefined => {
	let line = operation.text;
	for (const transform of operation.transformers) {
		line = transform(line, 0);
	}

	const isStyled = line.includes('\u{1B}');
	const plain = isStyled ? line.replaceAll(styling, '') : line;
	return narrowOnly.test(plain) && (!isStyled || closedStyling.test(line))
		? {x: operation.x, line, width: plain.length}
		: undefined;
};

/**
The row as text; undefined when its texts overlap or leave it.
*/
const joinRow = (
	segments: readonly Segment[],
	width: number,
): string | undefined => {
	let row = '';
	let filled = 0;
	for (const segment of segments) {
		const gap = segment.x - filled;
		if (!Number.isSafeInteger(gap) || gap < 0) {
			return undefined;
		}

		row += ' '.repeat(gap) + segment.line;
		filled = segment.x + segment.width;
	}

	return filled > width ? undefined : row.trimEnd();
};

/**
Ink takes each text of a frame apart into cells and puts the cells of each row together again. The texts of the explorer are
padded lines that stand side by side: their rows are the texts themselves, one after the other. Rows that are anything else (wide
characters, several lines in one text, texts over texts) are left to Ink, and so is a whole frame that clips.
*/
export default class Output extends InkOutput {
	override get(): {output: string; height: number} {
		const kept = this as unknown as Kept;
		const {operations} = kept;
		const rows = new Map<number, Segment[]>();
		const others = new Set<number>();
		for (const operation of operations) {
			if (operation.type !== 'write' || operation.text.includes('\n')) {
				return super.get();
			}

			const segment = segmentOf(operation);
			if (segment === undefined) {
				others.add(operation.y);
				continue;
			}

			const row = rows.get(operation.y);
			if (row === undefined) {
				rows.set(operation.y, [segment]);
			} else {
				row.push(segment);
			}
		}

		const lines = Array.from({length: this.height}, () => '');
		for (const [y, segments] of rows) {
			const row = others.has(y) ? undefined : joinRow(segments, this.width);
			if (row === undefined) {
				others.add(y);
			} else if (y in lines) {
				lines[y] = row;
			}
		}

		if (others.size > 0) {
			kept.operations = operations.filter(
				(operation) => operation.type === 'write' && others.has(operation.y),
			);
			const drawn = super.get().output.split('\n');
			kept.operations = operations;
			for (const y of others) {
				if (y in lines) {
					lines[y] = drawn[y] ?? '';
				}
			}
		}

		return {output: lines.join('\n'), height: this.height};
	}
}
