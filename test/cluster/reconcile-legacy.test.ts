import fs from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
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
import {capsuleBindings, readStanding, simulateStanding} from './simulated.js';

const homeId = '0a1b2c3d-0000-4000-8000-000000000001';
const milanId = '0a1b2c3d-0000-4000-8000-000000000002';
const turinId = '0a1b2c3d-0000-4000-8000-000000000003';
const setting = {generation: 'v0.3', homeId} as const;

let plane: ControlPlane;
let directory: string;
const home = (): ApiServer => plane.cluster('home');
const milan = (): ApiServer => plane.cluster('milan');
const turin = (): ApiServer => plane.cluster('turin');
const servers = (): ReadonlyMap<string, ApiServer> =>
	new Map([
		[milanId, milan()],
		[turinId, turin()],
	]);
const all = (): readonly ApiServer[] => [home(), milan(), turin()];
const providers = [
	'--provider',
	`milan=${milanId}`,
	'--provider',
	`turin=${turinId}`,
];

const namespace = (name: string): Thing => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: {name},
});

/**
A virtual node of a provider, and the peering that it belongs to.
*/
const peer = async (name: string, id: string): Promise<void> => {
	await create(home(), [
		namespace(`liqo-tenant-${id}`),
		{
			apiVersion: 'v1',
			kind: 'Node',
			metadata: {
				name: `liqo-${id}`,
				labels: {
					'liqo.io/type': 'virtual-node',
					'liqo.io/remote-cluster-id': id,
					city: name,
				},
			},
		},
	]);
	const status = {tenantNamespace: {local: `liqo-tenant-${id}`}};
	const peering = await askAgain(
		home(),
		'/apis/discovery.liqo.io/v1alpha1/foreignclusters',
		{
			body: {
				apiVersion: 'discovery.liqo.io/v1alpha1',
				kind: 'ForeignCluster',
				metadata: {name, labels: {'discovery.liqo.io/cluster-id': id}},
				spec: {
					clusterIdentity: {clusterID: id, clusterName: name},
					foreignAuthUrl: `https://${name}.example`,
					outgoingPeeringEnabled: 'Auto',
					incomingPeeringEnabled: 'Auto',
					insecureSkipTLSVerify: true,
				},
				status,
			},
		},
	);
	expect(peering.status, peering.text).toBe(201);
	await askAgain(
		home(),
		`/apis/discovery.liqo.io/v1alpha1/foreignclusters/${name}/status`,
		{
			method: 'PATCH',
			contentType: 'application/merge-patch+json',
			body: {status},
		},
	);
};

beforeAll(async () => {
	directory = await bundle();
	plane = await startTestControlPlane({
		clusters: ['home', 'milan', 'turin'].map((name) => ({
			name,
			isAudited: true,
		})),
	});
	for (const cluster of all()) {
		await installDefinitions(
			cluster,
			definitionsOf('v0.3') as readonly JsonObject[],
		);
		await create(cluster, [namespace('liqo')]);
	}

	await create(home(), [clusterIdConfigMap(homeId)]);
	for (const [id, cluster] of servers()) {
		await create(cluster, [clusterIdConfigMap(id)]);
	}

	await peer('milan', milanId);
	await peer('turin', turinId);
});

afterAll(async () => {
	await plane?.stop();
	fs.rmSync(directory, {recursive: true, force: true});
});

const twin = `shop-${homeId}`;
const path =
	'/apis/offloading.liqo.io/v1alpha1/namespaces/shop/namespaceoffloadings/offloading';

/**
The Capsule of a provider: gives the owner of a namespace its rights.
*/
const actAsCapsule = async (cluster: ApiServer, of = twin): Promise<void> => {
	try {
		await create(cluster, capsuleBindings(of, setting) as readonly Thing[]);
	} catch (error) {
		// The namespace may go, or be gone, by the time its owner gets its rights.
		if (!/being terminated|not found|already exists/v.test(String(error))) {
			throw error;
		}
	}
};

