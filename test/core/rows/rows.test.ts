import {describe, expect, it} from 'vitest';
import {decode} from '../../../source/core/decode.js';
import {v03} from '../../../source/core/generations/v0.3.js';
import {v1beta1} from '../../../source/core/generations/v1beta1.js';
import {type JsonObject} from '../../../source/core/json.js';
import {type AnyObject, type KindName} from '../../../source/core/model.js';
import {clusterRows} from '../../../source/core/rows/clusters.js';
import {type DescribedRowSet} from '../../../source/core/rows/described-row-set.js';
import {mapRows} from '../../../source/core/rows/maps.js';
import {namespaceRows} from '../../../source/core/rows/namespaces.js';
import {
	createOffloadingRows,
	offloadingRows,
} from '../../../source/core/rows/offloadings.js';
import {podRows} from '../../../source/core/rows/pods.js';
import {createSnapshotWorld} from '../../../source/core/snapshot-world.js';
import {type World} from '../../../source/core/world.js';

const now = Date.parse('2026-01-01T01:00:00Z');
const created = '2026-01-01T00:00:00Z';

const make = (
	kind: KindName,
	metadata: JsonObject,
	rest: JsonObject = {},
	generation = v1beta1,
): AnyObject =>
	decode(
		kind,
		{metadata: {creationTimestamp: created, ...metadata}, ...rest},
		generation,
	);

const virtualNode = (
	name: string,
	cluster: string,
	labels: JsonObject = {},
	rest: JsonObject = {},
) =>
	make(
		'Node',
		{
			name,
			labels: {
				'liqo.io/type': 'virtual-node',
				'liqo.io/remote-cluster-id': cluster,
				...labels,
			},
		},
		{status: {conditions: [{type: 'Ready', status: 'True'}]}, ...rest},
	);

const namespaceMap = (
	cluster: string,
	desired: JsonObject,
	current: JsonObject,
	labels: JsonObject = {},
) =>
	make(
		'NamespaceMap',
		{
			name: cluster,
			namespace: `liqo-tenant-${cluster}`,
			labels: {
				'liqo.io/remote-cluster-id': cluster,
				'liqo.io/replication': 'true',
				...labels,
			},
		},
		{spec: {desiredMapping: desired}, status: {currentMapping: current}},
	);

const offloading = (
	namespace: string,
	phase?: string,
	metadata: JsonObject = {},
	rest: JsonObject = {},
) =>
	make(
		'NamespaceOffloading',
		{name: 'offloading', namespace, ...metadata},
		{
			spec: {},
			...(phase !== undefined && {status: {offloadingPhase: phase}}),
			...rest,
		},
	);

const worldOf = (
	objects: readonly AnyObject[],
	providers: Readonly<Record<string, readonly AnyObject[]>> = {},
	generation = v1beta1,
): World =>
	createSnapshotWorld(
		{key: 'home', role: 'consumer', title: 'test', generation, objects},
		Object.entries(providers).map(([key, theirs]) => ({
			key,
			role: 'provider' as const,
			title: `kind-${key}`,
			clusterId: key,
			generation,
			objects: theirs,
		})),
	);

const textsOf = <T>(
	rows: DescribedRowSet<T>,
	world: World,
): ReadonlyArray<Record<string, string>> =>
	[...rows.list(world)].map((row) => {
		const cells = rows.cellsOf(row, world, now);
		const columns = rows.columns(world);
		expect(cells).toHaveLength(columns.length);
		return Object.fromEntries(
			columns.map(({id}, index) => [id, cells[index]!.text]),
		);
	});

const levelsOf = <T>(rows: DescribedRowSet<T>, world: World) =>
	Object.fromEntries(
		[...rows.list(world)].map((row) => [
			rows.keyOf(row),
			rows.levelOf(row, world),
		]),
	);

