import https from 'node:https';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {
	type Sandbox,
	SandboxError,
	startSandbox,
} from '../../source/sandbox/sandbox.js';
import {scenarios} from '../../source/sandbox/scenarios/index.js';
import {askSandbox, type SandboxAnswer} from '../helpers/ask-sandbox.js';

let sandbox: Sandbox | undefined;

afterEach(async () => {
	await sandbox?.stop();
	sandbox = undefined;
});

const start = async (
	options: Parameters<typeof startSandbox>[0],
): Promise<Sandbox> => {
	sandbox = await startSandbox(options);
	return sandbox;
};

const ask = async (
	name: Parameters<typeof askSandbox>[1],
	path: string,
	options?: Parameters<typeof askSandbox>[3],
): Promise<SandboxAnswer> => askSandbox(sandbox!, name, path, options);

const merge = 'application/merge-patch+json';
const liqo = '/apis/offloading.liqo.io/v1beta1/namespaces';

const offload = async (
	namespace: string,
	spec: unknown,
): Promise<SandboxAnswer> => {
	await ask('home', '/api/v1/namespaces', {
		method: 'POST',
		body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}},
	});
	return ask('home', `${liqo}/${namespace}/namespaceoffloadings`, {
		method: 'POST',
		body: {
			apiVersion: 'offloading.liqo.io/v1beta1',
			kind: 'NamespaceOffloading',
			metadata: {name: 'offloading'},
			spec,
		},
	});
};

const eu = {
	clusterSelector: {
		nodeSelectorTerms: [
			{matchExpressions: [{key: 'region', operator: 'In', values: ['eu']}]},
		],
	},
};

const phaseOf = async (namespace: string): Promise<string> => {
	const {body} = await ask(
		'home',
		`${liqo}/${namespace}/namespaceoffloadings/offloading`,
	);
	return body.status?.offloadingPhase ?? '';
};

describe('a sandbox', () => {
	test('is one consumer and three providers, each a cluster of its own', async () => {
		const {clusters, kubeconfig} = await start({scenario: 'healthy'});
		expect(clusters.map(({name, role}) => `${name} ${role}`)).toEqual([
			'home consumer',
			'eu provider',
			'us provider',
			'ap provider',
		]);
		expect(new Set(clusters.map(({clusterId}) => clusterId)).size).toBe(4);
		expect(new Set(clusters.map(({token}) => token)).size).toBe(4);
		expect(kubeconfig).toContain('current-context: home');
		const {body} = await ask('home', '/api/v1/nodes');
		expect(
			body.items.map((node: {metadata: {name: string}}) => node.metadata.name),
		).toEqual(['liqo-ap', 'liqo-eu', 'liqo-us', 'worker-1', 'worker-2']);
	});

	test('empty holds only the API', async () => {
		await start({scenario: 'empty', actors: []});
		expect((await ask('home', '/api/v1/nodes')).body.items).toEqual([]);
		expect(
			(await ask('home', `${liqo}/default/namespaceoffloadings`)).body.items,
		).toEqual([]);
	});

	test.each(['v0.3', 'v1beta1'] as const)(
		'serves the kinds of %s',
		async (generation) => {
			await start({scenario: 'empty', generation});
			const version = generation === 'v0.3' ? 'v1alpha1' : 'v1beta1';
			const {body} = await ask('home', `/apis/offloading.liqo.io/${version}`);
			const names = body.resources.map(({name}: {name: string}) => name);
			expect(names).toContain('namespaceoffloadings');
			expect(names.includes('namespaceoffloadings/status')).toBe(
				generation === 'v1beta1',
			);
		},
	);

	test('leaves the pods of virtual nodes to virtual kubelets, whether they are at work or not', async () => {
		await start({scenario: 'empty', actors: []});
		const pods = '/api/v1/namespaces/default/pods';
		const post = async (path: string, body: object) =>
			ask('home', path, {method: 'POST', body: {apiVersion: 'v1', ...body}});
		for (const name of ['virtual', 'local']) {
			const labels = name === 'virtual' ? {'liqo.io/type': 'virtual-node'} : {};
			await post('/api/v1/nodes', {kind: 'Node', metadata: {name, labels}});
			await post(pods, {
				kind: 'Pod',
				metadata: {name},
				spec: {nodeName: name, containers: [{name: 'c', image: 'c'}]},
			});
			await ask('home', `${pods}/${name}`, {method: 'DELETE'});
		}

		// The one that was to go first is still there when the other has gone.
		await vi.waitFor(
			async () => {
				const {status} = await ask('home', `${pods}/local`);
				expect(status).toBe(404);
			},
			{timeout: 60_000},
		);
		const {body} = await ask('home', `${pods}/virtual`);
		expect(body.metadata.deletionTimestamp).toBeDefined();
	}, 90_000);

	test('says what is wrong with an unknown scenario and a port in use', async () => {
		await expect(startSandbox({scenario: 'nothing'})).rejects.toThrow(
			new SandboxError(
				'There is no scenario "nothing"; "liqoscope sandbox --list" shows all of them.',
			),
		);
		const first = await start({scenario: 'empty', actors: []});
		const port = Number(new URL(first.clusters[0]!.url).port);
		await expect(startSandbox({scenario: 'empty', port})).rejects.toThrow(
			/in use; choose another/v,
		);
	});

	test('does not believe a wrong token', async () => {
		const {clusters} = await start({scenario: 'empty', actors: []});
		vi.spyOn(clusters[0]!, 'token', 'get');
		const status = await new Promise((resolve, reject) => {
			https
				.get(
					`${clusters[0]!.url}/api/v1/nodes`,
					{
						ca: clusters[0]!.ca,
						headers: {authorization: 'Bearer wrong'},
						agent: false,
					},
					(response) => {
						response.resume();
						resolve(response.statusCode);
					},
				)
				.on('error', reject);
		}).catch(() => 'refused');
		expect(status).toBe(401);
	});
});

