import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {createClient, type Client} from './client.js';
import {startEngine, type Engine} from './engine.js';

/**
A case by its name, which is also that of its namespace and of its recorded answers.
*/
export type Cases = Readonly<Record<string, (client: Client) => Promise<void>>>;

const isRecording = process.env.LIQOSCOPE_RECORD === '1';

const fileOf = (topic: string): string =>
	path.join(import.meta.dirname, 'recorded', `${topic}.json`);

const slug = (topic: string, index: number, name: string): string =>
	`${topic}-${index}-${name}`
		.toLowerCase()
		.replaceAll(/[^0-9a-z]+/gv, '-')
		.slice(0, 60)
		.replace(/-$/v, '');

/**
Runs cases against the engine and compares what it answered with what a real kube-apiserver answered. The recorded answers were written by
the same cases (`LIQOSCOPE_ENGINE=kube-apiserver LIQOSCOPE_RECORD=1`); where the embedded server differs from them, it is wrong.
*/
export const contract = (topic: string, cases: Cases): void => {
	describe(topic, () => {
		let engine: Engine;
		const agent = new https.Agent({keepAlive: true, maxSockets: 8});
		const recorded: Record<string, unknown> =
			isRecording || !fs.existsSync(fileOf(topic))
				? {}
				: (JSON.parse(fs.readFileSync(fileOf(topic), 'utf8')) as Record<
						string,
						unknown
					>);

		const played: Record<string, unknown> = {};

		beforeAll(async () => {
			engine = await startEngine();
		});

		afterAll(async () => {
			agent.destroy();
			await engine?.stop();
			const dump = process.env.LIQOSCOPE_DUMP;
			if (dump !== undefined) {
				fs.mkdirSync(dump, {recursive: true});
				fs.writeFileSync(
					path.join(dump, `${topic}.json`),
					JSON.stringify(played),
				);
			}

			if (isRecording) {
				fs.writeFileSync(
					fileOf(topic),
					`${JSON.stringify(recorded, undefined, '\t')}\n`,
				);
			}
		});

		for (const [index, [name, play]] of Object.entries(cases).entries()) {
			test(name, async () => {
				const namespace = slug(topic, index, name);
				const client = createClient(engine, namespace, agent);
				await client.post(
					'/api/v1/namespaces',
					{apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}},
					{isSetup: true},
				);
				await play(client);
				// As it would be read from the recording: without undefined fields.
				// eslint-disable-next-line unicorn/prefer-structured-clone
				const transcript = JSON.parse(
					JSON.stringify(client.transcript),
				) as unknown;
				played[name] = transcript;
				if (isRecording) {
					recorded[name] = transcript;
					return;
				}

				expect(
					recorded,
					'record it: LIQOSCOPE_ENGINE=kube-apiserver LIQOSCOPE_RECORD=1',
				).toHaveProperty([name]);
				expect(transcript).toEqual(recorded[name]);
			});
		}
	});
};

/**
Builders of the objects most cases need.
*/
export const configMap = (
	name: string,
	data: Readonly<Record<string, string>> = {},
	metadata: Readonly<Record<string, unknown>> = {},
) => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, ...metadata},
	...(Object.keys(data).length > 0 && {data}),
});

export const pod = (
	name: string,
	spec: Readonly<Record<string, unknown>> = {},
	metadata: Readonly<Record<string, unknown>> = {},
) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, ...metadata},
	spec: {containers: [{name: 'main', image: 'nginx:1.27'}], ...spec},
});

export const offloading = (
	spec: Readonly<Record<string, unknown>> = {},
	metadata: Readonly<Record<string, unknown>> = {},
) => ({
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'NamespaceOffloading',
	metadata: {name: 'offloading', ...metadata},
	spec,
});

export const core = (namespace: string, plural: string, name = ''): string =>
	`/api/v1/namespaces/${namespace}/${plural}${name === '' ? '' : `/${name}`}`;

export const liqo = (namespace: string, plural: string, name = ''): string =>
	`/apis/offloading.liqo.io/v1beta1/namespaces/${namespace}/${plural}${name === '' ? '' : `/${name}`}`;

export const apps = (namespace: string, plural: string, name = ''): string =>
	`/apis/apps/v1/namespaces/${namespace}/${plural}${name === '' ? '' : `/${name}`}`;
