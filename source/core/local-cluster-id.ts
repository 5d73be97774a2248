import {type ConfigMap} from './model.js';

const mark = 'app.kubernetes.io/name';

/**
Liqo's id of the cluster that these ConfigMaps are from, as its own components look it up; absent when there is none, or more
than one that disagree (Liqo: finding the local and the remote cluster-id).
*/
export const localClusterIdOf = (
	configMaps: Iterable<ConfigMap>,
	liqoNamespace: string,
): string | undefined => {
	const labelled = new Set<string>();
	let legacy: string | undefined;
	for (const {metadata, data} of configMaps) {
		const id = data.CLUSTER_ID;
		if (
			id !== undefined &&
			id !== '' &&
			metadata.labels[mark] === 'clusterid-configmap'
		) {
			labelled.add(id);
		} else if (
			metadata.name === 'cluster-id' &&
			metadata.namespace === liqoNamespace
		) {
			// Liqo v0.3.0.
			legacy = data['cluster-id'];
		}
	}

	if (labelled.size > 1) {
		return undefined;
	}

	const [id] = labelled;
	return id ?? legacy;
};
