import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {parseAllDocuments} from 'yaml';
import type {JsonObject} from '../../source/core/json.js';
import {ask} from '../../source/sandbox/engines/kube-apiserver/ask.js';
import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import {
	startControlPlane,
	type ControlPlane,
	type ControlPlaneOptions,
} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';

export const root = path.dirname(path.dirname(import.meta.dirname));

/**
Where the binaries of the cluster suite are: KUBEBUILDER_ASSETS first, then what `npm run build:control-plane` built.
*/
export const assetDirectories = (): readonly string[] =>
	[
		process.env.KUBEBUILDER_ASSETS ?? '',
		path.join(root, '.cache', 'control-plane', 'bin'),
	].filter(Boolean);

/**
Path of one binary, such as `kubectl`; throws with what to do when it is not there.
*/
export const findAsset = (name: string): string => {
	const found = assetDirectories()
		.map((directory) => path.join(directory, name))
		.find((file) => fs.existsSync(file));
	if (found === undefined) {
		throw new Error(
			`There is no ${name}: run \`npm run build:control-plane\` first.`,
		);
	}

	return found;
};

/**
`startControlPlane` with the binaries of the cluster suite.
*/
export const startTestControlPlane = async (
	options: Omit<ControlPlaneOptions, 'assets'>,
): Promise<ControlPlane> =>
	startControlPlane({...options, assets: assetDirectories()});

export type Outcome = Readonly<{code: number; stdout: string; stderr: string}>;

/**
Runs a program to its end without a terminal; never throws for its exit code.
*/
export const runProgram = async (
	file: string,
	parameters: readonly string[],
	options: Readonly<{
		input?: string;
		env?: NodeJS.ProcessEnv;
		timeout?: number;
	}> = {},
): Promise<Outcome> =>
	new Promise((resolve, reject) => {
		const child = spawn(file, parameters, {
			env: options.env ?? process.env,
			timeout: options.timeout ?? 60_000,
		});
		let stdout = '';
		let stderr = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
		});
		child.once('error', reject);
		child.once('close', (code) => {
			resolve({code: code ?? -1, stdout, stderr});
		});
		child.stdin.on('error', () => undefined);
		child.stdin.end(options.input ?? '');
	});

/**
Runs the real kubectl against a cluster; throws what it said when it fails.
*/
export const kubectl = async (
	cluster: ApiServer,
	parameters: readonly string[],
	options: Readonly<{input?: string; user?: string}> = {},
): Promise<string> => {
	const file = cluster.kubeconfig(options.user);
	// Its cache of what a server serves goes by address, and another test's server may have had this one.
	const outcome = await runProgram(
		findAsset('kubectl'),
		[
			`--kubeconfig=${file}`,
			`--cache-dir=${path.join(path.dirname(file), 'kubectl')}`,
			...parameters,
		],
		options.input === undefined ? {} : {input: options.input},
	);
	if (outcome.code !== 0) {
		throw new Error(
			`kubectl ${parameters.join(' ')}: ${outcome.stderr.trim()}`,
		);
	}

	return outcome.stdout;
};

export {ask} from '../../source/sandbox/engines/kube-apiserver/ask.js';

/**
Any object that can be created.
*/
export type Thing = Readonly<{
	apiVersion: string;
	kind: string;
	metadata: Readonly<{
		name: string;
		namespace?: string;
		[field: string]: unknown;
	}>;
	[field: string]: unknown;
}>;

const collections: Readonly<Record<string, string>> = {
	Namespace: '/api/v1/namespaces',
	Node: '/api/v1/nodes',
	CustomResourceDefinition:
		'/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
	ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
	ClusterRoleBinding: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
};

/**
The collection an object is created in, by Kubernetes' rule for plural names.
*/
export const collectionOf = (thing: Thing): string => {
	const known = collections[thing.kind];
	if (known !== undefined) {
		return known;
	}

	const lower = thing.kind.toLowerCase();
	const plural = lower.endsWith('s') ? lower : `${lower}s`;
	const prefix = thing.apiVersion.includes('/')
		? `/apis/${thing.apiVersion}`
		: `/api/${thing.apiVersion}`;
	return `${prefix}/namespaces/${thing.metadata.namespace ?? 'default'}/${plural}`;
};

/**
Creates objects, each with its status where it has one; throws what the server said when it refuses.
*/
export const create = async (
	cluster: ApiServer,
	things: readonly Thing[],
): Promise<void> => {
	for (const thing of things) {
		const collection = collectionOf(thing);
		const created = await ask(cluster, collection, {body: thing});
		if (created.status !== 201) {
			throw new Error(
				`Creating ${thing.kind} ${thing.metadata.name}: ${created.text}`,
			);
		}

		if (thing.status === undefined) {
			continue;
		}

		const patched = await ask(
			cluster,
			`${collection}/${thing.metadata.name}/status`,
			{
				method: 'PATCH',
				contentType: 'application/merge-patch+json',
				body: {status: thing.status},
			},
		);
		if (patched.status !== 200) {
			throw new Error(
				`Status of ${thing.kind} ${thing.metadata.name}: ${patched.text}`,
			);
		}
	}
};

/**
The CustomResourceDefinitions in a directory of YAML files.
*/
export const readDefinitions = (directory: string): readonly JsonObject[] =>
	fs
		.readdirSync(directory)
		.filter((name) => /\.(?:yaml|yml|json)$/v.test(name))
		.flatMap((name) =>
			parseAllDocuments(fs.readFileSync(path.join(directory, name), 'utf8')),
		)
		.map((document) => document.toJS() as JsonObject)
		.filter((definition) => definition.kind === 'CustomResourceDefinition');

/**
Waits until a condition holds; the failure names it. For what `vi.waitFor` is too short of patience for.
*/
export const until = async (
	what: string,
	isSo: () => boolean | Promise<boolean>,
	deadline = 30_000,
): Promise<void> => {
	const end = Date.now() + deadline;
	while (!(await isSo())) {
		if (Date.now() > end) {
			throw new Error(`Not within ${deadline / 1000} s: ${what}`);
		}

		await delay(20);
	}
};

/**
Liqo's own CustomResourceDefinitions when LIQO_CRDS says where they are: one directory per release.
*/
export const liqoDefinitions = (
	release: 'v0.3.2' | 'v0.10.3' | 'v1.2.0',
): string | undefined => {
	const directory = process.env.LIQO_CRDS;
	const found =
		directory === undefined
			? undefined
			: path.resolve(root, directory, release);
	return found !== undefined && fs.existsSync(found) ? found : undefined;
};
