/**
The other kinds of core/v1, in the notation of `parse-types.ts`.
*/
export const coreTypes = `
package io.k8s.api.core.v1
ConfigMapNodeConfigSource: kubeletConfigKey#5 string z ! | name#2 string z ! | namespace#1 string z ! |
  resourceVersion#4 string | uid#3 string
NodeConfigSource: configMap#2 ConfigMapNodeConfigSource
Taint: effect#3 string z ! | key#1 string z ! | timeAdded#4 *time | value#2 string
NodeSpec: configSource#6 NodeConfigSource | externalID#2 string | podCIDR#1 string | podCIDRs#7 []string set + |
  providerID#3 string | taints#5 []Taint | unschedulable#4 bool
NodeAddress: address#2 string z ! | type#1 string z !
NodeCondition: lastHeartbeatTime#3 time z | lastTransitionTime#4 time z | message#6 string | reason#5 string |
  status#2 string z ! | type#1 string z !
NodeConfigStatus: active#2 NodeConfigSource | assigned#1 NodeConfigSource | error#4 string | lastKnownGood#3
  NodeConfigSource
DaemonEndpoint: Port#1 int32 z !
NodeDaemonEndpoints: kubeletEndpoint#1 DaemonEndpoint s
NodeFeatures: supplementalGroupsPolicy#1 *bool
NodeSwapStatus: capacity#1 *int64
NodeSystemInfo: architecture#10 string z ! | bootID#3 string z ! | containerRuntimeVersion#6 string z ! |
  kernelVersion#4 string z ! | kubeProxyVersion#8 string z ! | kubeletVersion#7 string z ! | machineID#1 string z !
  | operatingSystem#9 string z ! | osImage#5 string z ! | swap#11 NodeSwapStatus | systemUUID#2 string z !
NodeRuntimeHandlerFeatures: recursiveReadOnlyMounts#1 *bool | userNamespaces#2 *bool
NodeRuntimeHandler: features#2 NodeRuntimeHandlerFeatures | name#1 string z
AttachedVolume: devicePath#2 string z ! | name#1 string z !
NodeStatus: addresses#5 []NodeAddress @type +type | allocatable#2 {}quantity | capacity#1 {}quantity | conditions#4
  []NodeCondition @type +type | config#11 NodeConfigStatus | daemonEndpoints#6 NodeDaemonEndpoints s | features#13
  NodeFeatures | images#8 []ContainerImage | nodeInfo#7 NodeSystemInfo s | phase#3 string | runtimeHandlers#12
  []NodeRuntimeHandler | volumesAttached#10 []AttachedVolume | volumesInUse#9 []string
Node: metadata#1 ObjectMeta s | spec#2 NodeSpec s | status#3 NodeStatus s
NamespaceSpec: finalizers#1 []string
NamespaceCondition: lastTransitionTime#4 time z | message#6 string | reason#5 string | status#2 string z ! | type#1
  string z !
NamespaceStatus: conditions#2 []NamespaceCondition @type +type | phase#1 string
Namespace: metadata#1 ObjectMeta s | spec#2 NamespaceSpec s | status#3 NamespaceStatus s
ConfigMap: binaryData#3 {}bytes | data#2 {}string | immutable#4 *bool | metadata#1 ObjectMeta s
Secret: data#2 {}bytes | immutable#5 *bool | metadata#1 ObjectMeta s | stringData#4 {}string | type#3 string
ObjectReference atomic: apiVersion#5 string | fieldPath#7 string | kind#1 string | name#3 string | namespace#2
  string | resourceVersion#6 string | uid#4 string
EventSeries: count#1 int32 | lastObservedTime#2 microtime z
EventSource: component#1 string | host#2 string
Event: action#12 string | count#8 int32 | eventTime#10 microtime z | firstTimestamp#6 time z | involvedObject#2
  ObjectReference s ! | lastTimestamp#7 time z | message#4 string | metadata#1 ObjectMeta s ! | reason#3 string |
  related#13 ObjectReference | reportingComponent#14 string z | reportingInstance#15 string z | series#11
  EventSeries | source#5 EventSource s | type#9 string
ServicePort: appProtocol#6 *string | name#1 string | nodePort#5 int32 | port#3 int32 z ! | protocol#2 string =TCP |
  targetPort#4 intstr
ClientIPConfig: timeoutSeconds#1 *int32
SessionAffinityConfig: clientIP#1 ClientIPConfig
ServiceSpec: allocateLoadBalancerNodePorts#20 *bool | clusterIP#3 string | clusterIPs#18 []string | externalIPs#5
  []string | externalName#10 string | externalTrafficPolicy#11 string | healthCheckNodePort#12 int32 |
  internalTrafficPolicy#22 *string | ipFamilies#19 []string | ipFamilyPolicy#17 *string | loadBalancerClass#21
  *string | loadBalancerIP#8 string | loadBalancerSourceRanges#9 []string | ports#1 []ServicePort @port,protocol
  +port | publishNotReadyAddresses#13 bool | selector#2 {}string atomic | sessionAffinity#7 string |
  sessionAffinityConfig#14 SessionAffinityConfig | trafficDistribution#23 *string | type#4 string
PortStatus: error#3 *string | port#1 int32 z ! | protocol#2 string z !
LoadBalancerIngress: hostname#2 string | ip#1 string | ipMode#3 *string | ports#4 []PortStatus
LoadBalancerStatus: ingress#1 []LoadBalancerIngress
ServiceStatus: conditions#2 []Condition @type +type | loadBalancer#1 LoadBalancerStatus s
Service: metadata#1 ObjectMeta s | spec#2 ServiceSpec s | status#3 ServiceStatus s
ServiceAccount: automountServiceAccountToken#4 *bool | imagePullSecrets#3 []LocalObjectReference | metadata#1
  ObjectMeta s | secrets#2 []ObjectReference @name +name
EndpointAddress atomic: hostname#3 string | ip#1 string z ! | nodeName#4 *string | targetRef#2 ObjectReference
EndpointPort atomic: appProtocol#4 *string | name#1 string | port#2 int32 z ! | protocol#3 string
EndpointSubset: addresses#1 []EndpointAddress | notReadyAddresses#2 []EndpointAddress | ports#3 []EndpointPort
Endpoints: metadata#1 ObjectMeta s | subsets#2 []EndpointSubset
SecretReference atomic: name#1 string | namespace#2 string
LimitRangeItem: default#4 {}quantity | defaultRequest#5 {}quantity | max#2 {}quantity | maxLimitRequestRatio#6
  {}quantity | min#3 {}quantity | type#1 string z !
LimitRangeSpec: limits#1 []LimitRangeItem z !
LimitRange: metadata#1 ObjectMeta s | spec#2 LimitRangeSpec s
ScopedResourceSelectorRequirement: operator#2 string z ! | scopeName#1 string z ! | values#3 []string
ScopeSelector atomic: matchExpressions#1 []ScopedResourceSelectorRequirement
ResourceQuotaSpec: hard#1 {}quantity | scopeSelector#3 ScopeSelector | scopes#2 []string
ResourceQuotaStatus: hard#1 {}quantity | used#2 {}quantity
ResourceQuota: metadata#1 ObjectMeta s | spec#2 ResourceQuotaSpec s | status#3 ResourceQuotaStatus s
ReplicationControllerSpec: minReadySeconds#4 int32 | replicas#1 *int32 =1 | selector#2 {}string atomic | template#3
  PodTemplateSpec
ReplicationControllerCondition: lastTransitionTime#3 time z | message#5 string | reason#4 string | status#2 string z
  ! | type#1 string z !
ReplicationControllerStatus: availableReplicas#5 int32 | conditions#6 []ReplicationControllerCondition @type +type |
  fullyLabeledReplicas#2 int32 | observedGeneration#3 int64 | readyReplicas#4 int32 | replicas#1 int32 z !
ReplicationController: metadata#1 ObjectMeta s | spec#2 ReplicationControllerSpec s | status#3
  ReplicationControllerStatus s
Binding: metadata#1 ObjectMeta s | target#2 ObjectReference s !
`;