describe('rows of offloadings', () => {
	it.each([
		['Ready', 'fine'],
		['AllFailed', 'error'],
		['NoClusterSelected', 'error'],
		['SomeFailed', 'warning'],
		['InProgress', 'progress'],
		['Terminating', 'progress'],
		['Dreaming', 'warning'],
		[undefined, 'progress'],
		['constructor', 'warning'],
	])('phase %s is %s', (phase, level) => {
		expect(
			levelsOf(offloadingRows, worldOf([offloading('shop', phase)])),
		).toEqual({'shop/offloading': level});
	});

	it('count clusters by the NamespaceMaps', () => {
		const world = worldOf([
			offloading('shop', 'SomeFailed'),
			offloading('cart', 'NoClusterSelected'),
			namespaceMap(
				'eu',
				{shop: 'shop-x'},
				{shop: {remoteNamespace: 'shop-x', phase: 'Accepted'}},
			),
			namespaceMap(
				'us',
				{shop: 'shop-x'},
				{shop: {remoteNamespace: 'shop-x', phase: 'CreationLoopBackOff'}},
			),
			// What another consumer asks of this cluster is no mapping of ours.
			namespaceMap(
				'other',
				{shop: 'y'},
				{},
				{'liqo.io/replication': 'false', 'liqo.io/originID': 'other'},
			),
		]);
		expect(
			textsOf(offloadingRows, world).map(({namespace, clusters, age}) => [
				namespace,
				clusters,
				age,
			]),
		).toEqual([
			['shop', '1/2', '60m'],
			['cart', '0/0 of 2', '60m'],
		]);
	});

	it('say malformed and where, and which names Liqo ignores', () => {
		const world = worldOf([
			offloading('a', 'Ready', {}, {spec: {podOffloadingStrategy: 1}}),
			offloading('b', 'Ready', {name: 'mine'}),
			offloading('c', 'Ready', {deletionTimestamp: created}),
		]);
		expect(textsOf(offloadingRows, world).map(({phase}) => phase)).toEqual([
			'malformed: spec.podOffloadingStrategy must be a string, is a number',
			'ignored: must be named offloading',
			'Terminating',
		]);
		expect(Object.values(levelsOf(offloadingRows, world))).toEqual([
			'warning',
			'warning',
			'progress',
		]);
	});

	it('are never better than their worst finding', () => {
		const rows = createOffloadingRows({
			worstFinding: (namespace) =>
				namespace === 'shop'
					? {id: 'webhook-unavailable', severity: 'error'}
					: undefined,
		});
		const world = worldOf([
			offloading('shop', 'Ready'),
			offloading('cart', 'AllFailed'),
			offloading('fine', 'Ready'),
		]);
		expect(levelsOf(rows, world)).toEqual({
			'shop/offloading': 'error',
			'cart/offloading': 'error',
			'fine/offloading': 'fine',
		});
		expect(textsOf(rows, world)[0]).toMatchObject({
			finding: 'webhook-unavailable',
		});
	});

	it('read the conditions of v0.3 where there are no maps to see', () => {
		const object = decode(
			'NamespaceOffloading',
			{
				metadata: {name: 'offloading', namespace: 'shop'},
				spec: {},
				status: {
					offloadingPhase: 'SomeFailed',
					remoteNamespacesConditions: {
						one: [{type: 'Ready', status: 'True'}],
						two: [{type: 'Ready', status: 'False'}],
						three: [{type: 'OffloadingRequired', status: 'False'}],
					},
				},
			},
			v03,
		);
		const world = worldOf([object], {}, v03);
		const blind: World = {
			...world,
			consumer: {
				...world.consumer,
				generation: v03,
				access: () => ({state: 'forbidden', rule: '', reason: ''}),
				count: () => 0,
			},
		};
		expect(offloadingRows.cellsOf(object, blind, now)[2]?.text).toBe('1/2');
	});
});

