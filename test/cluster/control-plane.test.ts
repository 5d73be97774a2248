import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {ControlPlane} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';
import {installDefinitions} from '../../source/sandbox/engines/kube-apiserver/populate.js';
import {
	ask,
	assetDirectories,
	create,
	findAsset,
	kubectl,
	liqoDefinitions,
	readDefinitions,
	root,
	runProgram,
	startTestControlPlane,
	until,
} from '../helpers/control-plane.js';

const isAlive = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
		// A zombie waits only for whoever inherited it.
		return !fs.readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
	} catch {
		return false;
	}
};

type List = {
	metadata: {continue?: string; resourceVersion: string};
	items: Array<{metadata: {name: string}}>;
};

describe('a real control plane', () => {
	let plane: ControlPlane;
	beforeAll(async () => {
		plane = await startTestControlPlane({
			clusters: [
				{
					name: 'home',
					isAudited: true,
					hasScheduler: true,
					users: [{name: 'viewer', groups: ['viewers']}],
				},
				// Otherwise the server pages on from snapshots in its memory, whatever etcd has forgotten.
				{name: 'eu', flags: ['--feature-gates=ListFromCacheSnapshot=false']},
			],
		});
	});
	afterAll(async () => {
		await plane?.stop();
	});

	it('says which version it is', async () => {
		const {text} = await ask(plane.cluster('home'), '/version');
		expect(JSON.parse(text)).toMatchObject({
			major: '1',
			minor: '34',
			gitVersion: 'v1.34.4',
		});
	});

	it('keeps clusters apart in one etcd', async () => {
		await create(plane.cluster('home'), [
			{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'only-at-home'}},
		]);
		const home = await ask(
			plane.cluster('home'),
			'/api/v1/namespaces/only-at-home',
		);
		const eu = await ask(
			plane.cluster('eu'),
			'/api/v1/namespaces/only-at-home',
		);
		expect([home.status, eu.status]).toEqual([200, 404]);
	});

	it('knows its users and what RBAC lets them do', async () => {
		const home = plane.cluster('home');
		const viewer = await ask(home, '/api/v1/namespaces', {user: 'viewer'});
		expect(viewer.status).toBe(403);
		await create(home, [
			{
				apiVersion: 'rbac.authorization.k8s.io/v1',
				kind: 'ClusterRole',
				metadata: {name: 'namespace-viewer'},
				rules: [
					{
						apiGroups: [''],
						resources: ['namespaces'],
						verbs: ['get', 'list', 'watch'],
					},
				],
			},
			{
				apiVersion: 'rbac.authorization.k8s.io/v1',
				kind: 'ClusterRoleBinding',
				metadata: {name: 'viewers'},
				roleRef: {
					apiGroup: 'rbac.authorization.k8s.io',
					kind: 'ClusterRole',
					name: 'namespace-viewer',
				},
				subjects: [
					{
						apiGroup: 'rbac.authorization.k8s.io',
						kind: 'Group',
						name: 'viewers',
					},
				],
			},
		]);
		await until('the viewer may list namespaces', async () => {
			const {status} = await ask(home, '/api/v1/namespaces', {user: 'viewer'});
			return status === 200;
		});
		expect(() => home.token('stranger')).toThrow('has no user "stranger"');
	});

	it('writes down who asked for what', async () => {
		const home = plane.cluster('home');
		await ask(home, '/api/v1/namespaces/marked-by-audit', {user: 'viewer'});
		await until('the request is in the audit log', () =>
			home
				.auditLog()
				.some(
					({verb, user, objectRef}) =>
						verb === 'get' &&
						user.username === 'viewer' &&
						objectRef?.name === 'marked-by-audit',
				),
		);
		expect(plane.cluster('eu').auditLog()).toEqual([]);
	});

	it('schedules pods', async () => {
		const home = plane.cluster('home');
		await create(home, [
			{
				apiVersion: 'v1',
				kind: 'Node',
				metadata: {name: 'worker'},
				status: {
					capacity: {cpu: '4', memory: '8Gi', pods: '110'},
					allocatable: {cpu: '4', memory: '8Gi', pods: '110'},
					conditions: [{type: 'Ready', status: 'True'}],
				},
			},
			{
				apiVersion: 'v1',
				kind: 'Pod',
				metadata: {name: 'web', namespace: 'default'},
				spec: {containers: [{name: 'web', image: 'web'}]},
			},
		]);
		await until('the pod is bound', async () => {
			const {text} = await ask(home, '/api/v1/namespaces/default/pods/web');
			return (
				(JSON.parse(text) as {spec: {nodeName?: string}}).spec.nodeName ===
				'worker'
			);
		});
	});

	it('answers 410 for a list that was compacted away', async () => {
		const eu = plane.cluster('eu');
		const first = await ask(eu, '/api/v1/namespaces?limit=2');
		const {metadata, items} = JSON.parse(first.text) as List;
		expect(items).toHaveLength(2);
		await kubectl(eu, ['create', 'namespace', 'later']);
		expect(await plane.etcd.compact()).toBeGreaterThan(
			Number(metadata.resourceVersion),
		);
		const next = await ask(
			eu,
			`/api/v1/namespaces?limit=2&continue=${metadata.continue ?? ''}`,
		);
		expect(next.status).toBe(410);
		expect(JSON.parse(next.text)).toMatchObject({reason: 'Expired'});
	});

	it.each(['SIGTERM', 'SIGKILL'] as const)(
		'comes back on the same port after %s',
		async (signal) => {
			const eu = plane.cluster('eu');
			const before = eu.pid();
			await kubectl(eu, ['create', 'configmap', signal.toLowerCase()]);
			await eu.restart(signal);
			expect(eu.pid()).not.toBe(before);
			expect(
				await kubectl(eu, [
					'get',
					'configmap',
					signal.toLowerCase(),
					'-o',
					'name',
				]),
			).toContain(signal.toLowerCase());
		},
	);

	it('accepts client certificates', async () => {
		const eu = plane.cluster('eu');
		const {certificate, key} = await eu.issueClientCertificate({
			name: 'jane',
			groups: ['system:masters'],
		});
		const write = (name: string, text: string) => {
			const file = path.join(plane.directory, name);
			fs.writeFileSync(file, text);
			return file;
		};

		const outcome = await runProgram(findAsset('kubectl'), [
			'--kubeconfig=/dev/null',
			`--server=${eu.url}`,
			`--certificate-authority=${write('jane-ca.crt', eu.certificateAuthority)}`,
			`--client-certificate=${write('jane.crt', certificate)}`,
			`--client-key=${write('jane.key', key)}`,
			'auth',
			'whoami',
			'-o',
			'jsonpath={.status.userInfo.username}',
		]);
		expect(outcome).toEqual({code: 0, stdout: 'jane', stderr: ''});
	});

	const releases = ['v0.3.2', 'v0.10.3', 'v1.2.0'] as const;
	it.runIf(process.env.LIQO_CRDS)(
		"serves Liqo's own definitions of every generation",
		async () => {
			const alone = await startTestControlPlane({clusters: [...releases]});
			try {
				for (const release of releases) {
					const definitions = readDefinitions(liqoDefinitions(release) ?? '');
					expect(definitions.length).toBeGreaterThan(3);
					await installDefinitions(alone.cluster(release), definitions);
				}
			} finally {
				await alone.stop();
			}
		},
	);
});

