import {sanitize} from '../../core/sanitize.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export type LogFields = Readonly<
	Record<string, string | number | boolean | undefined>
>;

/**
Structured lines for machines and people alike: one line, one happening.
*/
export type Log = Readonly<
	Record<LogLevel, (message: string, fields?: LogFields) => void>
>;

export type LogFormat = 'json' | 'logfmt';

const ranks: Readonly<Record<LogLevel, number>> = {
	debug: 0,
	info: 1,
	warn: 2,
	error: 3,
};

const quote = (value: string | number | boolean): string => {
	const text = String(value);
	return /^[\w+\-.\/:@]+$/v.test(text) ? text : JSON.stringify(text);
};

const formats: Readonly<
	Record<
		LogFormat,
		(
			entries: ReadonlyArray<readonly [string, string | number | boolean]>,
		) => string
	>
> = {
	json: (entries) => JSON.stringify(Object.fromEntries(entries)),
	logfmt: (entries) =>
		entries.map(([key, value]) => `${key}=${quote(value)}`).join(' '),
};

/**
Writes lines of `level` and above. Control characters in what comes from clusters never reach the output.
*/
export const createLog = ({
	format,
	level,
	now,
	write,
}: {
	readonly format: LogFormat;
	readonly level: LogLevel;
	/**
	Epoch milliseconds.
	*/
	now(): number;
	write(line: string): void;
}): Log => {
	const emit = (
		lineLevel: LogLevel,
		message: string,
		fields: LogFields = {},
	): void => {
		if (ranks[lineLevel] < ranks[level]) {
			return;
		}

		const entries: Array<readonly [string, string | number | boolean]> = [
			['time', new Date(now()).toISOString()],
			['level', lineLevel],
			['msg', sanitize(message)],
		];
		for (const [key, value] of Object.entries(fields)) {
			if (value !== undefined) {
				entries.push([
					key,
					typeof value === 'string' ? sanitize(value) : value,
				]);
			}
		}

		write(`${formats[format](entries)}\n`);
	};

	return {
		debug(message, fields) {
			emit('debug', message, fields);
		},
		info(message, fields) {
			emit('info', message, fields);
		},
		warn(message, fields) {
			emit('warn', message, fields);
		},
		error(message, fields) {
			emit('error', message, fields);
		},
	};
};
