import fc from 'fast-check';
import {describe, expect, it, vi} from 'vitest';
import {createClusterIndex} from '../../source/core/cluster-index.js';
import {decode} from '../../source/core/decode.js';
import {v1beta1} from '../../source/core/generations/v1beta1.js';
import {type JsonObject} from '../../source/core/json.js';
import {type Pod} from '../../source/core/model.js';
import {createStore, type Timer} from '../../source/store/create-store.js';
import {type Touch} from '../../source/store/store.js';

const home = {
	key: 'home',
	role: 'consumer' as const,
	title: 'kind-home',
	generation: v1beta1,
};

const createTimer = () => {
	let now = 0;
	let waiting: Array<{at: number; callback: () => void}> = [];
	const timer: Timer = {
		now: () => now,
		after(milliseconds, callback) {
			const entry = {at: now + milliseconds, callback};
			waiting.push(entry);
			return () => {
				waiting = waiting.filter((other) => other !== entry);
			};
		},
	};
	return {
		timer,
		advance(milliseconds: number) {
			now += milliseconds;
			const due = waiting.filter(({at}) => at <= now);
			for (const entry of due) {
				waiting = waiting.filter((other) => other !== entry);
				entry.callback();
			}
		},
	};
};

const pod = (
	name: string,
	{
		namespace = 'shop',
		version = '1',
		node,
		phase = 'Running',
		labels,
	}: {
		namespace?: string;
		version?: string;
		node?: string;
		phase?: string;
		labels?: JsonObject;
	} = {},
): Pod =>
	decode('Pod', {
		metadata: {
			name,
			namespace,
			uid: `${namespace}/${name}`,
			resourceVersion: version,
			labels,
		},
		spec: {nodeName: node, containers: [{name: 'main'}]},
		status: {
			phase,
			conditions:
				phase === 'Pending'
					? [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable'}]
					: [],
		},
	});

const createFixture = () => {
	const {timer, advance} = createTimer();
	const store = createStore({consumer: home, timer});
	const touches: Touch[] = [];
	store.onTouch((touch) => {
		touches.push(touch);
	});
	const listener = vi.fn<() => void>();
	store.subscribe(listener);
	return {store, advance, touches, listener, view: store.world.consumer};
};

describe('the store', () => {
	it('tells what an event touched, at once', () => {
		const {store, touches} = createFixture();
		const first = pod('web');
		const second = pod('web', {version: '2', phase: 'Failed'});
		store.upsert('home', first);
		store.upsert('home', second);
		store.remove('home', 'Pod', 'shop', 'web');
		expect(touches).toEqual([
			{
				cluster: 'home',
				kind: 'Pod',
				namespace: 'shop',
				name: 'web',
				after: first,
			},
			{
				cluster: 'home',
				kind: 'Pod',
				namespace: 'shop',
				name: 'web',
				before: first,
				after: second,
			},
			{
				cluster: 'home',
				kind: 'Pod',
				namespace: 'shop',
				name: 'web',
				before: second,
			},
		]);
	});

	it('tells less often while a long list arrives, and at once when it is complete', () => {
		const {store, advance, listener} = createFixture();
		store.setAccess('home', 'Pod', {state: 'syncing', seen: 0});
		let number = 0;
		const arrive = (count: number) => {
			for (let index = 0; index < count; index++) {
				store.upsert('home', pod(`web-${number++}`));
			}
		};

		arrive(1001);
		advance(10);
		expect(listener).toHaveBeenCalledTimes(1);
		arrive(1001);
		advance(240);
		expect(listener).toHaveBeenCalledTimes(1);
		advance(10);
		expect(listener).toHaveBeenCalledTimes(2);
		arrive(10);
		store.setAccess('home', 'Pod', {state: 'live'});
		advance(100);
		expect(listener).toHaveBeenCalledTimes(3);
		arrive(1);
		advance(100);
		expect(listener).toHaveBeenCalledTimes(4);
	});

	it('does nothing for a resourceVersion it holds', () => {
		const {store, touches, view} = createFixture();
		store.upsert('home', pod('web'));
		const version = view.version('Pod');
		store.upsert('home', pod('web', {phase: 'Failed'}));
		expect(touches).toHaveLength(1);
		expect(view.version('Pod')).toBe(version);
		expect(view.get('Pod', 'shop', 'web')?.status.phase).toBe('Running');
	});

	it('takes an object of the same version and another uid for another object', () => {
		const {store, touches} = createFixture();
		store.upsert('home', pod('web'));
		const twin = pod('web', {phase: 'Failed'});
		store.upsert('home', {...twin, metadata: {...twin.metadata, uid: 'other'}});
		expect(touches).toHaveLength(2);
	});

	it('renews an object that says nothing new without a word', () => {
		const {store, touches, listener, advance, view} = createFixture();
		store.upsert('home', pod('web', {node: 'n1'}));
		advance(1000);
		store.upsert('home', pod('web', {node: 'n1', version: '2'}));
		advance(1000);
		expect(touches).toHaveLength(1);
		expect(listener).toHaveBeenCalledTimes(1);
		expect(view.get('Pod', 'shop', 'web')?.metadata.resourceVersion).toBe('2');
		expect(
			[...view.podsOnNode('n1')].map(({metadata}) => metadata.resourceVersion),
		).toEqual(['2']);
		expect(view.summaries?.podsOnNode('n1').total).toBe(1);
	});

	it('flushes a lone change soon and a stream of changes at its interval', () => {
		const {store, advance, listener} = createFixture();
		store.upsert('home', pod('a'));
		expect(listener).not.toHaveBeenCalled();
		advance(10);
		expect(listener).toHaveBeenCalledTimes(1);
		for (let index = 0; index < 100; index++) {
			store.upsert('home', pod(`b${index}`));
			advance(5);
		}

		// 500 ms at no more than one flush each 100 ms.
		expect(listener.mock.calls.length).toBeGreaterThanOrEqual(5);
		expect(listener.mock.calls.length).toBeLessThanOrEqual(7);
		expect(store.version()).toBe(listener.mock.calls.length);
	});

	it('flushes at once when asked, and not again without a change', () => {
		const {store, listener} = createFixture();
		store.upsert('home', pod('a'));
		store.flush();
		store.flush();
		expect(listener).toHaveBeenCalledTimes(1);
	});

	it('says nothing any more once closed', () => {
		const {store, listener, advance} = createFixture();
		store.upsert('home', pod('a'));
		store.close();
		advance(1000);
		store.flush();
		expect(listener).not.toHaveBeenCalled();
	});

	it('drops what a finished list did not hold', () => {
		const {store, touches, view} = createFixture();
		for (const name of ['a', 'b', 'c']) {
			store.upsert('home', pod(name));
		}

		store.retain('home', 'Pod', (_namespace, name) => name === 'b');
		expect([...view.list('Pod')].map(({metadata}) => metadata.name)).toEqual([
			'b',
		]);
		expect(touches.slice(3).map(({name, after}) => [name, after])).toEqual([
			['a', undefined],
			['c', undefined],
		]);
	});

	it('keeps the state of a kind and shows it after a flush', () => {
		const {store, listener, view, advance} = createFixture();
		expect(view.access('Pod')).toEqual({state: 'idle'});
		store.setAccess('home', 'Pod', {state: 'syncing', seen: 5, total: 10});
		expect(view.access('Pod')).toEqual({state: 'syncing', seen: 5, total: 10});
		advance(10);
		store.setAccess('home', 'Pod', {state: 'syncing', seen: 5, total: 10});
		advance(1000);
		expect(listener).toHaveBeenCalledTimes(1);
	});

	it('takes in providers later, and what is found out about a cluster', () => {
		const {store} = createFixture();
		store.addCluster({key: 'eu', role: 'provider', title: 'kind-eu'});
		store.identify('home', {clusterId: 'home-id'});
		store.upsert('eu', pod('web'));
		expect(store.world.providers.get('eu')?.count('Pod')).toBe(1);
		expect(store.world.consumer.count('Pod')).toBe(0);
		expect(store.world.consumer.clusterId).toBe('home-id');
		expect(() => {
			store.upsert('us', pod('web'));
		}).toThrow('no cluster called us');
	});

	it('counts versions by kind and namespace', () => {
		const {store, view} = createFixture();
		store.upsert('home', pod('a', {namespace: 'one'}));
		const one = view.version('Pod', 'one');
		const all = view.version('Pod');
		store.upsert('home', pod('a', {namespace: 'two'}));
		expect(view.version('Pod', 'one')).toBe(one);
		expect(view.version('Pod')).toBeGreaterThan(all);
		store.remove('home', 'Pod', 'one', 'a');
		expect(view.version('Pod', 'one')).toBeGreaterThan(one);
		expect(view.version('Node')).toBe(0);
	});

	it('lists as often as one likes', () => {
		const {store, view} = createFixture();
		store.upsert('home', pod('a'));
		for (const list of [
			view.list('Pod'),
			view.list('Pod', 'shop'),
			view.list('Node'),
			view.list('Pod', 'x'),
		]) {
			expect([...list]).toEqual([...list]);
		}

		expect([...view.list('Pod', 'shop')]).toHaveLength(1);
	});
});

describe('the indexes', () => {
	const raw = (
		kind: 'Node' | 'NamespaceMap' | 'VirtualNode',
		metadata: JsonObject,
		spec: JsonObject = {},
	) =>
		decode(
			kind,
			{
				metadata: {
					resourceVersion: String(Math.trunc(metadata.v as number)),
					...metadata,
				},
				spec,
			},
			v1beta1,
		);

	it('find virtual nodes, maps and resources by cluster, through changes', () => {
		const index = createClusterIndex(home);
		const virtual = {
			'liqo.io/type': 'virtual-node',
			'liqo.io/remote-cluster-id': 'eu',
		};
		index.put(raw('Node', {name: 'liqo-eu', labels: virtual}));
		index.put(raw('Node', {name: 'worker'}));
		index.put(
			raw('NamespaceMap', {name: 'eu', namespace: 't', labels: virtual}),
		);
		index.put(
			raw('NamespaceMap', {
				name: 'old',
				namespace: 't',
				labels: {'cluster-id': 'eu'},
			}),
		);
		index.put(
			raw('VirtualNode', {name: 'liqo-eu', namespace: 't'}, {clusterID: 'eu'}),
		);
		const names = (list: Iterable<{metadata: {name: string}}>) =>
			[...list].map(({metadata}) => metadata.name);
		expect(names(index.view.virtualNodes())).toEqual(['liqo-eu']);
		expect(names(index.view.mapsOfCluster('eu'))).toEqual(['eu', 'old']);
		expect(names(index.view.virtualNodeResourcesOfCluster('eu'))).toEqual([
			'liqo-eu',
		]);
		index.put(
			raw('NamespaceMap', {
				name: 'eu',
				namespace: 't',
				labels: {'liqo.io/remote-cluster-id': 'us'},
			}),
		);
		index.put(raw('Node', {name: 'liqo-eu'}));
		index.remove('VirtualNode', 't', 'liqo-eu');
		expect(names(index.view.virtualNodes())).toEqual([]);
		expect(names(index.view.mapsOfCluster('eu'))).toEqual(['old']);
		expect(names(index.view.mapsOfCluster('us'))).toEqual(['eu']);
		expect(names(index.view.virtualNodeResourcesOfCluster('eu'))).toEqual([]);
	});

	it('agree with a scan after any sequence of changes', () => {
		const name = fc.constantFrom('a', 'b', 'c');
		const namespace = fc.constantFrom('one', 'two');
		const step = fc.oneof(
			fc.record({
				name,
				namespace,
				node: fc.constantFrom(undefined, 'n1', 'n2'),
				phase: fc.constantFrom(
					'Pending',
					'Running',
					'Succeeded',
					'Failed',
					'Odd',
				),
			}),
			fc.record({name, namespace, isGone: fc.constant(true)}),
		);
		fc.assert(
			fc.property(fc.array(step, {maxLength: 40}), (steps) => {
				const index = createClusterIndex(home);
				for (const change of steps) {
					if ('isGone' in change) {
						index.remove('Pod', change.namespace, change.name);
					} else {
						index.put(pod(change.name, change));
					}
				}

				const {view} = index;
				const all = [...view.list('Pod')];
				expect(view.count('Pod')).toBe(all.length);
				expect(view.summaries.pods().total).toBe(all.length);
				for (const key of ['one', 'two']) {
					const pods = all.filter(({metadata}) => metadata.namespace === key);
					const bad = pods.filter(({status}) =>
						['Pending', 'Failed', 'Odd'].includes(status.phase ?? ''),
					);
					const counts = view.summaries.pods(key);
					expect(view.count('Pod', key)).toBe(pods.length);
					expect(counts.total).toBe(pods.length);
					expect(counts.running).toBe(
						pods.filter(({status}) => status.phase === 'Running').length,
					);
					expect(counts.pending).toBe(
						pods.filter(({status}) => status.phase === 'Pending').length,
					);
					expect(counts.attention).toBe(bad.length);
					expect(new Set(view.summaries.podsNeedingAttention(key))).toEqual(
						new Set(bad),
					);
				}

				for (const node of ['n1', 'n2']) {
					const pods = all.filter(({spec}) => spec.nodeName === node);
					expect(new Set(view.podsOnNode(node))).toEqual(new Set(pods));
					expect(view.summaries.podsOnNode(node).total).toBe(pods.length);
				}
			}),
			{numRuns: 200},
		);
	});
});
