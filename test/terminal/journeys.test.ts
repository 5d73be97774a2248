import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {type Pty, startPty} from '../helpers/pty.js';
import {keyCount, seedJourneys, travel} from '../helpers/seed-journeys.js';

const root = path.resolve(import.meta.dirname, '../..');
const node = path.join(root, 'node_modules/.bin/node');
const directory = fs.mkdtempSync(
	path.join(root, 'node_modules/.liqoscope-journeys-'),
);
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'liqoscope-home-'));

let pty: Pty | undefined;

beforeAll(() => {
	execFileSync(node, [path.join(root, 'scripts/build.ts'), directory]);
}, 120_000);

afterEach(async () => {
	pty?.kill();
	await pty?.exited;
	pty = undefined;
});

afterAll(() => {
	fs.rmSync(directory, {recursive: true, force: true});
	fs.rmSync(home, {recursive: true, force: true});
});

// Nobody makes a peering in a sandbox.
const journeys = seedJourneys.filter(({steps}) =>
	steps.every((step) => !('meanwhile' in step)),
);

describe('from the opening screen out of the usual failures, in a sandbox', () => {
	test.each(journeys)(
		'$failure',
		async (journey) => {
			expect(keyCount(journey)).toBeLessThanOrEqual(6);
			pty = startPty({
				file: node,
				parameters: [
					path.join(directory, 'cli.js'),
					`--sandbox=${journey.scenario}`,
				],
				columns: 140,
				rows: 50,
				env: {HOME: home, LANG: 'C.UTF-8', KUBECONFIG: ''},
			});
			await travel(pty, journey);
			expect(pty.text()).toContain('The finding is gone.');
		},
		120_000,
	);

	test('what no key can do is said, to be sent to who can', async () => {
		const journey = seedJourneys.find((one) => !journeys.includes(one))!;
		pty = startPty({
			file: node,
			parameters: [
				path.join(directory, 'cli.js'),
				`--sandbox=${journey.scenario}`,
			],
			columns: 140,
			rows: 50,
			env: {HOME: home, LANG: 'C.UTF-8', KUBECONFIG: ''},
		});
		await pty.waitFor(
			'the opening screen',
			(text) => /^ x shop: There is no virtual node/mv.test(text),
			60_000,
		);
		pty.send('f');
		await pty.waitFor(
			'the instruction',
			(text) => text.includes('liqoctl peer'),
			60_000,
		);
		pty.send('c');
		await pty.waitFor(
			'that it was copied',
			(text) => text.includes('Sent to the clipboard'),
			60_000,
		);
		expect(pty.output()).toContain('\u{1B}]52;c;');
	}, 120_000);
});
