import {describe, expect, it, vi} from 'vitest';
import {joinProvider} from '../../source/commands/explore/join-providers.js';
import {type ClusterConnection} from '../../source/kube/connect.js';
import {type Problem, type ProblemKind} from '../../source/kube/errors.js';
import {createStore} from '../../source/store/create-store.js';

const answering = {
	title: 'eu',
	identity: () => ({
		clusterId: 'eu-west',
		generation: undefined,
		liqoNamespace: 'liqo',
	}),
	async close() {
		// Nothing is open.
	},
} as unknown as ClusterConnection;

const failing = (kind: ProblemKind) => {
	const problem: Problem = {kind, message: 'https://eu cannot be reached'};
	return {ok: false, problem} as const;
};

const setUp = () => ({
	store: createStore({
		consumer: {key: 'home', role: 'consumer', title: 'home'},
	}),
	connections: new Map<string, ClusterConnection>(),
	watch: vi.fn<(cluster: string, connection: ClusterConnection) => void>(),
	signal: new AbortController().signal,
	patience: 1,
});

describe('joinProvider', () => {
	it('follows a provider that answers', async () => {
		const options = setUp();
		const problem = await joinProvider('eu', {
			...options,
			connect: async () => ({ok: true, value: answering}),
		});
		expect(problem).toBeUndefined();
		expect(options.watch).toHaveBeenCalledWith('eu-west', answering);
	});

	it('shows one that is down, and follows it once it answers', async () => {
		const options = setUp();
		let isDown = true;
		const problem = await joinProvider('eu=eu-west', {
			...options,
			connect: async () =>
				isDown ? failing('unreachable') : {ok: true, value: answering},
		});
		expect(problem).toBeUndefined();
		options.store.flush();
		expect(
			options.store.world.providers.get('eu-west')?.access('Namespace'),
		).toMatchObject({state: 'stale', reason: 'https://eu cannot be reached'});
		expect(options.watch).not.toHaveBeenCalled();
		isDown = false;
		await vi.waitFor(() => {
			expect(options.watch).toHaveBeenCalledWith('eu-west', answering);
		});
		expect(options.connections.get('eu-west')).toBe(answering);
	});

	it('gives back what somebody has to mend', async () => {
		const options = setUp();
		const problem = await joinProvider('eu', {
			...options,
			connect: async () => failing('unauthorized'),
		});
		expect(problem).toMatchObject({kind: 'unauthorized'});
		expect(options.store.world.providers.size).toBe(0);
	});

	it.each([
		['both answer', {ok: true, value: answering} as const],
		['the second is down', failing('unreachable')],
	])('refuses the same cluster twice: %s', async (_, second) => {
		const options = setUp();
		await joinProvider('eu=eu-west', {
			...options,
			connect: async () => ({ok: true, value: answering}),
		});
		const problem = await joinProvider('europe=eu-west', {
			...options,
			connect: async () => second,
		});
		expect(problem?.message).toBe(
			'there is another one with the cluster-id eu-west.',
		);
		expect(options.watch).toHaveBeenCalledOnce();
	});
});
