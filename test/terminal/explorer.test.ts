/* eslint-disable no-control-regex, regexp/no-control-character, unicorn/prefer-unicode-code-point-escapes, require-unicode-regexp -- Escape sequences are what is looked for. */
import {execFile} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {type Pty, startPty} from '../helpers/pty.js';

const run = async (
	file: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv = process.env,
): Promise<{readonly stdout: string}> =>
	new Promise((resolve, reject) => {
		execFile(file, [...args], {env}, (error, stdout) => {
			if (error) {
				reject(new Error(error.message));
			} else {
				resolve({stdout});
			}
		});
	});
const root = path.resolve(import.meta.dirname, '../..');
const node = path.join(root, 'node_modules/.bin/node');
const objects = path.join(import.meta.dirname, 'objects.yaml');
const directory = fs.mkdtempSync(
	path.join(root, 'node_modules/.liqoscope-terminal-'),
);
const cli = path.join(directory, 'cli.js');

let pty: Pty | undefined;

beforeAll(async () => {
	await run(node, [path.join(root, 'scripts/build.ts'), directory]);
}, 120_000);

afterEach(() => {
	pty?.kill('SIGKILL');
	pty = undefined;
});

afterAll(() => {
	fs.rmSync(directory, {recursive: true, force: true});
});

const start = async (
	options: {
		readonly parameters?: readonly string[];
		readonly env?: Readonly<Record<string, string>>;
		readonly columns?: number;
		readonly rows?: number;
	} = {},
): Promise<Pty> => {
	const {parameters = [], env, columns = 100, rows = 30} = options;
	pty = startPty({
		file: node,
		parameters: [cli, '-f', objects, ...parameters],
		columns,
		rows,
		env: {LANG: 'C.UTF-8', ...env},
	});
	await pty.waitFor(
		'panes',
		(text) => text.includes('Offloadings') && text.includes('saved'),
	);
	return pty;
};

/**
Everything that was switched on was switched off again, in this order: paste, alternate screen, cursor.
*/
const expectRestored = (output: string) => {
	expect(output.lastIndexOf('\u{1B}[?1049l')).toBeGreaterThan(
		output.lastIndexOf('\u{1B}[?1049h'),
	);
	expect(output.lastIndexOf('\u{1B}[?25h')).toBeGreaterThan(
		output.lastIndexOf('\u{1B}[?25l'),
	);
	expect(output.lastIndexOf('\u{1B}[?2004l')).toBeGreaterThan(
		output.lastIndexOf('\u{1B}[?2004h'),
	);
};

describe('the terminal is restored', () => {
	test('after q and yes, with exit code 0', async () => {
		const screen = await start();
		screen.send('q');
		await screen.waitFor('question', (text) =>
			text.includes('Quit liqoscope?'),
		);
		screen.send('y');
		expect(await screen.exited).toMatchObject({code: 0});
		expectRestored(screen.output());
	});

	test('after :q, with exit code 0', async () => {
		const screen = await start();
		screen.send(':q\r');
		expect(await screen.exited).toMatchObject({code: 0});
		expectRestored(screen.output());
	});

	test('after ctrl-c, with exit code 130', async () => {
		const screen = await start();
		screen.send('\u{3}');
		expect(await screen.exited).toMatchObject({code: 130});
		expectRestored(screen.output());
	});

	for (const [signal, code] of [
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGINT', 130],
	] as const) {
		test(`after ${signal}, with exit code ${code}`, async () => {
			const screen = await start();
			screen.kill(signal);
			expect(await screen.exited).toMatchObject({code});
			expectRestored(screen.output());
		});
	}
});

describe('the window', () => {
	test('is repainted in its new size', async () => {
		const screen = await start({columns: 120, rows: 40});
		screen.resize(80, 24);
		await screen.waitFor(
			'two panes',
			(text) =>
				text.includes('NamespaceOffloading shop/offloading') &&
				!text.includes('2 Clusters  1'),
		);
		expect(screen.lines()[0]).toContain('saved objects');
		screen.resize(200, 60);
		await screen.waitFor(
			'four panes and the detail',
			(text) =>
				text.includes('4 Pods') &&
				text.includes('NamespaceOffloading shop/offloading'),
		);
		expect(screen.lines()).toHaveLength(60);
		expect(screen.lines()[0]).toContain('liqoscope');
	});

	test('says when it is too small', async () => {
		const screen = await start();
		screen.resize(40, 10);
		await screen.waitFor('too small', (text) =>
			text.includes('Too small: 40x10'),
		);
		screen.resize(100, 30);
		await screen.waitFor('panes again', (text) =>
			text.includes('1 Offloadings'),
		);
	});
});

test.each([
	['the colour of the background', '\u{1B}]11;rgb:0000/0000/0000\u{7}'],
	['the same, ended otherwise', '\u{1B}]11;rgb:0000/0000/0000\u{1B}\\'],
	['a setting', '\u{1B}P1$r0m\u{1B}\\'],
	['graphics', '\u{1B}_Gi=1;OK\u{1B}\\'],
	['what it is', '\u{1B}[?62;4c'],
])('what the terminal answers is no key: %s', async (_, answer) => {
	const screen = await start();
	// Order, filter and what the panes are narrowed to stand in their titles.
	const title = screen.lines()[1];
	screen.send(`${answer}?`);
	await screen.waitFor('the key after it', (text) => text.includes('Keys'));
	screen.send('q');
	await screen.waitFor('the panes', (text) => text.includes('1 Offloadings'));
	expect(screen.lines()[1]).toBe(title);
});

