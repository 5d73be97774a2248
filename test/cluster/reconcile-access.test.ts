import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {type JsonObject} from '../../source/core/json.js';
import type {ControlPlane} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';
import {
	ask,
	create,
	startTestControlPlane,
	type Thing,
	until,
} from '../helpers/control-plane.js';
import {
	at,
	homeId,
	offloading,
	offloadingPath,
	patch,
	peer,
	readList,
} from './peering.js';
import {
	bundle,
	type ReconcileProcess,
	startReconcile,
} from './reconcile-process.js';

const tenant = 'home-tenant';
const tenantNamespace = `liqo-tenant-${homeId}`;

let plane: ControlPlane;
let directory: string;
let child: ReconcileProcess | undefined;

const home = () => plane.cluster('home');
const milan = () => plane.cluster('milan');

beforeAll(async () => {
	directory = await bundle();
	plane = await startTestControlPlane({
		clusters: [
			'home',
			{name: 'milan', isAudited: true, users: [{name: tenant}]},
		],
	});
	await peer(home(), new Map([['milan', milan()]]));
	// What a provider gives a consumer: its maps in its tenant namespace, and nothing else.
	await create(milan(), [
		{
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'Role',
			metadata: {name: 'consumer', namespace: tenantNamespace},
			rules: [
				{
					apiGroups: ['offloading.liqo.io'],
					resources: ['namespacemaps', 'namespacemaps/status'],
					verbs: ['*'],
				},
			],
		},
		{
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'RoleBinding',
			metadata: {name: 'consumer', namespace: tenantNamespace},
			subjects: [
				{
					kind: 'User',
					name: tenant,
					apiGroup: 'rbac.authorization.k8s.io',
				},
			],
			roleRef: {
				kind: 'Role',
				name: 'consumer',
				apiGroup: 'rbac.authorization.k8s.io',
			},
		},
	]);
});

afterEach(async () => {
	child?.kill('SIGKILL');
	await child?.ended;
});

afterAll(async () => {
	await plane?.stop();
	fs.rmSync(directory, {recursive: true, force: true});
});

const identity = (name: string, kubeconfig: string): Thing => ({
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: {
		name,
		namespace: 'liqo-tenant-milan',
		labels: {
			'liqo.io/identity-type': 'ControlPlane',
			'liqo.io/remote-cluster-id': 'milan',
		},
		annotations: {'liqo.io/remote-tenant-namespace': tenantNamespace},
	},
	data: {kubeconfig: Buffer.from(kubeconfig).toString('base64')},
});

const copyPath = `/apis/offloading.liqo.io/v1beta1/namespaces/${tenantNamespace}/namespacemaps/milan`;

const read = async (
	cluster: ReturnType<typeof home>,
	path: string,
): Promise<JsonObject | undefined> => {
	const answer = await ask(cluster, path);
	return answer.status === 200
		? (JSON.parse(answer.text) as JsonObject)
		: undefined;
};

