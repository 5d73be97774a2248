import {type CommandSpec} from './command.js';
import {flagSpecs, flagsOf, type FlagSpec} from './flags.js';
import {nearest} from './nearest.js';

/**
A command line that makes sense. `canonical` holds every flag as `--name=value`, so that nothing is left to guess.
*/
export type ParsedArguments = {
	/**
	`explore` when no command is named.
	*/
	readonly command: string;
	readonly args: readonly string[];
	readonly canonical: readonly string[];
};

export type ParseResult =
	| {readonly isOk: true; readonly value: ParsedArguments}
	| {readonly isOk: false; readonly message: string};

/**
The command that runs when none is named.
*/
export const defaultCommand = 'explore';

const byName = new Map<string, FlagSpec>(
	flagSpecs.map((spec) => [spec.name, spec]),
);

const byShort = new Map<string, FlagSpec>(
	flagSpecs.flatMap((spec: FlagSpec) =>
		spec.short === undefined ? [] : [[spec.short, spec] as const],
	),
);

/**
What is wrong with a command line; thrown only within this file.
*/
class UsageError extends Error {}

const given = (name: string, value: string | undefined): string => {
	const spec = byName.get(name);
	return value === undefined || spec === undefined
		? `--${name}`
		: `--${name}=${value}`;
};

const unknownFlag = (flag: string, name: string): UsageError => {
	const meant = name === '' ? undefined : nearest(name, byName.keys());
	return new UsageError(
		`There is no flag ${flag}${meant === undefined ? '.' : `: did you mean --${meant}?`}`,
	);
};

const checkValue = (spec: FlagSpec, value: string): void => {
	if (spec.choices === undefined || spec.choices.includes(value)) {
		return;
	}

	const meant = nearest(value, spec.choices);
	throw new UsageError(
		`--${spec.name} takes ${spec.choices.join(', ')}, not "${value}"${meant === undefined ? '.' : `: did you mean ${meant}?`}`,
	);
};

/**
As kubectl reads them, whatever their case.
*/
const booleans: ReadonlyMap<string, string> = new Map([
	['true', 'true'],
	['t', 'true'],
	['1', 'true'],
	['false', 'false'],
	['f', 'false'],
	['0', 'false'],
]);

/**
Reads one argument list from left to right.
*/
const createReader = (argv: readonly string[]) => {
	const canonical = new Map<string, string[]>();
	const words: string[] = [];
	let index = 0;

	const set = (spec: FlagSpec, value: string): void => {
		if (spec.type === 'text' && spec.choices === undefined && value === '') {
			// As with kubectl: the `--context "$CONTEXT"` of a script may have nothing in it.
			canonical.delete(spec.name);
			return;
		}

		if (spec.type !== 'boolean') {
			checkValue(spec, value);
		}

		const flag = given(spec.name, value);
		const earlier = canonical.get(spec.name);
		// As with kubectl, the last one counts where only one may.
		canonical.set(
			spec.name,
			spec.type === 'texts' ? [...(earlier ?? []), flag] : [flag],
		);
	};

	const next = (spec: FlagSpec, flag: string): string => {
		index++;
		const value = argv[index];
		if (value === undefined) {
			throw new UsageError(
				`${flag} needs a value: ${flag} ${spec.value ?? 'VALUE'}.`,
			);
		}

		return value;
	};

	const setTruth = (
		spec: FlagSpec,
		flag: string,
		value: string | undefined,
	): void => {
		const truth = booleans.get((value ?? 'true').toLowerCase());
		if (truth === undefined) {
			throw new UsageError(
				`${flag} is either given or not: it takes no value but true or false.`,
			);
		}

		set(spec, truth);
	};

	const readLong = (argument: string): void => {
		const equals = argument.indexOf('=');
		const name = argument.slice(2, equals === -1 ? undefined : equals);
		const value = equals === -1 ? undefined : argument.slice(equals + 1);
		const spec = byName.get(name);
		if (spec === undefined) {
			throw unknownFlag(`--${name}`, name);
		}

		if (spec.type === 'boolean') {
			setTruth(spec, `--${name}`, value);
		} else if (spec.type === 'optional') {
			set(spec, value ?? '');
		} else {
			set(spec, value ?? next(spec, `--${name}`));
		}
	};

	const readShorts = (argument: string): void => {
		for (let place = 1; place < argument.length; place++) {
			const letter = argument[place]!;
			const spec = byShort.get(letter);
			if (spec === undefined) {
				// `-watch` is a long flag with a dash too few.
				throw unknownFlag(
					`-${letter}`,
					argument.length > 3 ? argument.slice(1) : '',
				);
			}

			if (spec.type === 'boolean') {
				if (argument[place + 1] === '=') {
					setTruth(spec, `-${letter}`, argument.slice(place + 2));
					return;
				}

				set(spec, 'true');
				continue;
			}

			const rest = argument.slice(place + 1).replace(/^=/v, '');
			set(spec, rest === '' ? next(spec, `-${letter}`) : rest);
			return;
		}
	};

	return {
		read(): {words: readonly string[]; canonical: typeof canonical} {
			for (; index < argv.length; index++) {
				const argument = argv[index]!;
				if (argument === '--') {
					words.push(...argv.slice(index + 1));
					break;
				}

				if (argument.startsWith('--')) {
					readLong(argument);
				} else if (argument !== '-' && argument.startsWith('-')) {
					readShorts(argument);
				} else {
					words.push(argument);
				}
			}

			return {words, canonical};
		},
	};
};

