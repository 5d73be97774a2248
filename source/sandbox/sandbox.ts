import {type GenerationId} from '../core/generations/generation.js';
import {actorNames, startActors} from './actors/actors.js';
import {
	createAdmissionService,
	webhookConfigurations,
} from './actors/admission-service.js';
import {type ClusterAccess} from './actors/cluster-access.js';
import {createInProcessAccess} from './actors/in-process-access.js';
import {createCertificateAuthority} from './certificates.js';
import {type Cluster, startCluster} from './cluster.js';
import {definitionsOf} from './crds/index.js';
import {kubeconfigOf} from './kubeconfig.js';
import {timestamp} from './objects/identity.js';
import {
	type Sandbox,
	type SandboxCluster,
	SandboxError,
	type SandboxOptions,
} from './sandbox-options.js';
import {
	emptyScenario,
	findScenario,
	type NamedScenario,
} from './scenarios/index.js';
import {draftOf} from './scenarios/scenario.js';
import {clone, type Tree} from './value.js';

export {
	type Engine,
	type Sandbox,
	type SandboxCluster,
	SandboxError,
	type SandboxOptions,
} from './sandbox-options.js';

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
		const {startRealSandbox} =
			await import('./engines/kube-apiserver/start-real-sandbox.js');
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
	const accesses: ClusterAccess[] = [];
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
									() => accesses[index],
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
			accesses.push(createInProcessAccess(cluster.api));
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
	const idsOf = (handles: readonly string[] = []) =>
		new Set(
			plans
				.filter(({name}) => handles.includes(name))
				.map(({clusterId}) => clusterId),
		);
	await Promise.all(
		started
			.filter(({name}) => scenario.unreachable?.includes(name))
			.map(async (cluster) => cluster.cut()),
	);
	const actors = await startActors({
		stages: accesses.map((access, index) => {
			const {role, clusterId} = plans[index]!;
			return {
				key: role === 'consumer' ? 'home' : clusterId,
				role,
				clusterId,
				access,
			};
		}),
		generation,
		names,
		rules,
		unreachable: idsOf(scenario.unreachable),
		refusing: idsOf(scenario.refusing),
		isLongAtWork: scenario.isUnnoticed ?? false,
		hasCapsule: scenario !== emptyScenario,
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
