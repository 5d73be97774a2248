import {spawn} from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import process from 'node:process';
import type {ApiServer} from '../source/sandbox/engines/kube-apiserver/api-server.js';
import {writeKubeconfig} from '../source/sandbox/engines/kube-apiserver/kubeconfig.js';
import {root} from '../test/helpers/control-plane.js';
import type {Size} from './objects.js';

export type GeneratedState = Readonly<{
	events: number;
	watchers: number;
	behind: number;
}>;

/**
A generated server in its own process, in front of a real one.
*/
export type GeneratedServer = Readonly<{
	port: number;
	pid: number;
	certificateAuthority: string;
	/**
	Writes a kubeconfig for it and gives its path.
	*/
	kubeconfig(directory: string): string;
	churn(rate: number): Promise<void>;
	/**
	Changes one pod now; when the event was sent, in milliseconds of the epoch; 0 when there is no such pod.
	*/
	touch(namespace: string, name: string, node: string): Promise<number>;
	state(): Promise<GeneratedState>;
	stop(): void;
}>;

export const startGeneratedServer = async (
	cluster: ApiServer,
	size: Size,
): Promise<GeneratedServer> => {
	const child = spawn(
		process.execPath,
		[
			'--import',
			'./scripts/typescript-imports.ts',
			'bench/generated-server.ts',
		],
		{
			cwd: root,
			stdio: ['pipe', 'pipe', 'inherit'],
			env: {
				...process.env,
				UPSTREAM: cluster.url,
				TOKEN: cluster.token(),
				CA: cluster.certificateAuthority,
				SIZE: JSON.stringify(size),
			},
		},
	);
	const line = await new Promise<string>((resolve, reject) => {
		child.stdout.setEncoding('utf8').once('data', resolve);
		child.once('exit', (code) => {
			reject(new Error(`The generated server ended with exit code ${code}.`));
		});
	});
	const {port, certificateAuthority} = JSON.parse(line) as {
		port: number;
		certificateAuthority: string;
	};
	// A kept connection may be closed by the server just when it is used again.
	const agent = new https.Agent({keepAlive: false, ca: certificateAuthority});
	const ask = async (
		route: string,
		method: 'GET' | 'POST' = 'POST',
	): Promise<unknown> =>
		new Promise((resolve, reject) => {
			const request = https.request(
				`https://127.0.0.1:${port}/bench/${route}`,
				{agent, method},
				(response) => {
					let text = '';
					response.setEncoding('utf8').on('data', (part: string) => {
						text += part;
					});
					response.once('end', () => {
						resolve(JSON.parse(text));
					});
				},
			);
			request.once('error', reject);
			request.end();
		});

	return {
		port,
		pid: child.pid ?? 0,
		certificateAuthority,
		kubeconfig(directory) {
			const file = path.join(directory, `generated-${port}.yaml`);
			const server = `https://127.0.0.1:${port}`;
			const entry = {
				cluster: 'generated',
				server,
				certificateAuthority,
				user: 'admin',
				token: cluster.token(),
			};
			fs.writeFileSync(file, writeKubeconfig([entry]), {mode: 0o600});
			return file;
		},
		async churn(rate) {
			await ask(`churn?rate=${rate}`);
		},
		async touch(namespace, name, node) {
			const query = new URLSearchParams({namespace, name, node});
			const {sent} = (await ask(`touch?${query.toString()}`)) as {sent: number};
			return sent;
		},
		state: async () => (await ask('state', 'GET')) as GeneratedState,
		stop() {
			child.stdin.end();
			agent.destroy();
		},
	};
};
