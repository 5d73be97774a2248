import path from 'node:path';
import process from 'node:process';
import {type GenerationId} from '../../../core/generations/generation.js';
import {type JsonObject} from '../../../core/json.js';
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
import {ControlPlaneError} from './control-plane-error.js';
import {type ControlPlane} from './control-plane.js';
import {isFree} from './free-port.js';
import {startScenario} from './start-scenario.js';

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
The same clusters and objects on real kube-apiservers and one etcd. Only Kubernetes' own admission is at work there; clusters that the
scenario cannot reach are stopped.

@throws SandboxError when a binary is missing, a port is in use or a server does not become ready
*/
export const startRealSandbox = async (
	scenario: NamedScenario,
	generation: GenerationId,
	{users, port, now = Date.now}: SandboxOptions,
): Promise<Sandbox> => {
	const draft = draftOf(scenario, generation, timestamp(now()));
	const isEmpty = scenario === emptyScenario;
	await checkPorts(port, 1 + draft.peers.size);
	let plane: ControlPlane;
	try {
		plane = await startScenario({
			assets: assetDirectories(),
			objects: isEmpty ? {peers: draft.peers, objects: () => []} : draft,
			definitions: definitionsOf(generation) as readonly JsonObject[],
			cluster: users ? {users} : {},
			...(port !== undefined && {firstPort: port}),
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
	await Promise.all(
		plane.clusters
			.filter(({name}) => scenario.unreachable?.includes(name))
			.map(async (cluster) => cluster.stop()),
	);
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
