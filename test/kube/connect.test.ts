import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {type Change} from '../../source/core/change.js';
import {
	type ClusterConnection,
	connectCluster,
	type ConnectOptions,
} from '../../source/kube/connect.js';
import {isAllowedBy} from '../../source/kube/reviews.js';
import {clusterIdConfigMap} from '../helpers/cluster-id-config-map.js';
import {FakeApiServer} from './fake-api-server.js';
import {hastyClock, RecordingSink} from './helpers.js';

const resource = (
	plural: string,
	kind: string,
	subresources: string[] = [],
	scope = 'Namespaced',
) => ({
	resource: plural,
	responseKind: {group: '', version: '', kind},
	scope,
	verbs: ['get', 'list', 'watch'],
	subresources: subresources.map((subresource) => ({subresource})),
});

const group = (
	name: string,
	version: string,
	resources: Array<ReturnType<typeof resource>>,
) => ({metadata: {name}, versions: [{version, resources}]});

const v1beta1 = [
	group('offloading.liqo.io', 'v1beta1', [
		resource('namespaceoffloadings', 'NamespaceOffloading', ['status']),
		resource('namespacemaps', 'NamespaceMap', ['status']),
	]),
];

const v03 = [
	group('offloading.liqo.io', 'v1alpha1', [
		resource('namespaceoffloadings', 'NamespaceOffloading'),
	]),
	group('virtualkubelet.liqo.io', 'v1alpha1', [
		resource('namespacemaps', 'NamespaceMap'),
	]),
];

const clusterIdMap = clusterIdConfigMap('home-id', {
	namespace: 'liqo-system',
	data: {CLUSTER_NAME: 'home-name'},
});

type Answers = {
	isAggregated: boolean;
	groups: unknown[];
	configMaps: unknown[];
	codes: Record<string, number>;
};

