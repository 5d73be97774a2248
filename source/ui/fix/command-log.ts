import {kubectlCommand} from '../../core/kubectl-command.js';
import {type MadeWrite} from '../../core/undo.js';
import {createRevision, type Revision} from '../revision.js';

export type LogEntry = MadeWrite & {
	/**
	Epoch milliseconds.
	*/
	readonly time: number;
	readonly command: string;
	/**
	The server's no, in its words; absent for a write that was taken.
	*/
	readonly problem: string | undefined;
	/**
	The same for all writes that were made in one go, and that are taken back in one.
	*/
	readonly group: number;
	/**
	What it takes back or does again; absent for a write that was wished for.
	*/
	readonly history?: History;
	readonly isUndone: boolean;
};

export type History = 'undo' | 'redo';

/**
Every write of ours, newest last.
*/
export type CommandLog = Revision & {
	entries(): readonly LogEntry[];
	add(entry: Omit<LogEntry, 'command' | 'isUndone'>): void;
	/**
	The newest writes that were taken and not undone, of one go.
	*/
	lastDone(): readonly LogEntry[];
	/**
	The newest writes that were undone, of one go.
	*/
	lastUndone(): readonly LogEntry[];
	/**
	Notes that the writes of a group were taken back, or made again.
	*/
	mark(group: number, history: History): void;
};

export const createCommandLog = (): CommandLog => {
	let entries: readonly LogEntry[] = [];
	const revision = createRevision();
	const change = (next: readonly LogEntry[]) => {
		entries = next;
		revision.advance();
	};

	const isOwn = ({problem, history}: LogEntry): boolean =>
		problem === undefined && history === undefined;
	// The last group by when it was turned, not by when it was first made.
	let turned: readonly number[] = [];
	const groupOf = (group: number | undefined): readonly LogEntry[] =>
		entries.filter((entry) => isOwn(entry) && entry.group === group);
	return {
		entries: () => entries,
		add(entry) {
			change([
				...entries,
				{...entry, command: kubectlCommand(entry.change), isUndone: false},
			]);
		},
		lastDone: () =>
			groupOf(
				entries.findLast((entry) => isOwn(entry) && !entry.isUndone)?.group,
			),
		lastUndone: () => groupOf(turned.at(-1)),
		mark(group, history) {
			const isUndone = history === 'undo';
			turned = turned.filter((one) => one !== group);
			if (isUndone) {
				turned = [...turned, group];
			}

			change(
				entries.map((entry) =>
					isOwn(entry) && entry.group === group ? {...entry, isUndone} : entry,
				),
			);
		},
		version: revision.version,
		subscribe: revision.subscribe,
	};
};
