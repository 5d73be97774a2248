/**
The other kinds of core/v1, in the notation of `parse-types.ts`.
*/
export const coreTypes = `
package io.k8s.api.core.v1
ConfigMapNodeConfigSource: kubeletConfigKey string z ! | name string z ! | namespace string z ! | resourceVersion
  string | uid string
NodeConfigSource: configMap ConfigMapNodeConfigSource
Taint: effect string z ! | key string z ! | timeAdded *time | value string
NodeSpec: configSource NodeConfigSource | externalID string | podCIDR string | podCIDRs []string set + | providerID
  string | taints []Taint | unschedulable bool
NodeAddress: address string z ! | type string z !
NodeCondition: lastHeartbeatTime time z | lastTransitionTime time z | message string | reason string | status string
  z ! | type string z !
NodeConfigStatus: active NodeConfigSource | assigned NodeConfigSource | error string | lastKnownGood
  NodeConfigSource
DaemonEndpoint: Port int32 z !
NodeDaemonEndpoints: kubeletEndpoint DaemonEndpoint s
NodeFeatures: supplementalGroupsPolicy *bool
NodeSwapStatus: capacity *int64
NodeSystemInfo: architecture string z ! | bootID string z ! | containerRuntimeVersion string z ! | kernelVersion
  string z ! | kubeProxyVersion string z ! | kubeletVersion string z ! | machineID string z ! | operatingSystem
  string z ! | osImage string z ! | swap NodeSwapStatus | systemUUID string z !
NodeRuntimeHandlerFeatures: recursiveReadOnlyMounts *bool | userNamespaces *bool
NodeRuntimeHandler: features NodeRuntimeHandlerFeatures | name string z
AttachedVolume: devicePath string z ! | name string z !
NodeStatus: addresses []NodeAddress @type +type | allocatable {}quantity | capacity {}quantity | conditions
  []NodeCondition @type +type | config NodeConfigStatus | daemonEndpoints NodeDaemonEndpoints s | features
  NodeFeatures | images []ContainerImage | nodeInfo NodeSystemInfo s | phase string | runtimeHandlers
  []NodeRuntimeHandler | volumesAttached []AttachedVolume | volumesInUse []string
Node: metadata ObjectMeta s | spec NodeSpec s | status NodeStatus s
NamespaceSpec: finalizers []string
NamespaceCondition: lastTransitionTime time z | message string | reason string | status string z ! | type string z !
NamespaceStatus: conditions []NamespaceCondition @type +type | phase string
Namespace: metadata ObjectMeta s | spec NamespaceSpec s | status NamespaceStatus s
ConfigMap: binaryData {}bytes | data {}string | immutable *bool | metadata ObjectMeta s
Secret: data {}bytes | immutable *bool | metadata ObjectMeta s | stringData {}string | type string
ObjectReference atomic: apiVersion string | fieldPath string | kind string | name string | namespace string |
  resourceVersion string | uid string
EventSeries: count int32 | lastObservedTime microtime z
EventSource: component string | host string
Event: action string | count int32 | eventTime microtime z | firstTimestamp time z | involvedObject ObjectReference
  s ! | lastTimestamp time z | message string | metadata ObjectMeta s ! | reason string | related ObjectReference |
  reportingComponent string z | reportingInstance string z | series EventSeries | source EventSource s | type string
ServicePort: appProtocol *string | name string | nodePort int32 | port int32 z ! | protocol string =TCP | targetPort
  intstr
ClientIPConfig: timeoutSeconds *int32
SessionAffinityConfig: clientIP ClientIPConfig
ServiceSpec: allocateLoadBalancerNodePorts *bool | clusterIP string | clusterIPs []string | externalIPs []string |
  externalName string | externalTrafficPolicy string | healthCheckNodePort int32 | internalTrafficPolicy *string |
  ipFamilies []string | ipFamilyPolicy *string | loadBalancerClass *string | loadBalancerIP string |
  loadBalancerSourceRanges []string | ports []ServicePort @port,protocol +port | publishNotReadyAddresses bool |
  selector {}string atomic | sessionAffinity string | sessionAffinityConfig SessionAffinityConfig |
  trafficDistribution *string | type string
PortStatus: error *string | port int32 z ! | protocol string z !
LoadBalancerIngress: hostname string | ip string | ipMode *string | ports []PortStatus
LoadBalancerStatus: ingress []LoadBalancerIngress
ServiceStatus: conditions []Condition @type +type | loadBalancer LoadBalancerStatus s
Service: metadata ObjectMeta s | spec ServiceSpec s | status ServiceStatus s
ServiceAccount: automountServiceAccountToken *bool | imagePullSecrets []LocalObjectReference | metadata ObjectMeta s
  | secrets []ObjectReference @name +name
EndpointAddress atomic: hostname string | ip string z ! | nodeName *string | targetRef ObjectReference
EndpointPort atomic: appProtocol *string | name string | port int32 z ! | protocol string
EndpointSubset: addresses []EndpointAddress | notReadyAddresses []EndpointAddress | ports []EndpointPort
Endpoints: metadata ObjectMeta s | subsets []EndpointSubset
SecretReference atomic: name string | namespace string
LimitRangeItem: default {}quantity | defaultRequest {}quantity | max {}quantity | maxLimitRequestRatio {}quantity |
  min {}quantity | type string z !
LimitRangeSpec: limits []LimitRangeItem z !
LimitRange: metadata ObjectMeta s | spec LimitRangeSpec s
ScopedResourceSelectorRequirement: operator string z ! | scopeName string z ! | values []string
ScopeSelector atomic: matchExpressions []ScopedResourceSelectorRequirement
ResourceQuotaSpec: hard {}quantity | scopeSelector ScopeSelector | scopes []string
ResourceQuotaStatus: hard {}quantity | used {}quantity
ResourceQuota: metadata ObjectMeta s | spec ResourceQuotaSpec s | status ResourceQuotaStatus s
ReplicationControllerSpec: minReadySeconds int32 | replicas *int32 =1 | selector {}string atomic | template
  PodTemplateSpec
ReplicationControllerCondition: lastTransitionTime time z | message string | reason string | status string z ! |
  type string z !
ReplicationControllerStatus: availableReplicas int32 | conditions []ReplicationControllerCondition @type +type |
  fullyLabeledReplicas int32 | observedGeneration int64 | readyReplicas int32 | replicas int32 z !
ReplicationController: metadata ObjectMeta s | spec ReplicationControllerSpec s | status ReplicationControllerStatus
  s
Binding: metadata ObjectMeta s | target ObjectReference s !
`;
