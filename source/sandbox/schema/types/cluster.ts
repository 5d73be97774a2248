/**
Leases, networking, storage classes and the like, in the notation of `parse-types.ts`.
*/
export const clusterTypes = `
package io.k8s.api.coordination.v1
LeaseSpec: acquireTime *microtime | holderIdentity *string | leaseDurationSeconds *int32 | leaseTransitions *int32 |
  preferredHolder *string | renewTime *microtime | strategy *string
Lease: metadata ObjectMeta s | spec LeaseSpec s
package io.k8s.api.storage.v1
StorageClass: allowVolumeExpansion *bool | allowedTopologies []TopologySelectorTerm | metadata ObjectMeta s |
  mountOptions []string | parameters {}string | provisioner string z ! | reclaimPolicy *string | volumeBindingMode
  *string
package io.k8s.api.discovery.v1
EndpointConditions: ready *bool | serving *bool | terminating *bool
ForNode: name string z !
ForZone: name string z !
EndpointHints: forNodes []ForNode | forZones []ForZone
Endpoint: addresses []string z ! set | conditions EndpointConditions s | deprecatedTopology {}string | hints
  EndpointHints | hostname *string | nodeName *string | targetRef ObjectReference | zone *string
discovery_EndpointPort atomic: appProtocol *string | name *string | port *int32 | protocol *string
EndpointSlice: addressType string z ! | endpoints []Endpoint z ! | metadata ObjectMeta s | ports
  []discovery_EndpointPort z
package io.k8s.api.node.v1
Overhead: podFixed {}quantity
Scheduling: nodeSelector {}string atomic | tolerations []Toleration
RuntimeClass: handler string z ! | metadata ObjectMeta s | overhead Overhead | scheduling Scheduling
package io.k8s.api.scheduling.v1
PriorityClass: description string | globalDefault bool | metadata ObjectMeta s | preemptionPolicy *string | value
  int32 z !
package io.k8s.api.networking.v1
ServiceBackendPort atomic: name string | number int32
IngressServiceBackend: name string z ! | port ServiceBackendPort s
IngressBackend: resource TypedLocalObjectReference | service IngressServiceBackend
HTTPIngressPath: backend IngressBackend s ! | path string | pathType *string !
HTTPIngressRuleValue: paths []HTTPIngressPath z !
IngressRule: host string | http HTTPIngressRuleValue
IngressTLS: hosts []string | secretName string
IngressSpec: defaultBackend IngressBackend | ingressClassName *string | rules []IngressRule | tls []IngressTLS
IngressPortStatus: error *string | port int32 z ! | protocol string z !
IngressLoadBalancerIngress: hostname string | ip string | ports []IngressPortStatus
IngressLoadBalancerStatus: ingress []IngressLoadBalancerIngress
IngressStatus: loadBalancer IngressLoadBalancerStatus s
Ingress: metadata ObjectMeta s | spec IngressSpec s | status IngressStatus s
IngressClassParametersReference: apiGroup *string | kind string z ! | name string z ! | namespace *string | scope
  *string
IngressClassSpec: controller string | parameters IngressClassParametersReference
IngressClass: metadata ObjectMeta s | spec IngressClassSpec s
NetworkPolicyPort: endPort *int32 | port *intstr | protocol *string
IPBlock: cidr string z ! | except []string
NetworkPolicyPeer: ipBlock IPBlock | namespaceSelector LabelSelector | podSelector LabelSelector
NetworkPolicyEgressRule: ports []NetworkPolicyPort | to []NetworkPolicyPeer
NetworkPolicyIngressRule: from []NetworkPolicyPeer | ports []NetworkPolicyPort
NetworkPolicySpec: egress []NetworkPolicyEgressRule | ingress []NetworkPolicyIngressRule | podSelector LabelSelector
  s | policyTypes []string
NetworkPolicy: metadata ObjectMeta s | spec NetworkPolicySpec s
`;
