import process from 'node:process';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {v1beta1} from '../../source/core/generations/v1beta1.js';
import type {KindName} from '../../source/core/model.js';
import {resourceOf} from '../../source/core/resources.js';
import type {Access} from '../../source/core/world.js';
import {systemClock} from '../../source/kube/clock.js';
import {resolveConnection} from '../../source/kube/connection.js';
import {createCredentialSource} from '../../source/kube/credentials.js';
import type {Outcome} from '../../source/kube/errors.js';
import {loadKubeconfig} from '../../source/kube/kubeconfig.js';
import type {ListWatchOptions} from '../../source/kube/list-watch-options.js';
import {startListWatch} from '../../source/kube/list-watch.js';
import {createTransport} from '../../source/kube/transport.js';
import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import type {ControlPlane} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';
import {installDefinitions} from '../../source/sandbox/engines/kube-apiserver/populate.js';
import {
	ask,
	create,
	kubectl,
	startTestControlPlane,
	until,
} from '../helpers/control-plane.js';
import {
	startCuttingProxy,
	type CuttingProxy,
} from '../helpers/cutting-proxy.js';

const expectOk = <Value>(outcome: Outcome<Value>): Value => {
	if (!outcome.ok) {
		throw new Error(outcome.problem.message);
	}

	return outcome.value;
};

const closers: Array<() => Promise<void> | void> = [];

/**
What a list-watch says, and nothing else: resourceVersions by name.
*/
type Shadow = {
	readonly held: Map<string, string>;
	readonly states: Access[];
	/**
	How many lists were finished after the first one.
	*/
	relists(): number;
	state(): Access['state'];
};

const follow = async (
	cluster: ApiServer,
	kind: KindName,
	options: Partial<ListWatchOptions> & {
		readonly server?: string;
		readonly user?: string;
	} = {},
): Promise<Shadow> => {
	const {server, user, ...rest} = options;
	const config = expectOk(
		await loadKubeconfig({env: {}, explicit: cluster.kubeconfig(user, server)}),
	);
	const connection = expectOk(
		await resolveConnection({config, env: {}, flags: {requestTimeout: '5s'}}),
	);
	const credentials = createCredentialSource(connection, {
		env: {},
		now: () => Date.now(),
		pluginTimeLimit: 1000,
	});
	const transport = createTransport({
		connection,
		credentials,
		isReadOnly: true,
		version: 'test',
		clock: systemClock,
	});

	const held = new Map<string, string>();
	const states: Access[] = [];
	const resource = resourceOf(kind, v1beta1);
	if (resource === undefined) {
		throw new Error(`${kind} is served nowhere.`);
	}

	let relists = 0;
	const listWatch = startListWatch({
		kind,
		resource,
		generation: v1beta1,
		transport,
		capabilities: {hasWatchList: true, hasProtobuf: true},
		clock: systemClock,
		sink: {
			upsert({metadata}) {
				held.set(
					`${metadata.namespace}/${metadata.name}`,
					metadata.resourceVersion,
				);
			},
			remove(namespace, name) {
				held.delete(`${namespace}/${name}`);
			},
			retain(isKept) {
				relists++;
				for (const key of held.keys()) {
					const [namespace = '', name = ''] = key.split('/', 2);
					if (!isKept(namespace, name)) {
						held.delete(key);
					}
				}
			},
			setAccess(access) {
				states.push(access);
			},
		},
		...rest,
	});
	closers.push(async () => {
		listWatch.stop();
		await transport.close();
	});
	return {
		held,
		states,
		relists: () => relists,
		state: () => states.at(-1)?.state ?? 'idle',
	};
};

type Item = {
	readonly metadata: {
		readonly namespace?: string;
		readonly name: string;
		readonly resourceVersion: string;
	};
};

const listOf = async (
	cluster: ApiServer,
	url: string,
): Promise<Map<string, string>> => {
	const {text, status} = await ask(cluster, url);
	if (status !== 200) {
		throw new Error(text);
	}

	const {items} = JSON.parse(text) as {items: Item[]};
	return new Map(
		items.map(({metadata}) => [
			`${metadata.namespace ?? ''}/${metadata.name}`,
			metadata.resourceVersion,
		]),
	);
};

