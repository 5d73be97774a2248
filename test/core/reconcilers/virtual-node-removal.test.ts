import {describe, expect, it} from 'vitest';
import {type JsonObject} from '../../../source/core/json.js';
import {createPlayground, type Playground} from './playground.js';

const keep = 'test/keep';

const podOn = (
	node: string,
	name: string,
	{
		metadata = {},
		status = {},
	}: {metadata?: JsonObject; status?: JsonObject} = {},
): JsonObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {
		name,
		namespace: 'a',
		uid: `pod-${name}`,
		labels: {'liqo.io/shadowPod': 'true'},
		// Somebody has to take this away before the pod is gone.
		finalizers: [keep],
		...metadata,
	},
	spec: {nodeName: node, containers: [{name: 'c', image: 'c'}]},
	status: {phase: 'Running', ...status},
});

const foreignCluster = (
	name: string,
	annotations: JsonObject = {},
	status: JsonObject = {},
): JsonObject => ({
	apiVersion: 'core.liqo.io/v1beta1',
	kind: 'ForeignCluster',
	metadata: {
		name,
		uid: `foreign-${name}`,
		annotations,
		labels: {'liqo.io/remote-cluster-id': name},
	},
	spec: {clusterID: name},
	status,
});

const lost = {'liqo.io/foreign-cluster-permanently-unreachable': 'true'};

const start = (
	objects: readonly JsonObject[],
	rules: 'upstream' | 'corrected' = 'upstream',
): Playground => {
	const ground = createPlayground('v1beta1', rules, objects);
	ground.simulation.settle();
	return ground;
};

const virtualNode = {
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'VirtualNode',
	namespace: 'liqo-tenant-eu',
	name: 'vn-eu',
};

const remove = ({simulation}: Playground): void => {
	simulation.send({
		cluster: 'home',
		verb: 'delete',
		object: virtualNode,
		reason: 'test',
	});
	simulation.settle();
};

const wantNoNode = ({simulation}: Playground): void => {
	simulation.send({
		cluster: 'home',
		verb: 'patch',
		patchType: 'merge',
		object: virtualNode,
		body: {spec: {createNode: false}},
		reason: 'test',
	});
	simulation.settle();
};

const release = ({simulation}: Playground, name: string): void => {
	simulation.send({
		cluster: 'home',
		verb: 'patch',
		patchType: 'merge',
		object: {apiVersion: 'v1', kind: 'Pod', namespace: 'a', name},
		body: {metadata: {finalizers: []}},
		reason: 'test',
	});
	simulation.settle();
};

const left = ({home}: Playground) => ({
	virtualNode:
		home.view.get('VirtualNode', 'liqo-tenant-eu', 'vn-eu') !== undefined,
	node: home.view.get('Node', '', 'vn-eu') !== undefined,
	map: home.view.get('NamespaceMap', 'liqo-tenant-eu', 'eu') !== undefined,
});

const everything = {virtualNode: true, node: true, map: true};
const nothing = {virtualNode: false, node: false, map: false};

const isAskedToGo = ({home}: Playground, name: string): boolean =>
	home.view.get('Pod', 'a', name)?.metadata.deletionTimestamp !== undefined;

describe('the end of a virtual node', () => {
	it('waits for its pods, also for those that have finished', () => {
		const ground = start([
			foreignCluster('eu'),
			podOn('vn-eu', 'done', {status: {phase: 'Succeeded'}}),
		]);
		remove(ground);
		expect(isAskedToGo(ground, 'done')).toBe(true);
		expect(left(ground)).toEqual(everything);
		release(ground, 'done');
		expect(left(ground)).toEqual(nothing);
	});

	it.each<readonly [string, JsonObject]>([
		[
			'those of a DaemonSet',
			{
				ownerReferences: [
					{apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'd', uid: 'd'},
				],
			},
		],
		['static ones', {annotations: {'kubernetes.io/config.mirror': 'x'}}],
		['those that no provider runs', {labels: {}}],
	])('leaves pods alone: %s', (_title, metadata) => {
		const ground = start([
			foreignCluster('eu'),
			podOn('vn-eu', 'other', {metadata}),
		]);
		remove(ground);
		expect(isAskedToGo(ground, 'other')).toBe(false);
		expect(left(ground)).toEqual(nothing);
	});

	it('has nothing to empty without a node', () => {
		const ground = start([foreignCluster('eu'), podOn('vn-eu', 'web')]);
		ground.simulation.send({
			cluster: 'home',
			verb: 'delete',
			object: {apiVersion: 'v1', kind: 'Node', name: 'vn-eu'},
			reason: 'test',
		});
		remove(ground);
		expect(isAskedToGo(ground, 'web')).toBe(false);
		expect(left(ground)).toEqual(nothing);
	});

	it.each<
		readonly [string, 'upstream' | 'corrected', readonly JsonObject[], boolean]
	>([
		['declared lost', 'corrected', [foreignCluster('eu', lost)], true],
		[
			'declared lost, but answering',
			'upstream',
			[
				foreignCluster('eu', lost, {
					conditions: [{type: 'APIServerStatus', status: 'Established'}],
				}),
			],
			false,
		],
		// That there is another one says that they can be seen.
		['unknown', 'upstream', [foreignCluster('us')], true],
		['unknown', 'corrected', [foreignCluster('us')], false],
		['not to be seen', 'upstream', [], false],
	])(
		'goes without its pods when the provider is lost: %s, %s rules',
		(_title, rules, objects, isForced) => {
			const ground = start([...objects, podOn('vn-eu', 'web')], rules);
			remove(ground);
			expect(left(ground)).toEqual(isForced ? nothing : everything);
		},
	);

	it.each([
		['upstream', everything],
		['corrected', nothing],
	] as const)(
		'is told of a loss while it waits: %s rules',
		(rules, expected) => {
			const ground = start(
				[foreignCluster('eu'), podOn('vn-eu', 'web')],
				rules,
			);
			remove(ground);
			ground.simulation.send({
				cluster: 'home',
				verb: 'patch',
				patchType: 'merge',
				object: {
					apiVersion: 'core.liqo.io/v1beta1',
					kind: 'ForeignCluster',
					name: 'eu',
				},
				body: {metadata: {annotations: lost}},
				reason: 'test',
			});
			ground.simulation.start();
			ground.simulation.settle();
			expect(left(ground)).toEqual(expected);
		},
	);

	it('empties the node before it goes without the virtual node', () => {
		const ground = start([foreignCluster('eu'), podOn('vn-eu', 'web')]);
		wantNoNode(ground);
		expect(isAskedToGo(ground, 'web')).toBe(true);
		expect(left(ground)).toEqual(everything);
		release(ground, 'web');
		expect(left(ground)).toEqual({...everything, node: false});
	});
});
