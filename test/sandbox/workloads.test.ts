import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {nextStep} from '../../source/sandbox/actors/rollout.js';
import {type Sandbox, startSandbox} from '../../source/sandbox/sandbox.js';
import {askSandbox} from '../helpers/ask-sandbox.js';

const apps = '/apis/apps/v1/namespaces/default';
const patience = {timeout: 60_000, interval: 50};

type Thing = Record<string, any>;

describe(
	'the Deployment and ReplicaSet controllers',
	{timeout: 180_000},
	() => {
		let sandbox: Sandbox;

		const read = async (url: string): Promise<Thing[]> =>
			(await askSandbox(sandbox, 'home', url)).body.items;

		const pods = async (): Promise<Thing[]> =>
			(await read('/api/v1/namespaces/default/pods')).filter(
				({metadata}) => metadata.deletionTimestamp === undefined,
			);

		const patch = async (url: string, body: unknown) => {
			const {status, body: answer} = await askSandbox(sandbox, 'home', url, {
				method: 'PATCH',
				type: 'application/merge-patch+json',
				body,
			});
			expect(status, answer.message).toBe(200);
		};

		const images = async (): Promise<string[]> =>
			(await pods())
				.filter(({status}) => status.phase === 'Running')
				.map(({spec}) => String(spec.containers[0].image))
				.toSorted();

		const create = async (spec: Thing = {}) => {
			const {status, body} = await askSandbox(
				sandbox,
				'home',
				`${apps}/deployments`,
				{
					body: {
						metadata: {name: 'web'},
						spec: {
							replicas: 2,
							selector: {matchLabels: {app: 'web'}},
							template: {
								metadata: {labels: {app: 'web'}},
								spec: {containers: [{name: 'web', image: 'web:1'}]},
							},
							...spec,
						},
					},
				},
			);
			expect(status, body.message).toBe(201);
		};

		const running = async (...expected: string[]) => {
			await vi.waitFor(async () => {
				expect(await images()).toEqual(expected);
			}, patience);
		};

		const done = async (replicas: number) => {
			await vi.waitFor(async () => {
				const {body} = await askSandbox(
					sandbox,
					'home',
					`${apps}/deployments/web`,
				);
				expect(body.status.unavailableReplicas ?? 0).toBe(0);
				expect(body.status).toMatchObject({
					observedGeneration: body.metadata.generation,
					replicas,
					updatedReplicas: replicas,
					availableReplicas: replicas,
				});
			}, patience);
		};

		beforeEach(async () => {
			sandbox = await startSandbox({scenario: 'healthy'});
		});

		afterEach(async () => {
			await sandbox.stop();
		});

		test('make the pods of a new Deployment, and say when they run', async () => {
			await create();
			await running('web:1', 'web:1');
			await done(2);
			const [set] = await read(`${apps}/replicasets`);
			expect(set!.metadata.name).toMatch(/^web-[\da-z]{10}$/v);
			expect(set!.status).toMatchObject({replicas: 2, availableReplicas: 2});
			const [pod] = await pods();
			expect(pod!.metadata).toMatchObject({
				generateName: `${set!.metadata.name}-`,
				ownerReferences: [{kind: 'ReplicaSet', name: set!.metadata.name}],
			});
		});

		test('scale', async () => {
			await create();
			await running('web:1', 'web:1');
			await patch(`${apps}/deployments/web/scale`, {spec: {replicas: 4}});
			await running('web:1', 'web:1', 'web:1', 'web:1');
			await patch(`${apps}/deployments/web/scale`, {spec: {replicas: 1}});
			await running('web:1');
			await done(1);
			expect(await read(`${apps}/replicasets`)).toHaveLength(1);
		});

		test('replace a pod that is deleted', async () => {
			await create();
			await running('web:1', 'web:1');
			const [first] = await pods();
			await askSandbox(
				sandbox,
				'home',
				`/api/v1/namespaces/default/pods/${first!.metadata.name}`,
				{method: 'DELETE'},
			);
			await vi.waitFor(async () => {
				const names = (await pods()).map(({metadata}) => metadata.name);
				expect(names).toHaveLength(2);
				expect(names).not.toContain(first!.metadata.name);
			}, patience);
		});

		test('roll out another image, and back again to the first ReplicaSet', async () => {
			await create();
			await running('web:1', 'web:1');
			const template = (image: string) => ({
				spec: {template: {spec: {containers: [{name: 'web', image}]}}},
			});
			await patch(`${apps}/deployments/web`, template('web:2'));
			await running('web:2', 'web:2');
			await done(2);
			await patch(`${apps}/deployments/web`, template('web:1'));
			await running('web:1', 'web:1');
			await done(2);
			const sets = await read(`${apps}/replicasets`);
			expect(sets).toHaveLength(2);
			expect(
				sets
					.map(
						({metadata, spec}) =>
							`${metadata.annotations['deployment.kubernetes.io/revision']}: ${spec.replicas}`,
					)
					.toSorted(),
			).toEqual(['2: 0', '3: 2']);
		});

		test('take everything away with the Deployment', async () => {
			await create();
			await running('web:1', 'web:1');
			await askSandbox(sandbox, 'home', `${apps}/deployments/web`, {
				method: 'DELETE',
			});
			await vi.waitFor(async () => {
				expect(await read(`${apps}/replicasets`)).toEqual([]);
				expect(await read('/api/v1/namespaces/default/pods')).toEqual([]);
			}, patience);
		});

		test('say why a pod cannot be made, and make it when it can be', async () => {
			const hooks =
				'/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
			const {status} = await askSandbox(sandbox, 'home', hooks, {
				body: {
					metadata: {name: 'strict'},
					webhooks: [
						{
							name: 'pods.example.org',
							failurePolicy: 'Fail',
							sideEffects: 'None',
							admissionReviewVersions: ['v1'],
							clientConfig: {service: {namespace: 'default', name: 'away'}},
							rules: [
								{
									apiGroups: [''],
									apiVersions: ['v1'],
									operations: ['CREATE'],
									resources: ['pods'],
								},
							],
						},
					],
				},
			});
			expect(status).toBe(201);
			await create();
			await vi.waitFor(async () => {
				const events = await read('/api/v1/namespaces/default/events');
				expect(events.map(({reason}) => reason)).toContain('FailedCreate');
			}, patience);
			await askSandbox(sandbox, 'home', `${hooks}/strict`, {method: 'DELETE'});
			await running('web:1', 'web:1');
		});

		test('wait while a Deployment is paused', async () => {
			await create({paused: true});
			await vi.waitFor(() => {
				expect(sandbox.actors.isSettled()).toBe(true);
			}, patience);
			expect(await read(`${apps}/replicasets`)).toEqual([]);
			await patch(`${apps}/deployments/web`, {spec: {paused: false}});
			await running('web:1', 'web:1');
		});

		test('leave what a scenario shows as it is, until it is edited', async () => {
			await sandbox.stop();
			sandbox = await startSandbox({scenario: 'selector-label-typo'});
			const names = async () =>
				(await read('/api/v1/namespaces/shop/pods'))
					.map(({metadata}) => String(metadata.name))
					.toSorted();
			await vi.waitFor(() => {
				expect(sandbox.actors.isSettled()).toBe(true);
			}, patience);
			expect(await names()).toEqual(['web-7d4f9-x0', 'web-7d4f9-x1']);
			expect(await read('/api/v1/namespaces/liqo/pods')).toEqual([]);
			await patch('/apis/apps/v1/namespaces/shop/deployments/web', {
				spec: {template: {metadata: {annotations: {restartedAt: 'now'}}}},
			});
			await vi.waitFor(async () => {
				const now = await names();
				expect(now.some((name) => !name.startsWith('web-7d4f9-'))).toBe(true);
			}, patience);
		});
	},
);

