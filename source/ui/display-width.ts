/**
Widths in terminal columns, and cutting and padding by them. Text with control characters has to be sanitised before.
*/

/**
ASCII, and the lines, arrows and signs that the screens are drawn with: one column each, so that nothing has to be segmented.
*/
export const narrowOnly =
	/^[\u{20}-\u{7E}\u{B7}\u{BB}\u{2026}\u{2190}-\u{2193}\u{2500}-\u{257F}\u{2588}\u{2591}]*$/v;

let segmenter: Intl.Segmenter | undefined;

// Made when first needed: it takes as long as a frame.
const segments = (text: string): Iterable<{readonly segment: string}> => {
	segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
	return segmenter.segment(text);
};

/**
East Asian wide and fullwidth ranges, and the emoji that terminals draw two columns wide.
*/
const wide =
	/^[\u{1100}-\u{115F}\u{231A}\u{231B}\u{23E9}-\u{23EC}\u{23F0}\u{23F3}\u{25FD}\u{25FE}\u{2614}\u{2615}\u{2648}-\u{2653}\u{267F}\u{2693}\u{26A1}\u{26AA}\u{26AB}\u{26BD}\u{26BE}\u{26C4}\u{26C5}\u{26CE}\u{26D4}\u{26EA}\u{26F2}\u{26F3}\u{26F5}\u{26FA}\u{26FD}\u{2705}\u{270A}\u{270B}\u{2728}\u{274C}\u{274E}\u{2753}-\u{2755}\u{2757}\u{2795}-\u{2797}\u{27B0}\u{27BF}\u{2B1B}\u{2B1C}\u{2B50}\u{2B55}\u{2E80}-\u{303E}\u{3041}-\u{33FF}\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}\u{A000}-\u{A4CF}\u{A960}-\u{A97F}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF00}-\u{FF60}\u{FFE0}-\u{FFE6}\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{1F004}\u{1F0CF}\u{1F18E}\u{1F191}-\u{1F19A}\u{1F200}-\u{1F320}\u{1F32D}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F7E0}-\u{1F7EB}\u{1F90C}-\u{1F9FF}\u{1FA70}-\u{1FAFF}\u{20000}-\u{3FFFD}]/v;

const zeroWidth =
	/^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Mark}\p{Surrogate}]+$/v;

const graphemeWidth = (grapheme: string): number => {
	if (zeroWidth.test(grapheme)) {
		return 0;
	}

	return wide.test(grapheme) || grapheme.includes('\u{FE0F}') ? 2 : 1;
};

/**
Columns that a terminal uses for a text without control characters.
*/
export const displayWidth = (text: string): number => {
	if (narrowOnly.test(text)) {
		return text.length;
	}

	let width = 0;
	for (const {segment} of segments(text)) {
		width += graphemeWidth(segment);
	}

	return width;
};

/**
The text, cut to at most `width` columns; what is cut ends in `ellipsis` (one column).
*/
export const truncate = (
	text: string,
	width: number,
	ellipsis = '…',
): string => {
	if (width <= 0) {
		return '';
	}

	if (narrowOnly.test(text)) {
		return text.length <= width
			? text
			: `${text.slice(0, width - displayWidth(ellipsis))}${ellipsis}`;
	}

	if (displayWidth(text) <= width) {
		return text;
	}

	const limit = width - displayWidth(ellipsis);
	let result = '';
	let used = 0;
	for (const {segment} of segments(text)) {
		const next = graphemeWidth(segment);
		if (used + next > limit) {
			break;
		}

		result += segment;
		used += next;
	}

	return `${result}${ellipsis}`;
};

/**
The text, cut in the middle to at most `width` columns: its beginning and its end are left.
*/
export const truncateMiddle = (
	text: string,
	width: number,
	ellipsis = '…',
): string => {
	if (displayWidth(text) <= width || width < 5) {
		return truncate(text, width, ellipsis);
	}

	const tailRoom = Math.floor((width - displayWidth(ellipsis)) / 2);
	let tail = '';
	for (const {segment} of [...segments(text)].toReversed()) {
		if (displayWidth(segment + tail) > tailRoom) {
			break;
		}

		tail = segment + tail;
	}

	const head = truncate(text, width - displayWidth(tail), ellipsis);
	return head + tail;
};

/**
The text in exactly `width` columns: cut, or filled with spaces on the side away from `align`.
*/
export const fit = (
	text: string,
	width: number,
	align: 'left' | 'right' = 'left',
	ellipsis = '…',
): string => {
	const cut = truncate(text, width, ellipsis);
	const filling = ' '.repeat(Math.max(0, width - displayWidth(cut)));
	return align === 'left' ? cut + filling : filling + cut;
};

/**
A long word is broken after a comma, slash or dot, or before a bracket, where one is near the end.
*/
const untilJoint = (head: string): string => {
	const place = Math.max(
		head.lastIndexOf('.') + 1,
		head.lastIndexOf(',') + 1,
		head.lastIndexOf('/') + 1,
		head.lastIndexOf(':') + 1,
		head.lastIndexOf('['),
		head.lastIndexOf('{'),
	);
	return place > head.length / 2 ? head.slice(0, place) : head;
};

/**
Breaks a sentence into lines of at most `width` columns, at spaces where there are any.
*/
export const wrap = (text: string, width: number): readonly string[] => {
	const lines: string[] = [];
	for (const paragraph of text.split('\n')) {
		let line = '';
		for (const word of paragraph.split(' ')) {
			let rest = word;
			if (line !== '' && displayWidth(line) + 1 + displayWidth(rest) > width) {
				lines.push(line);
				line = '';
			}

			while (displayWidth(rest) > width) {
				const head = truncate(rest, width, '');
				const taken = head === '' ? rest.slice(0, 1) : untilJoint(head);
				lines.push(taken);
				rest = rest.slice(taken.length);
			}

			line = line === '' ? rest : `${line} ${rest}`;
		}

		lines.push(line);
	}

	return lines;
};
