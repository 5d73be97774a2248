import {commandFlags} from './flags/command-flags.js';
import {type FlagSpec} from './flags/flag-spec.js';
import {reconcileFlags} from './flags/reconcile-flags.js';
import {sandboxFlags} from './flags/sandbox-flags.js';
import {sourceFlags} from './flags/source-flags.js';

export type {FlagSpec} from './flags/flag-spec.js';

/**
All flags of all commands.
*/
export const flagSpecs = [
	...sourceFlags,
	...commandFlags,
	...reconcileFlags,
	...sandboxFlags,
] as const;

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
	? `${Head}${Capitalize<CamelCase<Tail>>}`
	: Name;

type Spec = (typeof flagSpecs)[number];

type NamesOf<Type extends FlagSpec['type']> = CamelCase<
	Extract<Spec, {readonly type: Type}>['name']
>;

/**
The flags as given, in camel case. Text that was not given is absent, booleans are false, repeatable flags are empty lists.
*/
export type Flags = Readonly<Record<NamesOf<'boolean'>, boolean>> &
	Readonly<Partial<Record<NamesOf<'text' | 'optional'>, string>>> &
	Readonly<Record<NamesOf<'texts'>, readonly string[]>>;

/**
`as-user-extra` -> `asUserExtra`.
*/
export const camelCase = (name: string): string =>
	name.replaceAll(/-(?<letter>[a-z])/gv, (_match, letter: string) =>
		letter.toUpperCase(),
	);

/**
The flags that a command takes.
*/
export const flagsOf = (command: string): readonly FlagSpec[] =>
	flagSpecs.filter(
		(spec: FlagSpec) =>
			spec.commands === undefined || spec.commands.includes(command),
	);
