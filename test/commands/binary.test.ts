import {spawn} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
let directory = '';

const run = async (
	command: string,
	args: readonly string[],
	options: {env?: Record<string, string>} = {},
) =>
	new Promise<{code: number | undefined; stdout: string; stderr: string}>(
		(resolve, reject) => {
			const child = spawn(command, args, {
				cwd: root,
				env: {...process.env, KUBECONFIG: '/nonexistent', ...options.env},
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			let stdout = '';
			let stderr = '';
			child.stdout.on('data', (chunk: Uint8Array) => {
				stdout += String(chunk);
			});
			child.stderr.on('data', (chunk: Uint8Array) => {
				stderr += String(chunk);
			});
			child.on('error', reject);
			child.on('close', (code) => {
				resolve({code: code ?? undefined, stdout, stderr});
			});
		},
	);

const cli = async (...args: string[]) =>
	run(process.execPath, [path.join(directory, 'cli.js'), ...args]);

describe('the built binary', () => {
	beforeAll(async () => {
		directory = await mkdtemp(path.join(os.tmpdir(), 'liqoscope-'));
		const {code, stderr} = await run(process.execPath, [
			path.join(root, 'scripts/build.ts'),
			directory,
		]);
		expect(stderr).toBe('');
		expect(code).toBe(0);
	}, 60_000);

	afterAll(async () => {
		await rm(directory, {recursive: true});
	});

	it('says its version without loading anything', async () => {
		const {code, stdout} = await run(process.execPath, [
			path.join(directory, 'cli.js'),
			'--version',
		]);
		expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/v);
		expect(code).toBe(0);
	});

	it('prints rows of saved objects', async () => {
		const {code, stdout, stderr} = await cli(
			'get',
			'offloadings',
			'-f',
			'examples',
			'-o',
			'name',
		);
		expect(stderr).toBe('');
		expect(stdout.trim().split('\n')).toHaveLength(10);
		expect(code).toBe(0);
	});

	it('ends with the documented codes', async () => {
		const [usage, unreadable, unconnected] = await Promise.all([
			cli('gte'),
			cli('get', 'pods', '-f', 'nowhere.yaml'),
			cli('get', 'pods', '--server', 'http://127.0.0.1:1'),
		]);
		expect(usage).toMatchObject({code: 2, stdout: ''});
		expect(usage.stderr).toMatch(
			/^There is no command "gte": did you mean "get"\?\n/v,
		);
		expect(unreadable).toMatchObject({code: 2, stdout: ''});
		expect(unconnected).toMatchObject({code: 3, stdout: ''});
		expect(unconnected.stderr.trim().split('\n')).toHaveLength(1);
	});

	it('does not mind a reader that has seen enough', async () => {
		const {stdout, stderr, code} = await run('/bin/sh', [
			'-c',
			`"${process.execPath}" "${path.join(directory, 'cli.js')}" get pods -f examples -o json | head -c 1`,
		]);
		expect({stdout, stderr, code}).toEqual({stdout: '{', stderr: '', code: 0});
	});

	it('speaks as kubectl does when kubectl started it', async () => {
		const {stdout} = await run('/bin/sh', [
			'-c',
			`ln -s "${path.join(directory, 'cli.js')}" "${path.join(directory, 'kubectl-liqoscope')}" && PATH="${path.dirname(process.execPath)}:$PATH" "${path.join(directory, 'kubectl-liqoscope')}" help`,
		]);
		expect(stdout).toContain('kubectl liqoscope get');
	});

	it.each([
		['SIGINT', 130],
		['SIGTERM', 143],
	] as const)(
		'ends on %s even while it waits for input',
		async (signal, expected) => {
			const child = spawn(
				process.execPath,
				[path.join(directory, 'cli.js'), 'get', 'pods', '-f', '-'],
				{
					stdio: ['pipe', 'pipe', 'pipe'],
					env: {...process.env, LIQOSCOPE_DEBUG: '1'},
				},
			);
			const ended = new Promise<number | undefined>((resolve) => {
				child.on('close', (code) => {
					resolve(code ?? undefined);
				});
			});
			// It reads: the pipe is drained, so its handlers are in place.
			await new Promise<void>((resolve) => {
				const chunk = '#'.repeat(1_000_000);
				child.stdin.write(chunk, () => {
					resolve();
				});
			});
			child.kill(signal);
			expect(await ended).toBe(expected);
		},
	);

	it('takes a credential plugin that hangs along when it ends', async () => {
		const pid = path.join(directory, 'plugin.pid');
		const kubeconfig = path.join(directory, 'kubeconfig');
		const user = {
			exec: {
				apiVersion: 'client.authentication.k8s.io/v1',
				command: '/bin/sh',
				args: ['-c', `echo $$ > "${pid}"; sleep 1000 & wait`],
			},
		};
		await writeFile(
			kubeconfig,
			JSON.stringify({
				clusters: [{name: 'a', cluster: {server: 'https://127.0.0.1:1'}}],
				users: [{name: 'a', user}],
				contexts: [{name: 'a', context: {cluster: 'a', user: 'a'}}],
				'current-context': 'a',
			}),
		);
		const child = spawn(
			process.execPath,
			[
				path.join(directory, 'cli.js'),
				'get',
				'pods',
				`--kubeconfig=${kubeconfig}`,
			],
			{stdio: 'ignore'},
		);
		const ended = new Promise<number | undefined>((resolve) => {
			child.on('close', (code) => {
				resolve(code ?? undefined);
			});
		});
		const plugin = await vi.waitFor(
			async () => {
				const number = Number(await readFile(pid, 'utf8'));
				expect(number).toBeGreaterThan(0);
				return number;
			},
			{timeout: 60_000},
		);
		child.kill('SIGTERM');
		expect(await ended).toBe(143);
		await vi.waitFor(
			() => {
				expect(() => process.kill(-plugin, 0)).toThrow('ESRCH');
			},
			{timeout: 60_000},
		);
	}, 120_000);
});
