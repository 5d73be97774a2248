import {describe, expect, it} from 'vitest';
import {type JsonObject} from '../../../source/core/json.js';
import {createPlayground, type Id, type Playground} from './playground.js';

const selecting = (...values: readonly string[]): JsonObject => ({
	nodeSelectorTerms:
		values.length === 0
			? []
			: [{matchExpressions: [{key: 'region', operator: 'In', values}]}],
});

const phaseOf = ({home}: Playground, space: string): string | undefined =>
	home.view.get('NamespaceOffloading', space, 'offloading')?.status
		.offloadingPhase;

const twinsOn = ({remote}: Playground, cluster: string): readonly string[] =>
	Array.from(
		remote.get(cluster)?.view.list('Namespace') ?? [],
		({metadata}) => metadata.name,
	).filter((name) => name !== 'liqo-tenant-rome');

const labelOf = ({home}: Playground, space: string): string | undefined =>
	home.view.get('Namespace', '', space)?.metadata.labels[
		'liqo.io/scheduling-enabled'
	];

const desiredOf = ({home}: Playground, space: string): Record<string, string> =>
	Object.fromEntries(
		[...home.view.list('NamespaceMap')].flatMap((map) => {
			const name = map.spec.desiredMapping[space];
			return name === undefined
				? []
				: [[map.metadata.labels['liqo.io/remote-cluster-id'] ?? '', name]];
		}),
	);

const settle = (ground: Playground): void => {
	ground.simulation.settle();
	ground.bind();
	expect(ground.simulation.settle().isSettled).toBe(true);
};

describe.each([
	['v1beta1', 'upstream'],
	['v1beta1', 'corrected'],
	['v0.3', 'upstream'],
	['v0.3', 'corrected'],
] as ReadonlyArray<readonly [Id, 'upstream' | 'corrected']>)(
	'%s, %s rules',
	(id, rules) => {
		it('creates twins, turns Ready, and takes everything back', () => {
			const ground = createPlayground(id, rules);
			ground.offload('a', {
				podOffloadingStrategy: 'Remote',
				clusterSelector: selecting(),
			});
			settle(ground);
			expect(phaseOf(ground, 'a')).toBe('Ready');
			expect(labelOf(ground, 'a')).toBe('true');
			expect([twinsOn(ground, 'eu'), twinsOn(ground, 'us')]).toEqual([
				['a-rome'],
				['a-rome'],
			]);

			ground.unoffload('a');
			settle(ground);
			expect(phaseOf(ground, 'a')).toBeUndefined();
			expect(labelOf(ground, 'a')).toBeUndefined();
			expect(desiredOf(ground, 'a')).toEqual({});
			expect([twinsOn(ground, 'eu'), twinsOn(ground, 'us')]).toEqual([[], []]);
		});

		it('keeps off a namespace that is not its own', () => {
			const ground = createPlayground(id, rules);
			ground.simulation.send({
				cluster: 'eu',
				verb: 'create',
				object: {apiVersion: 'v1', kind: 'Namespace', name: 'a'},
				body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'a'}},
				reason: 'test',
			});
			ground.offload('a', {
				namespaceMappingStrategy: 'EnforceSameName',
				clusterSelector: selecting(),
			});
			settle(ground);
			expect(phaseOf(ground, 'a')).toBe('SomeFailed');
			ground.unoffload('a');
			settle(ground);
			expect(twinsOn(ground, 'eu')).toEqual(['a']);
			expect(twinsOn(ground, 'us')).toEqual([]);
		});

		it("takes everything back though only somebody else's finalizer is left", () => {
			const ground = createPlayground(id, rules);
			ground.offload('a', {clusterSelector: selecting()});
			settle(ground);
			ground.finalize('a', [
				'example.com/mine',
				'namespaceoffloading-controller.liqo.io/finalizer',
			]);
			ground.simulation.send({
				cluster: 'home',
				verb: 'delete',
				object: ground.reference('a'),
				reason: 'test',
			});
			ground.finalize('a', ['example.com/mine']);
			settle(ground);
			expect(phaseOf(ground, 'a')).toBe('Terminating');
			expect(labelOf(ground, 'a')).toBeUndefined();
			expect(desiredOf(ground, 'a')).toEqual({});
			expect([twinsOn(ground, 'eu'), twinsOn(ground, 'us')]).toEqual([[], []]);
		});

		it('writes nothing twice', () => {
			const ground = createPlayground(id, rules);
			ground.offload('a', {clusterSelector: selecting('eu')});
			settle(ground);
			expect(ground.plan()).toEqual([]);
			const before = ground.simulation.changes.length;
			ground.simulation.start();
			ground.simulation.settle();
			expect(ground.simulation.changes).toHaveLength(before);
		});
	},
);

