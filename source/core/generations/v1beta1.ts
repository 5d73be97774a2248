import {buildGeneration} from './build-generation.js';

/**
Liqo v1.x: everything under `offloading.liqo.io`, the provider makes the remote namespaces, conditions are keyed by the
name of the NamespaceMap (Liqo: API groups and kinds).
*/
export const v1beta1 = buildGeneration({
	id: 'v1beta1',
	title: 'v1beta1',
	groups: {
		NamespaceMap: 'offloading.liqo.io',
		ForeignCluster: 'core.liqo.io',
		VirtualNode: 'offloading.liqo.io',
	},
	version: 'v1beta1',
	hasOffloadingStatus: true,
	hasMapStatus: true,
	clusterIdField: 'clusterID',
	rules: {
		controllers: 'v1',
		remoteNameSuffix: 'cluster-id',
		conditionKey: 'namespacemap-name',
		hasVirtualNodeResource: true,
		hasSelectedName: true,
		hasQuickOffloading: false,
	},
});
