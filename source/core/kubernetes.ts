/**
Kubernetes' own objects, pruned to the fields that rules and panes read.

The shapes are Kubernetes' own (same names, same nesting), so that a patch body applies to them as it would on the
server. Optional maps and lists of the metadata are always there (shared empty values). An object that could be decoded
only in part carries `defects`; the fields they name are absent.
*/

export type Labels = Readonly<Record<string, string>>;

/**
A field that does not have the form its API promises: where, and what is wrong with it.
*/
export type Defect = {readonly path: string; readonly problem: string};

export type OwnerReference = {
	readonly apiVersion: string;
	readonly kind: string;
	readonly name: string;
	readonly uid: string;
	readonly controller?: boolean;
};

/**
One entry of `metadata.managedFields` without its fields: who wrote last, how and when (RFC 3339).
*/
export type FieldManager = {
	readonly manager: string;
	readonly operation: string;
	readonly subresource?: string;
	readonly time?: string;
};

export type Metadata = {
	readonly name: string;
	/**
	Empty for cluster-scoped objects.
	*/
	readonly namespace: string;
	readonly uid: string;
	readonly resourceVersion: string;
	readonly generation?: number;
	/**
	RFC 3339.
	*/
	readonly creationTimestamp?: string;
	/**
	RFC 3339.
	*/
	readonly deletionTimestamp?: string;
	readonly deletionGracePeriodSeconds?: number;
	readonly generateName?: string;
	readonly labels: Labels;
	readonly annotations: Labels;
	readonly finalizers: readonly string[];
	readonly ownerReferences: readonly OwnerReference[];
	/**
	Kept only for kinds whose writers matter (NamespaceOffloading, NamespaceMap, Namespace).
	*/
	readonly managers?: readonly FieldManager[];
};

export type Base<K extends string> = {
	readonly kind: K;
	readonly apiVersion: string;
	readonly metadata: Metadata;
	readonly defects?: readonly Defect[];
};

export type Condition = {
	readonly type: string;
	readonly status: string;
	readonly reason?: string;
	readonly message?: string;
	/**
	RFC 3339.
	*/
	readonly lastTransitionTime?: string;
};

export type SelectorRequirement = {
	readonly key: string;
	/**
	Any text: the schema does not restrict it, the evaluation does.
	*/
	readonly operator: string;
	readonly values?: readonly string[];
};

export type SelectorTerm = {
	readonly matchExpressions?: readonly SelectorRequirement[];
	readonly matchFields?: readonly SelectorRequirement[];
};

export type NodeSelector = {
	readonly nodeSelectorTerms: readonly SelectorTerm[];
};

export type Taint = {
	readonly key: string;
	readonly value?: string;
	readonly effect: string;
	readonly timeAdded?: string;
};

export type Quantities = Readonly<Record<string, string>>;

export type Node = Base<'Node'> & {
	readonly spec: {
		readonly unschedulable?: boolean;
		readonly taints: readonly Taint[];
	};
	readonly status: {
		readonly conditions: readonly Condition[];
		readonly allocatable: Quantities;
		readonly capacity: Quantities;
	};
};

export type Namespace = Base<'Namespace'> & {
	readonly spec: {readonly finalizers: readonly string[]};
	readonly status: {
		readonly phase?: string;
		readonly conditions: readonly Condition[];
	};
};

export type Toleration = {
	readonly key?: string;
	readonly operator?: string;
	readonly value?: string;
	readonly effect?: string;
	readonly tolerationSeconds?: number;
};

export type PreferredTerm = {
	readonly weight: number;
	readonly preference: SelectorTerm;
};

export type Affinity = {
	readonly nodeAffinity?: {
		readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;
		readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PreferredTerm[];
	};
	/**
	Kept only as a mark that it is there: its rules are not modelled.
	*/
	readonly podAffinity?: Readonly<Record<string, unknown>>;
	readonly podAntiAffinity?: Readonly<Record<string, unknown>>;
};

export type ContainerPort = {
	readonly hostPort?: number;
	readonly hostIP?: string;
	readonly protocol?: string;
};

export type Container = {
	readonly name: string;
	readonly image?: string;
	readonly restartPolicy?: string;
	readonly resources?: {
		readonly requests?: Quantities;
		readonly limits?: Quantities;
	};
	readonly ports?: readonly ContainerPort[];
};

