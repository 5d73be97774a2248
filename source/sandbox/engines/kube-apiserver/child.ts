import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {ControlPlaneError} from './control-plane-error.js';
import type {Reaper} from './reaper.js';

/**
A server process whose output goes to a file.
*/
export type Child = Readonly<{
	name: string;
	pid: number;
	logFile: string;
	/**
	Settles when the process has ended.
	*/
	exited: Promise<void>;
	hasExited(): boolean;
	/**
	The last lines it wrote.
	*/
	lastWords(): string;
	/**
	`SIGSTOP` and `SIGCONT` freeze and thaw it.
	*/
	signal(signal: NodeJS.Signals): void;
	/**
	Asks with `signal`, then insists with SIGKILL after `patience` milliseconds.
	*/
	stop(signal?: NodeJS.Signals, patience?: number): Promise<void>;
}>;

export type ChildOptions = Readonly<{
	name: string;
	/**
	Path of the binary.
	*/
	file: string;
	parameters: readonly string[];
	/**
	Where its log goes, as `<name>.log`.
	*/
	directory: string;
	reaper: Reaper;
}>;

const readLastLines = (file: string): string => {
	const text = fs.readFileSync(file, 'utf8').trimEnd();
	return text.split('\n').slice(-5).join('\n');
};

/**
Starts a server process in a process group of its own, so that a ctrl-c meant for this program does not end it first.

@throws ControlPlaneError when the file cannot be executed.
*/
export const startChild = async (options: ChildOptions): Promise<Child> => {
	const {name, file, reaper} = options;
	const logFile = path.join(options.directory, `${name}.log`);
	const log = fs.openSync(logFile, 'a');
	const child = spawn(file, options.parameters, {
		cwd: options.directory,
		detached: true,
		stdio: ['ignore', log, log],
	});
	fs.closeSync(log);
	let isOver = false;
	const exited = new Promise<void>((resolve) => {
		child.once('exit', () => {
			isOver = true;
			reaper.forget(child.pid ?? 0);
			resolve();
		});
	});
	await new Promise<void>((resolve, reject) => {
		child.once('spawn', resolve);
		child.once('error', (error) => {
			reject(
				new ControlPlaneError(`Cannot execute ${file}: ${error.message}.`),
			);
		});
	});
	const pid = child.pid ?? 0;
	reaper.watch(pid);
	const signal = (what: NodeJS.Signals) => {
		child.kill(what);
	};

	return {
		name,
		pid,
		logFile,
		exited,
		signal,
		hasExited: () => isOver,
		lastWords: () => readLastLines(logFile),
		async stop(what = 'SIGTERM', patience = 4000) {
			if (isOver) {
				return;
			}

			const insist = setTimeout(signal, patience, 'SIGKILL');
			signal(what);
			await exited;
			clearTimeout(insist);
		},
	};
};
