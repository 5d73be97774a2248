import {type CommandSpec, type RunCommand} from './command.js';
import {exitCodes} from './exit-code.js';
import {flagsOf, type FlagSpec} from './flags.js';
import {defaultCommand} from './parse-arguments.js';

const named = (commands: readonly CommandSpec[]): readonly CommandSpec[] =>
	commands.filter(({name}) => name !== defaultCommand);

const longForms = (flags: readonly FlagSpec[]): readonly string[] =>
	flags.flatMap(({name, short}) => [
		`--${name}`,
		...(short === undefined ? [] : [`-${short}`]),
	]);

const hasValue = ({type}: FlagSpec): boolean =>
	type === 'text' || type === 'texts';

const valueFlags = (commands: readonly CommandSpec[]): readonly FlagSpec[] => {
	const flags = new Map<string, FlagSpec>();
	for (const {name} of commands) {
		for (const flag of flagsOf(name)) {
			flags.set(flag.name, flag);
		}
	}

	for (const flag of flagsOf(defaultCommand)) {
		flags.set(flag.name, flag);
	}

	return flags
		.values()
		.filter((flag) => hasValue(flag))
		.toArray();
};

const outputForms = ['text', 'wide', 'json', 'yaml', 'name'];

const choicesOf = ({name, choices}: FlagSpec): readonly string[] | undefined =>
	name === 'output' ? outputForms : choices;

const isFile = ({value = ''}: FlagSpec): boolean =>
	['FILE', 'PATH'].includes(value);

const bash = (commands: readonly CommandSpec[]): string => {
	const cases = commands.map(
		({name, words = []}) =>
			`\t\t${name}) words="${[...words, ...longForms(flagsOf(name))].join(' ')}" ;;`,
	);
	const values = valueFlags([...commands]);
	const files = longForms(values.filter((flag) => isFile(flag)));
	const choices = values.flatMap((flag) => {
		const known = choicesOf(flag);
		return known
			? [
					`\t\t${longForms([flag]).join('|')}) COMPREPLY=($(compgen -W "${known.join(' ')}" -- "$current")); return ;;`,
				]
			: [];
	});
	const others = longForms(
		values.filter((flag) => !isFile(flag) && !choicesOf(flag)),
	);
	return `# bash completion for liqoscope
_liqoscope() {
	local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" words word
	COMPREPLY=()
	case "$previous" in
		${files.join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
${choices.join('\n')}
		${others.join('|')}) return ;;
	esac
	for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case "$word" in
			${named(commands)
				.map(({name}) => name)
				.join('|')}) command="$word"; break ;;
		esac
	done
	case "$command" in
${cases.join('\n')}
		*) words="${[...named(commands).map(({name}) => name), ...longForms(flagsOf(defaultCommand))].join(' ')}" ;;
	esac
	COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _liqoscope liqoscope kubectl-liqoscope
`;
};

const quote = (text: string): string =>
	`'${text.replaceAll("'", String.raw`'\''`)}'`;

const zshFlag = (flag: FlagSpec): readonly string[] => {
	const help = flag.help.replaceAll(/[:\[\]]/gv, ' ');
	const known = choicesOf(flag);
	const value = hasValue(flag)
		? `:${(flag.value ?? 'VALUE').replaceAll(/[:\[\]]/gv, ' ')}:${isFile(flag) ? '_files' : known ? `(${known.join(' ')})` : ''}`
		: '';
	const repeat = flag.type === 'texts' ? '*' : '';
	return longForms([flag]).map((form) =>
		quote(
			`${repeat}${form}${hasValue(flag) && form.startsWith('--') ? '=' : ''}[${help}]${value}`,
		),
	);
};

const zshWords = (name: string, words: readonly string[]): string => {
	const known = [name, ...words].join(' ');
	return quote(words.length === 0 ? '*: :_default' : `*:${name}:(${known})`);
};

const zsh = (
	commands: readonly CommandSpec[],
): string => `#compdef liqoscope kubectl-liqoscope
# zsh completion for liqoscope
_liqoscope() {
	local -a commands
	commands=(
${named(commands)
	.map(({name, summary}) => `\t\t${quote(`${name}:${summary}`)}`)
	.join('\n')}
	)
	local command=""
	local word
	for word in \${words[2,CURRENT-1]}; do
		if (( \${commands[(I)$word:*]} )); then command=$word; break; fi
	done
	case $command in
${named(commands)
	.map(
		({name, words = []}) =>
			`\t\t${name}) _arguments ${[...flagsOf(name).flatMap((flag) => zshFlag(flag)), zshWords(name, words)].join(' ')} ;;`,
	)
	.join('\n')}
		*) _arguments ${flagsOf(defaultCommand)
			.flatMap((flag) => zshFlag(flag))
			.join(' ')} '1:command:{_describe command commands}' ;;
	esac
}
compdef _liqoscope liqoscope kubectl-liqoscope
`;

const fishFlag = (flag: FlagSpec, condition: string): string => {
	const known = choicesOf(flag);
	return [
		'complete -c liqoscope',
		condition,
		`-l ${flag.name}`,
		...(flag.short === undefined ? [] : [`-s ${flag.short}`]),
		...(hasValue(flag) ? ['-r'] : []),
		...(isFile(flag) ? ['-F'] : []),
		...(known ? [`-a ${quote(known.join(' '))}`] : []),
		`-d ${quote(flag.help)}`,
	].join(' ');
};

const fish = (commands: readonly CommandSpec[]): string => {
	const names = named(commands)
		.map(({name}) => name)
		.join(' ');
	return [
		'# fish completion for liqoscope',
		'complete -c liqoscope -f',
		...named(commands).flatMap(({name, summary, words = []}) => {
			const condition = `-n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
			return [
				`complete -c liqoscope -n ${quote(`not __fish_seen_subcommand_from ${names}`)} -a ${name} -d ${quote(summary)}`,
				...(words.length > 0
					? [`complete -c liqoscope ${condition} -a ${quote(words.join(' '))}`]
					: []),
				...flagsOf(name).map((flag) => fishFlag(flag, condition)),
			];
		}),
		...flagsOf(defaultCommand).map((flag) =>
			fishFlag(flag, `-n ${quote(`not __fish_seen_subcommand_from ${names}`)}`),
		),
		'',
	].join('\n');
};

/**
Prints a completion script made from the commands and the flag table.
*/
export const run: RunCommand = async ({args, commands, stdout}) => {
	const [shell] = args;
	stdout.write(
		shell === 'zsh'
			? zsh(commands)
			: shell === 'fish'
				? fish(commands)
				: bash(commands),
	);
	return exitCodes.fine;
};
