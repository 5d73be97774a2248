import {mkdtemp, rm, writeFile, mkdir} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {runLine} from './helpers/run-line.js';

const examples = path.resolve(import.meta.dirname, '../../examples');

const get = async (...args: string[]) =>
	runLine(['get', ...args, '-f', examples]);

describe('get on saved objects', () => {
	it('prints offloadings as kubectl would', async () => {
		const {stdout, stderr, code} = await get('offloadings');
		expect(stdout).toMatchInlineSnapshot(`
			"NAMESPACE   PHASE               CLUSTERS   POD STRATEGY       AGE
			analytics   Ready               2/2        LocalAndRemote    6d3h
			auth        Ready               2/2        Local              16d
			billing     AllFailed           0/3        LocalAndRemote   4m52s
			cart        Ready               3/3        LocalAndRemote    2d2h
			checkout    Ready               2/2        LocalAndRemote      8d
			media       Ready               1/1        Remote             11d
			reports     SomeFailed          2/3        LocalAndRemote     40m
			search      InProgress          1/2        Remote              1s
			shop        NoClusterSelected   0/0 of 3   Remote            112s
			staging     Ready               1/1        LocalAndRemote     29h
			"
		`);
		expect(stderr).toBe('');
		expect(code).toBe(0);
	});

	it('prints namespaces with a column for each cluster', async () => {
		const {stdout} = await get('namespaces');
		expect(stdout).toMatchInlineSnapshot(`
			"LOCAL       REMOTE NAME      ap-south   eu-west    us-east
			analytics   analytics-home   Accepted   -          Accepted
			auth        auth-home        -          Accepted   Accepted
			billing     billing          LoopBack   LoopBack   LoopBack
			cart        cart-home        Accepted   Accepted   Accepted
			checkout    checkout-home    -          Accepted   Accepted
			media       home-media       -          Accepted   -
			reports     reports-home     LoopBack   Accepted   Accepted
			search      search-home      -          Accepted   requested
			shop        shop-home        -          -          -
			staging     staging-home     -          -          Accepted
			"
		`);
	});

	it('prints the clusters', async () => {
		const {stdout} = await get('clusters');
		expect(stdout).toMatchInlineSnapshot(`
			"CLUSTER    NODE      READY   NS   PODS   LABELS
			ap-south   liqo-ap   no       2      2   region=ap provider=aws
			eu-west    liqo-eu   yes      6     11   region=eu tier=gold provider=hetzner
			us-east    liqo-us   yes      6      8   region=us provider=aws
			"
		`);
	});

	it('prints the pods of a namespace and why they wait', async () => {
		const {stdout} = await get('pods', '-n', 'shop');
		const lines = stdout.trim().split('\n');
		expect(lines).toHaveLength(5);
		expect(lines[1]).toMatch(
			/^shop +web-\w+-\w+ +Pending +- +- +\d+\w +0\/6 nodes are available: /v,
		);
	});

	it('judges ages at the time of the objects, or at --now', async () => {
		const {stdout} = await get(
			'offloadings',
			'-n',
			'cart',
			'--now',
			'2026-11-28T14:32:10Z',
			'--no-headers',
		);
		expect(stdout).toMatch(/ 10d\n$/v);
	});

	it('selects by label and by field, and sorts', async () => {
		const byLabel = await get(
			'pods',
			'-l',
			'app in (web, cart),!missing',
			'-o',
			'name',
		);
		expect(byLabel.stdout.split('\n').filter(Boolean)).toHaveLength(9);
		const byField = await get(
			'pods',
			'--field-selector',
			'status.phase=Pending,metadata.namespace!=shop',
			'-o',
			'name',
		);
		expect(byField.stdout).toMatch(/^pod\/payments-\w+-\w+\n$/v);
		const sorted = await get('clusters', '--sort-by', '-pods', '--no-headers');
		expect(
			sorted.stdout.split('\n').map((line) => line.split(' ', 1)[0]),
		).toEqual(['eu-west', 'us-east', 'ap-south', '']);
	});

	it('writes JSON and YAML that say the same', async () => {
		const json = await get('offloadings', '-o', 'json', '-n', 'reports');
		const yaml = await get('offloadings', '-o', 'yaml', '-n', 'reports');
		const document = JSON.parse(json.stdout) as Record<string, unknown>;
		expect(document).toMatchObject({
			apiVersion: 'liqoscope/v1',
			kind: 'OffloadingList',
			generation: 'v1beta1',
			items: [
				{
					namespace: 'reports',
					name: 'offloading',
					phase: 'SomeFailed',
					level: 'warning',
					clusters: {ready: 2, required: 3, total: 3},
				},
			],
		});
		expect(parse(yaml.stdout)).toEqual(document);
	});

	it('adds wide columns and labels', async () => {
		const {stdout} = await get(
			'pods',
			'-n',
			'cart',
			'-o',
			'wide',
			'--show-labels',
		);
		expect(stdout.split('\n', 1)[0]).toMatch(
			/^NAMESPACE +NAME +READY +STATUS +RESTARTS +NODE +CLUSTER +AGE +WHY +LABELS$/v,
		);
		expect(stdout).toContain('liqo.io/shadowPod=true');
	});

	it('names objects as kubectl does', async () => {
		const maps = await get('maps', '-o', 'name');
		expect(maps.stdout).toMatch(/^namespacemap\.offloading\.liqo\.io\/\w/v);
		const clusters = await get('clusters', '-o', 'name');
		expect(clusters.stdout).toMatch(/^node\/\w/v);
		const nodeless = await runLine(
			['get', 'clusters', '-f', '-', '-o', 'name'],
			{
				stdin:
					'{"apiVersion":"offloading.liqo.io/v1beta1","kind":"VirtualNode","metadata":{"name":"eu","namespace":"liqo-tenant-eu"},"spec":{"clusterID":"eu","createNode":true}}',
			},
		);
		expect(nodeless.stdout).toBe('virtualnode.offloading.liqo.io/eu\n');
	});

	it('says so when there is nothing', async () => {
		const {stdout, stderr, code} = await get('pods', '-n', 'nowhere');
		expect({stdout, stderr, code}).toEqual({
			stdout: '',
			stderr: 'No pods found in namespace nowhere.\n',
			code: 0,
		});
	});

	it('sees on a connected provider whether a twin is really there', async () => {
		const provider = path.join(examples, 'providers/eu-west.yaml');
		const {stdout} = await get(
			'namespaces',
			'-n',
			'cart',
			'-o',
			'json',
			'--provider-file',
			`eu-west=${provider}`,
		);
		const {items} = JSON.parse(stdout) as {items: Array<{twins: unknown[]}>};
		expect(items[0]?.twins).toEqual([
			expect.objectContaining({
				cluster: 'eu-west',
				certainty: 'proven',
				level: 'fine',
			}),
			expect.objectContaining({cluster: 'us-east', certainty: 'inferred'}),
			expect.objectContaining({cluster: 'ap-south', certainty: 'inferred'}),
		]);
	});

	it('prints findings as the diagnosis does', async () => {
		const rows = await get('findings', '-o', 'json');
		const diagnosis = await runLine(['diagnose', '-f', examples, '-o', 'json']);
		const {items} = JSON.parse(rows.stdout) as {items: unknown};
		const {findings} = JSON.parse(diagnosis.stdout) as {findings: unknown};
		expect(items).toEqual(findings);
		expect(JSON.stringify(items)).toContain('selector-label-typo');
		const text = await get('findings', '-n', 'shop');
		expect(text.stdout).toMatch(/^error +selector-label-typo +shop /mv);
		expect(text.stdout).not.toContain('billing');
	});
});

