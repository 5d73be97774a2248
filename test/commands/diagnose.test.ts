import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {type Draft} from '../../source/sandbox/scenarios/draft.js';
import {faultScenarios} from '../../source/sandbox/scenarios/faults.js';
import {healthyDraft} from '../../source/sandbox/scenarios/healthy.js';
import {offload} from '../../source/sandbox/scenarios/offload.js';
import {draftOf} from '../../source/sandbox/scenarios/scenario.js';
import {runLine} from './helpers/run-line.js';

let folder = '';

const save = async (name: string, draft: Draft): Promise<readonly string[]> => {
	const fileOf = async (cluster: string): Promise<string> => {
		const file = path.join(folder, `${name}-${cluster}.json`);
		const items = draft.objects(cluster);
		await writeFile(
			file,
			JSON.stringify({apiVersion: 'v1', kind: 'List', items}),
		);
		return file;
	};

	const flags = ['-f', await fileOf('home'), '--now', draft.now];
	for (const {handle, id} of draft.peers.values()) {
		flags.push('--provider-file', `${id}=${await fileOf(handle)}`);
	}

	return flags;
};

const saved = new Map<string, readonly string[]>();

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'liqoscope-diagnose-'));
	for (const id of [
		'selector-label-typo',
		'remote-name-too-long',
		'no-virtual-node',
		'duplicate-offloadings',
	]) {
		const scenario = faultScenarios.find((one) => one.id === id)!;
		saved.set(id, await save(id, draftOf(scenario, 'v1beta1')));
	}

	const healthy = healthyDraft('v1beta1');
	offload(healthy, 'shop');
	saved.set('healthy', await save('healthy', healthy));
});

afterAll(async () => {
	await rm(folder, {recursive: true});
});

const run = async (scenario: string, ...args: string[]) =>
	runLine([...args, ...saved.get(scenario)!]);

describe('diagnose', () => {
	it('groups by namespace, with evidence and fixes, and fails on an error', async () => {
		const {stdout, code} = await run('selector-label-typo', 'diagnose');
		expect(stdout).toContain('shop\n  x selector-label-typo (error, proven)');
		expect(stdout).toContain(
			'matchExpressions[0].key = regoin  (should be: region)',
		);
		expect(stdout).toContain(
			'1. Ask for "region" instead (selects eu-west, and makes 2 waiting pods anew)',
		);
		expect(stdout).toContain('1 error, 0 warnings, 0 infos');
		expect(code).toBe(1);
	});

	it('takes a namespace that is not there for a mistake, not for a healthy one', async () => {
		const only = await run('healthy', 'diagnose', 'nowhere');
		expect(only.stderr).toContain('There is no namespace "nowhere".');
		expect(only.stdout).toBe('');
		expect(only.code).toBe(2);
		// The others are told about all the same.
		const both = await run('healthy', 'diagnose', 'shop', 'nowhere');
		expect(both.stdout).toBe('Nothing is wrong that can be seen.\n');
		expect(both.code).toBe(2);
		const wrong = await run(
			'selector-label-typo',
			'diagnose',
			'shop',
			'nowhere',
		);
		expect(wrong.code).toBe(1);
	});

	it.each(['diagnose', 'plan'])(
		'%s says so where nothing is known of Liqo',
		async (command) => {
			const {stdout, stderr, code} = await runLine([command, '-f', '-'], {
				stdin: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
			});
			expect(stderr).toContain(
				`holds none of Liqo's objects: there is nothing to ${command}.`,
			);
			expect(stdout).toBe('');
			expect(code).toBe(2);
		},
	);

	it('says so when nothing is wrong', async () => {
		const {stdout, code} = await run('healthy', 'diagnose');
		expect(stdout).toBe('Nothing is wrong that can be seen.\n');
		expect(code).toBe(0);
	});

	it.each([
		['error', 0],
		['warning', 1],
		['info', 1],
		['never', 0],
	])('with --fail-on %s a warning gives %i', async (least, expected) => {
		const {code} = await run(
			'duplicate-offloadings',
			'diagnose',
			'--fail-on',
			least,
		);
		expect(code).toBe(expected);
	});

	it.each(['json', 'yaml'])('prints the document as %s', async (form) => {
		const {stdout} = await run('selector-label-typo', 'diagnose', '-o', form);
		const document: unknown = parse(stdout);
		expect(document).toMatchObject({
			apiVersion: 'liqoscope/v1',
			kind: 'Diagnosis',
			generation: 'v1beta1',
			summary: {errors: 1, warnings: 0, infos: 0},
			findings: [
				{
					id: 'selector-label-typo',
					severity: 'error',
					certainty: 'proven',
					namespace: 'shop',
					object: {
						kind: 'NamespaceOffloading',
						namespace: 'shop',
						name: 'offloading',
					},
					remedies: [{id: 'set-selector', safety: 'confirm'}, {}],
				},
			],
		});
	});

	it('prints a JUnit report', async () => {
		const {stdout} = await run(
			'selector-label-typo',
			'diagnose',
			'-o',
			'junit',
		);
		expect(stdout).toContain('<testsuite name="shop" tests="1" failures="1">');
		expect(stdout).toContain('&quot;regoin&quot;');
		const {stdout: healthy} = await run('healthy', 'diagnose', '-o', 'junit');
		expect(healthy).toContain('<testsuite name="shop" tests="1" failures="0">');
	});

	it('refuses a form that it does not have', async () => {
		const {stderr, code} = await run('healthy', 'diagnose', '-o', 'jason');
		expect(stderr).toContain('did you mean json?');
		expect(code).toBe(2);
	});
});

