import {writeFile, mkdtemp, rm} from 'node:fs/promises';
import {type AddressInfo, createServer} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {Agent, request} from 'undici';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {type Sandbox, startSandbox} from '../../source/sandbox/sandbox.js';
import {startCuttingProxy} from '../helpers/cutting-proxy.js';
import {runLine} from './helpers/run-line.js';

let sandbox: Sandbox;
let directory = '';
let env: Record<string, string> = {};
let agent: Agent;

/**
Sends a request to the consumer's API server as its administrator.
*/
const send = async (
	method: string,
	at: string,
	body: unknown,
	type = 'application/json',
) => {
	const home = sandbox.clusters[0]!;
	const response = await request(`${home.url}${at}`, {
		dispatcher: agent,
		method: method as 'POST',
		headers: {authorization: `Bearer ${home.token}`, 'content-type': type},
		body: JSON.stringify(body),
	});
	const text = await response.body.text();
	expect(response.statusCode, text).toBeLessThan(300);
};

const grant = async (name: string, resources: readonly string[]) => {
	await send('POST', '/apis/rbac.authorization.k8s.io/v1/clusterroles', {
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'ClusterRole',
		metadata: {name},
		rules: [{apiGroups: ['*'], resources, verbs: ['get', 'list', 'watch']}],
	});
	await send('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'ClusterRoleBinding',
		metadata: {name},
		roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name},
		subjects: [{apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name}],
	});
};

const as = (user: string) => ['--token', sandbox.clusters[0]!.tokens[user]!];

beforeAll(async () => {
	sandbox = await startSandbox({
		users: [
			{name: 'reader', groups: []},
			{name: 'nobody', groups: []},
		],
	});
	directory = await mkdtemp(path.join(os.tmpdir(), 'liqoscope-'));
	env = {KUBECONFIG: path.join(directory, 'config'), HOME: directory};
	await writeFile(env.KUBECONFIG!, sandbox.kubeconfig);
	agent = new Agent({connect: {ca: sandbox.clusters[0]!.ca}});
	await grant('reader', ['namespaceoffloadings', 'nodes']);
}, 60_000);

afterAll(async () => {
	await agent.close();
	await sandbox.stop();
	await rm(directory, {recursive: true});
});

describe('get on a live cluster', () => {
	it('reads it as the kubeconfig says', async () => {
		const {code, stdout, stderr} = await runLine(
			['get', 'offloadings', '-o', 'json'],
			{env},
		);
		expect(stderr).toBe('');
		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({
			kind: 'OffloadingList',
			generation: 'v1beta1',
			items: [
				{namespace: 'payments'},
				{
					namespace: 'shop',
					phase: 'Ready',
					clusters: {ready: 3, required: 3, total: 3},
				},
			],
		});
	});

	it('says where it found no pods, and that it did not look everywhere', async () => {
		const {stdout, stderr} = await runLine(['get', 'pods'], {env});
		expect(stdout).toBe('');
		expect(stderr).toBe(
			'No pods found in namespace default, -A shows those of all.\n',
		);
	});

	it('waits no longer than told to for a server that says nothing', async () => {
		const mute = createServer();
		await new Promise<void>((resolve) => {
			mute.listen(0, '127.0.0.1', resolve);
		});
		const {port} = mute.address() as AddressInfo;
		const {code, stderr} = await runLine(
			[
				'get',
				'offloadings',
				`--server=http://127.0.0.1:${port}`,
				'--timeout=100ms',
			],
			{env},
		);
		mute.close();
		expect(stderr).toBe(
			'Timed out: the API server had not answered after 100ms.\n',
		);
		expect(code).toBe(4);
	});

	it('looks at the twins on providers', async () => {
		const {stdout, code} = await runLine(
			['get', 'namespaces', '-n', 'payments', '-o', 'json', '--provider', 'eu'],
			{env},
		);
		expect(code).toBe(0);
		const {items} = JSON.parse(stdout) as {items: Array<{twins: unknown}>};
		expect(items[0]?.twins).toEqual([
			expect.objectContaining({cluster: 'eu-west', certainty: 'proven'}),
		]);
	});

	it('prints rows again when they change, until it is told to end', async () => {
		const controller = new AbortController();
		let printed = '';
		const done = runLine(['get', 'offloadings', '-w', '--no-headers'], {
			env,
			signal: controller.signal,
			onStdout(text) {
				printed += text;
			},
		});
		await vi.waitFor(() => {
			expect(printed).toMatch(/^shop +Ready +3\/3 +LocalAndRemote/mv);
		}, 10_000);
		await send(
			'PATCH',
			'/apis/offloading.liqo.io/v1beta1/namespaces/shop/namespaceoffloadings/offloading',
			{spec: {podOffloadingStrategy: 'Remote'}},
			'application/merge-patch+json',
		);
		await vi.waitFor(() => {
			expect(printed).toMatch(/^shop +Ready +3\/3 +Remote/mv);
		}, 10_000);
		controller.abort();
		const {code} = await done;
		expect(code).toBe(0);
	});

	it('says when nothing arrives any more, and when it does again', async () => {
		const relay = await startCuttingProxy(
			Number(new URL(sandbox.clusters[0]!.url).port),
		);
		const controller = new AbortController();
		let printed = '';
		let said = '';
		const done = runLine(
			['get', 'offloadings', '-w', '--no-headers', '--server', relay.url],
			{
				env,
				signal: controller.signal,
				onStdout(text) {
					printed += text;
				},
				onStderr(text) {
					said += text;
				},
			},
		);
		await vi.waitFor(() => {
			expect(printed).toContain('payments');
		}, 60_000);
		relay.refuse();
		relay.cut();
		await vi.waitFor(() => {
			expect(said).toMatch(/^NamespaceOffloading: .*connection was cut/mv);
		}, 60_000);
		relay.admit();
		await vi.waitFor(() => {
			expect(said).toMatch(/^NamespaceOffloading: live again\.$/mv);
		}, 60_000);
		controller.abort();
		await done;
		await relay.close();
	}, 200_000);

	it('says which rule is missing, and goes on with the rest', async () => {
		const {code, stdout, stderr} = await runLine(
			['get', 'offloadings', '--no-headers', ...as('reader')],
			{env},
		);
		expect(stdout.trim().split('\n')).toHaveLength(2);
		expect(stderr).toMatch(/^NamespaceMap: .*namespacemaps/v);
		expect(code).toBe(0);
	});

	it('ends with 3 when the rows themselves are forbidden', async () => {
		const {code, stdout, stderr} = await runLine(
			['get', 'pods', '-A', ...as('nobody')],
			{env},
		);
		expect(stdout).toBe('');
		expect(stderr).toMatch(/^Pod: .*pods/v);
		expect(code).toBe(3);
	});

	it.each([
		[['--context', 'hom'], /^There is no context "hom" /v],
		[['--kubeconfig', '/nowhere'], /\/nowhere/v],
		[['--server', 'https://127.0.0.1:1'], /127\.0\.0\.1:1/v],
		[['--token', 'wrong'], /credentials|not know|unauthorized|401/iv],
		[['--provider', 'mars'], /^Provider mars: There is no context "mars"/v],
	])('%j: one sentence and exit code 3', async (args, message) => {
		const {code, stdout, stderr} = await runLine(['get', 'pods', ...args], {
			env,
		});
		expect(stderr).toMatch(message);
		expect(stderr.trim().split('\n')).toHaveLength(1);
		expect(stdout).toBe('');
		expect(code).toBe(3);
	});
});