describe('the end of a control plane', () => {
	it('leaves nothing behind after stop', async () => {
		const plane = await startTestControlPlane({clusters: ['brief']});
		const pids = [plane.etcd.pid, plane.cluster('brief').pid()];
		await plane.stop();
		await plane.stop();
		expect(pids.map((pid) => isAlive(pid))).toEqual([false, false]);
		expect(fs.existsSync(plane.directory)).toBe(false);
	});

	it('comes even when the program that started it is killed', async () => {
		const script = `
			const {startControlPlane} = await import('./source/sandbox/engines/kube-apiserver/control-plane.ts');
			const plane = await startControlPlane({clusters: ['orphan'], assets: ${JSON.stringify(assetDirectories())}});
			console.log(JSON.stringify({directory: plane.directory, pids: [plane.etcd.pid, plane.clusters[0].pid()]}));
		`;
		const child = spawn(
			process.execPath,
			[
				'--import',
				'./scripts/typescript-imports.ts',
				'--input-type=module',
				'--eval',
				script,
			],
			{cwd: root, stdio: ['ignore', 'pipe', 'inherit']},
		);
		const line = await new Promise<string>((resolve) => {
			child.stdout.setEncoding('utf8').once('data', resolve);
		});
		const {directory, pids} = JSON.parse(line) as {
			directory: string;
			pids: number[];
		};
		expect(pids.map((pid) => isAlive(pid))).toEqual([true, true]);
		child.kill('SIGKILL');
		await until(
			'processes and directory are gone',
			() => pids.every((pid) => !isAlive(pid)) && !fs.existsSync(directory),
		);
	});

	it('comes at once, with a sentence, when a server cannot start', async () => {
		const attempt = startTestControlPlane({
			clusters: [{name: 'broken', flags: ['--no-such-flag']}],
		});
		await expect(attempt).rejects.toThrow(
			/ended before it was ready.*unknown flag: --no-such-flag/sv,
		);
		const {startControlPlane} =
			await import('../../source/sandbox/engines/kube-apiserver/control-plane.js');
		await expect(
			startControlPlane({clusters: ['none'], assets: '/nowhere'}),
		).rejects.toThrow('There is no etcd in /nowhere: set KUBEBUILDER_ASSETS');
	});
});
