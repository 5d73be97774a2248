import fs from 'node:fs';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {type JsonObject} from '../../source/core/json.js';
import {reconcilerIds} from '../../source/core/reconcilers/index.js';
import {definitionsOf} from '../../source/sandbox/crds/index.js';
import {ask as askServer} from '../../source/sandbox/engines/kube-apiserver/ask.js';
import {type ControlPlane} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';
import {
	installDefinitions,
	populate,
} from '../../source/sandbox/engines/kube-apiserver/populate.js';
import {
	bundle,
	type ReconcileProcess,
	startReconcile,
} from '../cluster/reconcile-process.js';
import {startTestControlPlane, until} from '../helpers/control-plane.js';
import {deleteKeys, listKeys} from '../helpers/etcd-keys.js';
import {type Recorded} from './case-types.js';
import {
	apiVersionOf,
	type Ask,
	createHttpStage,
	patchTypes,
	readWarnings,
} from './http-stage.js';
import {NotPlayable, type Stage, type StageSetup} from './stage.js';

/**
Two real API servers of a generation, for many cases one after the other.
*/
type Rig = {
	readonly generation: 1 | 2;
	readonly plane: ControlPlane;
	/**
	What etcd holds before any case.
	*/
	readonly own: ReadonlySet<string>;
	readonly directory: string;
};

let rig: Rig | undefined;

const generationName = (generation: 1 | 2): 'v0.3' | 'v1beta1' =>
	generation === 1 ? 'v0.3' : 'v1beta1';

const denyPolicy: readonly Recorded[] = [
	{
		apiVersion: 'admissionregistration.k8s.io/v1',
		kind: 'ValidatingAdmissionPolicy',
		metadata: {name: 'deny'},
		spec: {
			failurePolicy: 'Fail',
			matchConstraints: {
				resourceRules: [
					{
						apiGroups: [''],
						apiVersions: ['v1'],
						operations: ['CREATE'],
						resources: ['namespaces'],
					},
				],
			},
			validations: [
				{
					expression: "!object.metadata.name.startsWith('denied-')",
					message: 'denied by policy',
				},
			],
		},
	},
	{
		apiVersion: 'admissionregistration.k8s.io/v1',
		kind: 'ValidatingAdmissionPolicyBinding',
		metadata: {name: 'deny'},
		spec: {policyName: 'deny', validationActions: ['Deny']},
	},
];

const startRig = async (generation: 1 | 2): Promise<Rig> => {
	const directory =
		process.env.LIQOSCOPE_BUNDLE ?? rig?.directory ?? (await bundle());
	await rig?.plane.stop();
	rig = undefined;
	const plane = await startTestControlPlane({clusters: ['home', 'provider']});
	for (const cluster of plane.clusters) {
		await installDefinitions(
			cluster,
			definitionsOf(generationName(generation)) as readonly JsonObject[],
		);
		await askServer(cluster, '/api/v1/namespaces', {
			body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'liqo'}},
		});
	}

	rig = {
		generation,
		plane,
		own: new Set(await listKeys(plane.etcd)),
		directory,
	};
	return rig;
};

/**
Ends the servers that were kept for further cases.
*/
export const stopRig = async (): Promise<void> => {
	await rig?.plane.stop();
	if (rig !== undefined) {
		if (rig.directory !== process.env.LIQOSCOPE_BUNDLE) {
			fs.rmSync(rig.directory, {recursive: true, force: true});
		}

		rig = undefined;
	}
};

// Kept by the API server itself, and not of any case.
const keptFolders =
	/\/(?:leases|masterleases|apiregistration\.k8s\.io|ranges|services|endpointslices|flowschemas|prioritylevelconfigurations)\//v;

const clear = async ({plane, own}: Rig): Promise<void> => {
	const keys = await listKeys(plane.etcd);
	await deleteKeys(
		plane.etcd,
		keys.filter((key) => !own.has(key) && !keptFolders.test(key)),
	);
};

const watchedKinds = [
	'NamespaceOffloading',
	'NamespaceMap',
	'Namespace',
	'Event',
	'RoleBinding',
	'Node',
];

const quietTime = 100;

