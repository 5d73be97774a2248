import {type Pod} from '../model.js';
import {clusterIdOf, type WorldScope} from './facts.js';

/**
The virtual kubelet's pod of a cluster, when one of its containers was restarted.
*/
export const virtualKubeletRestart = (
	all: WorldScope,
	cluster: string,
): Pod | undefined => {
	const tenants = new Set(
		all.maps
			.filter((map) => clusterIdOf(map) === cluster)
			.map(({metadata}) => metadata.namespace),
	);
	for (const tenant of tenants) {
		for (const pod of all.home.list('Pod', tenant)) {
			if (
				(pod.metadata.labels['app.kubernetes.io/name'] === 'virtual-kubelet' ||
					pod.metadata.name.startsWith('virtual-kubelet')) &&
				pod.status.containerStatuses.some(({restartCount}) => restartCount > 0)
			) {
				return pod;
			}
		}
	}

	return undefined;
};
