import {
	type Base,
	type Condition,
	type ConfigMap,
	type EndpointSlice,
	type Event,
	type Labels,
	type Namespace,
	type Node,
	type NodeSelector,
	type PersistentVolume,
	type PersistentVolumeClaim,
	type Pod,
	type PodSpec,
	type Quantities,
	type RoleBinding,
	type Secret,
	type StorageClass,
	type Taint,
	type WebhookConfiguration,
	type Workload,
} from './kubernetes.js';

export type * from './kubernetes.js';

export type NamespaceOffloading = Base<'NamespaceOffloading'> & {
	readonly spec: {
		/**
		`EnforceSameName`, `DefaultName`, `SelectedName`, or an unknown value shown verbatim.
		*/
		readonly namespaceMappingStrategy: string;
		readonly remoteNamespaceName?: string;
		/**
		`Local`, `Remote`, `LocalAndRemote`, or an unknown value shown verbatim.
		*/
		readonly podOffloadingStrategy: string;
		readonly clusterSelector?: NodeSelector;
	};
	readonly status: {
		readonly remoteNamespaceName?: string;
		readonly offloadingPhase?: string;
		readonly observedGeneration?: number;
		/**
		Keyed by remote cluster-id (v0.3) or NamespaceMap name (later).
		*/
		readonly remoteNamespacesConditions: Readonly<
			Record<string, readonly Condition[]>
		>;
	};
};

/**
`phase`: `Accepted`, `CreationLoopBackOff`, `Terminating`, or absent.
*/
export type CurrentMapping = {
	readonly remoteNamespace: string;
	readonly phase?: string;
};

export type NamespaceMap = Base<'NamespaceMap'> & {
	readonly spec: {readonly desiredMapping: Labels};
	readonly status: {
		readonly currentMapping: Readonly<Record<string, CurrentMapping>>;
	};
};

export type VirtualNode = Base<'VirtualNode'> & {
	readonly spec: {
		readonly clusterID: string;
		readonly createNode?: boolean;
		readonly labels: Labels;
		readonly annotations: Labels;
		readonly taints: readonly Taint[];
		readonly resourceQuota: Quantities;
		readonly storageClasses: readonly string[];
		readonly disableNetworkCheck?: boolean;
	};
	readonly status: {readonly conditions: readonly Condition[]};
};

/**
A remote cluster as the peering knows it.
*/
export type ForeignCluster = Base<'ForeignCluster'> & {
	readonly spec: {readonly clusterID?: string};
	readonly status: {
		readonly clusterID?: string;
		readonly conditions: readonly Condition[];
		readonly tenantNamespace?: {
			readonly local?: string;
			readonly remote?: string;
		};
		readonly apiServerStatus?: string;
	};
};

export type ShadowPod = Base<'ShadowPod'> & {
	readonly spec: {readonly pod?: PodSpec};
	readonly status: {readonly phase?: string};
};

export type KindMap = {
	NamespaceOffloading: NamespaceOffloading;
	NamespaceMap: NamespaceMap;
	VirtualNode: VirtualNode;
	ForeignCluster: ForeignCluster;
	ShadowPod: ShadowPod;
	Node: Node;
	Namespace: Namespace;
	Pod: Pod;
	Event: Event;
	Deployment: Workload<'Deployment'>;
	ReplicaSet: Workload<'ReplicaSet'>;
	StatefulSet: Workload<'StatefulSet'>;
	DaemonSet: Workload<'DaemonSet'>;
	Job: Workload<'Job'>;
	ConfigMap: ConfigMap;
	Secret: Secret;
	RoleBinding: RoleBinding;
	MutatingWebhookConfiguration: WebhookConfiguration<'MutatingWebhookConfiguration'>;
	ValidatingWebhookConfiguration: WebhookConfiguration<'ValidatingWebhookConfiguration'>;
	PersistentVolumeClaim: PersistentVolumeClaim;
	PersistentVolume: PersistentVolume;
	StorageClass: StorageClass;
	EndpointSlice: EndpointSlice;
};

export type KindName = keyof KindMap;

export type AnyObject = KindMap[KindName];

export type ObjectReference = {
	readonly apiVersion: string;
	readonly kind: string;
	/**
	Empty or absent for cluster-scoped objects.
	*/
	readonly namespace?: string;
	readonly name: string;
};