const isSame = (
	a: ReadonlyMap<string, string>,
	b: ReadonlyMap<string, string>,
): boolean =>
	a.size === b.size &&
	a.entries().every(([key, value]) => b.get(key) === value);

/**
Waits until the shadow is live and equals the server's list; says how they differ when it does not come to that.
*/
const expectEqual = async (
	shadow: Shadow,
	cluster: ApiServer,
	url: string,
): Promise<void> => {
	let expected = new Map<string, string>();
	try {
		await until(
			'equal',
			async () => {
				expected = await listOf(cluster, url);
				return shadow.state() === 'live' && isSame(shadow.held, expected);
			},
			20_000,
		);
	} catch {
		expect({state: shadow.states.at(-1), held: shadow.held}).toEqual({
			state: {state: 'live'},
			held: expected,
		});
	}
};

const pod = (name: string) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'churn'},
	spec: {containers: [{name: 'app', image: 'app'}]},
});

const offloading = (namespace: string) => ({
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'NamespaceOffloading',
	metadata: {name: 'offloading', namespace},
	spec: {
		podOffloadingStrategy: 'Remote',
		namespaceMappingStrategy: 'DefaultName',
	},
});

const definition = {
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'namespaceoffloadings.offloading.liqo.io'},
	spec: {
		group: 'offloading.liqo.io',
		scope: 'Namespaced',
		names: {
			kind: 'NamespaceOffloading',
			plural: 'namespaceoffloadings',
			singular: 'namespaceoffloading',
		},
		versions: [
			{
				name: 'v1beta1',
				served: true,
				storage: true,
				subresources: {status: {}},
				schema: {
					openAPIV3Schema: {
						type: 'object',
						'x-kubernetes-preserve-unknown-fields': true,
					},
				},
			},
		],
	},
};

const podsUrl = '/api/v1/pods';
const churnUrl = '/api/v1/namespaces/churn/pods';

/**
Creates, changes and deletes pods until stopped; at least `least` changes were made then.
*/
const startChurn = (cluster: ApiServer) => {
	const stopping = new AbortController();
	let changes = 0;
	const change = async (step: number): Promise<void> => {
		const name = `moving-${step % 40}`;
		const {status} = await ask(cluster, churnUrl, {body: pod(name)});
		if (status === 409 && step % 3 === 0) {
			await ask(cluster, `${churnUrl}/${name}`, {method: 'DELETE'});
		} else if (status === 409) {
			await ask(cluster, `${churnUrl}/${name}`, {
				method: 'PATCH',
				contentType: 'application/merge-patch+json',
				body: {metadata: {annotations: {step: String(step)}}},
			});
		}

		changes++;
	};

	const run = async () => {
		for (let step = 0; !stopping.signal.aborted; step++) {
			try {
				await change(step);
			} catch {
				// The server is away; the next step tries again.
			}
		}
	};

	const running = run();
	return {
		changes: () => changes,
		async stop() {
			stopping.abort();
			await running;
		},
	};
};

/**
Pods that are there from the beginning: more than two pages.
*/
const seedPods = async (
	plane: ControlPlane,
	cluster: ApiServer,
	count: number,
): Promise<void> => {
	const pairs = Array.from({length: count}, (_, index) => {
		const name = `still-${String(index).padStart(4, '0')}`;
		const object = {
			...pod(name),
			metadata: {
				...pod(name).metadata,
				uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
				annotations: {filler: 'x'.repeat(1500)},
			},
		};
		return [
			`/${cluster.name}/pods/churn/${name}`,
			JSON.stringify(object),
		] as const;
	});
	for (let at = 0; at < pairs.length; at += 100) {
		await plane.etcd.store.write(pairs.slice(at, at + 100));
	}
};

const modes = [
	{
		mode: 'WatchList in protobuf',
		capabilities: () => ({hasWatchList: true, hasProtobuf: true}),
	},
	{
		mode: 'WatchList in JSON',
		capabilities: () => ({hasWatchList: true, hasProtobuf: false}),
	},
	{
		mode: 'pages in protobuf',
		capabilities: () => ({hasWatchList: false, hasProtobuf: true}),
	},
	{
		mode: 'pages in JSON',
		capabilities: () => ({hasWatchList: false, hasProtobuf: false}),
	},
];