const twinsOn = async (cluster: ApiServer): Promise<readonly JsonObject[]> => {
	const list = await readList(cluster, '/api/v1/namespaces');
	return list.filter(
		(object) =>
			at(object, 'metadata', 'annotations', 'liqo.io/remote-namespace') ===
				homeId && at(object, 'metadata', 'deletionTimestamp') === undefined,
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
		const child = startReconcile(directory, all(), [
			'--lease',
			'none',
			...providers,
		]);
		try {
			const read = async () => {
				const answer = await askAgain(home(), path);
				return answer.status === 200
					? (JSON.parse(answer.text) as JsonObject)
					: undefined;
			};

			const twins = async (): Promise<number> => {
				const lists = await Promise.all(
					[milan(), turin()].map(async (cluster) => twinsOn(cluster)),
				);
				return lists.flat().length;
			};

			const story = () => child.lines.slice(-20).join('\n');
			await until(
				'the twins are there',
				async () => (await twins()) === 2,
				60_000,
			).catch((error: unknown) => {
				throw new Error(`${String(error)}\n${story()}`);
			});
			await actAsCapsule(milan());
			await actAsCapsule(turin());
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
				'the twins are taken back',
				async () => (await twins()) === 0,
				60_000,
			).catch((error: unknown) => {
				throw new Error(`${String(error)}\n${story()}`);
			});
		} finally {
			child.kill('SIGKILL');
			await child.ended;
		}
	}, 240_000);

	it('brings many offloadings to where the simulation has them, whatever is done to them meanwhile, and then writes nothing', async () => {
		const names = (kind: string, count: number) =>
			Array.from({length: count}, (_, index) => `${kind}-${index}`);
		const kept = names('kept', 5);
		const narrowed = names('narrowed', 4);
		const moved = names('moved', 4);
		const widened = names('widened', 3);
		const broken = names('broken', 2);
		const deleted = names('deleted', 4);
		const pathOf = (name: string) =>
			`/apis/offloading.liqo.io/v1alpha1/namespaces/${name}/namespaceoffloadings/offloading`;
		const selecting = (
			key: string,
			operator: string,
			...values: readonly string[]
		): JsonObject => ({
			clusterSelector: {
				nodeSelectorTerms: [
					{
						matchExpressions: [
							{key, operator, ...(values.length > 0 && {values})},
						],
					},
				],
			},
		});
		const everywhere = selecting('city', 'Exists');
		const inMilan = selecting('city', 'In', 'milan');
		const parameters = ['--lease', 'none', ...providers];
		const child = startReconcile(directory, all(), parameters);
		const undertaker = buryNamespaces(all(), 'v1alpha1');
		const isMeant = (name: string) =>
			!name.startsWith('broken-') && name !== 'shop';
		/**
		Gives rights in every twin there is, as often as there are new ones.
		*/
		const grant = async (): Promise<number> => {
			let count = 0;
			for (const cluster of servers().values()) {
				for (const object of await twinsOn(cluster)) {
					count++;
					await actAsCapsule(cluster, String(at(object, 'metadata', 'name')));
				}
			}

			return count;
		};

		const change = async (name: string, spec: JsonObject) => {
			const answer = await askAgain(home(), pathOf(name), {
				method: 'PATCH',
				contentType: 'application/merge-patch+json',
				body: {spec},
			});
			expect(answer.status, answer.text).toBe(200);
		};

		const standing = async () =>
			readStanding(home(), servers(), isMeant, setting);
		const simulated = async () =>
			simulateStanding(home(), servers(), isMeant, setting);

		try {
			for (const [group, spec] of [
				[kept, everywhere],
				[narrowed, everywhere],
				[moved, inMilan],
				[widened, inMilan],
				[broken, everywhere],
				[deleted, everywhere],
			] as const) {
				for (const name of group) {
					await create(home(), [
						namespace(name),
						{
							apiVersion: 'offloading.liqo.io/v1alpha1',
							kind: 'NamespaceOffloading',
							metadata: {name: 'offloading', namespace: name},
							spec: {podOffloadingStrategy: 'LocalAndRemote', ...spec},
						},
					]);
				}
			}

			await until(
				'some twins are there',
				async () => (await grant()) >= 6,
				90_000,
			);
			for (const name of narrowed) {
				await change(name, selecting('nowhere', 'Exists'));
			}

			for (const name of moved) {
				await change(name, selecting('city', 'NotIn', 'milan'));
			}

			for (const name of widened) {
				await change(name, everywhere);
			}

			for (const name of deleted) {
				await askAgain(home(), pathOf(name), {method: 'DELETE'});
			}

			for (const name of broken) {
				await change(name, selecting('region', 'Equals', 'x'));
			}

			await until(
				'they stand where the simulation has them',
				async () => {
					await grant();
					return isDeepStrictEqual(await standing(), await simulated());
				},
				180_000,
			).catch(async (error: unknown) => {
				// Says what differs.
				expect(await standing(), child.lines.slice(-30).join('\n')).toEqual(
					await simulated(),
				);
				throw error;
			});
			const {offloadings, twins} = await standing();
			expect(Object.keys(offloadings).toSorted()).toEqual(
				[...kept, ...narrowed, ...moved, ...widened].toSorted(),
			);
			expect(twins[turinId]).toEqual(
				[...kept, ...moved, ...widened]
					.map((name) => `${name}-${homeId}`)
					.toSorted(),
			);
		} finally {
			child.kill('SIGKILL');
			await child.ended;
			await undertaker.stop();
		}

		const once = async () => {
			const again = startReconcile(directory, all(), [
				...parameters,
				'--once',
				'--timeout',
				'90s',
			]);
			expect(await again.ended, again.lines.join('\n')).toBe(0);
		};

		await once();
		const writes = () =>
			all()
				.flatMap((cluster) => cluster.auditLog())
				.filter(
					({verb, userAgent}) =>
						userAgent?.startsWith('liqoscope') === true &&
						['create', 'update', 'patch', 'delete'].includes(verb),
				).length;
		const before = writes();
		await once();
		expect(writes() - before).toBe(0);
	}, 400_000);
});
