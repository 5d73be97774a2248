import {setTimeout as delay} from 'node:timers/promises';
import {isJsonObject, type JsonObject} from '../../source/core/json.js';
import {startActors} from '../../source/sandbox/actors/actors.js';
import {
	createAdmissionService,
	webhookConfigurations,
} from '../../source/sandbox/actors/admission-service.js';
import {type LocalService} from '../../source/sandbox/admission/post-review.js';
import {type Cluster, startCluster} from '../../source/sandbox/cluster.js';
import {definitionsOf} from '../../source/sandbox/crds/index.js';
import {type Recorded} from './case-types.js';
import {
	type Answer,
	type Reference,
	type Stage,
	type StageSetup,
} from './memory-stage.js';

const plurals: Readonly<Record<string, string>> = {
	NamespaceOffloading: 'namespaceoffloadings',
	NamespaceMap: 'namespacemaps',
	VirtualNode: 'virtualnodes',
	ForeignCluster: 'foreignclusters',
	Namespace: 'namespaces',
	Node: 'nodes',
	Pod: 'pods',
	Event: 'events',
	RoleBinding: 'rolebindings',
	RuntimeClass: 'runtimeclasses',
};

const clusterScoped = new Set([
	'Namespace',
	'Node',
	'ForeignCluster',
	'RuntimeClass',
]);

const pathOf = ({apiVersion, kind, namespace, name}: Reference): string =>
	[
		apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`,
		...(clusterScoped.has(kind) || namespace === undefined
			? []
			: ['namespaces', namespace]),
		plurals[kind] ?? `${kind.toLowerCase()}s`,
		...(name === '' ? [] : [name]),
	].join('/');

const kindsAt = (generation: 1 | 2): Readonly<Record<string, string>> => ({
	NamespaceMap:
		generation === 1
			? 'virtualkubelet.liqo.io/v1alpha1'
			: 'offloading.liqo.io/v1beta1',
	VirtualNode: 'offloading.liqo.io/v1beta1',
	Event: 'v1',
	RoleBinding: 'rbac.authorization.k8s.io/v1',
});

const webhookService = 'liqo/liqo-webhook';
const settleTime = 60;

export type ServerStage = Stage & {
	send(
		method: string,
		path: string,
		body?: unknown,
		contentType?: string,
	): Promise<{status: number; body: Recorded}>;
	table(path: string): Promise<{body: Recorded}>;
	stop(): Promise<void>;
};

/**
Plays against the embedded API servers over HTTP, with the sandbox's actors at work under upstream rules.
*/
export const createServerStage = async (
	setup: StageSetup,
): Promise<ServerStage> => {
	const {generation, clusterId, objects, providers = {}} = setup;
	const id = generation === 1 ? 'v0.3' : 'v1beta1';
	const clusters = new Map<string, Cluster>();
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
			() => clusters.get(key)?.api.storage,
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
		clusters.set(
			key,
			await startCluster({
				name: key,
				hasControllers: false,
				now,
				objects: structuredClone([
					...definitionsOf(id),
					...webhookConfigurations(id),
					...policyHook,
					...content,
				]) as Recorded[],
				services,
			}),
		);
	};

	await start('home', objects);
	for (const [key, content] of Object.entries(providers)) {
		await start(key, content);
	}

	const actors = startActors({
		stages: [...clusters].map(([key, {api}]) => ({
			key,
			role: key === 'home' ? 'consumer' : 'provider',
			clusterId: key === 'home' ? clusterId : key,
			api,
		})),
		generation: id,
		names: new Set(['reconcilers', 'admission', 'replication']),
		rules: 'upstream',
		unreachable: new Set(),
		longestDelay: settleTime / 3,
		now,
	});

	const clusterOf = (key = 'home'): Cluster => {
		const cluster = clusters.get(key);
		if (cluster === undefined) {
			throw new RangeError(`no cluster ${key}`);
		}

		return cluster;
	};

	const send = async (
		key: string | undefined,
		method: string,
		path: string,
		body?: unknown,
		contentType = 'application/json',
	) => {
		const {url, token} = clusterOf(key);
		const response = await fetch(url + path, {
			method,
			headers: {
				authorization: `Bearer ${token}`,
				...(body !== undefined && {'content-type': contentType}),
			},
			...(body !== undefined && {body: JSON.stringify(body)}),
		});
		return {
			status: response.status,
			body: JSON.parse(await response.text()),
		};
	};

	const answerOf = ({
		status,
		body,
	}: {
		status: number;
		body: Recorded;
	}): Answer => ({
		status,
		message: status >= 300 ? body.message : '',
	});

	const revisions = (): string =>
		[...clusters.values()].map(({api}) => api.storage.revision).join(' ');

	return {
		async create(object, cluster) {
			const metadata = object.metadata as Recorded;
			const {status, ...rest} = object;
			const reference = {
				apiVersion: object.apiVersion as string,
				kind: object.kind as string,
				...(metadata.namespace && {namespace: metadata.namespace}),
				name: '',
			};
			const answer = await send(cluster, 'POST', pathOf(reference), object);
			if (
				answer.status === 201 &&
				isJsonObject(status) &&
				object.kind === 'Node'
			) {
				await send(
					cluster,
					'PATCH',
					`${pathOf({...reference, name: metadata.name})}/status`,
					{status},
					'application/merge-patch+json',
				);
				await send(
					cluster,
					'PATCH',
					pathOf({...reference, name: metadata.name}),
					{spec: rest.spec},
					'application/merge-patch+json',
				);
			}

			return answerOf(answer);
		},
		async patch(reference, body, {cluster, subresource} = {}) {
			// A namespace ends through its own door.
			if (
				reference.kind === 'Namespace' &&
				isJsonObject(body.spec) &&
				body.spec.finalizers === null
			) {
				const found = await send(cluster, 'GET', pathOf(reference));
				return answerOf(
					await send(cluster, 'PUT', `${pathOf(reference)}/finalize`, {
						...found.body,
						spec: {finalizers: []},
					}),
				);
			}

			const path =
				pathOf(reference) +
				(subresource === undefined ? '' : `/${subresource}`);
			return answerOf(
				await send(
					cluster,
					'PATCH',
					path,
					body,
					'application/merge-patch+json',
				),
			);
		},
		async remove(reference, cluster) {
			return answerOf(await send(cluster, 'DELETE', pathOf(reference)));
		},
		async find(reference, cluster) {
			const {status, body} = await send(cluster, 'GET', pathOf(reference));
			return status === 200 ? body : undefined;
		},
		async list(kind, cluster) {
			const apiVersion = kindsAt(generation)[kind] ?? 'v1';
			const {status, body} = await send(
				cluster,
				'GET',
				pathOf({apiVersion, kind, name: ''}),
			);
			return status === 200
				? body.items.map((item: Recorded) => ({apiVersion, kind, ...item}))
				: [];
		},
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
		advance() {
			steps += 1;
		},
		send: async (method, path, body, contentType) =>
			send('home', method, path, body, contentType),
		async table(path) {
			const {url, token} = clusterOf();
			const response = await fetch(url + path, {
				headers: {
					authorization: `Bearer ${token}`,
					accept:
						'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
				},
			});
			return {body: (await response.json()) as Recorded};
		},
		async stop() {
			actors.stop();
			await Promise.all(
				[...clusters.values()].map(async (cluster) => cluster.stop()),
			);
		},
	};
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
