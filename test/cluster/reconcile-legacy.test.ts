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
import {clusterIdConfigMap} from '../helpers/cluster-id-config-map.js';
import {askAgain, at, buryNamespaces, readList} from './peering.js';
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

beforeAll(async () => {
	directory = await bundle();
	plane = await startTestControlPlane({
		clusters: [
			{name: 'home', isAudited: true},
			{name: 'milan', isAudited: true},
		],
	});
	for (const cluster of [home(), milan()]) {
		await installDefinitions(
			cluster,
			definitionsOf('v0.3') as readonly JsonObject[],
		);
		await create(cluster, [namespace('liqo')]);
	}

	await create(milan(), [clusterIdConfigMap(milanId)]);
	await create(home(), [
		clusterIdConfigMap(homeId),
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
const actAsCapsule = async (of = twin): Promise<void> => {
	try {
		await create(milan(), roleBindingsOf(of));
	} catch (error) {
		// The namespace may go, or be gone, by the time its owner gets its rights.
		if (!/being terminated|not found/v.test(String(error))) {
			throw error;
		}
	}
};

const roleBindingsOf = (of: string) =>
	['1', '2', '3'].map((index) => ({
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'RoleBinding',
		metadata: {
			name: `capsule-${index}`,
			namespace: of,
			labels: {'capsule.clastix.io/tenant': `tenant-${homeId}`},
		},
		subjects: [],
		roleRef: {
			apiGroup: 'rbac.authorization.k8s.io',
			kind: 'ClusterRole',
			name: 'view',
		},
	}));

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

	it('brings many offloadings to where they belong while they are narrowed, broken and deleted, and then writes nothing', async () => {
		const names = (kind: string, count: number) =>
			Array.from({length: count}, (_, index) => `${kind}-${index}`);
		const kept = names('kept', 6);
		const narrowed = names('narrowed', 4);
		const broken = names('broken', 2);
		const deleted = names('deleted', 4);
		const pathOf = (name: string) =>
			`/apis/offloading.liqo.io/v1alpha1/namespaces/${name}/namespaceoffloadings/offloading`;
		const selecting = (key: string, operator = 'Exists'): JsonObject => ({
			clusterSelector: {
				nodeSelectorTerms: [{matchExpressions: [{key, operator}]}],
			},
		});
		const parameters = ['--lease', 'none', '--provider', `milan=${milanId}`];
		const child = startReconcile(directory, [home(), milan()], parameters);
		const undertaker = buryNamespaces([home(), milan()], 'v1alpha1');
		const seen = new Set<string>();
		const twinsNow = async (): Promise<string[]> => {
			const list = await readList(milan(), '/api/v1/namespaces');
			const twins = list
				.filter(
					(object) =>
						at(
							object,
							'metadata',
							'annotations',
							'liqo.io/remote-namespace',
						) === homeId &&
						at(object, 'metadata', 'deletionTimestamp') === undefined,
				)
				.map((object) => String(at(object, 'metadata', 'name')));
			for (const name of twins) {
				if (!seen.has(name)) {
					seen.add(name);
					await actAsCapsule(name);
				}
			}

			return twins.toSorted();
		};

		const phasesOf = async () =>
			Promise.all(
				kept.map(async (name) => {
					const answer = await askAgain(home(), pathOf(name));
					return at(
						JSON.parse(answer.text) as JsonObject,
						'status',
						'offloadingPhase',
					);
				}),
			);
		const change = async (name: string, body: JsonObject) => {
			const answer = await askAgain(home(), pathOf(name), {
				method: 'PATCH',
				contentType: 'application/merge-patch+json',
				body,
			});
			expect(answer.status, answer.text).toBe(200);
		};

		try {
			for (const name of [...kept, ...narrowed, ...broken, ...deleted]) {
				await create(home(), [
					namespace(name),
					{
						apiVersion: 'offloading.liqo.io/v1alpha1',
						kind: 'NamespaceOffloading',
						metadata: {name: 'offloading', namespace: name},
						spec: {
							podOffloadingStrategy: 'LocalAndRemote',
							...selecting('liqo.io/type'),
						},
					},
				]);
			}

			await until(
				'some twins are there',
				async () => {
					const twins = await twinsNow();
					return twins.length >= 6;
				},
				90_000,
			);
			for (const name of narrowed) {
				await change(name, {spec: selecting('nowhere')});
			}

			for (const name of deleted) {
				await askAgain(home(), pathOf(name), {method: 'DELETE'});
			}

			for (const name of broken) {
				await change(name, {spec: selecting('region', 'Equals')});
			}

			const own = async () => {
				const twins = await twinsNow();
				return twins.filter((name) => !name.startsWith('broken-'));
			};

			const wanted = kept.map((name) => `${name}-${homeId}`).toSorted();
			await until(
				'they have settled',
				async () =>
					JSON.stringify(await own()) === JSON.stringify(wanted) &&
					(await phasesOf()).every((phase) => phase === 'Ready') &&
					(
						await Promise.all(
							deleted.map(async (name) => askAgain(home(), pathOf(name))),
						)
					).every(({status}) => status === 404),
				120_000,
			).catch((error: unknown) => {
				throw new Error(
					`${String(error)}\n${child.lines.slice(-30).join('\n')}`,
				);
			});
			const maps = await readList(
				home(),
				'/apis/virtualkubelet.liqo.io/v1alpha1/namespacemaps',
			);
			expect(
				maps
					.flatMap((map) =>
						Object.keys(at(map, 'spec', 'desiredMapping') ?? {}),
					)
					.filter((name) => !name.startsWith('broken-'))
					.toSorted(),
			).toEqual(kept.toSorted());
		} finally {
			child.kill('SIGKILL');
			await child.ended;
			await undertaker.stop();
		}

		const once = async () => {
			const again = startReconcile(
				directory,
				[home(), milan()],
				[...parameters, '--once', '--timeout', '90s'],
			);
			expect(await again.ended, again.lines.join('\n')).toBe(0);
		};

		await once();
		const writes = () =>
			[home(), milan()]
				.flatMap((cluster) => cluster.auditLog())
				.filter(
					({verb, userAgent}) =>
						userAgent?.startsWith('liqoscope') === true &&
						['create', 'update', 'patch', 'delete'].includes(verb),
				).length;
		const before = writes();
		await once();
		expect(writes() - before).toBe(0);
	}, 300_000);
});