describe('fix on saved objects', () => {
	it('prints the plan, the kubectl command and who is affected, and writes nothing', async () => {
		const {stdout, code} = await run(
			'selector-label-typo',
			'fix',
			'selector-label-typo',
			'-n',
			'shop',
		);
		expect(stdout).toContain('Fix: Ask for "region" instead');
		expect(stdout).toContain(
			'kubectl patch namespaceoffloadings.offloading.liqo.io offloading -n shop',
		);
		expect(stdout).toContain('on eu-west');
		expect(stdout).toContain('Loses: nothing.');
		expect(code).toBe(0);
	});

	it('takes answers, and says what is wrong with them', async () => {
		const answered = async (...answers: string[]) =>
			run(
				'remote-name-too-long',
				'fix',
				'remote-name-too-long',
				'-n',
				'online-shop-checkout-payments',
				...answers.flatMap((answer) => ['--answer', answer]),
			);
		const good = await answered(
			'mappingStrategy=SelectedName',
			'remoteNamespaceName=payments',
		);
		expect(good.stdout).toContain('This cannot be undone');
		expect(good.stdout).toContain('payments on eu-west');
		expect(good.code).toBe(0);
		const bad = await answered(
			'mappingStrategy=SelectedName',
			'remoteNamespaceName=Payments',
		);
		expect(bad.stderr).toContain('not a legal namespace name');
		expect(bad.code).toBe(2);
		const odd = await answered('nonsense');
		expect(odd.stderr).toContain('KEY=VALUE');
		expect(odd.code).toBe(2);
	});

	it('ends in an instruction where somebody else has to act', async () => {
		const {stdout, code} = await run(
			'no-virtual-node',
			'fix',
			'no-virtual-node',
			'-n',
			'shop',
		);
		expect(stdout).toContain('This is for whoever administers the peerings');
		expect(stdout).toContain('Evidence to send along');
		expect(code).toBe(1);
	});

	it('has nothing to do where the finding is not', async () => {
		const {stderr, code} = await run(
			'healthy',
			'fix',
			'selector-label-typo',
			'-n',
			'shop',
		);
		expect(stderr).toContain('nothing to fix');
		expect(code).toBe(0);
	});

	it('knows a misspelt finding', async () => {
		const {stderr, code} = await run('healthy', 'fix', 'selector-lable-typo');
		expect(stderr).toContain('did you mean selector-label-typo?');
		expect(code).toBe(2);
	});
});