describe('every scenario', () => {
	test.each(
		scenarios.flatMap((scenario) =>
			scenario.generations
				.filter((generation) => generation !== 'v1alpha1')
				.map((generation) => [scenario.id, generation] as const),
		),
	)('%s starts in %s', async (scenario, generation) => {
		const {clusters} = await start({scenario, generation, actors: []});
		expect(clusters.length).toBeGreaterThan(0);
		const {status} = await ask('home', '/api/v1/namespaces/default');
		expect(status).toBe(200);
	});
});

describe('the actors', () => {
	test('leave a paused namespace alone, and go on where they were held', async () => {
		const {actors} = await start({scenario: 'healthy'});
		const {held, status} = actors.reconcilers!;
		held.pause('lab');
		await offload('lab', eu);
		await offload('free', eu);
		await vi.waitFor(
			async () => {
				expect(await phaseOf('free')).toBe('Ready');
			},
			{timeout: 60_000},
		);
		expect(await phaseOf('lab')).toBe('');
		expect(status().filter(({item}) => item.namespace === 'lab')).toMatchObject(
			[{item: {reconciler: {id: 'namespace-offloading'}}, state: 'paused'}],
		);
		expect(held.pausedNamespaces()).toEqual(['lab']);
		held.resume('lab');
		await vi.waitFor(
			async () => {
				expect(await phaseOf('lab')).toBe('Ready');
			},
			{timeout: 60_000},
		);
	});

	test('say what failed, how often and why', async () => {
		const {actors} = await start({
			scenario: 'remote-cluster-unreachable',
			longestDelay: 60_000,
		});
		await vi.waitFor(
			() => {
				const failing = actors
					.reconcilers!.status()
					.find(({retries}) => retries > 1);
				expect(failing?.lastError).toMatch(/does not answer|not connected/v);
			},
			{timeout: 60_000},
		);
	});

	test('offload a namespace, run its pod on the provider, and take it all back', async () => {
		await start({scenario: 'healthy'});
		expect(
			(await offload('lab', {podOffloadingStrategy: 'Remote', ...eu})).status,
		).toBe(201);
		await vi.waitFor(async () => {
			expect(await phaseOf('lab')).toBe('Ready');
		}, 5000);
		const {body: namespace} = await ask('home', '/api/v1/namespaces/lab');
		expect(namespace.metadata.labels['liqo.io/scheduling-enabled']).toBe(
			'true',
		);

		await ask('home', '/api/v1/namespaces/lab/pods', {
			method: 'POST',
			body: {
				apiVersion: 'v1',
				kind: 'Pod',
				metadata: {name: 'web'},
				spec: {containers: [{name: 'web', image: 'nginx'}]},
			},
		});
		await vi.waitFor(async () => {
			const {body} = await ask('home', '/api/v1/namespaces/lab/pods/web');
			expect([body.spec.nodeName, body.status.phase]).toEqual([
				'liqo-eu',
				'Running',
			]);
		}, 5000);
		const {body: remote} = await ask(
			'eu',
			'/api/v1/pods?labelSelector=liqo.io/managed-by%3Dshadowpod',
		);
		expect(
			remote.items.map((pod: {metadata: {name: string}}) => pod.metadata.name),
		).toEqual(['web']);

		await ask('home', '/api/v1/namespaces/lab', {method: 'DELETE'});
		await vi.waitFor(async () => {
			expect((await ask('home', '/api/v1/namespaces/lab')).status).toBe(404);
		}, 10_000);
		const {body: twins} = await ask('eu', '/api/v1/namespaces');
		expect(
			twins.items.filter((twin: {metadata: {name: string}}) =>
				twin.metadata.name.startsWith('lab-'),
			),
		).toEqual([]);
	}, 30_000);

	test('a pod on a virtual node ends when its copy has ended', async () => {
		await start({scenario: 'healthy'});
		await offload('lab', {podOffloadingStrategy: 'Remote', ...eu});
		await vi.waitFor(
			async () => {
				expect(await phaseOf('lab')).toBe('Ready');
			},
			{timeout: 60_000},
		);
		await ask('home', '/api/v1/namespaces/lab/pods', {
			method: 'POST',
			body: {
				metadata: {name: 'web'},
				spec: {containers: [{name: 'web', image: 'nginx'}]},
			},
		});
		const url = '/api/v1/pods?labelSelector=liqo.io/managed-by%3Dshadowpod';
		let copy = '';
		await vi.waitFor(
			async () => {
				const {body} = await ask('eu', url);
				const [{metadata, status}] = body.items;
				expect(status.phase).toBe('Running');
				copy = `/api/v1/namespaces/${metadata.namespace}/pods/web`;
			},
			{timeout: 60_000},
		);
		const finalizers = async (list: readonly string[]) =>
			ask('eu', copy, {
				method: 'PATCH',
				type: merge,
				body: {metadata: {finalizers: list}},
			});
		await finalizers(['example.org/backup']);
		const home = '/api/v1/namespaces/lab/pods/web';
		await ask('home', home, {method: 'DELETE'});
		await vi.waitFor(
			async () => {
				const {body} = await ask('eu', copy);
				expect(body.metadata.deletionGracePeriodSeconds).toBeDefined();
			},
			{timeout: 60_000},
		);
		expect((await ask('home', home)).status).toBe(200);
		await finalizers([]);
		await vi.waitFor(
			async () => {
				expect((await ask('eu', copy)).status).toBe(404);
				expect((await ask('home', home)).status).toBe(404);
			},
			{timeout: 60_000},
		);
	}, 180_000);

	test('a new offloading of the first generation becomes Ready', async () => {
		await start({scenario: 'healthy', generation: 'v0.3', longestDelay: 200});
		const url =
			'/apis/offloading.liqo.io/v1alpha1/namespaces/lab/namespaceoffloadings';
		await ask('home', '/api/v1/namespaces', {
			method: 'POST',
			body: {metadata: {name: 'lab'}},
		});
		await ask('home', url, {
			method: 'POST',
			body: {
				apiVersion: 'offloading.liqo.io/v1alpha1',
				kind: 'NamespaceOffloading',
				metadata: {name: 'offloading'},
				spec: eu,
			},
		});
		await vi.waitFor(
			async () => {
				const {body} = await ask('home', `${url}/offloading`);
				expect(body.status?.offloadingPhase).toBe('Ready');
			},
			{timeout: 60_000},
		);
	}, 90_000);

	test('a remote name that is too long fails because the provider refuses it', async () => {
		await start({scenario: 'healthy'});
		await offload('a-namespace-with-quite-a-long-name', eu);
		await vi.waitFor(async () => {
			expect(await phaseOf('a-namespace-with-quite-a-long-name')).toBe(
				'AllFailed',
			);
		}, 5000);
	});

	test('the webhook refuses another name, and warns of a narrower strategy', async () => {
		await start({scenario: 'healthy'});
		const refused = await ask('home', `${liqo}/shop/namespaceoffloadings`, {
			method: 'POST',
			body: {
				apiVersion: 'offloading.liqo.io/v1beta1',
				kind: 'NamespaceOffloading',
				metadata: {name: 'other'},
				spec: {},
			},
		});
		const {status, body} = refused;
		expect([status, body.reason, body.message]).toEqual([
			403,
			'Forbidden',
			'admission webhook "nsoff.validate.liqo.io" denied the request: NamespaceOffloading name must match offloading',
		]);
		const changed = await ask(
			'home',
			`${liqo}/shop/namespaceoffloadings/offloading`,
			{
				method: 'PATCH',
				type: merge,
				body: {spec: {namespaceMappingStrategy: 'EnforceSameName'}},
			},
		);
		expect(changed.body.message).toBe(
			'admission webhook "nsoff.validate.liqo.io" denied the request: The NamespaceMappingStrategy value cannot be modified after creation',
		);
	});

	test("a pod that no node takes says why in the scheduler's words", async () => {
		await start({scenario: 'healthy'});
		await ask('home', '/api/v1/namespaces/default/pods', {
			method: 'POST',
			body: {
				apiVersion: 'v1',
				kind: 'Pod',
				metadata: {name: 'nowhere'},
				spec: {
					nodeSelector: {disk: 'tape'},
					containers: [{name: 'c', image: 'x'}],
				},
			},
		});
		await vi.waitFor(async () => {
			const {body} = await ask(
				'home',
				'/api/v1/namespaces/default/pods/nowhere',
			);
			expect(body.status.conditions?.[0]?.message).toMatch(
				/^0\/5 nodes are available: /v,
			);
		}, 5000);
	});

	test('none leaves everything as it is', async () => {
		await start({scenario: 'healthy', actors: []});
		await offload('lab', eu);
		expect(sandbox!.actors?.isSettled()).toBe(true);
		const {body} = await ask(
			'home',
			`${liqo}/lab/namespaceoffloadings/offloading`,
		);
		expect(body.metadata.finalizers).toBeUndefined();
		expect(body.status).toBeUndefined();
	});

	test('healthy stays at rest', async () => {
		const {actors} = await start({scenario: 'healthy'});
		await vi.waitFor(() => {
			expect(actors?.isSettled()).toBe(true);
		}, 5000);
		expect(await phaseOf('shop')).toBe('Ready');
	});

	test('the first generation works by its own rules', async () => {
		await start({scenario: 'healthy', generation: 'v0.3'});
		await ask('home', '/api/v1/namespaces', {
			method: 'POST',
			body: {
				apiVersion: 'v1',
				kind: 'Namespace',
				metadata: {name: 'quick', labels: {'liqo.io/enabled': 'true'}},
			},
		});
		await vi.waitFor(async () => {
			const {status, body} = await ask(
				'home',
				'/apis/offloading.liqo.io/v1alpha1/namespaces/quick/namespaceoffloadings/offloading',
			);
			expect(status).toBe(200);
			expect(body.metadata.finalizers).toEqual([
				'namespaceoffloading-controller.liqo.io/finalizer',
			]);
		}, 5000);
	});
});
