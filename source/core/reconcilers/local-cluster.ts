import {type LocalCluster} from '../names.js';
import {type ClusterView} from '../world.js';

/**
The identity of the cluster that owns the namespaces; absent while its cluster-id is not known (Liqo: finding the local cluster-id).
*/
export const localClusterOf = (view: ClusterView): LocalCluster | undefined => {
	if (view.clusterId === undefined || view.clusterId === '') {
		return undefined;
	}

	if (view.generation?.rules.remoteNameSuffix !== 'cluster-name-and-hash') {
		return {id: view.clusterId};
	}

	for (const map of view.list('ConfigMap', view.liqoNamespace)) {
		const name = map.data.CLUSTER_NAME;
		if (
			name !== undefined &&
			map.metadata.labels['app.kubernetes.io/name'] === 'clusterid-configmap'
		) {
			return {id: view.clusterId, name};
		}
	}

	return {id: view.clusterId};
};