describe('a connected cluster', () => {
	let folder: string;
	let server: FakeApiServer;
	let answers: Answers;
	let open: ClusterConnection[];

	beforeEach(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'connect-'));
		server = await new FakeApiServer().listen();
		open = [];
		answers = {
			isAggregated: true,
			groups: v1beta1,
			configMaps: [clusterIdMap],
			codes: {},
		};
		await writeFile(
			path.join(folder, 'config'),
			JSON.stringify({
				'current-context': 'lab',
				clusters: [{name: 'c', cluster: {server: server.url}}],
				users: [{name: 'u', user: {token: 'secret'}}],
				contexts: [
					{name: 'lab', context: {cluster: 'c', user: 'u', namespace: 'shop'}},
				],
			}),
		);
		server.intercept = ({url, method, body}, response) => {
			const {pathname, searchParams} = new URL(url, server.url);
			const isSent = (value: unknown, code = 200): true => {
				response.writeHead(code, {'content-type': 'application/json'});
				response.end(JSON.stringify(value));
				return true;
			};

			const code = answers.codes[pathname] ?? answers.codes[method];
			if (code !== undefined) {
				return isSent(
					{
						kind: 'Status',
						code,
						message: `User "eve" cannot do this: ${code}`,
					},
					code,
				);
			}

			if (pathname === '/apis') {
				return answers.isAggregated
					? isSent({kind: 'APIGroupDiscoveryList', items: answers.groups})
					: isSent({
							kind: 'APIGroupList',
							groups: (answers.groups as typeof v1beta1).map(
								({metadata, versions}) => ({
									name: metadata.name,
									versions: versions.map(({version}) => ({version})),
								}),
							),
						});
			}

			const legacy = /^\/apis\/(?<name>[^\/]+)\/[^\/]+$/v.exec(pathname);
			if (legacy) {
				const found = (answers.groups as typeof v1beta1).find(
					({metadata}) => metadata.name === legacy.groups?.name,
				);
				return isSent({
					kind: 'APIResourceList',
					resources: found?.versions[0]?.resources.flatMap((one) => [
						{
							name: one.resource,
							kind: one.responseKind.kind,
							namespaced: true,
							verbs: one.verbs,
						},
						...one.subresources.map(({subresource}) => ({
							name: `${one.resource}/${subresource}`,
							kind: one.responseKind.kind,
							namespaced: true,
							verbs: ['get'],
						})),
					]),
				});
			}

			if (
				pathname.endsWith('/configmaps') &&
				searchParams.has('labelSelector')
			) {
				return isSent({metadata: {}, items: answers.configMaps});
			}

			return method === 'GET'
				? false
				: isSent({
						kind: 'Echo',
						method,
						url,
						body: JSON.parse(body) as unknown,
					});
		};
	});
	afterEach(async () => {
		await Promise.all(open.map(async (connection) => connection.close()));
		await server.close();
		await rm(folder, {recursive: true});
	});

	const connect = async (more: Partial<ConnectOptions> = {}) => {
		const outcome = await connectCluster({
			flags: {kubeconfig: path.join(folder, 'config')},
			env: {},
			version: '1.2.3',
			isReadOnly: false,
			clock: hastyClock(),
			patience: {recheck: 10, pulse: 60_000},
			...more,
		});
		if (!outcome.ok) {
			throw new Error(outcome.problem.message);
		}

		open.push(outcome.value);
		return outcome.value;
	};

	it.each([true, false])(
		'knows its Liqo (aggregated discovery: %s)',
		async (isAggregated) => {
			answers.isAggregated = isAggregated;
			const connection = await connect();
			expect(connection).toMatchObject({
				title: 'lab',
				namespace: 'shop',
				server: server.url,
				isReadOnly: false,
			});
			expect(connection.identity()).toMatchObject({
				generation: {id: 'v1beta1'},
				clusterId: 'home-id',
				clusterName: 'home-name',
				liqoNamespace: 'liqo-system',
			});
		},
	);

	it.each([true, false])(
		'tells v0.3 by its missing subresources (aggregated discovery: %s)',
		async (isAggregated) => {
			answers.isAggregated = isAggregated;
			answers.groups = v03;
			const connection = await connect();
			expect(connection.identity().generation?.id).toBe('v0.3');
		},
	);

	it('lets the user name the cluster-id, and says why it is not known', async () => {
		answers.configMaps = [];
		const named = await connect({localClusterId: 'mine'});
		expect(named.identity().clusterId).toBe('mine');
		const unnamed = await connect();
		expect(unnamed.identity()).toMatchObject({
			clusterId: undefined,
			note: expect.stringContaining('--local-cluster-id') as string,
		});
		answers.configMaps = [
			clusterIdMap,
			{...clusterIdMap, metadata: {...clusterIdMap.metadata, namespace: 'x'}},
		];
		const two = await connect();
		expect(two.identity().note).toContain('2 ConfigMaps');
	});

	it('looks in the Liqo namespace where the whole is forbidden', async () => {
		answers.codes['/api/v1/configmaps'] = 403;
		const connection = await connect({liqoNamespace: 'liqo-system'});
		expect(connection.identity().clusterId).toBe('home-id');
		expect(
			server.seen.some(({url}) =>
				url.startsWith('/api/v1/namespaces/liqo-system/configmaps'),
			),
		).toBe(true);
	});

	it('is no connection when nobody answers, or the user is unknown', async () => {
		answers.codes['/apis'] = 401;
		const options = {
			flags: {kubeconfig: path.join(folder, 'config')},
			env: {},
			version: '1',
			isReadOnly: false,
		};
		expect(await connectCluster(options)).toMatchObject({
			problem: {kind: 'unauthorized'},
		});
		expect(
			await connectCluster({
				...options,
				flags: {...options.flags, server: 'http://127.0.0.1:1'},
			}),
		).toMatchObject({problem: {kind: 'unreachable'}});
	});

	it.each([
		[503, 'server', /failed to get \/apis \(503\)/v],
		[302, 'server', /answers with a redirect .* login page/v],
	])(
		'is no connection when what is served cannot be told (%s)',
		async (code, kind, wanted) => {
			answers.codes['/apis'] = code;
			const outcome = await connectCluster({
				flags: {kubeconfig: path.join(folder, 'config')},
				env: {},
				version: '1',
				isReadOnly: false,
			});
			expect(outcome).toMatchObject({
				problem: {kind, message: expect.stringMatching(wanted) as string},
			});
		},
	);

	it('is given up when nobody wants it any more', async () => {
		const controller = new AbortController();
		server.intercept = () => {
			controller.abort();
			return true;
		};

		const outcome = await connectCluster({
			flags: {kubeconfig: path.join(folder, 'config'), requestTimeout: '0'},
			env: {},
			version: '1',
			isReadOnly: false,
			signal: controller.signal,
		});
		expect(outcome).toMatchObject({problem: {kind: 'aborted'}});
	});

	it('watches Liqo’s kinds as soon as Liqo is there', async () => {
		answers.groups = [];
		const connection = await connect();
		const sink = new RecordingSink();
		const identities: unknown[] = [];
		connection.onIdentity(({generation}) => {
			identities.push(generation?.id);
		});
		connection.watch({kind: 'NamespaceOffloading', sink});
		expect(sink.states).toEqual([
			{
				state: 'absent',
				reason: `${server.url} does not serve Liqo's API.`,
			},
		]);
		answers.groups = v1beta1;
		await vi.waitFor(() => {
			expect(identities).toEqual(['v1beta1']);
			expect(
				server.seen.some(({url}) =>
					url.startsWith(
						'/apis/offloading.liqo.io/v1beta1/namespaceoffloadings?',
					),
				),
			).toBe(true);
		});
	});

	it('watches any kind', async () => {
		const connection = await connect();
		const sink = new RecordingSink();
		server.put('a', 'one', {}, 'pods');
		const watch = connection.watch({kind: 'Pod', sink});
		await vi.waitFor(() => {
			expect(sink.state).toBe('live');
		});
		expect(sink.objects.size).toBe(1);
		watch.stop();
		const listed = await connection.list('Pod');
		expect(listed).toMatchObject({ok: true, value: [{kind: 'Pod'}]});
		const full = await connection.listFull('ConfigMap', {namespace: 'a'});
		expect(full).toMatchObject({ok: true, value: []});
	});

	it('shows no Secret’s values and no field sets', async () => {
		const connection = await connect();
		const inner = server.intercept;
		server.intercept = async (request, response) => {
			if (!request.url.startsWith('/api/v1/namespaces/a/secrets/s')) {
				return inner?.(request, response) ?? false;
			}

			response.end(
				JSON.stringify({
					apiVersion: 'v1',
					kind: 'Secret',
					metadata: {
						name: 's',
						managedFields: [],
						annotations: {
							'kubectl.kubernetes.io/last-applied-configuration': 'hidden-text',
						},
					},
					data: {password: 'aGlkZGVu'},
					stringData: {token: 'hidden-text'},
				}),
			);
			return true;
		};

		const object = await connection.fetchObject({
			apiVersion: 'v1',
			kind: 'Secret',
			namespace: 'a',
			name: 's',
		});
		expect(object).toMatchObject({
			value: {data: {password: '***'}, stringData: {token: '***'}},
		});
		expect(JSON.stringify(object)).not.toMatch(
			/hidden|aGlkZGVu|managedFields/v,
		);
	});

	describe('sends changes', () => {
		const offloading = {
			apiVersion: 'offloading.liqo.io/v1beta1',
			kind: 'NamespaceOffloading',
			namespace: 'shop',
			name: 'offloading',
		};
		const base =
			'/apis/offloading.liqo.io/v1beta1/namespaces/shop/namespaceoffloadings';
		const precondition = {resourceVersion: '7', uid: 'u'};
		const metadata = {resourceVersion: '7', uid: 'u'};
		const change = (more: Partial<Change>): Change => ({
			cluster: 'home',
			verb: 'patch',
			object: offloading,
			reason: 'a test',
			...more,
		});

		it.each<[string, Partial<Change>, unknown]>([
			[
				'create',
				{verb: 'create', body: {a: 1}},
				{
					method: 'POST',
					url: `${base}?fieldManager=liqoscope&fieldValidation=Strict`,
					body: {a: 1},
				},
			],
			[
				'merge patch',
				{patchType: 'merge', body: {spec: 1}, precondition},
				{
					method: 'PATCH',
					url: `${base}/offloading?fieldManager=liqoscope&fieldValidation=Strict`,
					body: {spec: 1, metadata},
				},
			],
			[
				'merge patch of a label',
				{body: {metadata: {labels: {a: 'b'}}}, precondition},
				{body: {metadata: {labels: {a: 'b'}, ...metadata}}},
			],
			[
				'JSON patch of a subresource',
				{
					patchType: 'json',
					subresource: 'status',
					body: [{op: 'add', path: '/x', value: 1}],
					precondition,
				},
				{
					url: `${base}/offloading/status?fieldManager=liqoscope&fieldValidation=Strict`,
					body: [
						{op: 'replace', path: '/metadata/resourceVersion', value: '7'},
						{op: 'replace', path: '/metadata/uid', value: 'u'},
						{op: 'add', path: '/x', value: 1},
					],
				},
			],
			[
				'update',
				{verb: 'update', body: {metadata: {name: 'offloading'}}, precondition},
				{method: 'PUT', body: {metadata: {name: 'offloading', ...metadata}}},
			],
			[
				'delete',
				{verb: 'delete', precondition},
				{
					method: 'DELETE',
					url: `${base}/offloading?fieldManager=liqoscope`,
					body: {
						apiVersion: 'v1',
						kind: 'DeleteOptions',
						propagationPolicy: 'Background',
						preconditions: precondition,
					},
				},
			],
			[
				'patch of a cluster-scoped object',
				{
					object: {apiVersion: 'v1', kind: 'Node', name: 'n', namespace: ''},
					body: {},
				},
				{url: '/api/v1/nodes/n?fieldManager=liqoscope&fieldValidation=Strict'},
			],
		])('%s', async (_, more, wanted) => {
			const connection = await connect();
			const sent = await connection.send(change(more));
			expect(sent).toMatchObject({ok: true, value: {object: wanted}});
		});

		it('with the patch types of Kubernetes', async () => {
			const connection = await connect();
			for (const patchType of [
				'merge',
				'json',
				'strategic',
				'apply',
			] as const) {
				await connection.send(change({patchType, body: []}));
			}

			expect(
				server.seen.slice(-4).map(({headers}) => headers['content-type']),
			).toEqual([
				'application/merge-patch+json',
				'application/json-patch+json',
				'application/strategic-merge-patch+json',
				'application/apply-patch+yaml',
			]);
		});

		it('only to try, when asked to', async () => {
			const connection = await connect();
			await connection.send(change({body: {}}), {dryRun: 'server'});
			expect(server.seen.at(-1)?.url).toContain('dryRun=All');
		});

		it('only to try a deletion, whose body hides the query from the server', async () => {
			const connection = await connect();
			await connection.send(change({verb: 'delete'}), {dryRun: 'server'});
			expect(JSON.parse(server.seen.at(-1)?.body ?? '')).toMatchObject({
				kind: 'DeleteOptions',
				dryRun: ['All'],
			});
			await connection.send(change({verb: 'delete'}));
			expect(server.seen.at(-1)?.body).not.toContain('dryRun');
		});

		it.each([
			[409, {}, 'conflict'],
			[422, {patchType: 'json', body: [], precondition}, 'invalid'],
			[403, {}, 'forbidden'],
		] as const)('and says of a %s what it is', async (code, more, kind) => {
			const connection = await connect();
			answers.codes.PATCH = code;
			expect(await connection.send(change(more))).toMatchObject({
				ok: false,
				problem: {kind},
			});
		});

		it('and none when read-only', async () => {
			const connection = await connect({isReadOnly: true});
			for (const verb of [
				'create',
				'patch',
				'update',
				'delete',
				'event',
			] as const) {
				expect(await connection.send(change({verb, body: {}}))).toMatchObject({
					ok: false,
					problem: {kind: 'refused-readonly'},
				});
			}

			expect(server.seen.every(({method}) => method === 'GET')).toBe(true);
		});

		it('and counts events up instead of repeating them', async () => {
			const connection = await connect();
			const event = change({
				verb: 'event',
				object: {apiVersion: 'v1', kind: 'Event', namespace: 'shop', name: ''},
				body: {
					involvedObject: {kind: 'Namespace', name: 'shop', namespace: 'shop'},
					reason: 'Offloaded',
					message: 'done',
				},
			});
			for (const _ of [1, 2, 3]) {
				expect(await connection.send(event)).toMatchObject({ok: true});
			}

			await connection.send({...event, body: {reason: 'Other'}});
			const writes = server.seen.filter(({method}) => method !== 'GET');
			expect(writes.map(({method}) => method)).toEqual([
				'POST',
				'PATCH',
				'PATCH',
				'POST',
			]);
			const first = JSON.parse(writes[0]!.body) as {metadata: {name: string}};
			expect(first).toMatchObject({
				kind: 'Event',
				count: 1,
				reason: 'Offloaded',
				source: {component: 'liqoscope'},
				metadata: {
					namespace: 'shop',
					name: expect.stringMatching(/^shop\./v) as string,
				},
			});
			expect(writes[2]!.url).toContain(`/events/${first.metadata.name}?`);
			expect(JSON.parse(writes[2]!.body)).toMatchObject({count: 3});
		});
	});
});

