import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {type Cluster, startCluster} from '../../source/sandbox/cluster.js';

let cluster: Cluster;

beforeEach(async () => {
	cluster = await startCluster({name: 'home'});
});

afterEach(async () => {
	await cluster.stop();
});

const ask = async (path: string, method = 'GET', body?: unknown) => {
	const response = await fetch(`${cluster.url}${path}`, {
		method,
		headers: {
			authorization: `Bearer ${cluster.token}`,
			'content-type':
				method === 'PATCH'
					? 'application/merge-patch+json'
					: 'application/json',
		},
		...(body !== undefined && {body: JSON.stringify(body)}),
	});
	return {status: response.status, body: (await response.json()) as any};
};

const path = '/api/v1/namespaces/default/configmaps';

const create = async (name: string, metadata: Record<string, unknown> = {}) =>
	ask(path, 'POST', {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {name, ...metadata},
	});

const ownedBy = (
	owner: {metadata: {name: string; uid: string}},
	isBlocking = false,
) => ({
	ownerReferences: [
		{
			apiVersion: 'v1',
			kind: 'ConfigMap',
			name: owner.metadata.name,
			uid: owner.metadata.uid,
			blockOwnerDeletion: isBlocking,
		},
	],
});

const waitUntilGone = async (name: string): Promise<void> =>
	vi.waitFor(async () => {
		expect((await ask(`${path}/${name}`)).status).toBe(404);
	});

describe('dependents', () => {
	test('go with their owner in the background', async () => {
		const {body: owner} = await create('owner');
		await create('child', ownedBy(owner));
		await ask(`${path}/owner`, 'DELETE');
		expect((await ask(`${path}/owner`)).status).toBe(404);
		await waitUntilGone('child');
	});

	test('go before their owner in the foreground', async () => {
		const {body: owner} = await create('owner');
		await create('child', {...ownedBy(owner, true), finalizers: ['a.b/c']});
		await ask(`${path}/owner`, 'DELETE', {propagationPolicy: 'Foreground'});
		await vi.waitFor(async () => {
			expect(
				(await ask(`${path}/child`)).body.metadata.deletionTimestamp,
			).toBeDefined();
		});
		expect((await ask(`${path}/owner`)).status).toBe(200);
		await ask(`${path}/child`, 'PATCH', {metadata: {finalizers: null}});
		await waitUntilGone('owner');
	});

	test('stay without an owner when orphaned', async () => {
		const {body: owner} = await create('owner');
		await create('child', ownedBy(owner));
		await ask(`${path}/owner`, 'DELETE', {propagationPolicy: 'Orphan'});
		await waitUntilGone('owner');
		const {body} = await ask(`${path}/child`);
		expect(body.metadata.ownerReferences).toBeUndefined();
	});

	test('keep living for another owner', async () => {
		const {body: first} = await create('first');
		const {body: second} = await create('second');
		await create('child', {
			ownerReferences: [
				...ownedBy(first).ownerReferences,
				...ownedBy(second).ownerReferences,
			],
		});
		await ask(`${path}/first`, 'DELETE');
		await vi.waitFor(async () => {
			const {body} = await ask(`${path}/child`);
			expect(body.metadata.ownerReferences).toHaveLength(1);
		});
	});
});

describe('a namespace', () => {
	test('goes with all that is in it', async () => {
		await ask('/api/v1/namespaces', 'POST', {
			apiVersion: 'v1',
			kind: 'Namespace',
			metadata: {name: 'shop'},
		});
		await ask('/api/v1/namespaces/shop/configmaps', 'POST', {
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {name: 'c'},
		});
		await ask('/api/v1/namespaces/shop', 'DELETE');
		await vi.waitFor(async () => {
			expect((await ask('/api/v1/namespaces/shop')).status).toBe(404);
		});
		expect((await ask('/api/v1/namespaces/shop/configmaps/c')).status).toBe(
			404,
		);
	});

	test('says which finalizer holds it up, and goes when that is gone', async () => {
		await ask('/api/v1/namespaces', 'POST', {
			apiVersion: 'v1',
			kind: 'Namespace',
			metadata: {name: 'shop'},
		});
		await ask('/api/v1/namespaces/shop/configmaps', 'POST', {
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {name: 'c', finalizers: ['a.b/c']},
		});
		await ask('/api/v1/namespaces/shop', 'DELETE');
		await vi.waitFor(async () => {
			const {body} = await ask('/api/v1/namespaces/shop');
			const remaining = body.status.conditions?.find(
				({type}: {type: string}) => type === 'NamespaceFinalizersRemaining',
			);
			expect(remaining?.message).toBe(
				'Some content in the namespace has finalizers remaining: a.b/c in 1 resource instances',
			);
		});
		await ask('/api/v1/namespaces/shop/configmaps/c', 'PATCH', {
			metadata: {finalizers: null},
		});
		await vi.waitFor(async () => {
			expect((await ask('/api/v1/namespaces/shop')).status).toBe(404);
		});
	});
});

describe('a definition', () => {
	test('is served once it is stored, and takes its objects with it', async () => {
		const definition = {
			apiVersion: 'apiextensions.k8s.io/v1',
			kind: 'CustomResourceDefinition',
			metadata: {name: 'things.example.com'},
			spec: {
				group: 'example.com',
				names: {kind: 'Thing', plural: 'things'},
				scope: 'Namespaced',
				versions: [
					{
						name: 'v1',
						served: true,
						storage: true,
						schema: {
							openAPIV3Schema: {
								type: 'object',
								properties: {
									spec: {
										type: 'object',
										properties: {
											size: {type: 'integer', minimum: 1, default: 3},
										},
									},
								},
							},
						},
					},
				],
			},
		};
		const url = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
		expect((await ask(url, 'POST', definition)).status).toBe(201);
		const things = '/apis/example.com/v1/namespaces/default/things';
		const thing = async (name: string, spec: unknown) =>
			ask(things, 'POST', {
				apiVersion: 'example.com/v1',
				kind: 'Thing',
				metadata: {name},
				spec,
			});
		expect((await thing('a', {})).body.spec).toEqual({size: 3});
		expect((await thing('b', {size: 0})).body.message).toBe(
			'Thing.example.com "b" is invalid: spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1',
		);
		await ask(`${url}/things.example.com`, 'DELETE');
		const response = await fetch(`${cluster.url}${things}`, {
			headers: {authorization: `Bearer ${cluster.token}`},
		});
		expect(response.status).toBe(404);
	});
});
