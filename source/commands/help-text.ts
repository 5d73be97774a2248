import {type CommandSpec} from './command.js';
import {flagsOf, type FlagSpec} from './flags.js';
import {defaultCommand} from './parse-arguments.js';

const groups: ReadonlyArray<readonly [FlagSpec['group'], string]> = [
	['selection', 'WHAT TO LOOK AT'],
	['input', 'SAVED OBJECTS INSTEAD OF A CLUSTER'],
	['output', 'OUTPUT'],
	['behaviour', 'BEHAVIOUR'],
	['connection', 'CONNECTION (as kubectl)'],
];

const flagForm = ({name, short, type, value = 'VALUE'}: FlagSpec): string => {
	const long =
		type === 'boolean'
			? `--${name}`
			: type === 'optional'
				? `--${name}[=${value}]`
				: `--${name} ${value}`;
	return `${short === undefined ? ' '.repeat(4) : `-${short}, `}${long}`;
};

const twoColumns = (
	rows: ReadonlyArray<readonly [string, string]>,
): readonly string[] => {
	const width = Math.min(38, Math.max(0, ...rows.map(([left]) => left.length)));
	return rows.map(([left, right]) =>
		left.length > width
			? `  ${left}\n  ${' '.repeat(width)}  ${right}`
			: `  ${left.padEnd(width)}  ${right}`,
	);
};

const flagLines = (flags: readonly FlagSpec[]): readonly string[] =>
	groups.flatMap(([group, title]) => {
		const members = flags.filter((spec) => spec.group === group);
		return members.length === 0
			? []
			: [
					'',
					title,
					...twoColumns(
						members.map((spec) => [
							flagForm(spec),
							spec.choices
								? `${spec.help}: ${spec.choices.join('|')}`
								: spec.help,
						]),
					),
				];
	});

const callOf = ({name, usage}: CommandSpec): string =>
	[
		...(name === defaultCommand ? [] : [name]),
		...(usage === undefined ? [] : [usage]),
	].join(' ');

const exitCodeLines = [
	'',
	'EXIT CODES',
	'  0 fine   1 findings, or an admission denied   2 bad usage or unreadable input',
	'  3 not connected or not permitted   4 timeout   70 a mistake in liqoscope itself',
];

/**
Help on the whole program.
*/
export const programHelp = (
	program: string,
	specs: readonly CommandSpec[],
): string =>
	[
		'Terminal explorer for Liqo namespace offloading.',
		'',
		'COMMANDS',
		...twoColumns(
			specs.map((spec) => [`${program} ${callOf(spec)}`.trim(), spec.summary]),
		),
		'',
		`"${program} help COMMAND" explains one command and lists its flags.`,
		...flagLines(flagsOf(defaultCommand)),
		...exitCodeLines,
		'',
	].join('\n');

/**
Help on one command.
*/
export const commandHelp = (program: string, spec: CommandSpec): string =>
	[
		`${program} ${callOf(spec)}`.trim(),
		'',
		`  ${spec.summary}`,
		...(spec.examples
			? ['', 'EXAMPLES', ...spec.examples.map((line) => `  ${program} ${line}`)]
			: []),
		...flagLines(flagsOf(spec.name)),
		'',
	].join('\n');
