import {keys, virtualNodeType} from '../../../core/keys.js';
import {runGarbageCollector} from '../../controllers/garbage.js';
import {type ClusterAccess} from '../../actors/cluster-access.js';
import {type ApiServer} from './api-server.js';
import {createHttpPort} from './http-port.js';
import {runNamespaceController} from './namespace-controller.js';
import {runPodEnder} from './pod-ender.js';

/**
What a bare API server lacks, as far as anybody notices: namespaces are emptied, dependents follow their owners, pods end.

@returns a function that ends it
*/
export const runKubernetesControllers = async (
	cluster: ApiServer,
	access: ClusterAccess,
	{now}: {readonly now: () => number},
): Promise<() => void> => {
	const port = await createHttpPort(access);
	const stops = [
		port.stop,
		runGarbageCollector(port),
		await runNamespaceController(cluster, access, now),
		// Those on virtual nodes are the virtual kubelets', also while none is at work.
		await runPodEnder(
			access,
			(labels) => labels[keys.type] !== virtualNodeType,
		),
	];
	return () => {
		for (const stop of stops) {
			stop();
		}
	};
};
