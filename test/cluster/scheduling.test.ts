import process from 'node:process';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {decode} from '../../source/core/decode.js';
import type {JsonObject} from '../../source/core/json.js';
import {judgePod} from '../../source/core/scheduling.js';
import {createSnapshotWorld} from '../../source/core/snapshot-world.js';
import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import type {ControlPlane} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';
import {ask, startTestControlPlane} from '../helpers/control-plane.js';

// All of them take a minute and a half; a part of them finds a broken rule just as well.
const podCount = Number(process.env.LIQOSCOPE_RANDOM_PODS ?? 150);
const nodeCount = 20;
const seed = Number(process.env.LIQOSCOPE_SEED ?? 20_261_122);

/**
A small seeded generator, so that a failure can be played again.
*/
const createRandom = (start: number) => {
	let state = start;
	const next = (): number => {
		state = Math.imul(state, 1_664_525) + 1_013_904_223;
		// eslint-disable-next-line no-bitwise -- To an unsigned number.
		return (state >>> 0) / 4_294_967_296;
	};

	const below = (limit: number): number => Math.floor(next() * limit);
	return {
		below,
		isHappening: (chance: number): boolean => next() < chance,
		pick: <T>(list: readonly T[]): T => list[below(list.length)]!,
	};
};

type Random = ReturnType<typeof createRandom>;

const regions = ['eu', 'us', 'as'];
const virtualTaint = {
	key: 'virtual-node.liqo.io/not-allowed',
	value: 'true',
	effect: 'NoExecute',
};

const randomNode = (random: Random, index: number): JsonObject => {
	const isVirtual = random.isHappening(0.5);
	const taints = [
		...(isVirtual ? [virtualTaint] : []),
		...(random.isHappening(0.2)
			? [
					{
						key: 'dedicated',
						value: random.pick(['a', 'b']),
						effect: random.pick([
							'NoSchedule',
							'NoExecute',
							'PreferNoSchedule',
						]),
					},
				]
			: []),
		...(random.isHappening(0.1)
			? [{key: 'node.kubernetes.io/network-unavailable', effect: 'NoSchedule'}]
			: []),
	];
	return {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name: `node-${index}`,
			labels: {
				'kubernetes.io/hostname': `node-${index}`,
				...(isVirtual && {
					'liqo.io/type': 'virtual-node',
					'liqo.io/remote-cluster-id': `p${index}`,
				}),
				...(random.isHappening(0.8) && {region: random.pick(regions)}),
				...(random.isHappening(0.6) && {tier: String(random.below(20))}),
				...(random.isHappening(0.3) && {gpu: 'true'}),
			},
		},
		spec: {taints, ...(random.isHappening(0.1) && {unschedulable: true})},
		status: {
			allocatable: {
				cpu: String(1 + random.below(4)),
				memory: `${1 + random.below(8)}Gi`,
				pods: String(2 + random.below(4)),
				...(random.isHappening(0.3) && {
					'example.com/gpu': String(1 + random.below(2)),
				}),
			},
		},
	};
};

const randomRequirement = (random: Random): JsonObject =>
	random.pick<() => JsonObject>([
		() => ({
			key: 'region',
			operator: 'In',
			values: [random.pick(regions), random.pick(regions)],
		}),
		() => ({key: 'region', operator: 'NotIn', values: [random.pick(regions)]}),
		() => ({
			key: random.pick(['gpu', 'region', 'tier', 'nothing']),
			operator: random.pick(['Exists', 'DoesNotExist']),
		}),
		() => ({
			key: 'tier',
			operator: random.pick(['Gt', 'Lt']),
			values: [String(random.below(20))],
		}),
		() => ({
			key: 'liqo.io/type',
			operator: random.pick(['In', 'NotIn']),
			values: ['virtual-node'],
		}),
	])();

