/**
One flag: the single place from which its parsing, its help, its completion and the nearest-match of typing errors come.
*/
export type FlagSpec = {
	/**
	Long name, without dashes.
	*/
	readonly name: string;
	readonly short?: string;
	/**
	`optional`: text that may be left out (`--sandbox[=SCENARIO]`), empty then.
	*/
	readonly type: 'boolean' | 'text' | 'texts' | 'optional';
	/**
	What stands for the value in help.
	*/
	readonly value?: string;
	readonly choices?: readonly string[];
	/**
	Commands that take it; `explore` is the explorer. Absent: all of them.
	*/
	readonly commands?: readonly string[];
	readonly group: 'connection' | 'input' | 'output' | 'selection' | 'behaviour';
	/**
	One line, lower case, no full stop.
	*/
	readonly help: string;
};

/**
Commands that read a cluster or saved objects.
*/
export const reading = [
	'explore',
	'get',
	'diagnose',
	'explain',
	'plan',
	'reconcile',
	'admit',
	'simulate',
	'fix',
	'record',
] as const;

/**
Commands that also work on saved objects.
*/
export const offline = [
	'explore',
	'get',
	'diagnose',
	'explain',
	'plan',
	'admit',
	'simulate',
	'fix',
] as const;
