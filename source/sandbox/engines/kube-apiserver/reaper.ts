import {spawn} from 'node:child_process';

/**
Kills the processes it was told of and removes a directory as soon as this process is gone, however it went: its
standard input closes even after SIGKILL.
*/
export type Reaper = Readonly<{
	watch(pid: number): void;
	forget(pid: number): void;
	/**
	To be called when nothing is left to kill.
	*/
	dismiss(): void;
}>;

// Deaf to what a terminal sends to its whole group: it must outlive this process.
const script = `
trap '' HUP INT TERM
pids=
while read -r verb pid; do
	rest=
	for known in $pids; do [ "$known" = "$pid" ] || rest="$rest $known"; done
	pids=$rest
	[ "$verb" = watch ] && pids="$pids $pid"
done
[ -n "$pids" ] && kill -9 $pids 2>/dev/null
rm -rf "$1" 2>/dev/null || { sleep 1; rm -rf "$1"; }
`;

export const startReaper = (directory: string): Reaper => {
	const child = spawn('/bin/sh', ['-c', script, 'reaper', directory], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	// A reaper that died cannot be told anything more; the ordinary stop still cleans up.
	child.stdin.on('error', () => undefined);
	child.on('error', () => undefined);
	child.unref();
	const tell = (verb: string, pid: number) => {
		child.stdin.write(`${verb} ${pid}\n`);
	};

	return {
		watch(pid) {
			tell('watch', pid);
		},
		forget(pid) {
			tell('forget', pid);
		},
		dismiss() {
			child.stdin.end();
		},
	};
};
