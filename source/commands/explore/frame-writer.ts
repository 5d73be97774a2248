import {Writable} from 'node:stream';

/**
The part of a terminal that frames are written to.
*/
export type Terminal = Writable & {
	readonly isTTY?: boolean;
	readonly columns?: number;
	readonly rows?: number;
};

const escape = '\u{1B}[';
const beginSynchronized = `${escape}?2026h`;
const endSynchronized = `${escape}?2026l`;

/* eslint-disable no-control-regex, regexp/no-control-character -- Control sequences are what is told apart here. */

/**
What Ink writes before a frame to take away the one before: erase line, cursor up, cursor to column one; or home and erase below.
*/
const takeAway =
	/^(?:\u{1B}\[2K|\u{1B}\[1A|\u{1B}\[G|\u{1B}\[1;1H|\u{1B}\[H|\u{1B}\[J|\u{1B}\[0J)+/v;

const synchronized = /\u{1B}\[\?2026[hl]/gv;

const controlsOnly = /^(?:\u{1B}\[[<=>?]?[\d;]*[A-Za-z])*$/v;

const styling = /\u{1B}\[[\d;]*m/gv;

/* eslint-enable no-control-regex, regexp/no-control-character */

/**
Stands between Ink and the terminal. Ink writes each frame whole; this writes only the lines that differ from what the terminal shows, in one synchronized write.

Ink's own incremental mode looks at every grapheme of a changed line, which doubles the cost of a scrolled page; comparing whole lines costs next to nothing. Frames that come while the terminal is still busy replace each other: a slow line shows the newest, not the backlog. Everything that is no frame (alternate screen, cursor, bracketed paste) passes through as it is.
*/
export class FrameWriter extends Writable {
	readonly #terminal: Terminal;
	#shown: readonly string[] | undefined;
	#frame: readonly string[] = [];
	#isPending = false;

	readonly #take = (text: string): void => {
		const rest = text.replace(takeAway, '');
		if (rest === '') {
			if (text !== '') {
				this.forget();
			}

			return;
		}

		if (controlsOnly.test(rest)) {
			this.forget();
			this.#terminal.write(rest);
			return;
		}

		const lines = rest.split('\n');
		// Ink ends frames that do not fill the window with a line break.
		this.#frame = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
		this.#paint();
	};

	readonly #paint = (): void => {
		if (this.#terminal.writableNeedDrain) {
			this.#isPending = true;
			return;
		}

		this.#isPending = false;
		const lines = this.#frame.slice(0, this.rows);
		const shown = this.#shown;
		let changed = '';
		for (const [index, line] of lines.entries()) {
			if (shown?.[index] !== line) {
				changed += `${escape}${index + 1};1H${escape}K${line}`;
			}
		}

		if (shown === undefined || shown.length > lines.length) {
			const below =
				lines.length < this.rows
					? `${escape}${lines.length + 1};1H${escape}J`
					: '';
			changed += below;
		}

		this.#shown = lines;
		if (changed !== '') {
			this.#terminal.write(beginSynchronized + changed + endSynchronized);
		}
	};

	readonly #resized = (): void => {
		this.forget();
		this.emit('resize');
	};

	readonly #drained = (): void => {
		if (this.#isPending) {
			this.#paint();
		}
	};

	constructor(terminal: Terminal) {
		super({decodeStrings: false});
		this.#terminal = terminal;
		terminal.on('resize', this.#resized);
		terminal.on('drain', this.#drained);
	}

	get isTTY(): boolean {
		return this.#terminal.isTTY === true;
	}

	get columns(): number {
		return this.#terminal.columns ?? 80;
	}

	get rows(): number {
		return this.#terminal.rows ?? 24;
	}

	/**
	Paints everything anew.
	*/
	repaint(): void {
		this.forget();
		this.#paint();
	}

	/**
	Forgets what the terminal shows: the next frame is painted whole.
	*/
	forget(): void {
		this.#shown = undefined;
	}

	/**
	The text of the last frame, without colours.
	*/
	text(): string {
		return `${this.#frame.map((line) => line.replaceAll(styling, '')).join('\n')}\n`;
	}

	override _write(
		chunk: string,
		_encoding: BufferEncoding,
		callback: (error?: Error) => void,
	): void {
		this.#take(chunk.replaceAll(synchronized, ''));
		callback();
	}

	override _final(callback: (error?: Error) => void): void {
		this.#terminal.off('resize', this.#resized);
		this.#terminal.off('drain', this.#drained);
		callback();
	}
}