describe('reconcile with the kubeconfigs in Secrets', () => {
	it('replicates as the tenant, and leaves the twins to the provider', async () => {
		const kubeconfig = fs.readFileSync(milan().kubeconfig(tenant), 'utf8');
		await create(home(), [
			identity('kubeconfig-controlplane-milan', kubeconfig),
			identity('another-for-milan', kubeconfig),
			...offloading('shop'),
		]);
		child = startReconcile(
			directory,
			[home()],
			['--lease', 'none', '--provider-secrets', '--log-level', 'debug'],
		);
		const story = () => child!.lines.slice(-30).join('\n');
		await until(
			'the map is copied to the provider',
			async () =>
				at(await read(milan(), copyPath), 'spec', 'desiredMapping', 'shop') ===
				`shop-${homeId}`,
			90_000,
		).catch((error: unknown) => {
			throw new Error(`${String(error)}\n${story()}`);
		});
		// The provider's own controller answers.
		await patch(milan(), `${copyPath}/status`, {
			status: {
				currentMapping: {
					shop: {remoteNamespace: `shop-${homeId}`, phase: 'Accepted'},
				},
			},
		});
		await until(
			'the answer is carried back',
			async () =>
				at(
					await read(home(), offloadingPath('shop')),
					'status',
					'offloadingPhase',
				) === 'Ready',
			90_000,
		).catch((error: unknown) => {
			throw new Error(`${String(error)}\n${story()}`);
		});
		const namespaces = await readList(milan(), '/api/v1/namespaces');
		expect(
			namespaces.map((object) => at(object, 'metadata', 'name')),
		).not.toContain(`shop-${homeId}`);
		const asked = milan()
			.auditLog()
			.filter(
				({verb, user}) =>
					user?.username === tenant &&
					['create', 'update', 'patch', 'delete'].includes(verb),
			)
			.map(({objectRef}) => objectRef?.resource);
		expect(new Set(asked)).toEqual(new Set(['namespacemaps']));
		const log = child.lines.join('\n');
		expect(log).toMatch(/milan is already reached through/v);
		for (const secret of [milan().token(tenant), kubeconfig.slice(-200)]) {
			expect(log).not.toContain(secret);
			expect(log).not.toContain(Buffer.from(secret).toString('base64'));
		}
	}, 240_000);

	it('does not run programs or read files that a Secret names', async () => {
		const evil = {
			apiVersion: 'v1',
			kind: 'Config',
			'current-context': 'a',
			clusters: [{name: 'a', cluster: {server: milan().url}}],
			users: [
				{
					name: 'a',
					user: {
						exec: {
							apiVersion: 'client.authentication.k8s.io/v1',
							command: '/bin/false',
							interactiveMode: 'Never',
						},
					},
				},
			],
			contexts: [{name: 'a', context: {cluster: 'a', user: 'a'}}],
		};
		const secret = identity('evil', JSON.stringify(evil));
		await create(home(), [
			{
				...secret,
				metadata: {
					...secret.metadata,
					labels: {
						'liqo.io/identity-type': 'ControlPlane',
						'liqo.io/remote-cluster-id': 'evil',
					},
				},
			},
		]);
		child = startReconcile(
			directory,
			[home()],
			['--lease', 'none', '--provider-secrets'],
		);
		await until(
			'the Secret is refused',
			() =>
				child!.lines.some((line) =>
					line.includes('asks for a credential plugin'),
				),
			60_000,
		).catch((error: unknown) => {
			throw new Error(`${String(error)}\n${child!.lines.join('\n')}`);
		});
	}, 120_000);
});

describe('reconcile beside Liqo', () => {
	it('does not begin while a pod of its controllers runs, though no Deployment wants it', async () => {
		const path = '/api/v1/namespaces/liqo/pods/liqo-controller-manager-0';
		await create(home(), [
			{
				apiVersion: 'v1',
				kind: 'Pod',
				metadata: {
					name: 'liqo-controller-manager-0',
					namespace: 'liqo',
					labels: {'app.kubernetes.io/name': 'controller-manager'},
				},
				spec: {
					containers: [{name: 'main', image: 'liqo'}],
					automountServiceAccountToken: false,
				},
			},
		]);
		await patch(home(), `${path}/status`, {status: {phase: 'Running'}});
		child = startReconcile(directory, [home()], ['--lease', 'none', '--once']);
		expect(await child.ended).toBe(3);
		expect(child.lines.join('\n')).toMatch(
			/Liqo's own controllers work on this cluster.*Pod liqo\/liqo-controller-manager-0 is running/v,
		);
		await patch(home(), `${path}/status`, {status: {phase: 'Succeeded'}});
		child = startReconcile(
			directory,
			[home()],
			['--lease', 'none', '--once', '--timeout', '90s'],
		);
		expect(await child.ended, child.lines.join('\n')).toBe(0);
	}, 240_000);
});
