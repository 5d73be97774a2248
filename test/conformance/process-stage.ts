import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import https from 'node:https';
import {Buffer} from 'node:buffer';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {parse} from 'yaml';
import {type JsonObject} from '../../source/core/json.js';
import {bundle} from '../cluster/reconcile-process.js';
import {until} from '../helpers/control-plane.js';
import {clusterIdConfigMap} from '../helpers/cluster-id-config-map.js';
import {type Recorded} from './case-types.js';
import {type Ask, createHttpStage, readWarnings} from './http-stage.js';
import {NotPlayable, type Stage, type StageSetup} from './stage.js';

let directory: Promise<string> | undefined;

/**
The program to run: what `LIQOSCOPE_BUNDLE` names, else a bundle made once.
*/
const programOf = async (): Promise<string> => {
	directory ??=
		process.env.LIQOSCOPE_BUNDLE === undefined
			? bundle()
			: Promise.resolve(process.env.LIQOSCOPE_BUNDLE);
	return directory;
};

/**
Removes what was made for further cases.
*/
export const removeProgram = async (): Promise<void> => {
	if (directory !== undefined && process.env.LIQOSCOPE_BUNDLE === undefined) {
		fs.rmSync(await directory, {recursive: true, force: true});
	}
};

const kindOrder = [
	'Namespace',
	'ConfigMap',
	'RuntimeClass',
	'ForeignCluster',
	'NamespaceMap',
	'Node',
	'VirtualNode',
];

const watchedKinds = [
	'NamespaceOffloading',
	'NamespaceMap',
	'Namespace',
	'Event',
	'RoleBinding',
	'Node',
	'VirtualNode',
	'Pod',
];

const quietTime = 60;

/**
Plays against `liqoscope sandbox --scenario empty` in a process of its own: everything, also what was there before, comes over HTTPS with the
kubeconfig it writes.
*/
export const createProcessStage = async (setup: StageSetup): Promise<Stage> => {
	const {generation, clusterId, objects, providers = {}, stopped = []} = setup;
	if (
		Object.keys(providers).length > 0 ||
		stopped.length > 0 ||
		setup.failurePolicy !== undefined
	) {
		throw new NotPlayable('the empty scenario has one cluster');
	}

	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'liqoscope-case-'));
	const file = path.join(folder, 'kubeconfig');
	const {actors = ['reconcilers', 'admission', 'replication']} = setup;
	const child = spawn(
		process.execPath,
		[
			path.join(await programOf(), 'cli.js'),
			'sandbox',
			'--scenario',
			'empty',
			'--actors',
			actors.join(','),
			'--rules',
			'upstream',
			'--generation',
			generation === 1 ? 'v0.3' : 'v1beta1',
			'--kubeconfig-out',
			file,
		],
		{stdio: ['ignore', 'ignore', 'pipe']},
	);
	let told = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		told += text;
	});
	await until('the sandbox has started', () => told.includes('Ctrl-C'), 60_000);
	const config: Recorded = parse(fs.readFileSync(file, 'utf8'));
	const {server, 'certificate-authority-data': authority} =
		config.clusters[0].cluster;
	const {token} = config.users[0].user;
	const agent = new https.Agent({
		keepAlive: true,
		ca: Buffer.from(authority, 'base64').toString(),
	});
	const ask: Ask = async (
		_cluster,
		{method, path: place, body, contentType, accept},
	) =>
		new Promise((resolve, reject) => {
			const request = https.request(
				new URL(place, server),
				{
					method,
					agent,
					headers: {
						authorization: `Bearer ${token}`,
						...(body !== undefined && {
							'content-type': contentType ?? 'application/json',
						}),
						...(accept !== undefined && {accept}),
					},
				},
				(response) => {
					let text = '';
					response.setEncoding('utf8').on('data', (part: string) => {
						text += part;
					});
					response.once('error', reject);
					response.once('end', () => {
						const {warning} = response.headers;
						resolve({
							status: response.statusCode ?? 0,
							text,
							warnings: readWarnings(
								Array.isArray(warning) ? warning.join(', ') : warning,
							),
						});
					});
				},
			);
			request.once('error', reject);
			request.end(body === undefined ? undefined : JSON.stringify(body));
		});

	const http = createHttpStage(ask, generation);
	const start: readonly JsonObject[] = [
		{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'liqo'}},
		clusterIdConfigMap(clusterId),
		...objects,
	].toSorted(
		(one: Recorded, other: Recorded) =>
			kindOrder.indexOf(one.kind) - kindOrder.indexOf(other.kind),
	);
	for (const object of start) {
		const {ownerReferences, uid, ...metadata} = object.metadata as Recorded;
		const {status, message} = await http.create({...object, metadata});
		if (status !== 201 && status !== 409) {
			throw new Error(`the start of the case is refused: ${message}`);
		}
	}

	const fingerprint = async (): Promise<string> => {
		const lists = await Promise.all(
			watchedKinds.map(async (kind) => http.list(kind)),
		);
		return lists
			.flat()
			.map(({metadata}) => `${metadata.uid}${metadata.resourceVersion}`)
			.join(',');
	};

	return {
		...http,
		async patch(reference, body, options) {
			if (reference.kind === 'Namespace' && body?.spec?.finalizers === null) {
				throw new NotPlayable(
					'the namespace controller of this sandbox does not wait for a hand',
				);
			}

			return http.patch(reference, body, options);
		},
		patience: 12_000,
		async settle() {
			let quiet = 0;
			let before = await fingerprint();
			for (let round = 0; round < 100 && quiet < 2; round++) {
				await delay(quietTime);
				const now = await fingerprint();
				quiet = now === before ? quiet + 1 : 0;
				before = now;
			}
		},
		async setRunning() {
			throw new NotPlayable('nothing in that process is stopped alone');
		},
		async advance() {
			const second = Math.floor(Date.now() / 1000);
			while (Math.floor(Date.now() / 1000) === second) {
				await delay(50);
			}
		},
		async stop() {
			agent.destroy();
			child.kill('SIGTERM');
			await once(child, 'close');
			fs.rmSync(folder, {recursive: true, force: true});
		},
	};
};