describe('rows of clusters', () => {
	it('show virtual nodes and resources without a node', () => {
		const world = worldOf(
			[
				virtualNode('liqo-eu', 'eu', {
					region: 'eu',
					'topology.kubernetes.io/zone': 'z1',
					'kubernetes.io/os': 'linux',
					'storage.liqo.io/available': 'true',
				}),
				virtualNode('liqo-us', 'us', {}, {spec: {unschedulable: true}}),
				virtualNode(
					'liqo-ap',
					'ap',
					{},
					{status: {conditions: [{type: 'Ready', status: 'False'}]}},
				),
				virtualNode('liqo-sa', 'sa', {}, {status: {}}),
				virtualNode(
					'liqo-af',
					'af',
					{},
					{
						status: {
							conditions: [
								{type: 'Ready', status: 'True'},
								{type: 'NetworkUnavailable', status: 'True'},
							],
						},
					},
				),
				make('Node', {name: 'worker'}),
				make(
					'VirtualNode',
					{name: 'liqo-eu', namespace: 't'},
					{spec: {clusterID: 'eu'}},
				),
				make(
					'VirtualNode',
					{name: 'liqo-lost', namespace: 't'},
					{spec: {clusterID: 'lost', createNode: true, labels: {region: 'x'}}},
				),
				make(
					'VirtualNode',
					{name: 'liqo-bare', namespace: 't'},
					{spec: {clusterID: 'bare', createNode: false}},
				),
			],
			{eu: []},
		);
		expect(
			textsOf(clusterRows, world).map(
				({cluster, node, ready, labels, connection}) => [
					cluster,
					node,
					ready,
					labels,
					connection,
				],
			),
		).toEqual([
			[
				'eu',
				'liqo-eu',
				'yes',
				'region=eu topology.kubernetes.io/zone=z1',
				'kind-eu',
			],
			['us', 'liqo-us', 'cordoned', '', 'not connected'],
			['ap', 'liqo-ap', 'no', '', 'not connected'],
			['sa', 'liqo-sa', 'unknown', '', 'not connected'],
			['af', 'liqo-af', 'no network', '', 'not connected'],
			['lost', 'liqo-lost', 'node missing', 'region=x', 'not connected'],
			['bare', 'liqo-bare', 'no node', '', 'not connected'],
		]);
		for (const row of clusterRows.list(world)) {
			expect(clusterRows.find(world, clusterRows.keyOf(row))).toBe(row);
		}

		expect(clusterRows.find(world, 'worker')).toBeUndefined();
	});

	it('count what a cluster hosts', () => {
		const world = worldOf([
			virtualNode('liqo-eu', 'eu'),
			namespaceMap(
				'eu',
				{a: 'a-x', b: 'b-x'},
				{
					a: {remoteNamespace: 'a-x', phase: 'Accepted'},
					b: {remoteNamespace: 'b-x', phase: 'CreationLoopBackOff'},
				},
			),
			make(
				'Pod',
				{name: 'p', namespace: 'a'},
				{
					spec: {nodeName: 'liqo-eu', containers: []},
					status: {phase: 'Running'},
				},
			),
		]);
		expect(textsOf(clusterRows, world)[0]).toMatchObject({
			namespaces: '1',
			pods: '1',
		});
		expect(
			clusterRows.valueOf([...clusterRows.list(world)][0]!, 'pods', world),
		).toBe(1);
	});
});

describe('rows of namespaces', () => {
	const objects = [
		...['shop', 'cart', 'labelled', 'plain'].map((name) =>
			make('Namespace', {
				name,
				...(name === 'labelled' && {
					labels: {'liqo.io/scheduling-enabled': 'true'},
				}),
			}),
		),
		offloading('shop', 'Ready'),
		virtualNode('liqo-eu', 'eu'),
		virtualNode('liqo-us', 'us'),
		virtualNode('liqo-ap', 'ap'),
		namespaceMap(
			'eu',
			{shop: 'shop-x', cart: 'cart-x'},
			{
				shop: {remoteNamespace: 'shop-x', phase: 'Accepted'},
				cart: {remoteNamespace: 'cart-x', phase: 'CreationLoopBackOff'},
			},
		),
		namespaceMap(
			'us',
			{shop: 'shop-x'},
			{cart: {remoteNamespace: 'cart-x', phase: 'Accepted'}},
		),
	];

	it('show what has to do with offloading, a column for each cluster', () => {
		const world = worldOf(objects);
		expect(namespaceRows.columns(world).map(({title}) => title)).toEqual([
			'LOCAL',
			'REMOTE NAME',
			'ap',
			'eu',
			'us',
			'PODS',
			'AGE',
		]);
		expect(
			textsOf(namespaceRows, world).map((row) => [
				row.local,
				row.remoteName,
				row['cluster:ap'],
				row['cluster:eu'],
				row['cluster:us'],
			]),
		).toEqual([
			['shop', 'shop-x', '-', 'Accepted', 'requested'],
			['cart', 'cart-x', '-', 'LoopBack', 'leaving'],
			['labelled', '-', '-', '-', '-'],
		]);
		expect(levelsOf(namespaceRows, world)).toEqual({
			shop: 'progress',
			cart: 'error',
			labelled: 'none',
		});
		expect(namespaceRows.find(world, 'plain')).toBeUndefined();
		expect(namespaceRows.find(world, 'shop')?.metadata.name).toBe('shop');
	});

	it('look for the twin where the provider is connected', () => {
		const there = worldOf(objects, {eu: [make('Namespace', {name: 'shop-x'})]});
		const gone = worldOf(objects, {eu: [make('Namespace', {name: 'else'})]});
		expect(textsOf(namespaceRows, there)[0]?.['cluster:eu']).toBe('Accepted');
		expect(textsOf(namespaceRows, gone)[0]?.['cluster:eu']).toBe('missing');
		expect(levelsOf(namespaceRows, gone).shop).toBe('error');
	});
});