/**
Plays on real API servers, with `liqoscope reconcile --rules upstream` in the place of Liqo's controllers and webhooks.
*/
export const createKubeApiServerStage = async (
	setup: StageSetup,
): Promise<Stage> => {
	const {generation, clusterId, objects, providers = {}, stopped = []} = setup;
	if (setup.actors !== undefined || stopped.length > 0) {
		throw new NotPlayable('plays what reconcile does, nothing else');
	}

	const current =
		rig?.generation === generation ? rig : await startRig(generation);
	const {plane, directory} = current;
	await clear(current);
	const definitions = definitionsOf(
		generationName(generation),
	) as readonly JsonObject[];
	const home = plane.cluster('home');
	const abroad = plane.cluster('provider');
	const [[providerId, content] = []] = Object.entries(providers);
	await populate(plane.etcd.store, home, objects, definitions);
	if (providerId !== undefined) {
		await populate(plane.etcd.store, abroad, content ?? [], definitions);
	}

	const clusterOf = (key: string) => (key === 'home' ? home : abroad);
	const ask: Ask = async (key, {method, path, body, contentType, accept}) => {
		const answer = await askServer(clusterOf(key), path, {
			method,
			...(body !== undefined && {body}),
			...(contentType !== undefined && {contentType}),
			...(accept !== undefined && {accept}),
		});
		const {warning} = answer.headers;
		return {
			status: answer.status,
			text: answer.text,
			warnings: readWarnings(
				Array.isArray(warning) ? warning.join(', ') : warning,
			),
		};
	};

	const http = createHttpStage(ask, generation);
	const idle = new Set<string>();
	const startProcess = async (): Promise<ReconcileProcess> => {
		const started = startReconcile(
			directory,
			providerId === undefined ? [home] : [home, abroad],
			[
				'--rules',
				'upstream',
				'--force',
				'--lease',
				'none',
				'--local-cluster-id',
				clusterId,
				...reconcilerIds.flatMap((id) =>
					idle.has(id) ? [] : ['--controller', id],
				),
				...(providerId === undefined
					? []
					: ['--provider', `provider=${providerId}`]),
				'--webhook-listen',
				'127.0.0.1:0',
				'--webhook-install',
				'--listen',
				'127.0.0.1:0',
			],
		);
		await until(
			`reconcile registers its webhooks: ${started.lines.slice(-3).join(' | ')}`,
			() =>
				started.lines.some((line) => line.includes('registered the webhooks')),
			60_000,
		);
		return started;
	};

	let child = await startProcess();

	/**
	Whether the process has something to do at once; what it is to try again later does not count.
	*/
	const isBusy = async (): Promise<boolean> => {
		const [, address] =
			/health and metrics" address="?(?<address>[\d.:]+)/v.exec(
				child.lines.join('\n'),
			) ?? [];
		if (address === undefined) {
			return false;
		}

		const answer = await fetch(`http://${address}/queue`);
		const {settled, queued, running, failing} =
			(await answer.json()) as Recorded;
		return failing > 0 ? queued > 0 || running > 0 : !settled;
	};

	const fingerprint = async (): Promise<string> => {
		const parts: string[] = [];
		for (const key of providerId === undefined ? ['home'] : ['home', 'far']) {
			for (const kind of watchedKinds) {
				const items = await http.list(kind, key);
				parts.push(
					items
						.map(({metadata}) => `${metadata.uid}${metadata.resourceVersion}`)
						.join(','),
				);
			}
		}

		return parts.join('/');
	};

	const settle = async (): Promise<void> => {
		let quiet = 0;
		let before = await fingerprint();
		for (let round = 0; round < 100 && quiet < 3; round++) {
			await delay(quietTime);
			const now = await fingerprint();
			quiet = now === before && !(await isBusy()) ? quiet + 1 : 0;
			before = now;
		}
	};

	const webhookPath =
		'/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/liqoscope';
	const urls: string[] = [];
	const setWebhook = async (isRunning: boolean): Promise<void> => {
		const {body} = await http.send('GET', webhookPath);
		for (const [index, webhook] of (body.webhooks as Recorded[]).entries()) {
			urls[index] ??= webhook.clientConfig.url;
			await http.send(
				'PATCH',
				webhookPath,
				[
					{
						op: 'replace',
						path: `/webhooks/${index}/clientConfig/url`,
						// Nobody listens on port 1.
						value: isRunning ? urls[index] : 'https://127.0.0.1:1/',
					},
				],
				patchTypes.json,
			);
		}

		await untilAnswer(isRunning);
	};

	/**
	The API server takes a moment to notice a changed configuration.
	*/
	const untilAnswer = async (isRunning: boolean): Promise<void> => {
		await until(
			`the webhook is ${isRunning ? 'asked' : 'lost'}`,
			async () => {
				const {status} = await http.create(
					{
						apiVersion: apiVersionOf('NamespaceOffloading', generation),
						kind: 'NamespaceOffloading',
						metadata: {name: 'offloading', namespace: 'liqo'},
						spec: {clusterSelector: {nodeSelectorTerms: []}},
					},
					undefined,
					{isDryRun: true},
				);
				return (status === 201) === isRunning;
			},
			20_000,
		);
	};

	const untilDenied = async (): Promise<void> => {
		if (generation === 1) {
			return;
		}

		await untilAnswer(true);
		await until(
			'the webhook denies',
			async () => {
				const {status} = await http.create(
					{
						apiVersion: apiVersionOf('NamespaceOffloading', generation),
						kind: 'NamespaceOffloading',
						metadata: {name: 'other', namespace: 'liqo'},
						spec: {clusterSelector: {nodeSelectorTerms: []}},
					},
					undefined,
					{isDryRun: true},
				);
				return status === 403;
			},
			20_000,
		);
	};

	await untilDenied();

	return {
		...http,
		// The first generation looks at a provider and at its own status again every half minute.
		patience: generation === 1 ? 60_000 : 30_000,
		settle,
		async setRunning(actor, isRunning) {
			if (actor === 'webhook') {
				await setWebhook(isRunning);
				return;
			}

			if (actor !== 'policy') {
				if (isRunning) {
					idle.delete(actor);
				} else {
					idle.add(actor);
				}

				// It takes its webhooks with it, and brings them back.
				child.kill('SIGTERM');
				await child.ended;
				child = await startProcess();
				await untilDenied();
				return;
			}

			for (const object of denyPolicy) {
				const path = `/apis/admissionregistration.k8s.io/v1/${String(object.kind).toLowerCase().replace(/y$/v, 'ie').replace(/g$/v, 'g')}s`;
				await (isRunning
					? http.send('POST', path, object)
					: http.send('DELETE', `${path}/deny`));
			}

			await until(
				'the policy is followed',
				async () => {
					const {status} = await http.create(
						{
							apiVersion: 'v1',
							kind: 'Namespace',
							metadata: {name: 'denied-probe'},
						},
						undefined,
						{isDryRun: true},
					);
					return (status === 201) !== isRunning;
				},
				30_000,
			);
		},
		async advance() {
			// Times have seconds only.
			const second = Math.floor(Date.now() / 1000);
			while (Math.floor(Date.now() / 1000) === second) {
				await delay(50);
			}
		},
		async stop() {
			// Nothing of it is kept: the next case starts from an empty store.
			child.kill('SIGKILL');
			await child.ended;
			await clear(current);
		},
	};
};