export type ContainerStatus = {
	readonly name: string;
	readonly ready: boolean;
	readonly restartCount: number;
	/**
	`running`, or the reason of the waiting or terminated state.
	*/
	readonly state?: string;
	readonly started?: boolean;
};

/**
The part of a pod that decides where it may run; also that of an owner's template.
*/
export type PodSpec = {
	readonly nodeName?: string;
	readonly nodeSelector?: Labels;
	readonly affinity?: Affinity;
	readonly tolerations?: readonly Toleration[];
	readonly containers: readonly Container[];
	readonly initContainers?: readonly Container[];
	readonly overhead?: Quantities;
	readonly runtimeClassName?: string;
	readonly schedulerName?: string;
	readonly schedulingGates?: ReadonlyArray<{readonly name: string}>;
	readonly topologySpreadConstraints?: ReadonlyArray<
		Readonly<Record<string, unknown>>
	>;
	readonly hostNetwork?: boolean;
	/**
	Names of the PersistentVolumeClaims among the volumes.
	*/
	readonly claims?: readonly string[];
	readonly serviceAccountName?: string;
	/**
	Names of the Secrets for pulling images.
	*/
	readonly imagePullSecrets?: readonly string[];
	readonly automountServiceAccountToken?: boolean;
	readonly priority?: number;
	readonly terminationGracePeriodSeconds?: number;
};

export type Pod = Base<'Pod'> & {
	readonly spec: PodSpec;
	readonly status: {
		readonly phase?: string;
		readonly reason?: string;
		readonly message?: string;
		readonly conditions: readonly Condition[];
		readonly containerStatuses: readonly ContainerStatus[];
		readonly startTime?: string;
	};
};

export type Event = Base<'Event'> & {
	readonly involvedObject: {
		readonly apiVersion?: string;
		readonly kind: string;
		readonly namespace?: string;
		readonly name: string;
		readonly uid?: string;
	};
	readonly reason: string;
	readonly message: string;
	readonly type: string;
	readonly count: number;
	readonly firstTimestamp?: string;
	readonly lastTimestamp?: string;
	readonly source?: string;
};

/**
What owns pods: Deployment, ReplicaSet, StatefulSet, DaemonSet, Job.
*/
export type Workload<K extends string> = Base<K> & {
	readonly spec: {
		readonly replicas?: number;
		readonly template?: {
			readonly metadata: {
				readonly labels: Labels;
				readonly annotations: Labels;
			};
			readonly spec: PodSpec;
		};
	};
	readonly status: {
		readonly replicas?: number;
		readonly readyReplicas?: number;
		readonly availableReplicas?: number;
		readonly conditions: readonly Condition[];
	};
};

export type ConfigMap = Base<'ConfigMap'> & {readonly data: Labels};

/**
Only that it exists and which keys it has: the data is never kept.
*/
export type Secret = Base<'Secret'> & {
	readonly type?: string;
	readonly keys: readonly string[];
};

export type RoleBinding = Base<'RoleBinding'> & {
	readonly subjects: ReadonlyArray<{
		readonly kind: string;
		readonly name: string;
		readonly namespace?: string;
	}>;
	readonly roleRef: {readonly kind: string; readonly name: string};
};

export type Webhook = {
	readonly name: string;
	readonly failurePolicy?: string;
	readonly timeoutSeconds?: number;
	readonly hasCaBundle: boolean;
	readonly service?: {
		readonly namespace: string;
		readonly name: string;
		readonly path?: string;
	};
	readonly url?: string;
	readonly namespaceSelector?: Readonly<Record<string, unknown>>;
};

export type WebhookConfiguration<K extends string> = Base<K> & {
	readonly webhooks: readonly Webhook[];
};

export type PersistentVolumeClaim = Base<'PersistentVolumeClaim'> & {
	readonly spec: {
		readonly storageClassName?: string;
		readonly volumeName?: string;
	};
	readonly status: {readonly phase?: string};
};

export type PersistentVolume = Base<'PersistentVolume'> & {
	readonly spec: {readonly nodeAffinity?: {readonly required?: NodeSelector}};
};

export type StorageClass = Base<'StorageClass'> & {
	readonly provisioner: string;
	readonly volumeBindingMode?: string;
};

/**
Addresses behind a Service that are ready (EndpointSlice).
*/
export type EndpointSlice = Base<'EndpointSlice'> & {
	readonly serviceName: string;
	readonly readyAddresses: number;
};