describe('a rollout', () => {
	const set = (replicas: number, available = replicas) => ({
		replicas,
		available,
	});
	const rolling = {
		strategy: 'RollingUpdate',
		hasOldPods: true,
	} as const;

	test.each([
		{
			title: 'starts with what the surge allows',
			input: {desired: 4, current: set(0), others: [set(4)]},
			step: {current: 1, others: [3]},
		},
		{
			title: 'waits while new pods are not available',
			input: {desired: 4, current: set(2, 0), others: [set(3)]},
			step: {current: 2, others: [3]},
		},
		{
			title: 'takes pods away first that never ran',
			input: {desired: 2, current: set(1, 0), others: [set(2, 0)]},
			step: {current: 1, others: [2]},
		},
		{
			title: 'ends with none of the old',
			input: {desired: 4, current: set(4), others: [set(1)]},
			step: {current: 4, others: [0]},
		},
	])('$title', ({input, step}) => {
		expect(nextStep({...rolling, ...input})).toEqual(step);
	});

	test('that recreates begins when the old pods are gone', () => {
		const input = {
			desired: 2,
			current: set(0),
			others: [set(2)],
			strategy: 'Recreate',
		} as const;
		expect(nextStep({...input, hasOldPods: true})).toEqual({
			current: 0,
			others: [0],
		});
		expect(nextStep({...input, hasOldPods: false}).current).toBe(2);
	});
});
