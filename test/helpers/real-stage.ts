import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import {createClusterWriter} from '../../source/commands/reconcile/cluster-ports.js';
import {
	consumerKinds,
	openCluster,
	type OpenCluster,
	providerKinds,
	watchCluster,
} from '../../source/commands/reconcile/open-clusters.js';
import {startWebhookServer} from '../../source/commands/reconcile/webhook-server.js';
import {systemClock} from '../../source/controller/clock.js';
import {createController} from '../../source/controller/controller.js';
import type {GenerationId} from '../../source/core/generations/generation.js';
import {isJsonObject, type JsonObject} from '../../source/core/json.js';
import {createReconcilers} from '../../source/core/reconcilers/index.js';
import type {Rules} from '../../source/core/reconcilers/reconciler.js';
import type {ClusterView} from '../../source/core/world.js';
import {resolveConnection} from '../../source/kube/connection.js';
import {loadKubeconfig} from '../../source/kube/kubeconfig.js';
import {definitionsOf} from '../../source/sandbox/crds/index.js';
import type {
	ApiServer,
	User,
} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import type {ControlPlane} from '../../source/sandbox/engines/kube-apiserver/control-plane.js';
import {writeKubeconfig} from '../../source/sandbox/engines/kube-apiserver/kubeconfig.js';
import {
	installDefinitions,
	populate,
} from '../../source/sandbox/engines/kube-apiserver/populate.js';
import {healthyDraft} from '../../source/sandbox/scenarios/healthy.js';
import type {Draft} from '../../source/sandbox/scenarios/draft.js';
import {createStore} from '../../source/store/create-store.js';
import type {Store} from '../../source/store/store.js';
import {startTestControlPlane, until} from './control-plane.js';
import {deleteKeys, listKeys} from './etcd-keys.js';
import {startKubernetesControllers} from './kubernetes-controllers.js';
import {awaitScheduler} from './scheduler-probe.js';

/**
A scenario that is being played.
*/
export type Play = {
	/**
	The clusters as those who act on them see them.
	*/
	readonly store: Store;
	/**
	Waits until nobody has had anything to do for so many milliseconds.

	@default 200
	*/
	settled(calm?: number): Promise<void>;
	/**
	Adds objects to a cluster as they are.
	*/
	put(handle: string, objects: readonly JsonObject[]): Promise<void>;
	stop(): Promise<void>;
};

/**
One real control plane for many scenarios, one after the other: a consumer with the real kube-scheduler, and three providers.
*/
export type RealStage = {
	readonly plane: ControlPlane;
	readonly home: ApiServer;
	/**
	A kubeconfig with a context per cluster, `home` the current one; all of them as `user`.
	*/
	kubeconfig(user?: string): string;
	/**
	The flags that connect to the consumer and these providers.
	*/
	flags(handles?: Iterable<string>, user?: string): readonly string[];
	/**
	Replaces what the clusters hold, and sets everybody to work: the project's own reconcilers as Liqo's controllers, its admission webhooks, and
	Kubernetes' controllers.
	*/
	play(
		draft: Draft,
		options?: {
			readonly rules?: Rules;
			/**
			Liqo's controllers were not at work before, so they look at everything.

			@default false
			*/
			readonly isStarting?: boolean;
		},
	): Promise<Play>;
	stop(): Promise<void>;
};

const handles = ['eu', 'us', 'ap'] as const;

/**
What scenarios hold; everything else in etcd is the API server's own.
*/
const playedFolders =
	/^\/[^\/]+\/(?:namespaces|minions|pods|deployments|replicasets|daemonsets|statefulsets|jobs|configmaps|secrets|events|rolebindings|storageclasses|persistentvolumes|persistentvolumeclaims|services|endpointslices|(?:mutating|validating)webhookconfigurations|[^\/]*liqo\.io)\//v;

/**
Sends the API server's questions to a webhook of ours instead of Liqo's Service.
*/
const askingUs = (
	object: JsonObject,
	{origin, authority}: {readonly origin: string; readonly authority: string},
): JsonObject => {
	const webhooks = Array.isArray(object.webhooks) ? object.webhooks : [];
	return webhooks.length === 0
		? object
		: {
				...object,
				webhooks: webhooks.map((webhook) => {
					const config =
						isJsonObject(webhook) && isJsonObject(webhook.clientConfig)
							? webhook.clientConfig
							: {};
					const service = isJsonObject(config.service) ? config.service : {};
					return {
						...(webhook as JsonObject),
						clientConfig: {
							caBundle: Buffer.from(authority).toString('base64'),
							url: `${origin}${typeof service.path === 'string' ? service.path : ''}`,
						},
					};
				}),
			};
};

