import {setTimeout as delay} from 'node:timers/promises';
import {
	type ActorName,
	startActors,
} from '../../source/sandbox/actors/actors.js';
import {
	createAdmissionService,
	webhookConfigurations,
} from '../../source/sandbox/actors/admission-service.js';
import {type ClusterAccess} from '../../source/sandbox/actors/cluster-access.js';
import {createInProcessAccess} from '../../source/sandbox/actors/in-process-access.js';
import {type LocalService} from '../../source/sandbox/admission/post-review.js';
import {type Cluster, startCluster} from '../../source/sandbox/cluster.js';
import {definitionsOf} from '../../source/sandbox/crds/index.js';
import {type JsonObject} from '../../source/core/json.js';
import {type Recorded} from './case-types.js';
import {type Ask, createHttpStage, readWarnings} from './http-stage.js';
import {type Stage, type StageSetup} from './stage.js';

const webhookService = 'liqo/liqo-webhook';
const settleTime = 60;

export type ServerStage = Stage & ReturnType<typeof createHttpStage>;

/**
Plays against the embedded API servers over HTTP, with the sandbox's actors at work under upstream rules.
*/
export const createServerStage = async (
	setup: StageSetup,
): Promise<ServerStage> => {
	const {
		generation,
		clusterId,
		objects,
		providers = {},
		actors: names = ['reconcilers', 'admission', 'replication'],
		stopped = [],
	} = setup;
	const id = generation === 1 ? 'v0.3' : 'v1beta1';
	const clusters = new Map<string, Cluster>();
	const accesses = new Map<string, ClusterAccess>();
	// Steps lie a minute apart, so that times written in one differ from those of another.
	let steps = 0;
	const now = (): number => Date.now() + steps * 60_000;
	const doors: Array<{
		services: Map<string, LocalService>;
		service: LocalService;
	}> = [];
	let isPolicyOn = false;

	const start = async (
		key: string,
		content: readonly JsonObject[],
	): Promise<void> => {
		const service = createAdmissionService(
			() => accesses.get(key),
			id,
			'upstream',
		);
		const services = new Map<string, LocalService>([
			[webhookService, service],
			[
				'test/policy',
				async (_path, review) => {
					const {request} = review as Recorded;
					const isDenied =
						isPolicyOn && String(request.name).startsWith('denied-');
					return {
						apiVersion: 'admission.k8s.io/v1',
						kind: 'AdmissionReview',
						response: {
							uid: request.uid,
							allowed: !isDenied,
							...(isDenied && {
								status: {code: 422, message: 'denied by policy'},
							}),
						},
					};
				},
			],
		]);
		doors.push({services, service});
		const cluster = await startCluster({
			name: key,
			hasControllers: false,
			now,
			objects: structuredClone([
				...definitionsOf(id),
				...webhookConfigurations(id).map((configuration) =>
					withPolicy(configuration as JsonObject, setup.failurePolicy),
				),
				...policyHook,
				...content,
			]) as Recorded[],
			services,
		});
		clusters.set(key, cluster);
		accesses.set(key, createInProcessAccess(cluster.api));
	};

	await start('home', objects);
	for (const [key, content] of Object.entries(providers)) {
		await start(key, content);
	}

	const actors = await startActors({
		stages: [...accesses].map(([key, access]) => ({
			key,
			role: key === 'home' ? 'consumer' : 'provider',
			clusterId: key === 'home' ? clusterId : key,
			access,
		})),
		generation: id,
		names: new Set(names as readonly ActorName[]),
		rules: 'upstream',
		unreachable: new Set(),
		longestDelay: settleTime / 3,
		now,
	});

	for (const name of stopped) {
		actors.setRunning(name, false);
	}

	const ask: Ask = async (key, {method, path, body, contentType, accept}) => {
		const cluster = clusters.get(key);
		if (cluster === undefined) {
			throw new RangeError(`no cluster ${key}`);
		}

		const response = await fetch(cluster.url + path, {
			method,
			headers: {
				authorization: `Bearer ${cluster.token}`,
				...(body !== undefined && {
					'content-type': contentType ?? 'application/json',
				}),
				...(accept !== undefined && {accept}),
			},
			...(body !== undefined && {body: JSON.stringify(body)}),
		});
		return {
			status: response.status,
			text: await response.text(),
			warnings: readWarnings(response.headers.get('warning') ?? undefined),
		};
	};

	const revisions = (): string =>
		[...clusters.values()].map(({api}) => api.storage.revision).join(' ');

	return {
		...createHttpStage(ask, generation),
		patience: 10_000,
		async settle() {
			for (let round = 0; round < 100; round++) {
				const before = revisions();
				await delay(settleTime);
				if (actors.isSettled() && before === revisions()) {
					return;
				}
			}
		},
		async setRunning(actor, isRunning) {
			if (actor === 'webhook') {
				for (const {services, service} of doors) {
					if (isRunning) {
						services.set(webhookService, service);
					} else {
						services.delete(webhookService);
					}
				}
			} else if (actor === 'policy') {
				isPolicyOn = isRunning;
			} else {
				actors.setRunning(actor, isRunning);
			}
		},
		async advance() {
			steps += 1;
		},
		async stop() {
			actors.stop();
			await Promise.all(
				[...clusters.values()].map(async (cluster) => cluster.stop()),
			);
		},
	};
};

const withPolicy = (
	configuration: JsonObject,
	policy: string | undefined,
): JsonObject =>
	policy === undefined || configuration.kind !== 'MutatingWebhookConfiguration'
		? configuration
		: {
				...configuration,
				webhooks: (configuration.webhooks as Recorded[]).map((webhook) => ({
					...webhook,
					failurePolicy: policy,
				})),
			};

const policyHook: readonly JsonObject[] = [
	{
		apiVersion: 'admissionregistration.k8s.io/v1',
		kind: 'ValidatingWebhookConfiguration',
		metadata: {name: 'policy'},
		webhooks: [
			{
				name: 'policy.example.com',
				failurePolicy: 'Fail',
				sideEffects: 'None',
				admissionReviewVersions: ['v1'],
				clientConfig: {service: {namespace: 'test', name: 'policy', path: '/'}},
				rules: [
					{
						apiGroups: [''],
						apiVersions: ['v1'],
						operations: ['CREATE'],
						resources: ['namespaces'],
					},
				],
			},
		],
	},
];