const randomTerm = (random: Random): JsonObject => {
	const expressions = Array.from({length: random.below(3)}, () =>
		randomRequirement(random),
	);
	return {
		...(expressions.length > 0 && {matchExpressions: expressions}),
		...(random.isHappening(0.2) && {
			matchFields: [
				{
					key: 'metadata.name',
					operator: random.pick(['In', 'In', 'NotIn']),
					values: [`node-${random.below(nodeCount + 2)}`],
				},
			],
		}),
	};
};

const randomContainer = (random: Random, name: string): JsonObject => ({
	name,
	image: 'none',
	resources: {
		requests: {
			...(random.isHappening(0.7) && {
				cpu: random.pick(['100m', '500m', '1', '1500m', '3', '0.25']),
			}),
			...(random.isHappening(0.5) && {
				memory: random.pick(['64Mi', '1Gi', '2.5Gi', '1e9', '7Gi']),
			}),
		},
		...(random.isHappening(0.1) && {limits: {'example.com/gpu': '1'}}),
	},
	...(name !== 'c1' &&
		random.isHappening(0.1) && {
			ports: [
				{
					containerPort: 80,
					hostPort: random.pick([80, 81]),
					...(random.isHappening(0.3) && {hostIP: '10.0.0.1'}),
				},
			],
		}),
});

const randomPodSpec = (random: Random): JsonObject => ({
	containers: Array.from({length: 1 + random.below(2)}, (_, index) =>
		randomContainer(random, `c${index}`),
	),
	...(random.isHappening(0.2) && {
		initContainers: [
			{
				...randomContainer(random, 'i'),
				...(random.isHappening(0.5) && {restartPolicy: 'Always'}),
			},
		],
	}),
	...(random.isHappening(0.3) && {
		nodeSelector: {region: random.pick(regions)},
	}),
	...(random.isHappening(0.5) && {
		affinity: {
			nodeAffinity: {
				requiredDuringSchedulingIgnoredDuringExecution: {
					nodeSelectorTerms: Array.from({length: 1 + random.below(3)}, () =>
						randomTerm(random),
					),
				},
			},
		},
	}),
	tolerations: [
		...(random.isHappening(0.6)
			? [{key: virtualTaint.key, operator: 'Exists', effect: 'NoExecute'}]
			: []),
		...(random.isHappening(0.3)
			? [{key: 'dedicated', operator: 'Equal', value: 'a'}]
			: []),
		...(random.isHappening(0.1)
			? [{operator: 'Exists', effect: 'NoSchedule'}]
			: []),
		...(random.isHappening(0.05) ? [{operator: 'Exists'}] : []),
	],
});

const podOf = (name: string, spec: JsonObject): JsonObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'default'},
	spec,
});

let controlPlane: ControlPlane;
let cluster: ApiServer;

const read = async (path: string): Promise<JsonObject> => {
	const answer = await ask(cluster, path);
	expect(answer.status, answer.text).toBeLessThan(300);
	return JSON.parse(answer.text) as JsonObject;
};

const list = async (path: string): Promise<readonly JsonObject[]> => {
	const {items} = await read(path);
	return items as readonly JsonObject[];
};

const write = async (
	path: string,
	body: unknown,
	method = 'POST',
	contentType?: string,
): Promise<void> => {
	const answer = await ask(cluster, path, {
		method,
		body,
		...(contentType !== undefined && {contentType}),
	});
	expect(answer.status, answer.text).toBeLessThan(300);
};

const pods = '/api/v1/namespaces/default/pods';

type Decision = {readonly node?: string; readonly message?: string};

/**
What the real scheduler decided; undefined while it thinks.
*/
const decisionOf = (raw: JsonObject): Decision | undefined => {
	const pod = decode('Pod', raw);
	if (pod.spec.nodeName !== undefined) {
		return {node: pod.spec.nodeName};
	}

	const condition = pod.status.conditions.find(
		({type, status}) => type === 'PodScheduled' && status === 'False',
	);
	return condition?.message === undefined
		? undefined
		: {message: condition.message};
};