describe('what a user may do', () => {
	const rules = [
		{
			verbs: ['get', 'list'],
			apiGroups: [''],
			resources: ['pods', '*/status'],
			resourceNames: [],
		},
		{
			verbs: ['*'],
			apiGroups: ['offloading.liqo.io'],
			resources: ['*'],
			resourceNames: ['offloading'],
		},
	];
	it.each([
		['list', '', 'pods', undefined, undefined, true],
		['watch', '', 'pods', undefined, undefined, false],
		['get', '', 'nodes', 'status', undefined, true],
		['get', '', 'pods', 'log', undefined, false],
		[
			'patch',
			'offloading.liqo.io',
			'namespaceoffloadings',
			undefined,
			'offloading',
			true,
		],
		[
			'patch',
			'offloading.liqo.io',
			'namespaceoffloadings',
			undefined,
			'other',
			false,
		],
		[
			'list',
			'offloading.liqo.io',
			'namespaceoffloadings',
			undefined,
			undefined,
			false,
		],
	])(
		'%s %s %s %s %s: %s',
		(verb, group_, plural, subresource, name, wanted) => {
			expect(
				isAllowedBy(rules, {
					verb,
					group: group_,
					resource: plural,
					...(subresource !== undefined && {subresource}),
					...(name !== undefined && {name}),
				}),
			).toBe(wanted);
		},
	);
});
