import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type CommandSpec} from '../../source/commands/command.js';
import {
	flagSpecs,
	flagsOf,
	type FlagSpec,
} from '../../source/commands/flags.js';
import {commandSpecs} from '../../source/commands/index.js';
import {parseArguments} from '../../source/commands/parse-arguments.js';

const load: CommandSpec['load'] = async () => ({run: async () => 0});

const specs: readonly CommandSpec[] = [
	{name: 'explore', summary: 'the explorer', load},
	{name: 'get', summary: 'rows', words: ['pods', 'maps'], count: [1, 1], load},
	{name: 'diagnose', summary: 'findings', count: [0, 9], load},
	{name: 'help', summary: 'help', count: [0, 1], load},
	{name: 'version', summary: 'version', load},
];

const parse = (line: string) =>
	parseArguments(line === '' ? [] : line.split(' '), specs);

describe('parseArguments', () => {
	it.each([
		['', 'explore', [], []],
		['--readonly', 'explore', [], ['--readonly=true']],
		['--sandbox', 'explore', [], ['--sandbox=']],
		['--sandbox=typo', 'explore', [], ['--sandbox=typo']],
		[
			'get pods -n shop -o wide',
			'get',
			['pods'],
			['--namespace=shop', '--output=wide'],
		],
		[
			'get pods -nshop -owide',
			'get',
			['pods'],
			['--namespace=shop', '--output=wide'],
		],
		[
			'get pods -n=shop --output=wide',
			'get',
			['pods'],
			['--namespace=shop', '--output=wide'],
		],
		[
			'-Aw get pods',
			'get',
			['pods'],
			['--all-namespaces=true', '--watch=true'],
		],
		[
			'get pods -Awn shop',
			'get',
			['pods'],
			['--all-namespaces=true', '--watch=true', '--namespace=shop'],
		],
		[
			'get pods -f - -f b.yaml',
			'get',
			['pods'],
			['--filename=-', '--filename=b.yaml'],
		],
		['get pods -n a -n b', 'get', ['pods'], ['--namespace=b']],
		['get pods --watch=false', 'get', ['pods'], ['--watch=false']],
		['get pods -w=False', 'get', ['pods'], ['--watch=false']],
		['get pods --context= -n=a -n ', 'get', ['pods'], []],
		['get pods -l a=b,c!=d', 'get', ['pods'], ['--selector=a=b,c!=d']],
		['diagnose -- -odd', 'diagnose', ['-odd'], []],
		['get pods --help', 'help', ['get'], []],
		['--help', 'help', [], []],
		['-h', 'help', [], []],
		['--version', 'version', [], []],
	])('understands "%s"', (line, command, args, canonical) => {
		expect(parse(line)).toEqual({
			isOk: true,
			value: {command, args, canonical},
		});
	});

	it.each([
		['gte pods', 'There is no command "gte": did you mean "get"?'],
		['pods', 'There is no command "pods": did you mean "get pods"?'],
		['xyzzy', 'There is no command "xyzzy".'],
		['get', '"get" needs an argument: get.'],
		['get pdos', '"get" takes pods, maps, not "pdos": did you mean pods?'],
		['get pods maps', '"get" takes get, but got "maps" as well.'],
		['version now', '"version" takes no arguments, but got "now".'],
		[
			'get pods --namspace shop',
			'There is no flag --namspace: did you mean --namespace?',
		],
		['get pods -x', 'There is no flag -x.'],
		['get pods -watch', 'There is no flag -a: did you mean --watch?'],
		['get pods -n', '-n needs a value: -n NAME.'],
		['get pods --output', '--output needs a value: --output FORM.'],
		[
			'get pods --watch=maybe',
			'--watch is either given or not: it takes no value but true or false.',
		],
		[
			'diagnose --fail-on wrning',
			'--fail-on takes info, warning, error, never, not "wrning": did you mean warning?',
		],
		[
			'diagnose --fail-on=',
			'--fail-on takes info, warning, error, never, not "".',
		],
		['diagnose --watch', '"diagnose" takes no --watch: it belongs to "get".'],
		[
			'get pods --reconcile',
			'"get" takes no --reconcile: it belongs to the explorer.',
		],
		[
			'--no-headers',
			'The explorer takes no --no-headers: it belongs to "get".',
		],
	])('refuses "%s"', (line, message) => {
		expect(parse(line)).toEqual({isOk: false, message});
	});

	it('never throws, whatever is typed', () => {
		const word = fc.oneof(
			fc.string(),
			fc.constantFrom(
				'get',
				'pods',
				'--',
				'-',
				'-n',
				'--output',
				'--output=',
				'--=',
				'---',
				'-=',
				'constructor',
				'--constructor',
				'--__proto__',
			),
		);
		fc.assert(
			fc.property(fc.array(word, {maxLength: 6}), (argv) => {
				const result = parseArguments(argv, specs);
				expect(result.isOk || result.message.length > 0).toBe(true);
			}),
		);
	});
});

describe('the flag table', () => {
	it('names no flag twice', () => {
		const names = flagSpecs.map(({name}) => name);
		const shorts = flagSpecs.flatMap((spec: FlagSpec) => spec.short ?? []);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(shorts).size).toBe(shorts.length);
	});

	it('gives every command help, and kubectl its own flags', () => {
		for (const {name} of commandSpecs) {
			expect(flagsOf(name).map((flag) => flag.name)).toContain('help');
			expect(flagsOf(name).map((flag) => flag.name)).toContain('kubeconfig');
		}
	});
});
