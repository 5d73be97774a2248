import {buildGeneration} from './build-generation.js';

/**
Liqo v0.3.x: mappings are made on the provider by the consumer, conditions are keyed by cluster-id, and neither
NamespaceOffloadings nor NamespaceMaps have a status subresource (Liqo: API groups and kinds).
*/
export const v03 = buildGeneration({
	id: 'v0.3',
	title: 'v1alpha1 (Liqo 0.3)',
	groups: {
		NamespaceMap: 'virtualkubelet.liqo.io',
		ForeignCluster: 'discovery.liqo.io',
		VirtualNode: 'virtualkubelet.liqo.io',
	},
	version: 'v1alpha1',
	hasOffloadingStatus: false,
	hasMapStatus: false,
	clusterIdField: 'clusterIdentity',
	rules: {
		controllers: 'v0.3',
		remoteNameSuffix: 'cluster-id',
		conditionKey: 'cluster-id',
		hasVirtualNodeResource: false,
		hasSelectedName: false,
		hasQuickOffloading: true,
	},
});
