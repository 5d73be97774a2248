/**
Liqo's labels, annotations, taints and finalizers (Liqo: keys on API objects, all generations).
*/
export const keys = {
	enabled: 'liqo.io/enabled',
	schedulingEnabled: 'liqo.io/scheduling-enabled',
	resourceControlledBy: 'liqo.io/resource-controlled-by',
	remoteClusterId: 'liqo.io/remote-cluster-id',
	legacyClusterId: 'cluster-id',
	type: 'liqo.io/type',
	storageAvailable: 'storage.liqo.io/available',
	notAllowed: 'virtual-node.liqo.io/not-allowed',
	remoteNamespace: 'liqo.io/remote-namespace',
	capsuleTenant: 'capsule.clastix.io/tenant',
	managedByNamespaceMap: 'liqo.io/managed-by-namespace-map',
	originalName: 'liqo.io/original-name',
	replication: 'liqo.io/replication',
	remoteId: 'liqo.io/remoteID',
	originId: 'liqo.io/originID',
	replicated: 'liqo.io/replicated',
	tenantNamespace: 'liqo.io/tenant-namespace',
	legacyTenantNamespace: 'discovery.liqo.io/tenant-namespace',
	legacyClusterIdLabel: 'discovery.liqo.io/cluster-id',
	shadowPod: 'liqo.io/shadowPod',
	managedBy: 'liqo.io/managed-by',
	remoteUnavailable: 'liqo.io/remote-unavailable',
	webhookSkip: 'liqo.io/webhook-skip',
	permanentlyUnreachable: 'liqo.io/foreign-cluster-permanently-unreachable',
	identityType: 'liqo.io/identity-type',
	remoteTenantNamespace: 'liqo.io/remote-tenant-namespace',
} as const;

export const virtualNodeType = 'virtual-node';

export const quickOffloadingMark =
	'This resource is created by the Namespace Controller';

/**
The only name under which Liqo reads a NamespaceOffloading.
*/
export const offloadingName = 'offloading';

export const finalizers = {
	namespaceOffloading: 'namespaceoffloading-controller.liqo.io/finalizer',
	namespaceMap: 'namespacemap-controller.liqo.io/finalizer',
	replicator: 'crdreplicator.liqo.io/resource',
	virtualNode: 'virtualnode-controller.liqo.io/finalizer',
} as const;
