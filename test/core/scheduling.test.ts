import {describe, expect, it} from 'vitest';
import {decode} from '../../source/core/decode.js';
import {generationById} from '../../source/core/generations/index.js';
import {type JsonObject} from '../../source/core/json.js';
import {type AnyObject} from '../../source/core/model.js';
import {judgePod} from '../../source/core/scheduling.js';
import {createSnapshotWorld} from '../../source/core/snapshot-world.js';

const node = (
	name: string,
	{labels = {}, spec = {}, allocatable = {}}: Record<string, JsonObject> = {},
): AnyObject =>
	decode('Node', {
		metadata: {name, labels},
		spec,
		status: {allocatable: {cpu: '4', memory: '8Gi', pods: '3', ...allocatable}},
	});

const virtual = (name: string, labels: JsonObject = {}): AnyObject =>
	node(name, {
		labels: {
			'liqo.io/type': 'virtual-node',
			'liqo.io/remote-cluster-id': `id-${name}`,
			...labels,
		},
		spec: {
			taints: [
				{
					key: 'virtual-node.liqo.io/not-allowed',
					value: 'true',
					effect: 'NoExecute',
				},
			],
		},
	});

let serial = 0;
const pod = (spec: JsonObject, status: JsonObject = {}): AnyObject => {
	serial += 1;
	return decode('Pod', {
		metadata: {name: `p${serial}`, namespace: 'a', uid: `u${serial}`},
		spec: {containers: [], ...spec},
		status,
	});
};

const requesting = (
	requests: JsonObject,
	more: JsonObject = {},
): JsonObject => ({
	containers: [{name: 'c', resources: {requests}}],
	...more,
});

const judge = (
	spec: JsonObject,
	objects: readonly AnyObject[],
	isExhaustive = false,
) => {
	const {consumer} = createSnapshotWorld({
		key: 'home',
		role: 'consumer',
		title: 'test',
		generation: generationById('v1beta1'),
		objects,
	});
	return judgePod(
		decode('Pod', {metadata: {name: 'p'}, spec: {containers: [], ...spec}}),
		consumer,
		{isExhaustive},
	);
};

const feasible = (...parameters: Parameters<typeof judge>): readonly string[] =>
	judge(...parameters)
		.nodes.filter((verdict) => verdict.isFeasible)
		.map(({name}) => name);

const tail = (count: number): string =>
	` no new claims to deallocate, preemption: 0/${count} nodes are available: ${count} Preemption is not helpful for scheduling.`;

