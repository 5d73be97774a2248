import {spawn, type ChildProcess} from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {findFreePort} from '../../source/sandbox/engines/kube-apiserver/free-port.js';
import {findAsset, root, runProgram} from '../helpers/control-plane.js';

const patience = {timeout: 120_000};

describe('liqoscope sandbox --engine kube-apiserver', () => {
	let directory: string;
	let program: string;
	let child: ChildProcess;
	let said = '';

	const kubectl = async (context: string, line: string) =>
		runProgram(findAsset('kubectl'), [
			`--kubeconfig=${path.join(directory, 'kubeconfig')}`,
			`--context=${context}`,
			...line.split(' '),
		]);

	beforeAll(async () => {
		directory = fs.mkdtempSync(path.join(os.tmpdir(), 'engine-'));
		const built = await runProgram(process.execPath, [
			path.join(root, 'scripts', 'build.ts'),
			path.join(directory, 'dist'),
		]);
		expect(built.code, built.stderr).toBe(0);
		program = path.join(directory, 'dist', 'cli.js');
		child = spawn(process.execPath, [
			program,
			'sandbox',
			'--engine',
			'kube-apiserver',
			'--scenario',
			'tour',
			'--kubeconfig-out',
			path.join(directory, 'kubeconfig'),
		]);
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			said += text;
		});
		await vi.waitFor(() => {
			expect(child.exitCode, said).toBeNull();
			expect(said).toContain('Ctrl-C ends them.');
		}, patience);
	}, 180_000);

	afterAll(() => {
		child.kill('SIGKILL');
		fs.rmSync(directory, {recursive: true, force: true});
	});

	it('starts a real server for each cluster of the scenario', async () => {
		const home = await kubectl('home', 'get --raw /version');
		expect(home.stdout).toContain('"compiler": "gc"');
		for (const context of ['home', 'eu', 'us', 'ap']) {
			const {stdout} = await kubectl(context, 'get nodes -o name');
			expect(stdout, context).toContain('node/');
		}
	});

	it('puts the objects of the scenario there as they are', async () => {
		const {stdout} = await kubectl(
			'home',
			'get nso offloading -n cart -o jsonpath={.status.offloadingPhase}',
		);
		expect(stdout).toBe('Ready');
		const maps = await kubectl('eu', 'get namespacemaps -A -o name');
		expect(maps.stdout).toContain('namespacemap.offloading.liqo.io/eu-west');
	});

	it("has Liqo's controllers and Kubernetes' at work there", async () => {
		const offloading = path.join(directory, 'offloading.yaml');
		fs.writeFileSync(
			offloading,
			[
				'apiVersion: offloading.liqo.io/v1beta1',
				'kind: NamespaceOffloading',
				'metadata: {name: offloading, namespace: lab}',
				'spec:',
				'  clusterSelector:',
				'    nodeSelectorTerms:',
				'      - matchExpressions: [{key: region, operator: In, values: [eu]}]',
				'',
			].join('\n'),
		);
		await kubectl('home', 'create namespace lab');
		await kubectl('home', `apply -f ${offloading}`);
		const ready = await kubectl(
			'home',
			'wait nso/offloading -n lab --for=jsonpath={.status.offloadingPhase}=Ready --timeout=60s',
		);
		expect(ready.stderr).toBe('');
		const twins = await kubectl('eu', 'get namespaces -o name');
		expect(twins.stdout).toContain('namespace/lab-');
		const deleted = await kubectl(
			'home',
			'delete namespace lab --wait --timeout=60s',
		);
		expect(deleted.stderr).toBe('');
		await vi.waitFor(async () => {
			const left = await kubectl('eu', 'get namespaces -o name');
			expect(left.stdout).not.toContain('namespace/lab-');
		}, patience);
	}, 180_000);

	it.each(['background', 'foreground', 'orphan'])(
		'follows owners with their dependents: %s',
		async (policy) => {
			const name = `settings-${policy}`;
			await kubectl('home', `create configmap ${name}`);
			const {stdout: uid} = await kubectl(
				'home',
				`get configmap ${name} -o jsonpath={.metadata.uid}`,
			);
			const owned = path.join(directory, `${policy}.yaml`);
			fs.writeFileSync(
				owned,
				[
					'apiVersion: v1',
					'kind: ConfigMap',
					'metadata:',
					`  name: ${name}-copy`,
					'  ownerReferences:',
					`    - {apiVersion: v1, kind: ConfigMap, name: ${name}, uid: ${uid}}`,
					'',
				].join('\n'),
			);
			await kubectl('home', `create -f ${owned}`);
			const {stderr} = await kubectl(
				'home',
				`delete configmap ${name} --cascade=${policy} --wait --timeout=60s`,
			);
			expect(stderr).toBe('');
			await vi.waitFor(async () => {
				const {stdout} = await kubectl(
					'home',
					`get configmap ${name}-copy --ignore-not-found -o jsonpath={.metadata.name}{.metadata.ownerReferences}`,
				);
				expect(stdout).toBe(policy === 'orphan' ? `${name}-copy` : '');
			}, patience);
		},
		180_000,
	);

	it('refuses a port in use with one sentence', async () => {
		const port = await findFreePort();
		const server = net.createServer();
		await new Promise<void>((resolve) => {
			server.listen(port, '127.0.0.1', resolve);
		});
		const run = async (...flags: string[]) =>
			runProgram(process.execPath, [
				program,
				'sandbox',
				'--engine=kube-apiserver',
				...flags,
			]);
		const busy = await run(`--port=${port}`);
		server.close();
		expect(busy).toMatchObject({code: 2, stdout: ''});
		expect(busy.stderr).toBe(
			`Port ${port} is in use or may not be opened by this user; choose another with --port.\n`,
		);
	});

	it('ends them all when it is interrupted', async () => {
		child.kill('SIGINT');
		await vi.waitFor(() => {
			expect(child.exitCode).not.toBeNull();
		}, patience);
		const {code} = await kubectl('home', 'get --raw /healthz');
		expect(code).not.toBe(0);
	});
});