describe('selector edits', () => {
	it.each([
		['v1beta1', 'upstream', ['us']],
		['v1beta1', 'corrected', ['us']],
		['v0.3', 'upstream', ['eu', 'us']],
		['v0.3', 'corrected', ['us']],
	] as ReadonlyArray<
		readonly [Id, 'upstream' | 'corrected', readonly string[]]
	>)('%s, %s rules', (id, rules, clusters) => {
		const ground = createPlayground(id, rules);
		ground.offload('a', {clusterSelector: selecting('eu')});
		settle(ground);
		ground.edit('a', {clusterSelector: selecting('us')});
		settle(ground);
		expect(Object.keys(desiredOf(ground, 'a')).toSorted()).toEqual(clusters);
	});
});

describe('what upstream does and must not be copied', () => {
	it('stalls without a selector', () => {
		const upstream = createPlayground('v1beta1', 'upstream');
		upstream.offload('a', {});
		settle(upstream);
		expect(phaseOf(upstream, 'a')).toBe('NoClusterSelected');
		expect(upstream.plan()).toEqual([]);
		const corrected = createPlayground('v1beta1', 'corrected');
		corrected.offload('a', {});
		settle(corrected);
		expect(phaseOf(corrected, 'a')).toBe('Ready');
	});

	it('runs Remote pods locally in v0.3 while nothing matches', () => {
		const spec = {
			podOffloadingStrategy: 'Remote',
			clusterSelector: selecting('mars'),
		};
		const upstream = createPlayground('v0.3', 'upstream');
		upstream.offload('a', spec);
		settle(upstream);
		expect(labelOf(upstream, 'a')).toBeUndefined();
		const corrected = createPlayground('v0.3', 'corrected');
		corrected.offload('a', spec);
		settle(corrected);
		expect(labelOf(corrected, 'a')).toBe('true');
	});

	it('picks nothing new in v0.3 with a selector that is emptied later', () => {
		const emptied = (rules: 'upstream' | 'corrected') => {
			const ground = createPlayground('v0.3', rules);
			ground.offload('a', {clusterSelector: selecting('eu')});
			settle(ground);
			ground.edit('a', {clusterSelector: selecting()});
			settle(ground);
			return desiredOf(ground, 'a');
		};

		expect(emptied('upstream')).toEqual({eu: 'a-rome'});
		expect(emptied('corrected')).toEqual({eu: 'a-rome', us: 'a-rome'});
	});

	it('does not trust a remote name that stood in the status before', () => {
		const ground = createPlayground('v0.3', 'upstream');
		ground.simulation.send({
			cluster: 'home',
			verb: 'create',
			object: {
				apiVersion: ground.offloadingVersion,
				kind: 'NamespaceOffloading',
				namespace: 'a',
				name: 'offloading',
			},
			body: {
				apiVersion: ground.offloadingVersion,
				kind: 'NamespaceOffloading',
				metadata: {name: 'offloading', namespace: 'a'},
				spec: {clusterSelector: selecting('eu')},
				status: {remoteNamespaceName: 'kube-system'},
			},
			reason: 'test',
		});
		settle(ground);
		expect(desiredOf(ground, 'a')).toEqual({eu: 'a-rome'});
	});

	it('sends a name that no server takes', () => {
		const spec = {
			namespaceMappingStrategy: 'SelectedName',
			remoteNamespaceName: 'Not.Legal',
			clusterSelector: selecting(),
		};
		const upstream = createPlayground('v1beta1', 'upstream');
		upstream.offload('a', spec);
		settle(upstream);
		expect(phaseOf(upstream, 'a')).toBe('AllFailed');
		expect(desiredOf(upstream, 'a')).toEqual({
			eu: 'Not.Legal',
			us: 'Not.Legal',
		});
		const corrected = createPlayground('v1beta1', 'corrected');
		corrected.offload('a', spec);
		settle(corrected);
		expect(phaseOf(corrected, 'a')).toBe('AllFailed');
		expect(desiredOf(corrected, 'a')).toEqual({});
		const conditions = corrected.home.view.get(
			'NamespaceOffloading',
			'a',
			'offloading',
		)?.status.remoteNamespacesConditions;
		expect(
			conditions?.eu?.find(({type}) => type === 'Ready')?.message,
		).toContain('metadata.name: Invalid value: "Not.Legal"');
	});

	it('deletes a twin that two namespaces share', () => {
		const spec = {
			namespaceMappingStrategy: 'SelectedName',
			remoteNamespaceName: 'shared',
			clusterSelector: selecting('eu'),
		};
		const corrected = createPlayground('v1beta1', 'corrected');
		corrected.offload('a', spec);
		corrected.offload('b', spec);
		settle(corrected);
		corrected.unoffload('a');
		settle(corrected);
		expect(twinsOn(corrected, 'eu')).toEqual(['shared']);
		expect(phaseOf(corrected, 'b')).toBe('Ready');
	});

	it('does not repair a rolebinding that lost its subjects', () => {
		const empty = (ground: Playground): number | undefined => {
			ground.offload('a', {clusterSelector: selecting('eu')});
			settle(ground);
			ground.simulation.send({
				cluster: 'eu',
				verb: 'patch',
				patchType: 'merge',
				object: {
					apiVersion: 'rbac.authorization.k8s.io/v1',
					kind: 'RoleBinding',
					namespace: 'a-rome',
					name: 'liqo-tenant-rome',
				},
				body: {subjects: []},
				reason: 'test',
			});
			settle(ground);
			return ground.remote
				.get('eu')
				?.view.get('RoleBinding', 'a-rome', 'liqo-tenant-rome')?.subjects
				.length;
		};

		expect(empty(createPlayground('v1beta1', 'upstream'))).toBe(0);
		expect(empty(createPlayground('v1beta1', 'corrected'))).toBe(1);
	});

	it('says why in an event, once', () => {
		const ground = createPlayground('v1beta1', 'corrected');
		ground.offload('a', {
			clusterSelector: {
				nodeSelectorTerms: [
					{matchExpressions: [{key: 'x', operator: 'Equals', values: ['y']}]},
				],
			},
		});
		settle(ground);
		const events = [...ground.home.view.list('Event', 'a')];
		expect(events.map(({reason, type}) => [reason, type])).toEqual([
			['Invalid', 'Warning'],
		]);
		expect(events[0]?.message).toContain(
			'Invalid ClusterSelector: nodeSelectorTerms[0].matchExpressions[0].operator: Unsupported value: "Equals"',
		);
	});
});

