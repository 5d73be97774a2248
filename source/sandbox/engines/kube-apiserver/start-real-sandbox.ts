import path from 'node:path';
import process from 'node:process';
import {type GenerationId} from '../../../core/generations/generation.js';
import {type JsonObject} from '../../../core/json.js';
import {actorNames, type Actors, startActors} from '../../actors/actors.js';
import {
	createAdmissionService,
	webhookConfigurations,
} from '../../actors/admission-service.js';
import {definitionsOf} from '../../crds/index.js';
import {kubeconfigOf} from '../../kubeconfig.js';
import {timestamp} from '../../objects/identity.js';
import {
	type Sandbox,
	type SandboxCluster,
	SandboxError,
	type SandboxOptions,
} from '../../sandbox-options.js';
import {emptyScenario, type NamedScenario} from '../../scenarios/index.js';
import {draftOf} from '../../scenarios/scenario.js';
import {type Tree} from '../../value.js';
import {type ApiServer} from './api-server.js';
import {ControlPlaneError} from './control-plane-error.js';
import {type ControlPlane} from './control-plane.js';
import {isFree} from './free-port.js';
import {createHttpAccess} from './http-access.js';
import {runKubernetesControllers} from './run-kubernetes-controllers.js';
import {startScenario} from './start-scenario.js';
import {openWebhookDoor, type WebhookDoor} from './webhook-door.js';

const assetDirectories = (): readonly string[] =>
	[
		process.env.KUBEBUILDER_ASSETS ?? '',
		path.join(process.cwd(), '.cache', 'control-plane', 'bin'),
	].filter((directory) => directory !== '');

const checkPorts = async (
	first: number | undefined,
	count: number,
): Promise<void> => {
	if (first === undefined) {
		return;
	}

	for (let port = first; port < first + count; port++) {
		// eslint-disable-next-line no-await-in-loop -- the first one in use is named
		if (!(await isFree(port))) {
			throw new SandboxError(
				`Port ${port} is in use or may not be opened by this user; choose another with --port.`,
			);
		}
	}
};

/**
The same clusters and objects on real kube-apiservers and one etcd, with the same actors at work; they speak HTTP there. Clusters that the
scenario cannot reach are stopped once the actors have seen them.

@throws SandboxError when a binary is missing, a port is in use or a server does not become ready
*/
export const startRealSandbox = async (
	scenario: NamedScenario,
	generation: GenerationId,
	{
		users,
		port,
		rules = 'upstream',
		longestDelay,
		hasControllers = true,
		now = Date.now,
		...options
	}: SandboxOptions,
): Promise<Sandbox> => {
	const names = new Set(options.actors ?? actorNames);
	const draft = draftOf(scenario, generation, timestamp(now()));
	await checkPorts(port, 1 + draft.peers.size);
	const stops: Array<() => Promise<void> | void> = [];
	const stop = async (): Promise<void> => {
		for (const end of stops.splice(0).toReversed()) {
			await end(); // eslint-disable-line no-await-in-loop -- those who work on a server before the server
		}
	};

	const accesses = new Map<string, ReturnType<typeof createHttpAccess>>();
	const doors = new Map<string, WebhookDoor>();
	if (names.has('admission')) {
		for (const name of ['home', ...draft.peers.keys()]) {
			// eslint-disable-next-line no-await-in-loop -- few
			const door = await openWebhookDoor(
				createAdmissionService(() => accesses.get(name), generation, rules),
			);
			doors.set(name, door);
			stops.push(door.close);
		}
	}

	const objectsOf = (name: string): readonly JsonObject[] => {
		const door = doors.get(name);
		const own =
			scenario === emptyScenario
				? door
					? webhookConfigurations(generation)
					: []
				: (draft.objects(name) as readonly Tree[]);
		return (
			door ? [...own.map((object) => door.lead(object)), door.service] : own
		) as readonly JsonObject[];
	};

	let plane: ControlPlane;
	try {
		plane = await startScenario({
			assets: assetDirectories(),
			objects: {peers: draft.peers, objects: objectsOf},
			definitions: definitionsOf(generation) as readonly JsonObject[],
			cluster: users ? {users} : {},
			...(port !== undefined && {firstPort: port}),
		});
	} catch (error) {
		await stop();
		throw error instanceof ControlPlaneError
			? new SandboxError(error.message)
			: error;
	}

	stops.push(plane.stop);
	const isHome = ({name}: ApiServer): boolean => name === 'home';
	const clusterIdOf = (cluster: ApiServer): string =>
		isHome(cluster) ? draft.localId : draft.peer(cluster.name).id;
	const clusters = plane.clusters.map((cluster): SandboxCluster => ({
		name: cluster.name,
		role: isHome(cluster) ? 'consumer' : 'provider',
		clusterId: clusterIdOf(cluster),
		url: cluster.url,
		token: cluster.token(),
		ca: cluster.certificateAuthority,
		tokens: Object.fromEntries(
			(users ?? []).map(({name}) => [name, cluster.token(name)]),
		),
	}));
	for (const cluster of plane.clusters) {
		const access = createHttpAccess(cluster, generation, now);
		accesses.set(cluster.name, access);
		stops.push(access.stop);
	}

	const among = (handles: readonly string[] = []) =>
		plane.clusters.filter(({name}) => handles.includes(name));
	const unreachable = among(scenario.unreachable);
	const setToWork = async () => {
		const actors = await startActors({
			stages: plane.clusters.map((cluster) => ({
				key: isHome(cluster) ? 'home' : clusterIdOf(cluster),
				role: isHome(cluster) ? 'consumer' : 'provider',
				clusterId: clusterIdOf(cluster),
				access: accesses.get(cluster.name)!,
			})),
			generation,
			names,
			rules,
			unreachable: new Set(unreachable.map((cluster) => clusterIdOf(cluster))),
			refusing: new Set(
				among(scenario.refusing).map((cluster) => clusterIdOf(cluster)),
			),
			isLongAtWork: scenario.isUnnoticed ?? false,
			hasCapsule: scenario !== emptyScenario,
			now,
			...(longestDelay !== undefined && {longestDelay}),
		});
		stops.push(actors.stop);
		for (const cluster of plane.clusters) {
			const access = accesses.get(cluster.name)!;
			if (unreachable.includes(cluster)) {
				access.stop();
				await cluster.stop(); // eslint-disable-line no-await-in-loop -- one or none
			} else if (hasControllers) {
				// eslint-disable-next-line no-await-in-loop -- few
				const stopControllers = await runKubernetesControllers(
					cluster,
					access,
					{
						now,
					},
				);
				stops.push(stopControllers);
			}
		}

		return actors;
	};

	let actors: Actors;
	try {
		actors = await setToWork();
	} catch (error) {
		await stop();
		throw error;
	}

	return {
		scenario,
		generation,
		clusters,
		actors,
		kubeconfig: kubeconfigOf(clusters),
		namespace: scenario.namespace,
		stop,
	};
};