const findCommand = (
	words: readonly string[],
	specs: readonly CommandSpec[],
): {spec: CommandSpec; args: readonly string[]} => {
	const [word = defaultCommand, ...args] = words;
	const spec = specs.find(({name}) => name === word);
	if (spec) {
		return {spec, args};
	}

	if (words.length === 0) {
		throw new UsageError('The explorer is not part of this build.');
	}

	const meant = nearest(
		word,
		specs.map(({name}) => name),
	);
	// A person who types "liqoscope pods" means "liqoscope get pods".
	const owner = specs.find(({words: known}) => known?.includes(word));
	const suggestion = owner === undefined ? meant : `${owner.name} ${word}`;
	throw new UsageError(
		`There is no command "${word}"${suggestion === undefined ? '.' : `: did you mean "${suggestion}"?`}`,
	);
};

const checkArguments = (
	{name, usage, words, count}: CommandSpec,
	args: readonly string[],
): void => {
	const [least, most] = count ?? [0, 0];
	const form = usage === undefined ? '' : ` ${usage}`;
	if (args.length < least) {
		throw new UsageError(`"${name}" needs an argument: ${name}${form}.`);
	}

	if (args.length > most) {
		throw new UsageError(
			most === 0
				? `"${name}" takes no arguments, but got "${args[0]}".`
				: `"${name}" takes ${name}${form}, but got "${args[most]}" as well.`,
		);
	}

	const [first] = args;
	if (words === undefined || first === undefined || words.includes(first)) {
		return;
	}

	const meant = nearest(first, words);
	throw new UsageError(
		`"${name}" takes ${words.join(', ')}, not "${first}"${meant === undefined ? '.' : `: did you mean ${meant}?`}`,
	);
};

/**
Makes sense of a command line, or says in one sentence why it makes none and what is nearest to it.
*/
export const parseArguments = (
	argv: readonly string[],
	specs: readonly CommandSpec[],
): ParseResult => {
	try {
		const {words, canonical} = createReader(argv).read();
		if (words.length === 0 && canonical.has('version')) {
			return {isOk: true, value: {command: 'version', args: [], canonical: []}};
		}

		if (canonical.has('help')) {
			const name = words.find((word) =>
				specs.some((candidate) => candidate.name === word),
			);
			return {
				isOk: true,
				value: {
					command: 'help',
					args: name === undefined ? [] : [name],
					canonical: [],
				},
			};
		}

		const {spec, args} = findCommand(words, specs);
		const accepted = new Set(flagsOf(spec.name).map(({name}) => name));
		for (const flag of canonical.keys()) {
			if (!accepted.has(flag)) {
				const takers = byName.get(flag)?.commands ?? [];
				throw new UsageError(
					`${spec.name === defaultCommand ? 'The explorer' : `"${spec.name}"`} takes no --${flag}: it belongs to ${takers.map((taker) => (taker === defaultCommand ? 'the explorer' : `"${taker}"`)).join(', ')}.`,
				);
			}
		}

		checkArguments(spec, args);
		return {
			isOk: true,
			value: {
				command: spec.name,
				args,
				canonical: canonical.values().toArray().flat(),
			},
		};
	} catch (error) {
		if (error instanceof UsageError) {
			return {isOk: false, message: error.message};
		}

		throw error;
	}
};
