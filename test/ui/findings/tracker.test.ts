import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {diagnose} from '../../../source/core/findings/diagnose.js';
import {type Node} from '../../../source/core/model.js';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {createFindingsTracker} from '../../../source/ui/findings/tracker.js';
import {nodeReach} from '../../../source/ui/findings/node-reach.js';
import {storeOf} from '../../helpers/store-of.js';
import {worldOf} from '../../helpers/world.js';

let version = 70_000;

const withVersion = (node: Node): Node => {
	version++;
	return {
		...node,
		metadata: {...node.metadata, resourceVersion: String(version)},
	};
};

/**
What may happen to a node, by name.
*/
const changes: Readonly<Record<string, (node: Node) => Node>> = {
	'a message'({status, ...node}) {
		return {
			...node,
			status: {
				...status,
				conditions: status.conditions.map((one) => ({
					...one,
					message: `seen ${version}`,
				})),
			},
		};
	},
	'no room left': ({status, ...node}) => ({
		...node,
		status: {...status, allocatable: {...status.allocatable, cpu: '0'}},
	}),
	'a lot of room': ({status, ...node}) => ({
		...node,
		status: {
			...status,
			allocatable: {cpu: '900', memory: '9000Gi', pods: '1000'},
		},
	}),
	'no taints': ({spec, ...node}) => ({...node, spec: {...spec, taints: []}}),
	'another taint': ({spec, ...node}) => ({
		...node,
		spec: {
			...spec,
			taints: [...spec.taints, {key: 'mine', effect: 'NoSchedule'}],
		},
	}),
	cordoned: ({spec, ...node}) => ({
		...node,
		spec: {...spec, unschedulable: true},
	}),
	'not ready': ({status, ...node}) => ({
		...node,
		status: {
			...status,
			conditions: status.conditions.map((one) =>
				one.type === 'Ready' ? {...one, status: 'False'} : one,
			),
		},
	}),
	'the label that was asked for': ({metadata, ...node}) => ({
		...node,
		metadata: {
			...metadata,
			labels: {...metadata.labels, regoin: 'eu', disk: 'ssd'},
		},
	}),
};

// A round is at least so far from the next that they had better be waited for together.
describe.concurrent('after each change of the nodes', () => {
	test.each([
		'pod-outside-selector',
		'pod-antithetical-terms',
		'pod-missing-toleration',
		'pod-before-offloading',
		'virtual-node-insufficient-resources',
		'virtual-node-cordoned',
		'volume-pinned-local',
		'remote-name-conflict',
		'tenant-rbac-missing',
		'selector-label-typo',
		'remote-cluster-unreachable',
	])(
		'of %s, all that is found is what a new look at everything finds',
		async (id) => {
			const draft = draftOf(faultScenarios.find((one) => one.id === id)!);
			const now = Date.parse(draft.now);
			const store = storeOf(worldOf(draft));
			const tracker = createFindingsTracker(store, () => now);
			const settled = async () => {
				store.flush();
				await vi.waitFor(
					() => {
						expect(tracker.isSettled()).toBe(true);
					},
					{timeout: 60_000, interval: 5},
				);
			};

			try {
				await settled();
				for (const [name, change] of Object.entries(changes)) {
					for (const node of store.world.consumer.list('Node')) {
						store.upsert('home', withVersion(change(node)));
					}

					await settled();
					const fresh = diagnose(store.world, {now}).findings;
					expect(tracker.diagnosis().findings, name).toEqual(fresh);
				}
			} finally {
				tracker.close();
				store.close();
			}
		},
		120_000,
	);
});

describe('while pods are being listed', () => {
	const openTracker = () => {
		vi.useFakeTimers();
		const draft = draftOf(
			faultScenarios.find(({id}) => id === 'selector-label-typo')!,
		);
		const store = storeOf(worldOf(draft));
		store.setAccess('home', 'Pod', {state: 'syncing', seen: 0});
		const tracker = createFindingsTracker(store, () => Date.parse(draft.now));
		onTestFinished(() => {
			tracker.close();
			store.close();
			vi.useRealTimers();
		});
		return {store, tracker};
	};

	test('nothing is looked for until they are there', () => {
		const {store, tracker} = openTracker();
		vi.advanceTimersByTime(10_000);
		expect(tracker.isSettled()).toBe(false);
		expect(tracker.diagnosis().findings).toEqual([]);

		store.setAccess('home', 'Pod', {state: 'live'});
		vi.advanceTimersByTime(1000);
		expect(tracker.isSettled()).toBe(true);
		expect(tracker.worstIn('shop')?.id).toBe('selector-label-typo');
	});

	test('they are waited for no more when they take too long', () => {
		const {tracker} = openTracker();
		vi.advanceTimersByTime(20_000);
		expect(tracker.worstIn('shop')?.id).toBe('selector-label-typo');
	});
});

describe('a change of a node reaches', () => {
	const draft = draftOf(faultScenarios[0]!);
	const [node] = worldOf(draft).consumer.virtualNodes();
	const reachOf = (name: string) =>
		nodeReach({
			cluster: 'home',
			kind: 'Node',
			namespace: '',
			name: node!.metadata.name,
			before: node!,
			after: changes[name]!(node!),
		});

	test.each([
		['a message', 'none'],
		['no room left', 'waiting'],
		['another taint', 'waiting'],
		['cordoned', 'waiting'],
		['not ready', 'all'],
		['the label that was asked for', 'all'],
	])('%s: %s', (name, reach) => {
		expect(reachOf(name)).toBe(reach);
	});
});