describe('rows of pods', () => {
	const pod = (
		name: string,
		spec: JsonObject,
		status: JsonObject,
		metadata: JsonObject = {},
	) =>
		make(
			'Pod',
			{name, namespace: 'shop', ...metadata},
			{spec: {containers: [{name: 'main'}], ...spec}, status},
		);

	it('say where a pod runs, or why it does not', () => {
		const world = worldOf([
			virtualNode('liqo-eu', 'eu'),
			make('Node', {name: 'worker'}),
			pod(
				'far',
				{nodeName: 'liqo-eu'},
				{
					phase: 'Running',
					containerStatuses: [
						{name: 'main', ready: true, restartCount: 3, state: {running: {}}},
					],
				},
			),
			pod(
				'near',
				{nodeName: 'worker'},
				{
					phase: 'Running',
					containerStatuses: [
						{
							name: 'main',
							ready: false,
							restartCount: 9,
							state: {waiting: {reason: 'CrashLoopBackOff'}},
						},
					],
				},
			),
			pod(
				'unfit',
				{},
				{
					phase: 'Pending',
					conditions: [
						{
							type: 'PodScheduled',
							status: 'False',
							reason: 'Unschedulable',
							message: '0/2 nodes are available',
						},
					],
				},
			),
			pod(
				'off',
				{nodeName: 'liqo-eu'},
				{phase: 'Pending', reason: 'OffloadingBackOff'},
			),
			pod('new', {}, {phase: 'Pending'}),
			pod('gated', {schedulingGates: [{name: 'x'}]}, {phase: 'Pending'}),
			pod('done', {nodeName: 'worker'}, {phase: 'Succeeded'}),
			pod(
				'dead',
				{nodeName: 'worker'},
				{phase: 'Failed', reason: 'Evicted', message: 'low on memory'},
			),
			pod(
				'going',
				{nodeName: 'worker'},
				{phase: 'Running'},
				{deletionTimestamp: created},
			),
			pod('odd', {nodeName: 'gone'}, {}),
		]);
		expect(
			[...podRows.list(world)].map((row) => {
				const [, name, ready, status, restarts, , cluster, , why] = podRows
					.cellsOf(row, world, now)
					.map(({text}) => text);
				return [
					name,
					ready,
					status,
					restarts,
					cluster,
					why,
					podRows.levelOf(row, world),
				].join('|');
			}),
		).toEqual([
			'far|1/1|Running|3|eu||fine',
			'near|0/1|CrashLoopBackOff|9|local|main: CrashLoopBackOff|warning',
			'unfit|0/1|Pending|0|-|0/2 nodes are available|error',
			'off|0/1|OffloadingBackOff|0|eu|OffloadingBackOff|error',
			'new|0/1|Pending|0|-|not scheduled yet|progress',
			'gated|0/1|SchedulingGated|0|-|not scheduled yet|progress',
			'done|0/1|Completed|0|local||fine',
			'dead|0/1|Evicted|0|local|Evicted: low on memory|error',
			'going|0/1|Terminating|0|local||progress',
			'odd|0/1|Unknown|0|-||warning',
		]);
	});

	it('write only what is known', () => {
		const world = worldOf([pod('new', {}, {phase: 'Pending'})]);
		const [row] = [...podRows.list(world)];
		expect(podRows.dataOf(row!, world, now)).toEqual({
			namespace: 'shop',
			name: 'new',
			level: 'progress',
			status: 'Pending',
			phase: 'Pending',
			reason: 'not scheduled yet',
			containers: {ready: 0, total: 1},
			restarts: 0,
			creationTimestamp: created,
		});
	});
});

describe('rows of maps', () => {
	it('count what was asked for and what came of it', () => {
		const world = worldOf([
			namespaceMap(
				'eu',
				{a: 'a-x', b: 'b-x'},
				{
					a: {remoteNamespace: 'a-x', phase: 'Accepted'},
					c: {remoteNamespace: 'c-x', phase: 'Terminating'},
				},
			),
			namespaceMap(
				'us',
				{a: 'a-x'},
				{a: {remoteNamespace: 'a-x', phase: 'CreationLoopBackOff'}},
			),
			namespaceMap(
				'ap',
				{a: 'a-x'},
				{a: {remoteNamespace: 'a-x', phase: 'Accepted'}},
			),
		]);
		expect(
			textsOf(mapRows, world).map(
				({cluster, desired, accepted, failed, terminating, namespaces}) => [
					cluster,
					desired,
					accepted,
					failed,
					terminating,
					namespaces,
				],
			),
		).toEqual([
			['eu', '2', '1', '0', '1', 'a=Accepted,b=requested,c=Terminating'],
			['us', '1', '0', '1', '0', 'a=CreationLoopBackOff'],
			['ap', '1', '1', '0', '0', 'a=Accepted'],
		]);
		expect(Object.values(levelsOf(mapRows, world))).toEqual([
			'progress',
			'error',
			'fine',
		]);
	});
});