describe('judgePod', () => {
	const nodes = [
		node('local', {labels: {disk: 'ssd'}}),
		node('cordoned', {spec: {unschedulable: true}}),
		virtual('eu', {region: 'eu'}),
	];

	it('counts each node under its first failing filter', () => {
		const verdict = judge({nodeSelector: {region: 'eu'}}, nodes);
		expect(verdict.verdict).toBe('unschedulable');
		expect(verdict.message).toBe(
			`0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable.${tail(3)}`,
		);
		expect(verdict.nodes.map(({reasons}) => reasons.length)).toEqual([1, 1, 1]);
	});

	it('gives every reason when asked', () => {
		const verdict = judge({nodeSelector: {region: 'us'}}, nodes, true);
		expect(
			verdict.nodes.map(({reasons}) => reasons.map(({check}) => check)),
		).toEqual([
			['affinity'],
			['unschedulable', 'affinity'],
			['taints', 'affinity'],
		]);
		expect(verdict.nodes[2]).toMatchObject({isVirtual: true, cluster: 'id-eu'});
	});

	it.each([
		[[{operator: 'Exists'}], ['local', 'cordoned', 'eu']],
		[
			[
				{
					key: 'virtual-node.liqo.io/not-allowed',
					operator: 'Exists',
					effect: 'NoExecute',
				},
			],
			['local', 'eu'],
		],
		[
			[{key: 'virtual-node.liqo.io/not-allowed', value: 'true'}],
			['local', 'eu'],
		],
		[[{key: 'virtual-node.liqo.io/not-allowed', value: 'false'}], ['local']],
		[
			[
				{
					key: 'virtual-node.liqo.io/not-allowed',
					operator: 'Exists',
					effect: 'NoSchedule',
				},
			],
			['local'],
		],
	])('honours tolerations %j', (tolerations, names) => {
		expect(feasible({tolerations}, nodes)).toEqual(names);
	});

	it('looks only at named nodes when every term names some', () => {
		const pinned = (...values: readonly string[]): JsonObject => ({
			affinity: {
				nodeAffinity: {
					requiredDuringSchedulingIgnoredDuringExecution: {
						nodeSelectorTerms: [
							{
								matchFields: values.map((value) => ({
									key: 'metadata.name',
									operator: 'In',
									values: [value],
								})),
							},
						],
					},
				},
			},
		});
		expect(feasible(pinned('local'), nodes)).toEqual(['local']);
		expect(judge(pinned('eu'), nodes).message).toContain(
			"1 node(s) had untolerated taint(s), 2 node(s) didn't satisfy plugin(s) [NodeAffinity].",
		);
		expect(judge(pinned('eu', 'local'), nodes).message).toBe(
			`0/3 nodes are available: pod affinity terms conflict.${tail(3)}`,
		);
	});

	it('adds up what runs on a node, and says whether evicting would help', () => {
		const busy = [
			node('n'),
			pod({...requesting({cpu: '3500m'}), nodeName: 'n'}),
			pod({...requesting({cpu: '9'}), nodeName: 'n'}, {phase: 'Succeeded'}),
		];
		expect(feasible(requesting({cpu: '500m'}), busy)).toEqual(['n']);
		expect(judge(requesting({cpu: '501m'}), busy).message).toBe(
			'0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
		);
		expect(
			judge(requesting({cpu: '5', memory: '9Gi', 'x.io/gpu': '1'}), busy)
				.message,
		).toBe(
			`0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 Insufficient x.io/gpu.${tail(1)}`,
		);
		expect(judge(requesting({cpu: '501m'}, {priority: 10}), busy).message).toBe(
			'0/1 nodes are available: 1 Insufficient cpu.',
		);
	});

	it('counts pods, sidecars and init containers', () => {
		const full = [node('n'), ...[1, 2, 3].map(() => pod({nodeName: 'n'}))];
		expect(judge({}, full).message).toContain('1 Too many pods.');
		const init = (restartPolicy?: string): JsonObject =>
			requesting(
				{cpu: '2'},
				{
					initContainers: [
						{
							name: 'i',
							resources: {requests: {cpu: '3'}},
							...(restartPolicy !== undefined && {restartPolicy}),
						},
					],
				},
			);
		expect(feasible(init(), [node('n')])).toEqual(['n']);
		expect(feasible(init('Always'), [node('n')])).toEqual([]);
	});

	it('minds host ports', () => {
		const port = (hostIP?: string): JsonObject => ({
			containers: [
				{
					name: 'c',
					ports: [{hostPort: 80, ...(hostIP !== undefined && {hostIP})}],
				},
			],
		});
		const taken = [node('n'), pod({...port('10.0.0.1'), nodeName: 'n'})];
		expect(feasible(port('10.0.0.2'), taken)).toEqual(['n']);
		expect(judge(port(), taken).message).toContain(
			"1 node(s) didn't have free ports for the requested pod ports.",
		);
	});

	it('names what it does not model', () => {
		expect(
			judge(
				{
					affinity: {podAntiAffinity: {}},
					topologySpreadConstraints: [{whenUnsatisfiable: 'DoNotSchedule'}],
					volumes: [{name: 'v', persistentVolumeClaim: {claimName: 'c'}}],
					schedulerName: 'mine',
				},
				nodes,
			).unmodelled,
		).toEqual([
			'pod anti-affinity',
			'topology spread',
			'volumes',
			'scheduler mine',
		]);
	});

	it('knows pods that are bound or gated, and clusters without nodes', () => {
		expect(judge({nodeName: 'eu'}, nodes)).toMatchObject({
			verdict: 'bound',
			message: 'bound to eu',
		});
		expect(judge({schedulingGates: [{name: 'x'}]}, nodes).verdict).toBe(
			'unschedulable',
		);
		expect(judge({}, []).message).toBe('no nodes available to schedule pods');
	});
});