const count = 1300;

describe('the list-watch on a real API server', () => {
	let plane: ControlPlane;
	let home: ApiServer;
	let proxy: CuttingProxy;
	beforeAll(async () => {
		plane = await startTestControlPlane({
			clusters: [
				{
					name: 'home',
					isAudited: true,
					users: [{name: 'limited'}, {name: 'lister'}],
					flags: ['--feature-gates=ListFromCacheSnapshot=false'],
				},
			],
		});
		home = plane.cluster('home');
		await create(home, [
			{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'churn'}},
		]);
		await seedPods(plane, home, count);
		proxy = await startCuttingProxy(home.port);
	});
	afterEach(async () => {
		for (const close of closers.splice(0)) {
			await close();
		}

		proxy.admit();
		proxy.thaw();
	});
	afterAll(async () => {
		await proxy?.close();
		await plane?.stop();
	});

	describe.each(modes)('$mode', ({capabilities}) => {
		it('holds what the server holds, and follows it', async () => {
			const shadow = await follow(home, 'Pod', {capabilities: capabilities()});
			await expectEqual(shadow, home, podsUrl);
			expect(shadow.held.size).toBeGreaterThanOrEqual(count);
			const churn = startChurn(home);
			await until('two hundred changes', () => churn.changes() > 200);
			await churn.stop();
			await expectEqual(shadow, home, podsUrl);
		});

		it('loses nothing when the connection is cut again and again', async () => {
			const shadow = await follow(home, 'Pod', {
				capabilities: capabilities(),
				server: proxy.url,
			});
			await expectEqual(shadow, home, podsUrl);
			const churn = startChurn(home);
			for (let cut = 0; cut < 12; cut++) {
				const before = churn.changes();
				await until(
					'changes between two cuts',
					() => churn.changes() >= before + 15,
				);
				proxy.cut();
			}

			await churn.stop();
			await expectEqual(shadow, home, podsUrl);
		});

		it('loses nothing when the first list is cut in the middle', async () => {
			const before = proxy.accepted();
			proxy.cutAfter(300_000, 3);
			const shadow = await follow(home, 'Pod', {
				capabilities: capabilities(),
				server: proxy.url,
			});
			await expectEqual(shadow, home, podsUrl);
			expect(proxy.accepted() - before).toBeGreaterThanOrEqual(4);
		});

		it('gives up a connection that went silent, and says so', async () => {
			const shadow = await follow(home, 'Pod', {
				capabilities: capabilities(),
				server: proxy.url,
				patience: {silence: 1000, initialSilence: 1000, grace: 300},
			});
			await expectEqual(shadow, home, podsUrl);
			proxy.freeze();
			const churn = startChurn(home);
			await until('it is stale', () => shadow.state() === 'stale');
			await churn.stop();
			proxy.thaw();
			await expectEqual(shadow, home, podsUrl);
		});

		it('comes back after a crash of the server', async () => {
			const shadow = await follow(home, 'Pod', {
				capabilities: capabilities(),
				patience: {grace: 100},
			});
			await expectEqual(shadow, home, podsUrl);
			const churn = startChurn(home);
			const before = shadow.states.length;
			await until('changes before the crash', () => churn.changes() > 20);
			await home.restart('SIGKILL');
			await churn.stop();
			await expectEqual(shadow, home, podsUrl);
			await until('live again', () => shadow.states.at(-1)?.state === 'live');
			// A server that comes up may cut once more before it stays.
			expect(shadow.states[before]?.state).toBe('stale');
		});

		it('lists again when its version has expired, and drops what is gone', async () => {
			const shadow = await follow(home, 'Pod', {
				capabilities: capabilities(),
				server: proxy.url,
			});
			await create(home, [pod('doomed')]);
			await expectEqual(shadow, home, podsUrl);
			expect(shadow.held.has('churn/doomed')).toBe(true);
			proxy.refuse();
			proxy.cut();
			await ask(home, `${churnUrl}/doomed`, {method: 'DELETE'});
			await create(home, [pod('newcomer')]);
			await plane.etcd.compact();
			// The history that the server's own memory still holds goes with it.
			await home.restart('SIGKILL');
			proxy.admit();
			await expectEqual(shadow, home, podsUrl);
			expect(shadow.held.has('churn/doomed')).toBe(false);
			expect(shadow.relists()).toBeGreaterThan(0);
			await ask(home, `${churnUrl}/newcomer`, {method: 'DELETE'});
		});
	});

	it('begins again when a page expires before it is asked for', async () => {
		const capabilities = {hasWatchList: false, hasProtobuf: true};
		proxy.freezeAfter(200_000);
		const shadow = await follow(home, 'Pod', {capabilities, server: proxy.url});
		await until('the first page has begun', () => shadow.held.size > 0);
		await create(home, [pod('between-pages')]);
		await plane.etcd.compact();
		proxy.thaw();
		await expectEqual(shadow, home, podsUrl);
		const expired = home
			.auditLog()
			.filter(
				({requestURI, responseStatus}) =>
					requestURI.includes('continue=') && responseStatus?.code === 410,
			);
		expect(expired).not.toEqual([]);
	});

	it('waits for a kind that is not served yet', async () => {
		const shadow = await follow(home, 'NamespaceOffloading', {
			patience: {recheck: 200},
		});
		await until(
			'it says that the kind is absent',
			() => shadow.state() === 'absent',
		);
		await installDefinitions(home, [definition]);
		await create(home, [offloading('churn')]);
		await expectEqual(
			shadow,
			home,
			'/apis/offloading.liqo.io/v1beta1/namespaceoffloadings',
		);
		expect(shadow.held.size).toBe(1);
		await kubectl(home, [
			'annotate',
			'namespaceoffloading',
			'-n',
			'churn',
			'offloading',
			'seen=1',
		]);
		await expectEqual(
			shadow,
			home,
			'/apis/offloading.liqo.io/v1beta1/namespaceoffloadings',
		);
	});

	it('names the rule that is missing, and is live when it is granted', async () => {
		const shadow = await follow(home, 'Pod', {
			user: 'limited',
			patience: {recheck: 200},
		});
		await until(
			'it says that pods are forbidden',
			() => shadow.state() === 'forbidden',
		);
		expect(shadow.held.size).toBe(0);
		expect(shadow.states.at(-1)).toMatchObject({
			rule: expect.stringMatching(/list.*pods|pods.*list/v) as string,
		});
		await kubectl(home, [
			'create',
			'clusterrole',
			'pod-reader',
			'--verb=get,list,watch',
			'--resource=pods',
		]);
		await kubectl(home, [
			'create',
			'clusterrolebinding',
			'pod-readers',
			'--clusterrole=pod-reader',
			'--user=limited',
		]);
		await expectEqual(shadow, home, podsUrl);
		await kubectl(home, ['delete', 'clusterrolebinding', 'pod-readers']);
	});

	it('polls where it may list but not watch', async () => {
		await kubectl(home, [
			'create',
			'clusterrole',
			'pod-lister',
			'--verb=list',
			'--resource=pods',
		]);
		await kubectl(home, [
			'create',
			'clusterrolebinding',
			'pod-listers',
			'--clusterrole=pod-lister',
			'--user=lister',
		]);
		const shadow = await follow(home, 'Pod', {
			user: 'lister',
			patience: {poll: 200, recheck: 200},
		});
		await until('all pods are there', () => shadow.held.size >= count);
		await create(home, [pod('polled')]);
		await until('the new pod is there', () => shadow.held.has('churn/polled'));
		expect(
			shadow.states.some(
				(access) => access.state === 'stale' && access.reason.includes('watch'),
			),
		).toBe(true);
		await ask(home, `${churnUrl}/polled`, {method: 'DELETE'});
		await until(
			'the deleted pod is gone',
			() => !shadow.held.has('churn/polled'),
		);
	});

	it.runIf(process.platform === 'linux')('asked for nothing but GET', () => {
		const verbs = home
			.auditLog()
			.filter(({userAgent}) => userAgent?.startsWith('liqoscope/'));
		expect(verbs.length).toBeGreaterThan(0);
		expect(
			new Set(verbs.map(({verb}) => verb)).difference(
				new Set(['get', 'list', 'watch']),
			),
		).toEqual(new Set());
	});
});