describe('quick offloading', () => {
	const label = (ground: Playground, value: string | null): void => {
		ground.simulation.send({
			cluster: 'home',
			verb: 'patch',
			patchType: 'merge',
			object: {apiVersion: 'v1', kind: 'Namespace', name: 'a'},
			body: {metadata: {labels: {'liqo.io/enabled': value}}},
			reason: 'test',
		});
		settle(ground);
	};

	it('follows the label', () => {
		const ground = createPlayground('v0.3', 'upstream');
		ground.simulation.settle();
		label(ground, 'true');
		expect(phaseOf(ground, 'a')).toBe('Ready');
		label(ground, 'True');
		expect(phaseOf(ground, 'a')).toBeUndefined();
	});

	it('comes back only when corrected', () => {
		for (const [rules, expected] of [
			['upstream', undefined],
			['corrected', 'Ready'],
		] as const) {
			const ground = createPlayground('v0.3', rules);
			ground.simulation.settle();
			label(ground, 'true');
			ground.unoffload('a');
			settle(ground);
			expect(phaseOf(ground, 'a')).toBe(expected);
		}
	});

	it('leaves an offloading made by hand alone', () => {
		const ground = createPlayground('v0.3', 'upstream');
		ground.offload('a', {clusterSelector: selecting('eu')});
		settle(ground);
		label(ground, 'true');
		label(ground, null);
		expect(phaseOf(ground, 'a')).toBe('Ready');
	});
});