describe('get with bad input', () => {
	let directory = '';

	beforeAll(async () => {
		directory = await mkdtemp(path.join(os.tmpdir(), 'liqoscope-'));
		await mkdir(path.join(directory, 'empty'));
		await writeFile(
			path.join(directory, 'broken.yaml'),
			'apiVersion: v1\nkind: Pod\nmetadata:\n  name: [x\n',
		);
		await writeFile(
			path.join(directory, 'broken.json'),
			'{"apiVersion": "v1",\n"kind": }',
		);
		await writeFile(path.join(directory, 'text.yaml'), 'just words\n');
		await writeFile(
			path.join(directory, 'nokind.yaml'),
			'---\n# nothing\n---\napiVersion: v1\nmetadata:\n  name: x\n',
		);
		await writeFile(
			path.join(directory, 'other.yaml'),
			'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: x\n',
		);
		await writeFile(
			path.join(directory, 'evil.yaml'),
			'apiVersion: v1\nkind: Pod\nmetadata:\n  name: "a\\e[2Jb"\n  namespace: "x\\u202Ey"\nstatus:\n  phase: "Pending\\nforged line"\n',
		);
	});

	afterAll(async () => {
		await rm(directory, {recursive: true});
	});

	it.each([
		[
			'missing.yaml',
			/^Cannot read .*missing\.yaml: there is no such file\.\n$/v,
		],
		['broken.yaml', /broken\.yaml:\d: not readable as YAML: /v],
		['broken.json', /broken\.json:2: not readable as JSON: /v],
		[
			'text.yaml',
			/text\.yaml:1: not a Kubernetes object: it must be a map with apiVersion and kind\.\n$/v,
		],
		[
			'nokind.yaml',
			/nokind\.yaml:4: not a Kubernetes object: it has no kind\.\n$/v,
		],
		['other.yaml', /no object in it has to do with offloading/v],
		['empty', /empty holds no \.yaml, \.yml or \.json file/v],
	])('%s: one sentence and exit code 2', async (name, message) => {
		const {code, stdout, stderr} = await runLine([
			'get',
			'pods',
			'-f',
			path.join(directory, name),
		]);
		expect(stderr).toMatch(message);
		expect(stderr.trim().split('\n')).toHaveLength(1);
		expect(stdout).toBe('');
		expect(code).toBe(2);
	});

	it.each([
		[
			['get', 'pods', '-o', 'jsn'],
			'get prints text, wide, json, yaml, name, not "jsn": did you mean json?\n',
		],
		[
			['get', 'pods', '--sort-by', 'statsu'],
			'--sort-by takes a column of pods (namespace, name, ready, status, restarts, node, cluster, age, why), not "statsu": did you mean "status"?\n',
		],
		[
			['get', 'pods', '-l', 'a b'],
			'"a b" is no label selector: write key=value, key!=value, key, !key, key in (a,b) or key notin (a,b).\n',
		],
		[
			['get', 'pods', '--field-selector', 'spec.color=red'],
			'--field-selector knows metadata.name, metadata.namespace, status.phase, spec.nodeName of pods, not "spec.color".\n',
		],
		[
			['get', 'pods', '--now', 'yesterday'],
			'--now takes a time such as 1970-01-01T00:00:00Z, not "yesterday".\n',
		],
		[
			['get', 'pods', '--provider-file', 'eu'],
			'--provider-file takes CLUSTER-ID=PATH, not "eu".\n',
		],
	])('%j', async (argv, message) => {
		const {code, stderr} = await runLine([...argv, '-f', examples]);
		expect(stderr).toBe(message);
		expect(code).toBe(2);
	});

	it('prints nothing that a terminal would obey', async () => {
		const {stdout} = await runLine([
			'get',
			'pods',
			'-f',
			path.join(directory, 'evil.yaml'),
		]);
		expect(stdout.split('\n')).toHaveLength(3);
		expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Other}/v);
		expect(stdout).toContain('ab');
	});

	it('keeps columns straight whatever is in them', async () => {
		const pod = (name: string) => ({
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name, namespace: 'x'},
			status: {phase: 'Running'},
		});
		const {stdout} = await runLine(['get', 'pods', '-f', '-', '--no-headers'], {
			stdin: JSON.stringify([pod('日本'), pod('cafe\u{301}'), pod('abcde')]),
		});
		expect(stdout.split('\n').map((line) => line.slice(0, 20))).toEqual([
			'x   abcde   Running ',
			'x   cafe\u{301}    Running',
			'x   日本    Running   ',
			'',
		]);
	});

	it.each([
		['UTF-8 with a mark', '\u{FEFF}', 'utf8'],
		['UTF-16, as PowerShell writes it', '\u{FEFF}', 'utf16le'],
	] as const)('reads %s', async (_, mark, encoding) => {
		const file = path.join(directory, 'marked.json');
		await writeFile(
			file,
			`${mark}{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}`,
			encoding,
		);
		const {stdout} = await runLine(['get', 'pods', '-f', file, '-o', 'name']);
		expect(stdout).toBe('pod/a\n');
	});

	it('puts manifests without a namespace where kubectl would', async () => {
		const {stdout} = await runLine(['get', 'pods', '-f', '-', '--no-headers'], {
			stdin:
				'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: Node\nmetadata:\n  name: b\n',
		});
		expect(stdout).toMatch(/^default +a /v);
	});

	it('reads a kubectl list from stdin, and items without a kind of their own', async () => {
		const {stdout} = await runLine(['get', 'pods', '-f', '-', '-o', 'name'], {
			stdin: JSON.stringify({
				apiVersion: 'v1',
				kind: 'PodList',
				items: [{metadata: {name: 'a', namespace: 'x'}}],
			}),
		});
		expect(stdout).toBe('pod/a\n');
	});
});

describe('the other commands', () => {
	it('print the version', async () => {
		const text = await runLine(['version']);
		expect(text.stdout).toBe('liqoscope 1.2.3\n');
		const json = await runLine(['version', '-o', 'json']);
		expect(JSON.parse(json.stdout)).toMatchObject({
			kind: 'Version',
			version: '1.2.3',
		});
	});

	it('print help on stdout, and mistakes on stderr', async () => {
		const help = await runLine(['help']);
		expect(help.stdout).toContain('COMMANDS');
		const ofGet = await runLine(['get', '--help']);
		expect(ofGet.stdout).toContain('--sort-by COLUMN');
		const wrong = await runLine(['help', 'gat']);
		expect(wrong).toEqual({
			code: 2,
			stdout: '',
			stderr: 'There is no command "gat": did you mean "get"?\n',
		});
	});

	it.each(['bash', 'zsh', 'fish'])(
		'print completion for %s that names every command and flag',
		async (shell) => {
			const {stdout, code} = await runLine(['completion', shell]);
			expect(code).toBe(0);
			for (const word of [
				'get',
				'completion',
				'offloadings',
				'kubeconfig',
				'sort-by',
			]) {
				expect(stdout).toContain(word);
			}
		},
	);
});