export const startRealStage = async (
	generation: GenerationId,
	{users = []}: {readonly users?: readonly User[]} = {},
): Promise<RealStage> => {
	const plane = await startTestControlPlane({
		clusters: ['home', ...handles].map((name) => ({
			name,
			users,
			hasScheduler: name === 'home',
		})),
	});
	const definitions = definitionsOf(generation) as readonly JsonObject[];
	await Promise.all(
		plane.clusters.map(async (cluster) =>
			installDefinitions(cluster, definitions),
		),
	);
	const own = new Set(await listKeys(plane.etcd));
	const home = plane.cluster('home');
	const kubeconfig = (user = 'admin'): string => {
		const file = path.join(plane.directory, `stage-${user}.yaml`);
		fs.writeFileSync(
			file,
			writeKubeconfig(
				plane.clusters.map((cluster) => ({
					cluster: cluster.name,
					server: cluster.url,
					certificateAuthority: cluster.certificateAuthority,
					user,
					token: cluster.token(user),
				})),
			),
			{mode: 0o600},
		);
		return file;
	};

	let watched: ClusterView | undefined;
	const webhooks = await startWebhookServer({
		listen: {host: '127.0.0.1', port: 0},
		hosts: ['127.0.0.1'],
		review: {
			get cluster(): ClusterView {
				if (watched === undefined) {
					throw new Error('nothing is being played');
				}

				return watched;
			},
			rules: 'upstream',
		},
	});
	const target = {
		origin: `https://127.0.0.1:${webhooks.address.port}`,
		authority: webhooks.authority,
	};

	const clear = async () => {
		const keys = await listKeys(plane.etcd);
		await deleteKeys(
			plane.etcd,
			keys.filter((key) => playedFolders.test(key) && !own.has(key)),
		);
	};

	const put = async (handle: string, objects: readonly JsonObject[]) => {
		await populate(
			plane.etcd.store,
			plane.cluster(handle),
			objects.map((object) => askingUs(object, target)),
			definitions,
		);
	};

	const open = async (name: string): Promise<OpenCluster> => {
		const env = {KUBECONFIG: kubeconfig()};
		const config = await loadKubeconfig({env});
		const connection = config.ok
			? await resolveConnection({
					config: config.value,
					env,
					flags: {context: name},
				})
			: config;
		const opened = connection.ok
			? await openCluster(connection.value, {
					env,
					version: 'test',
					liqoNamespace: undefined,
				})
			: connection;
		if (!opened.ok) {
			throw new Error(opened.problem.message);
		}

		return opened.value;
	};

	const play: RealStage['play'] = async (
		draft,
		{rules = 'upstream', isStarting = false} = {},
	) => {
		await clear();
		for (const handle of ['home', ...draft.peers.keys()]) {
			const objects = draft.objects(handle);
			if (handle !== 'home') {
				await put(handle, objects);
				continue;
			}

			await put(
				handle,
				objects.filter(({kind}) => kind !== 'Pod'),
			);
			await awaitScheduler(home);
			await put(
				handle,
				objects.filter(({kind}) => kind === 'Pod'),
			);
		}

		const opened = new Map<string, OpenCluster>();
		// Also those that are not peered yet.
		const peers = healthyDraft(draft.generation).peers.values().toArray();
		await Promise.all(
			[{handle: 'home', id: 'home'}, ...peers].map(async ({handle, id}) => {
				opened.set(id, await open(handle));
			}),
		);
		const consumer = opened.get('home')!;
		const store = createStore({
			consumer: {
				key: 'home',
				role: 'consumer',
				title: 'home',
				clusterId: draft.localId,
				generation: consumer.generation,
				liqoNamespace: 'liqo',
			},
		});
		const stops: Array<() => void> = [];
		for (const [id, cluster] of opened) {
			if (id === 'home') {
				stops.push(
					watchCluster(store, 'home', cluster, [
						...consumerKinds('liqo').filter(([kind]) => kind !== 'Pod'),
						['Pod'],
						['ReplicaSet'],
						['DaemonSet'],
					]),
				);
				continue;
			}

			store.addCluster({
				key: id,
				role: 'provider',
				title: id,
				clusterId: id,
				generation: cluster.generation,
				liqoNamespace: 'liqo',
			});
			stops.push(
				watchCluster(store, id, cluster, providerKinds('liqo', undefined)),
			);
		}

		watched = store.world.consumer;
		let isStarted = isStarting;
		const controller = createController({
			store,
			// Started, they look at everything; long at work, they have done so.
			reconcilers: createReconcilers(consumer.generation!, rules).map(
				(reconciler) => ({
					...reconciler,
					requests: (world) => (isStarted ? reconciler.requests(world) : []),
				}),
			),
			writer: createClusterWriter({
				home: consumer,
				provider: (id) => opened.get(id),
				reason: (id) => `There is no connection to ${id}.`,
			}),
			clock: systemClock,
			rules,
			canFight: true,
			component: 'liqo-controller-manager',
			longestDelay: 1000,
		});
		controller.lead();
		const unsubscribe = store.onTouch(
			({cluster, kind, name, before, after}) => {
				if (
					cluster === 'home' &&
					kind === 'Deployment' &&
					name === 'liqo-controller-manager' &&
					before !== undefined &&
					after !== undefined
				) {
					isStarted = true;
					controller.wake();
				}
			},
		);
		stops.push(unsubscribe);
		const kubernetes = await startKubernetesControllers({
			home,
			providers: handles.map((handle) => plane.cluster(handle)),
			store,
			consumerId: draft.localId,
		});
		return {
			store,
			put,
			async settled(calm = 200) {
				let calmSince = Infinity;
				await until('everybody has done their work', () => {
					const isCalm = controller.isSettled() && kubernetes.isIdle();
					calmSince = isCalm ? Math.min(calmSince, Date.now()) : Infinity;
					return Date.now() - calmSince >= calm;
				});
			},
			async stop() {
				await controller.stop();
				await kubernetes.stop();
				for (const stop of stops) {
					stop();
				}

				store.close();
				await Promise.all(
					opened.values().map(async ({transport}) => transport.close()),
				);
			},
		};
	};

	return {
		plane,
		home,
		kubeconfig,
		flags: (wanted = handles, user = 'admin') => [
			`--kubeconfig=${kubeconfig(user)}`,
			'--context=home',
			...Iterator.from(wanted).map((handle) => `--provider=${handle}`),
		],
		play,
		async stop() {
			await webhooks.close();
			await plane.stop();
		},
	};
};
