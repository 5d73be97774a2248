import fs from 'node:fs';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type JsonObject} from '../../source/core/json.js';
import {definitionsOf} from '../../source/sandbox/crds/index.js';
import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import type {ControlPlane} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';
import {installDefinitions} from '../../source/sandbox/engines/kube-apiserver/populate.js';
import {
	create,
	startTestControlPlane,
	type Thing,
	until,
} from '../helpers/control-plane.js';
import {askAgain, at, readList} from './peering.js';
import {bundle, startReconcile} from './reconcile-process.js';

const homeId = '0a1b2c3d-0000-4000-8000-000000000001';
const milanId = '0a1b2c3d-0000-4000-8000-000000000002';

let plane: ControlPlane;
let directory: string;
const home = (): ApiServer => plane.cluster('home');
const milan = (): ApiServer => plane.cluster('milan');

const namespace = (name: string): Thing => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: {name},
});

const clusterId = (id: string): Thing => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {
		name: 'liqo-clusterid-configmap',
		namespace: 'liqo',
		labels: {
			'app.kubernetes.io/name': 'clusterid-configmap',
			'app.kubernetes.io/component': 'clusterid-configmap',
		},
	},
	data: {CLUSTER_ID: id},
});

beforeAll(async () => {
	directory = await bundle();
	plane = await startTestControlPlane({clusters: ['home', 'milan']});
	for (const cluster of [home(), milan()]) {
		await installDefinitions(
			cluster,
			definitionsOf('v0.3') as readonly JsonObject[],
		);
		await create(cluster, [namespace('liqo')]);
	}

	await create(milan(), [clusterId(milanId)]);
	await create(home(), [
		clusterId(homeId),
		namespace(`liqo-tenant-${milanId}`),
		{
			apiVersion: 'v1',
			kind: 'Node',
			metadata: {
				name: `liqo-${milanId}`,
				labels: {
					'liqo.io/type': 'virtual-node',
					'liqo.io/remote-cluster-id': milanId,
				},
			},
		},
	]);
	const peering = await askAgain(
		home(),
		'/apis/discovery.liqo.io/v1alpha1/foreignclusters',
		{
			body: {
				apiVersion: 'discovery.liqo.io/v1alpha1',
				kind: 'ForeignCluster',
				metadata: {
					name: 'milan',
					labels: {'discovery.liqo.io/cluster-id': milanId},
				},
				spec: {
					clusterIdentity: {clusterID: milanId, clusterName: 'milan'},
					foreignAuthUrl: 'https://milan.example',
					outgoingPeeringEnabled: 'Auto',
					incomingPeeringEnabled: 'Auto',
					insecureSkipTLSVerify: true,
				},
				status: {tenantNamespace: {local: `liqo-tenant-${milanId}`}},
			},
		},
	);
	expect(peering.status, peering.text).toBe(201);
	await askAgain(
		home(),
		'/apis/discovery.liqo.io/v1alpha1/foreignclusters/milan/status',
		{
			method: 'PATCH',
			contentType: 'application/merge-patch+json',
			body: {status: {tenantNamespace: {local: `liqo-tenant-${milanId}`}}},
		},
	);
});

afterAll(async () => {
	await plane?.stop();
	fs.rmSync(directory, {recursive: true, force: true});
});

const twin = `shop-${homeId}`;
const path =
	'/apis/offloading.liqo.io/v1alpha1/namespaces/shop/namespaceoffloadings/offloading';

/**
The provider's Capsule: gives the owner of a namespace its rights.
*/
const actAsCapsule = async (): Promise<void> => {
	await create(
		milan(),
		['1', '2', '3'].map((index) => ({
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'RoleBinding',
			metadata: {
				name: `capsule-${index}`,
				namespace: twin,
				labels: {'capsule.clastix.io/tenant': `tenant-${homeId}`},
			},
			subjects: [],
			roleRef: {
				apiGroup: 'rbac.authorization.k8s.io',
				kind: 'ClusterRole',
				name: 'view',
			},
		})),
	);
};

describe('reconcile against real API servers with v0.3', () => {
	it('offloads by the quick label and takes it back', async () => {
		await create(home(), [
			{
				apiVersion: 'v1',
				kind: 'Namespace',
				metadata: {name: 'shop', labels: {'liqo.io/enabled': 'true'}},
			},
		]);
		const child = startReconcile(
			directory,
			[home(), milan()],
			['--lease', 'none', '--provider', `milan=${milanId}`],
		);
		try {
			const read = async () => {
				const answer = await askAgain(home(), path);
				return answer.status === 200
					? (JSON.parse(answer.text) as JsonObject)
					: undefined;
			};

			const twins = async () => {
				const list = await readList(milan(), '/api/v1/namespaces');
				return list.filter(
					(object) =>
						at(object, 'metadata', 'name') === twin &&
						at(object, 'metadata', 'deletionTimestamp') === undefined,
				);
			};

			const story = () => child.lines.slice(-20).join('\n');
			await until(
				'the twin is there',
				async () => {
					const list = await twins();
					return list.length === 1;
				},
				60_000,
			).catch((error: unknown) => {
				throw new Error(`${String(error)}\n${story()}`);
			});
			await actAsCapsule();
			await until(
				'the offloading is ready',
				async () => at(await read(), 'status', 'offloadingPhase') === 'Ready',
				90_000,
			).catch((error: unknown) => {
				throw new Error(`${String(error)}\n${story()}`);
			});
			const answer = await askAgain(home(), '/api/v1/namespaces/shop', {
				method: 'PATCH',
				contentType: 'application/merge-patch+json',
				body: {metadata: {labels: {'liqo.io/enabled': 'false'}}},
			});
			expect(answer.status).toBe(200);
			await until(
				'the twin is taken back',
				async () => {
					const list = await twins();
					return list.length === 0;
				},
				60_000,
			).catch((error: unknown) => {
				throw new Error(`${String(error)}\n${story()}`);
			});
		} finally {
			child.kill('SIGKILL');
			await child.ended;
		}
	}, 240_000);
});
