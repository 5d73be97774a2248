/**
Leases, networking, storage classes and the like, in the notation of `parse-types.ts`.
*/
export const clusterTypes = `
package io.k8s.api.coordination.v1
LeaseSpec: acquireTime#3 *microtime | holderIdentity#1 *string | leaseDurationSeconds#2 *int32 | leaseTransitions#5
  *int32 | preferredHolder#7 *string | renewTime#4 *microtime | strategy#6 *string
Lease: metadata#1 ObjectMeta s | spec#2 LeaseSpec s
package io.k8s.api.storage.v1
StorageClass: allowVolumeExpansion#6 *bool | allowedTopologies#8 []TopologySelectorTerm | metadata#1 ObjectMeta s |
  mountOptions#5 []string | parameters#3 {}string | provisioner#2 string z ! | reclaimPolicy#4 *string |
  volumeBindingMode#7 *string
package io.k8s.api.discovery.v1
EndpointConditions: ready#1 *bool | serving#2 *bool | terminating#3 *bool
ForNode: name#1 string z !
ForZone: name#1 string z !
EndpointHints: forNodes#2 []ForNode | forZones#1 []ForZone
Endpoint: addresses#1 []string z ! set | conditions#2 EndpointConditions s | deprecatedTopology#5 {}string | hints#8
  EndpointHints | hostname#3 *string | nodeName#6 *string | targetRef#4 ObjectReference | zone#7 *string
discovery_EndpointPort atomic: appProtocol#4 *string | name#1 *string | port#3 *int32 | protocol#2 *string
EndpointSlice: addressType#4 string z ! | endpoints#2 []Endpoint z ! | metadata#1 ObjectMeta s | ports#3
  []discovery_EndpointPort z
package io.k8s.api.node.v1
Overhead: podFixed#1 {}quantity
Scheduling: nodeSelector#1 {}string atomic | tolerations#2 []Toleration
RuntimeClass: handler#2 string z ! | metadata#1 ObjectMeta s | overhead#3 Overhead | scheduling#4 Scheduling
package io.k8s.api.scheduling.v1
PriorityClass: description#4 string | globalDefault#3 bool | metadata#1 ObjectMeta s | preemptionPolicy#5 *string |
  value#2 int32 z !
package io.k8s.api.networking.v1
ServiceBackendPort atomic: name#1 string | number#2 int32
IngressServiceBackend: name#1 string z ! | port#2 ServiceBackendPort s
IngressBackend: resource#3 TypedLocalObjectReference | service#4 IngressServiceBackend
HTTPIngressPath: backend#2 IngressBackend s ! | path#1 string | pathType#3 *string !
HTTPIngressRuleValue: paths#1 []HTTPIngressPath z !
IngressRule: host#1 string | http#2.1 HTTPIngressRuleValue
IngressTLS: hosts#1 []string | secretName#2 string
IngressSpec: defaultBackend#1 IngressBackend | ingressClassName#4 *string | rules#3 []IngressRule | tls#2
  []IngressTLS
IngressPortStatus: error#3 *string | port#1 int32 z ! | protocol#2 string z !
IngressLoadBalancerIngress: hostname#2 string | ip#1 string | ports#4 []IngressPortStatus
IngressLoadBalancerStatus: ingress#1 []IngressLoadBalancerIngress
IngressStatus: loadBalancer#1 IngressLoadBalancerStatus s
Ingress: metadata#1 ObjectMeta s | spec#2 IngressSpec s | status#3 IngressStatus s
IngressClassParametersReference: apiGroup#1 *string | kind#2 string z ! | name#3 string z ! | namespace#5 *string |
  scope#4 *string
IngressClassSpec: controller#1 string | parameters#2 IngressClassParametersReference
IngressClass: metadata#1 ObjectMeta s | spec#2 IngressClassSpec s
NetworkPolicyPort: endPort#3 *int32 | port#2 *intstr | protocol#1 *string
IPBlock: cidr#1 string z ! | except#2 []string
NetworkPolicyPeer: ipBlock#3 IPBlock | namespaceSelector#2 LabelSelector | podSelector#1 LabelSelector
NetworkPolicyEgressRule: ports#1 []NetworkPolicyPort | to#2 []NetworkPolicyPeer
NetworkPolicyIngressRule: from#2 []NetworkPolicyPeer | ports#1 []NetworkPolicyPort
NetworkPolicySpec: egress#3 []NetworkPolicyEgressRule | ingress#2 []NetworkPolicyIngressRule | podSelector#1
  LabelSelector s | policyTypes#4 []string
NetworkPolicy: metadata#1 ObjectMeta s | spec#2 NetworkPolicySpec s
`;
