import {keys} from '../keys.js';
import {type ForeignCluster} from '../model.js';
import {type ClusterView} from '../world.js';

/**
What is known of a remote cluster as a whole.
*/
export const foreignClustersOf = (
	view: ClusterView,
	clusterId: string,
): readonly ForeignCluster[] =>
	[...view.list('ForeignCluster')].filter(({metadata, spec}) =>
		[
			metadata.labels[keys.remoteClusterId],
			metadata.name,
			spec.clusterID,
		].includes(clusterId),
	);

/**
Whether somebody has declared a provider lost, and its API server does not prove the contrary.
*/
export const isGoneForGood = (view: ClusterView, clusterId: string): boolean =>
	foreignClustersOf(view, clusterId).some(
		({metadata, status}) =>
			metadata.annotations[keys.permanentlyUnreachable] === 'true' &&
			status.apiServerStatus !== 'Established',
	);
