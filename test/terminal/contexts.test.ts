import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {afterAll, afterEach, beforeAll, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {type Sandbox, startSandbox} from '../../source/sandbox/sandbox.js';
import {type Pty, startPty} from '../helpers/pty.js';

const root = path.resolve(import.meta.dirname, '../..');
const node = path.join(root, 'node_modules/.bin/node');
const directory = fs.mkdtempSync(
	path.join(root, 'node_modules/.liqoscope-contexts-'),
);
const kubeconfig = path.join(directory, 'kubeconfig');
const patience = 60_000;

type Entries = ReadonlyArray<{readonly name: string}>;

let sandbox: Sandbox;
let pty: Pty | undefined;

beforeAll(async () => {
	execFileSync(node, [path.join(root, 'scripts/build.ts'), directory]);
	sandbox = await startSandbox();
	const config = parse(sandbox.kubeconfig) as Record<string, Entries>;
	fs.writeFileSync(
		kubeconfig,
		stringify({
			...config,
			clusters: [
				...config.clusters!,
				{name: 'broken', cluster: {server: 'https://127.0.0.1:1'}},
			],
			users: config.users!.map((entry) =>
				entry.name === 'home' ? {name: 'home', user: {token: 'old'}} : entry,
			),
			contexts: [
				...config.contexts!,
				{name: 'broken', context: {cluster: 'broken', user: 'eu'}},
			],
		}),
	);
}, 120_000);

afterEach(() => {
	pty?.kill('SIGKILL');
	pty = undefined;
});

afterAll(async () => {
	await sandbox.stop();
	fs.rmSync(directory, {recursive: true, force: true});
});

const start = async (): Promise<Pty> => {
	pty = startPty({
		file: node,
		parameters: [
			path.join(directory, 'cli.js'),
			`--kubeconfig=${kubeconfig}`,
			'--context=home',
			`--token=${sandbox.clusters[0]!.token}`,
		],
		columns: 120,
		rows: 30,
		env: {LANG: 'C.UTF-8'},
	});
	await pty.waitFor(
		'the first context',
		(text) => text.includes('liqoscope   home') && text.includes('live'),
		patience,
	);
	return pty;
};

test(
	'a context that cannot be opened leaves the user where they were',
	async () => {
		const screen = await start();
		screen.send(':context broken\r');
		await screen.waitFor(
			'why, above the same panes',
			(text) =>
				text.includes('connection is refused') &&
				text.includes('liqoscope   home') &&
				text.includes('1 Offloadings'),
			patience,
		);
	},
	patience * 2,
);

test(
	'a token given for one context is not sent to another',
	async () => {
		const screen = await start();
		screen.send(':context eu\r');
		await screen.waitFor(
			'the other context',
			(text) => text.includes('liqoscope   eu') && text.includes('live'),
			patience,
		);
	},
	patience * 2,
);
