import path from 'node:path';
import process from 'node:process';
import {type JsonObject} from '../core/json.js';
import {type GenerationId} from '../core/generations/generation.js';
import {type Rules} from '../core/reconcilers/reconciler.js';
import {type ControlPlane} from './engines/kube-apiserver/control-plane.js';
import {ControlPlaneError} from './engines/kube-apiserver/control-plane-error.js';
import {startScenario} from './engines/kube-apiserver/start-scenario.js';
import {
	type ActorName,
	actorNames,
	type Actors,
	startActors,
} from './actors/actors.js';
import {
	createAdmissionService,
	webhookConfigurations,
} from './actors/admission-service.js';
import {type User} from './api.js';
import {createCertificateAuthority} from './certificates.js';
import {type Cluster, startCluster} from './cluster.js';
import {definitionsOf} from './crds/index.js';
import {kubeconfigOf} from './kubeconfig.js';
import {
	emptyScenario,
	findScenario,
	type NamedScenario,
} from './scenarios/index.js';
import {draftOf} from './scenarios/scenario.js';
import {timestamp} from './objects/identity.js';
import {clone, type Tree} from './value.js';

/**
`embedded`: servers in this process. `kube-apiserver`: real ones, from `KUBEBUILDER_ASSETS` or what was built here.
*/
export type Engine = 'embedded' | 'kube-apiserver';

export type SandboxOptions = {
	/**
	Name of a scenario.

	@default 'healthy'
	*/
	readonly scenario?: string;
	/**
	@default the newest one the scenario can happen in
	*/
	readonly generation?: GenerationId;
	/**
	@default 'embedded'
	*/
	readonly engine?: Engine;
	/**
	Port of the first cluster; the others follow it. Any free ports when absent.
	*/
	readonly port?: number;
	readonly users?: readonly User[];
	/**
	Who is at work.

	@default everybody
	*/
	readonly actors?: readonly ActorName[];
	/**
	The rules the actors follow.

	@default 'upstream'
	*/
	readonly rules?: Rules;
	/**
	Longest wait until an actor looks at something again, in milliseconds.

	@default ten seconds
	*/
	readonly longestDelay?: number;
	/**
	Kubernetes' own controllers: namespaces are emptied, dependents follow their owners, pods end.

	@default true
	*/
	readonly hasControllers?: boolean;
	/**
	Epoch milliseconds.
	*/
	readonly now?: () => number;
};

export type SandboxCluster = {
	/**
	`home` for the consumer, else the handle of the provider.
	*/
	readonly name: string;
	readonly role: 'consumer' | 'provider';
	/**
	Liqo's cluster-id.
	*/
	readonly clusterId: string;
	readonly url: string;
	readonly token: string;
	/**
	PEM of the authority that vouches for the server.
	*/
	readonly ca: string;
	/**
	Tokens of the other users, by their names.
	*/
	readonly tokens: Readonly<Record<string, string>>;
};

export type Sandbox = {
	readonly scenario: NamedScenario;
	readonly generation: GenerationId;
	readonly clusters: readonly SandboxCluster[];
	/**
	A kubeconfig (YAML) with a context for every cluster, `home` the current one.
	*/
	readonly kubeconfig: string;
	/**
	Namespace to look at first.
	*/
	readonly namespace: string | undefined;
	/**
	Absent on real API servers: nobody is at work there.
	*/
	readonly actors?: Actors;
	stop(): Promise<void>;
};

/**
Why a sandbox cannot be started: one sentence that says what to do.
*/
export class SandboxError extends Error {
	override readonly name = 'SandboxError';
}

/**
The scenario by its name and the generation it will be in.

@throws SandboxError when there is none of that name, or not in that generation
*/
export const chooseScenario = (
	name = 'healthy',
	generation?: GenerationId,
): {readonly scenario: NamedScenario; readonly generation: GenerationId} => {
	const scenario = findScenario(name);
	if (!scenario) {
		throw new SandboxError(
			`There is no scenario "${name}"; "liqoscope sandbox --list" shows all of them.`,
		);
	}

	const chosen = generation ?? scenario.generations.at(-1)!;
	if (!scenario.generations.includes(chosen)) {
		throw new SandboxError(
			`The scenario "${name}" does not happen in ${chosen}; it does in ${scenario.generations.join(' and ')}.`,
		);
	}

	return {scenario, generation: chosen};
};

const portProblem = (error: unknown, port: number | undefined): unknown => {
	const {code} = error as {code?: string};
	if (code === 'EADDRINUSE') {
		return new SandboxError(
			`Port ${port ?? 0} or one of those after it is in use; choose another with --port.`,
		);
	}

	return code === 'EACCES'
		? new SandboxError(
				`Port ${port ?? 0} may not be opened by this user; choose one above 1023 with --port.`,
			)
		: error;
};

/**
What each cluster of a scenario holds at the start.
*/
const clustersOf = (
	scenario: NamedScenario,
	generation: GenerationId,
	now: number,
	hasAdmission: boolean,
) => {
	const draft = draftOf(scenario, generation, timestamp(now));
	const isEmpty = scenario === emptyScenario;
	const handles = ['home', ...draft.peers.keys()];
	return handles.map((name) => ({
		name,
		role: name === 'home' ? ('consumer' as const) : ('provider' as const),
		clusterId: name === 'home' ? draft.localId : draft.peer(name).id,
		objects: [
			...definitionsOf(generation),
			...(isEmpty
				? hasAdmission
					? webhookConfigurations(generation)
					: []
				: draft.objects(name).map((object) => clone(object as Tree))),
		],
	}));
};