describe('admit on a live cluster', () => {
	const shop = {
		apiVersion: 'offloading.liqo.io/v1beta1',
		kind: 'NamespaceOffloading',
		metadata: {name: 'offloading', namespace: 'shop'},
		spec: {namespaceMappingStrategy: 'SelectedName', remoteNamespaceName: 'x'},
	};

	const admit = async (object: object, ...line: readonly string[]) => {
		const {code, stdout} = await runLine(
			['admit', '-f', '-', '-o', 'json', ...line],
			{env, stdin: JSON.stringify(object)},
		);
		return [code, (JSON.parse(stdout) as {message?: string}).message];
	};

	it('judges a change of what the cluster holds', async () => {
		expect(await admit(shop)).toEqual([
			1,
			'admission webhook "nsoff.validate.liqo.io" denied the request: The NamespaceMappingStrategy value cannot be modified after creation',
		]);
		expect(await admit(shop, '--operation', 'create')).toEqual([
			1,
			'namespaceoffloadings.offloading.liqo.io "offloading" already exists',
		]);
		expect(await admit(shop, '--operation', 'delete')).toEqual([0, undefined]);
	});

	it.each([
		shop,
		{
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name: 'web'},
			spec: {containers: [{name: 'c', image: 'c'}]},
		},
	])('creates nothing in a namespace that is not there', async (object) => {
		const there = {...object, metadata: {...object.metadata, namespace: 'no'}};
		expect(await admit(there)).toEqual([1, 'namespaces "no" not found']);
		expect(await admit(there, '--operation', 'update')).toEqual(
			object === shop
				? [1, 'namespaceoffloadings.offloading.liqo.io "offloading" not found']
				: [0, undefined],
		);
	});
});

describe('the panes without a terminal', () => {
	it('are printed', async () => {
		const {code, stdout} = await runLine([], {env});
		expect(stdout).toMatch(/^OFFLOADINGS\n.*\n.* payments /v);
		expect(code).toBe(0);
	});

	it('are no success when nothing may be read', async () => {
		const {code, stdout} = await runLine(as('nobody'), {env});
		expect(stdout).toContain('You may not watch offloadings.');
		expect(code).toBe(3);
	});
});

describe('reconcile on a live cluster', () => {
	it('does not wait for a provider that no kubeconfig knows', async () => {
		const {code, stderr} = await runLine(
			['reconcile', '--once', '--provider', 'mars=mars'],
			{env},
		);
		expect(stderr).toMatch(/Provider mars=mars: There is no context/v);
		expect(code).toBe(3);
	});
});
