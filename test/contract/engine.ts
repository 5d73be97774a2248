import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {createCertificateAuthority} from '../../source/sandbox/certificates.js';
import {startCluster} from '../../source/sandbox/cluster.js';
import {kubeconfigOf} from '../../source/sandbox/kubeconfig.js';
import {definitionsOf} from '../../source/sandbox/crds/index.js';
import {installDefinitions} from '../../source/sandbox/engines/kube-apiserver/populate.js';
import {startTestControlPlane} from '../helpers/control-plane.js';
import type {GenerationId} from '../../source/core/generations/generation.js';

/**
The API server under the contract: the embedded one, or with LIQOSCOPE_ENGINE=kube-apiserver a real one.
*/
export type Engine = Readonly<{
	name: 'embedded' | 'kube-apiserver';
	url: string;
	certificateAuthority: string;
	/**
	@param user the administrator when absent
	*/
	token(user?: string): string;
	/**
	Path of a kubeconfig for kubectl.
	*/
	kubeconfig(user?: string): string;
	/**
	Forgets the past: older resourceVersions are expired.
	*/
	compact(): Promise<void>;
	stop(): Promise<void>;
}>;

export const users = [
	{name: 'viewer', groups: ['viewers']},
	{name: 'nobody', groups: []},
] as const;

const startEmbedded = async (generation: GenerationId): Promise<Engine> => {
	const authority = await createCertificateAuthority();
	const cluster = await startCluster({
		name: 'contract',
		objects: definitionsOf(generation),
		hasControllers: false,
		users: users.map(({name, groups}) => ({name, groups: [...groups]})),
		tls: await authority.issue({
			commonName: 'contract',
			hosts: ['127.0.0.1', 'localhost'],
		}),
	});
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'contract-'));
	const token = (user?: string) =>
		user === undefined ? cluster.token : cluster.tokens[user]!;
	return {
		name: 'embedded',
		url: cluster.url,
		certificateAuthority: authority.certificate,
		token,
		kubeconfig(user) {
			const file = path.join(directory, `${user ?? 'admin'}.yaml`);
			fs.writeFileSync(
				file,
				kubeconfigOf([
					{
						name: 'contract',
						url: cluster.url,
						token: token(user),
						ca: authority.certificate,
					},
				]),
			);
			return file;
		},
		async compact() {
			cluster.api.storage.compact();
		},
		async stop() {
			await cluster.stop();
			fs.rmSync(directory, {recursive: true, force: true});
		},
	};
};

const startReal = async (generation: GenerationId): Promise<Engine> => {
	const plane = await startTestControlPlane({
		clusters: [
			{
				name: 'contract',
				users: users.map(({name, groups}) => ({name, groups: [...groups]})),
			},
		],
	});
	const cluster = plane.cluster('contract');
	await installDefinitions(
		cluster,
		definitionsOf(generation) as Parameters<typeof installDefinitions>[1],
	);
	return {
		name: 'kube-apiserver',
		url: cluster.url,
		certificateAuthority: cluster.certificateAuthority,
		token: (user) => cluster.token(user),
		kubeconfig: (user) => cluster.kubeconfig(user),
		async compact() {
			// The server's own cache remembers beyond etcd's compaction, but not beyond its end.
			await plane.etcd.compact();
			await cluster.restart();
		},
		stop: async () => plane.stop(),
	};
};

export const startEngine = async (
	name = process.env.LIQOSCOPE_ENGINE,
	generation: GenerationId = 'v1beta1',
): Promise<Engine> =>
	name === 'kube-apiserver' ? startReal(generation) : startEmbedded(generation);
