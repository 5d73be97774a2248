import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {type Cluster, startCluster} from '../../source/sandbox/cluster.js';

let cluster: Cluster;

beforeEach(async () => {
	cluster = await startCluster({name: 'home', hasPodEnder: true});
});

afterEach(async () => {
	await cluster.stop();
});

const ask = async (path: string, method = 'GET', body?: unknown) => {
	const response = await fetch(
		`${cluster.url}/api/v1/namespaces/default/${path}`,
		{
			method,
			headers: {
				authorization: `Bearer ${cluster.token}`,
				'content-type': 'application/json',
			},
			...(body !== undefined && {body: JSON.stringify(body)}),
		},
	);
	return {status: response.status, body: (await response.json()) as any};
};

const createClaim = async () =>
	ask('persistentvolumeclaims', 'POST', {
		apiVersion: 'v1',
		kind: 'PersistentVolumeClaim',
		metadata: {name: 'data'},
		spec: {
			accessModes: ['ReadWriteOnce'],
			resources: {requests: {storage: '1Gi'}},
		},
	});

const claim = 'persistentvolumeclaims/data';

const waitUntilGone = async (): Promise<void> =>
	vi.waitFor(
		async () => {
			expect((await ask(claim)).status).toBe(404);
		},
		{timeout: 60_000},
	);

test('a claim that nothing uses goes at once', async () => {
	await createClaim();
	await ask(claim, 'DELETE');
	await waitUntilGone();
}, 70_000);

test('a claim stays as long as a pod uses it', async () => {
	await createClaim();
	await ask('pods', 'POST', {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'user'},
		spec: {
			containers: [{name: 'main', image: 'nginx:1.27'}],
			volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}],
		},
	});
	await ask(claim, 'DELETE');
	// What the server does beside requests, it has done when it answers another one after a turn of its loop.
	await new Promise((resolve) => {
		setImmediate(resolve);
	});
	const {body} = await ask(claim);
	expect(body.metadata.deletionTimestamp).toBeDefined();
	expect(body.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
	await ask('pods/user?gracePeriodSeconds=0', 'DELETE');
	await waitUntilGone();
}, 70_000);
