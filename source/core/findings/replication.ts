import {keys} from '../keys.js';
import {type NamespaceMap, type Secret} from '../model.js';
import {type WorldScope} from './facts.js';

/**
The Secrets with which the replicator reaches a provider; exactly one is right.
*/
export const controlPlaneSecrets = (
	{home}: WorldScope,
	clusterId: string,
): readonly Secret[] =>
	[...home.list('Secret')].filter(
		({metadata: {labels}}) =>
			labels[keys.identityType] === 'ControlPlane' &&
			labels[keys.remoteClusterId] === clusterId,
	);

/**
The labels without which the replicator passes a map over.
*/
export const replicationLabels = (
	clusterId: string,
): Readonly<Record<string, string>> => ({
	[keys.replication]: 'true',
	[keys.remoteId]: clusterId,
	[keys.remoteClusterId]: clusterId,
});

export const hasReplicationLabels = (
	map: NamespaceMap,
	clusterId: string,
): boolean =>
	Object.entries(replicationLabels(clusterId)).every(
		([key, value]) => map.metadata.labels[key] === value,
	);