beforeAll(async () => {
	controlPlane = await startTestControlPlane({
		clusters: [{name: 'home', hasScheduler: true}],
	});
	cluster = controlPlane.cluster('home');
	const random = createRandom(seed);
	for (let index = 0; index < nodeCount; index++) {
		const node = randomNode(random, index);
		await write('/api/v1/nodes', node);
		await write(
			`/api/v1/nodes/node-${index}/status`,
			{status: node.status},
			'PATCH',
			'application/merge-patch+json',
		);
		// The server taints every new node as not ready; there is no controller to take that back.
		await write(
			`/api/v1/nodes/node-${index}`,
			{spec: node.spec},
			'PATCH',
			'application/merge-patch+json',
		);
	}

	for (let index = 0; index < nodeCount; index++) {
		if (!random.isHappening(0.7)) {
			continue;
		}

		const container = {
			...randomContainer(random, 'c'),
			...(random.isHappening(0.3) && {
				ports: [{containerPort: 80, hostPort: 80}],
			}),
		};
		await write(
			pods,
			podOf(`busy-${index}`, {
				containers: [container],
				nodeName: `node-${index}`,
			}),
		);
	}
});

afterAll(async () => {
	await controlPlane?.stop();
});

describe('judgePod against kube-scheduler', () => {
	it(
		`agrees on ${podCount} random pods and ${nodeCount} random nodes`,
		{timeout: 60_000 + podCount * 500},
		async () => {
			const nodes = await list('/api/v1/nodes');
			const busy = await list(pods);
			const {consumer} = createSnapshotWorld({
				key: 'home',
				role: 'consumer',
				title: 'home',
				objects: [
					...nodes.map((node) => decode('Node', node)),
					...busy.map((pod) => decode('Pod', pod)),
				],
			});
			const random = createRandom(seed + 1);
			const disagreements: string[] = [];
			let unschedulable = 0;
			const tryOnce = async (name: string, spec: JsonObject) => {
				await write(pods, podOf(name, spec));
				const decision = await vi.waitFor(
					async () => {
						const found = decisionOf(await read(`${pods}/${name}`));
						expect(found, 'the scheduler decides').toBeDefined();
						return found;
					},
					{timeout: 30_000, interval: 5},
				);
				const stored = await read(`${pods}/${name}`);
				const {nodeName, ...unbound} = decode('Pod', stored).spec;
				const verdict = judgePod({spec: unbound}, consumer);
				const feasible = verdict.nodes
					.filter((node) => node.isFeasible)
					.map((node) => node.name);
				await ask(cluster, `${pods}/${name}?gracePeriodSeconds=0`, {
					method: 'DELETE',
				});
				const isAgreed =
					decision?.node === undefined
						? feasible.length === 0 && verdict.message === decision?.message
						: feasible.includes(decision.node);
				return {
					isAgreed,
					isUnschedulable: decision?.message !== undefined,
					text: `${name}: scheduler ${JSON.stringify(decision)}, here ${feasible.join(',')} ${verdict.message}; ${JSON.stringify(spec)}`,
				};
			};

			for (let index = 0; index < podCount; index++) {
				const spec = randomPodSpec(random);
				let result = await tryOnce(`random-${index}`, spec);
				// The pod before may still stand in the scheduler's cache; a rule that is wrong is so a second time.
				if (!result.isAgreed) {
					result = await tryOnce(`again-${index}`, spec);
				}

				unschedulable += result.isUnschedulable ? 1 : 0;
				disagreements.push(...(result.isAgreed ? [] : [result.text]));
			}

			expect(disagreements).toEqual([]);
			// The mixture has to hold both kinds, or it proves little.
			expect(unschedulable).toBeGreaterThan(podCount / 10);
			expect(unschedulable).toBeLessThan(podCount);
		},
	);
});
