import {execFileSync} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

const root = path.dirname(path.dirname(import.meta.dirname));

/**
The suite drives the bundle that users get, built from what is here now.
*/
export const setup = (): void => {
	execFileSync(process.execPath, ['scripts/build.ts', '.cache/cluster-suite'], {
		cwd: root,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
};