test('ctrl-c gets out of a paste that does not end', async () => {
	const screen = await start();
	screen.send('\u{1B}[200~half a');
	screen.send('\u{3}');
	expect(await screen.exited).toMatchObject({code: 130});
});

test('pasted text triggers no key', async () => {
	const screen = await start();
	screen.send('\u{1B}[200~q:quit\r\u{1B}[201~');
	screen.send('/');
	await screen.waitFor('filter', (text) => text.includes('regex'));
	screen.send('\u{1B}[200~sh\nop\u{1B}[201~');
	await screen.waitFor('pasted', (text) => text.includes('/sh op'));
});

test('keys typed at once are all taken', async () => {
	const screen = await start();
	screen.send('4/web\r');
	await screen.waitFor('filter', (text) => text.includes('/web'));
});

describe('colour', () => {
	const colour = /\u001B\[(?:3[1-7]|9\d)m/;

	test('is there', async () => {
		const screen = await start();
		expect(screen.output()).toMatch(colour);
	});

	test('is not there with NO_COLOR', async () => {
		const screen = await start({env: {NO_COLOR: '1'}});
		expect(screen.output()).not.toMatch(colour);
	});

	test('is not there with --no-color', async () => {
		const screen = await start({parameters: ['--no-color']});
		expect(screen.output()).not.toMatch(colour);
	});
});

test('--ascii writes nothing beyond ASCII', async () => {
	const screen = await start({parameters: ['--ascii']});
	expect(screen.output()).toMatch(/^[\u0000-\u007F]*$/);
});

test('TERM=dumb prints the panes as text', async () => {
	pty = startPty({
		file: '/bin/sh',
		parameters: ['-c', `TERM=dumb exec "${node}" "${cli}" -f "${objects}"`],
		columns: 100,
		rows: 40,
	});
	expect(await pty.exited).toMatchObject({code: 0});
	expect(pty.output()).toContain('NoClusterSelected');
	expect(pty.output()).not.toContain('\u{1B}[?1049h');
});

test('without a terminal the panes are printed as text', async () => {
	const {stdout} = await run(node, [cli, '-f', objects], {
		PATH: process.env.PATH,
	});
	expect(stdout).toMatchInlineSnapshot(`
		"OFFLOADINGS
		   NAMESPACE  PHASE              CLUSTERS  POD STRATEGY  AGE
		x  shop       NoClusterSelected  0/0 of 1  Remote        60s

		CLUSTERS
		   CLUSTER  NODE     READY  NS  PODS  LABELS
		+  eu-west  liqo-eu  yes    0   0     region=eu

		NAMESPACES
		   LOCAL  REMOTE NAME  eu-west
		   shop   shop-1f0c2d  -

		PODS
		   NAMESPACE  NAME            STATUS   NODE  CLUSTER  AGE  WHY
		x  shop       web-7d4f9-x2x1  Pending  -     -        0s   0/1 nodes are available
		"
	`);
});

test('-n narrows them there, too', async () => {
	const lists = async (...flags: string[]) => {
		const {stdout} = await run(node, [cli, '-f', objects, ...flags], {
			PATH: process.env.PATH,
		});
		return stdout;
	};

	expect(await lists('-n', 'elsewhere')).toBe(
		'OFFLOADINGS\n(none)\n\nCLUSTERS\n(none)\n\nNAMESPACES\n(none)\n\nPODS\n(none)\n',
	);
	const everything = await lists();
	expect(await lists('-n', 'elsewhere', '-A')).toBe(everything);
});

describe('stopped and continued', () => {
	const startInShell = async (): Promise<Pty> => {
		pty = startPty({
			file: '/bin/bash',
			parameters: ['--norc', '--noprofile', '-i'],
			columns: 100,
			rows: 30,
			env: {PS1: 'shell> ', HOME: os.tmpdir()},
		});
		await pty.waitFor('prompt', (text) => text.includes('shell>'));
		pty.send(`LANG=C.UTF-8 "${node}" "${cli}" -f "${objects}"\r`);
		await pty.waitFor('panes', (text) => text.includes('1 Offloadings'));
		return pty;
	};

	const continueAndQuit = async (screen: Pty) => {
		await screen.waitFor(
			'shell',
			(text) => text.includes('Stopped') && !text.includes('1 Offloadings'),
		);
		screen.send('fg\r');
		await screen.waitFor('panes again', (text) =>
			text.includes('1 Offloadings'),
		);
		screen.send('4');
		screen.send('\u{3}');
		await screen.waitFor(
			'shell again',
			(text) => !text.includes('1 Offloadings'),
		);
		screen.send('echo code=$?\r');
		await screen.waitFor('exit code', (text) => text.includes('code=130'));
	};

	test('by :suspend', async () => {
		const screen = await startInShell();
		screen.send(':suspend\r');
		await continueAndQuit(screen);
	});

	test('by SIGTSTP', async () => {
		const screen = await startInShell();
		const children = fs.readFileSync(
			`/proc/${screen.pid}/task/${screen.pid}/children`,
			'utf8',
		);
		process.kill(Number(children.trim().split(' ').at(-1)), 'SIGTSTP');
		await continueAndQuit(screen);
	});
});

test('opens narrowed to -n, on the view of -c', async () => {
	const screen = await start({parameters: ['-n', 'shop']});
	await screen.waitFor('narrowed', (text) => text.includes('in shop'));
	screen.send('\u0003');
	await screen.exited;
	pty = startPty({
		file: node,
		parameters: [cli, '-f', objects, '-c', 'matrix'],
		env: {LANG: 'C.UTF-8'},
	});
	await pty.waitFor('matrix', (text) => text.includes('Matrix'));
});