const assetDirectories = (): readonly string[] =>
	[
		process.env.KUBEBUILDER_ASSETS ?? '',
		path.join(process.cwd(), '.cache', 'control-plane', 'bin'),
	].filter((directory) => directory !== '');

/**
The same clusters and objects on real kube-apiservers and one etcd. Only Kubernetes' own admission is at work there.
*/
const startRealSandbox = async (
	scenario: NamedScenario,
	generation: GenerationId,
	{users, now = Date.now}: SandboxOptions,
): Promise<Sandbox> => {
	const draft = draftOf(scenario, generation, timestamp(now()));
	const isEmpty = scenario === emptyScenario;
	let plane: ControlPlane;
	try {
		plane = await startScenario({
			assets: assetDirectories(),
			objects: isEmpty ? {peers: draft.peers, objects: () => []} : draft,
			definitions: definitionsOf(generation) as readonly JsonObject[],
			cluster: users ? {users} : {},
		});
	} catch (error) {
		throw error instanceof ControlPlaneError
			? new SandboxError(error.message)
			: error;
	}

	const clusters = plane.clusters.map((cluster): SandboxCluster => {
		const isHome = cluster.name === 'home';
		return {
			name: cluster.name,
			role: isHome ? 'consumer' : 'provider',
			clusterId: isHome ? draft.localId : draft.peer(cluster.name).id,
			url: cluster.url,
			token: cluster.token(),
			ca: cluster.certificateAuthority,
			tokens: Object.fromEntries(
				(users ?? []).map(({name}) => [name, cluster.token(name)]),
			),
		};
	});
	return {
		scenario,
		generation,
		clusters,
		kubeconfig: kubeconfigOf(clusters),
		namespace: scenario.namespace,
		async stop() {
			await plane.stop();
		},
	};
};

/**
Starts the clusters of a scenario: a consumer and its providers, each an API server of its own on loopback.

@throws SandboxError for what can be put right: an unknown scenario, a port in use
*/
export const startSandbox = async (
	options: SandboxOptions = {},
): Promise<Sandbox> => {
	const {scenario, generation} = chooseScenario(
		options.scenario,
		options.generation,
	);
	if (options.engine === 'kube-apiserver') {
		return startRealSandbox(scenario, generation, options);
	}

	const now = options.now ?? Date.now;
	const names = new Set(options.actors ?? actorNames);
	const {rules = 'upstream'} = options;
	const plans = clustersOf(scenario, generation, now(), names.has('admission'));
	// Kubernetes' clients send no token where it could be read on the way, not even on loopback.
	const authority = await createCertificateAuthority();
	const tls = await authority.issue({
		// Not the name of the authority: OpenSSL takes a certificate that names itself as its issuer for self-signed.
		commonName: 'liqoscope sandbox server',
		hosts: ['127.0.0.1', 'localhost'],
	});
	const started: Cluster[] = [];
	try {
		for (const [index, plan] of plans.entries()) {
			// eslint-disable-next-line no-await-in-loop -- so that the ports follow each other, and what was started can be stopped
			const cluster: Cluster = await startCluster({
				name: plan.name,
				objects: plan.objects,
				now,
				tls,
				...(options.hasControllers === false && {hasControllers: false}),
				services: names.has('admission')
					? new Map([
							[
								'liqo/liqo-webhook',
								createAdmissionService(
									() => started[index]?.api.storage,
									generation,
									rules,
								),
							],
						])
					: new Map(),
				...(options.users && {users: options.users}),
				...(options.port && {port: options.port + index}),
			});
			started.push(cluster);
		}
	} catch (error) {
		await Promise.all(started.map(async (cluster) => cluster.stop()));
		throw portProblem(error, options.port);
	}

	const clusters = started.map((cluster, index): SandboxCluster => {
		const {role, clusterId} = plans[index]!;
		return {
			name: cluster.name,
			role,
			clusterId,
			url: cluster.url,
			token: cluster.token,
			ca: authority.certificate,
			tokens: cluster.tokens,
		};
	});
	const unreachable = new Set(
		plans
			.filter(({name}) => scenario.unreachable?.includes(name))
			.map(({clusterId}) => clusterId),
	);
	await Promise.all(
		started
			.filter(({name}) => scenario.unreachable?.includes(name))
			.map(async (cluster) => cluster.cut()),
	);
	const actors = startActors({
		stages: started.map(({api}, index) => {
			const {role, clusterId} = plans[index]!;
			return {
				key: role === 'consumer' ? 'home' : clusterId,
				role,
				clusterId,
				api,
			};
		}),
		generation,
		names,
		rules,
		unreachable,
		now,
		...(options.longestDelay !== undefined && {
			longestDelay: options.longestDelay,
		}),
	});
	return {
		scenario,
		generation,
		clusters,
		actors,
		kubeconfig: kubeconfigOf(clusters),
		namespace: scenario.namespace,
		async stop() {
			actors.stop();
			await Promise.all(started.map(async (cluster) => cluster.stop()));
		},
	};
};
