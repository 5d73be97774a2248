/**
Pods and the parts of their specification (core/v1), in the notation of `parse-types.ts`.
*/
export const podTypes = `
package io.k8s.api.core.v1
NodeSelectorRequirement: key string z ! | operator string z ! | values []string
NodeSelectorTerm atomic: matchExpressions []NodeSelectorRequirement | matchFields []NodeSelectorRequirement
PreferredSchedulingTerm: preference NodeSelectorTerm s ! | weight int32 z !
NodeSelector atomic: nodeSelectorTerms []NodeSelectorTerm z !
NodeAffinity: preferredDuringSchedulingIgnoredDuringExecution []PreferredSchedulingTerm |
  requiredDuringSchedulingIgnoredDuringExecution NodeSelector
PodAffinityTerm: labelSelector LabelSelector | matchLabelKeys []string | mismatchLabelKeys []string |
  namespaceSelector LabelSelector | namespaces []string | topologyKey string z !
WeightedPodAffinityTerm: podAffinityTerm PodAffinityTerm s ! | weight int32 z !
PodAffinity: preferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm |
  requiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm
PodAntiAffinity: preferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm |
  requiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm
Affinity: nodeAffinity NodeAffinity | podAffinity PodAffinity | podAntiAffinity PodAntiAffinity
ConfigMapKeySelector atomic: key string z ! | name string | optional *bool
ObjectFieldSelector atomic: apiVersion string | fieldPath string z !
FileKeySelector atomic: key string z ! | optional *bool | path string z ! | volumeName string z !
ResourceFieldSelector atomic: containerName string | divisor quantity z | resource string z !
SecretKeySelector atomic: key string z ! | name string | optional *bool
EnvVarSource: configMapKeyRef ConfigMapKeySelector | fieldRef ObjectFieldSelector | fileKeyRef FileKeySelector |
  resourceFieldRef ResourceFieldSelector | secretKeyRef SecretKeySelector
EnvVar: name string z ! | value string | valueFrom EnvVarSource
ConfigMapEnvSource: name string | optional *bool
SecretEnvSource: name string | optional *bool
EnvFromSource: configMapRef ConfigMapEnvSource | prefix string | secretRef SecretEnvSource
ExecAction: command []string
HTTPHeader: name string z ! | value string z !
HTTPGetAction: host string | httpHeaders []HTTPHeader | path string | port intstr z ! | scheme string
SleepAction: seconds int64 z !
TCPSocketAction: host string | port intstr z !
LifecycleHandler: exec ExecAction | httpGet HTTPGetAction | sleep SleepAction | tcpSocket TCPSocketAction
Lifecycle: postStart LifecycleHandler | preStop LifecycleHandler | stopSignal *string
GRPCAction: port int32 z ! | service *string
Probe: exec ExecAction | failureThreshold int32 | grpc GRPCAction | httpGet HTTPGetAction | initialDelaySeconds
  int32 | periodSeconds int32 | successThreshold int32 | tcpSocket TCPSocketAction | terminationGracePeriodSeconds
  *int64 | timeoutSeconds int32
ContainerPort: containerPort int32 z ! | hostIP string | hostPort int32 | name string | protocol string =TCP
ContainerResizePolicy: resourceName string z ! | restartPolicy string z !
ResourceClaim: name string z ! | request string
ResourceRequirements: claims []ResourceClaim @name | limits {}quantity | requests {}quantity
ContainerRestartRuleOnExitCodes: operator string ! | values []int32 set
ContainerRestartRule: action string ! | exitCodes ContainerRestartRuleOnExitCodes
AppArmorProfile: localhostProfile *string | type string z !
Capabilities: add []string | drop []string
SELinuxOptions: level string | role string | type string | user string
SeccompProfile: localhostProfile *string | type string z !
WindowsSecurityContextOptions: gmsaCredentialSpec *string | gmsaCredentialSpecName *string | hostProcess *bool |
  runAsUserName *string
SecurityContext: allowPrivilegeEscalation *bool | appArmorProfile AppArmorProfile | capabilities Capabilities |
  privileged *bool | procMount *string | readOnlyRootFilesystem *bool | runAsGroup *int64 | runAsNonRoot *bool |
  runAsUser *int64 | seLinuxOptions SELinuxOptions | seccompProfile SeccompProfile | windowsOptions
  WindowsSecurityContextOptions
VolumeDevice: devicePath string z ! | name string z !
VolumeMount: mountPath string z ! | mountPropagation *string | name string z ! | readOnly bool | recursiveReadOnly
  *string | subPath string | subPathExpr string
Container: args []string | command []string | env []EnvVar @name +name | envFrom []EnvFromSource | image string |
  imagePullPolicy string | lifecycle Lifecycle | livenessProbe Probe | name string z ! | ports []ContainerPort
  @containerPort,protocol +containerPort | readinessProbe Probe | resizePolicy []ContainerResizePolicy | resources
  ResourceRequirements s | restartPolicy *string | restartPolicyRules []ContainerRestartRule | securityContext
  SecurityContext | startupProbe Probe | stdin bool | stdinOnce bool | terminationMessagePath string |
  terminationMessagePolicy string | tty bool | volumeDevices []VolumeDevice @devicePath +devicePath | volumeMounts
  []VolumeMount @mountPath +mountPath | workingDir string
PodDNSConfigOption: name string | value *string
PodDNSConfig: nameservers []string | options []PodDNSConfigOption | searches []string
EphemeralContainer: args []string | command []string | env []EnvVar @name +name | envFrom []EnvFromSource | image
  string | imagePullPolicy string | lifecycle Lifecycle | livenessProbe Probe | name string z ! | ports
  []ContainerPort @containerPort,protocol +containerPort | readinessProbe Probe | resizePolicy
  []ContainerResizePolicy | resources ResourceRequirements s | restartPolicy *string | restartPolicyRules
  []ContainerRestartRule | securityContext SecurityContext | startupProbe Probe | stdin bool | stdinOnce bool |
  targetContainerName string | terminationMessagePath string | terminationMessagePolicy string | tty bool |
  volumeDevices []VolumeDevice @devicePath +devicePath | volumeMounts []VolumeMount @mountPath +mountPath |
  workingDir string
HostAlias: hostnames []string | ip string z !
LocalObjectReference atomic: name string
PodOS: name string z !
PodReadinessGate: conditionType string z !
PodResourceClaim: name string z ! | resourceClaimName *string | resourceClaimTemplateName *string
PodSchedulingGate: name string z !
Sysctl: name string z ! | value string z !
PodSecurityContext: appArmorProfile AppArmorProfile | fsGroup *int64 | fsGroupChangePolicy *string | runAsGroup
  *int64 | runAsNonRoot *bool | runAsUser *int64 | seLinuxChangePolicy *string | seLinuxOptions SELinuxOptions |
  seccompProfile SeccompProfile | supplementalGroups []int64 | supplementalGroupsPolicy *string | sysctls []Sysctl |
  windowsOptions WindowsSecurityContextOptions
Toleration: effect string | key string | operator string | tolerationSeconds *int64 | value string
TopologySpreadConstraint: labelSelector LabelSelector | matchLabelKeys []string | maxSkew int32 z ! | minDomains
  *int32 | nodeAffinityPolicy *string | nodeTaintsPolicy *string | topologyKey string z ! | whenUnsatisfiable string
  z !
PodSpec: activeDeadlineSeconds *int64 | affinity Affinity | automountServiceAccountToken *bool | containers
  []Container z ! @name +name | dnsConfig PodDNSConfig | dnsPolicy string | enableServiceLinks *bool |
  ephemeralContainers []EphemeralContainer @name +name | hostAliases []HostAlias @ip +ip | hostIPC bool |
  hostNetwork bool | hostPID bool | hostUsers *bool | hostname string | hostnameOverride *string | imagePullSecrets
  []LocalObjectReference @name +name | initContainers []Container @name +name | nodeName string | nodeSelector
  {}string atomic | os PodOS | overhead {}quantity | preemptionPolicy *string | priority *int32 | priorityClassName
  string | readinessGates []PodReadinessGate | resourceClaims []PodResourceClaim @name +name retain | resources
  ResourceRequirements | restartPolicy string | runtimeClassName *string | schedulerName string | schedulingGates
  []PodSchedulingGate @name +name | securityContext PodSecurityContext | serviceAccount string | serviceAccountName
  string | setHostnameAsFQDN *bool | shareProcessNamespace *bool | subdomain string | terminationGracePeriodSeconds
  *int64 | tolerations []Toleration | topologySpreadConstraints []TopologySpreadConstraint
  @topologyKey,whenUnsatisfiable +topologyKey | volumes []Volume @name +name retain
PodCondition: lastProbeTime time z | lastTransitionTime time z | message string | observedGeneration int64 | reason
  string | status string z ! | type string z !
ResourceHealth: health string | resourceID string z !
ResourceStatus: name string z ! | resources []ResourceHealth @resourceID
ContainerStateRunning: startedAt time z
ContainerStateTerminated: containerID string | exitCode int32 z ! | finishedAt time z | message string | reason
  string | signal int32 | startedAt time z
ContainerStateWaiting: message string | reason string
ContainerState: running ContainerStateRunning | terminated ContainerStateTerminated | waiting ContainerStateWaiting
LinuxContainerUser: gid int64 z ! | supplementalGroups []int64 | uid int64 z !
ContainerUser: linux LinuxContainerUser
VolumeMountStatus: mountPath string z ! | name string z ! | readOnly bool | recursiveReadOnly *string
ContainerStatus: allocatedResources {}quantity | allocatedResourcesStatus []ResourceStatus @name +name | containerID
  string | image string z ! | imageID string z ! | lastState ContainerState s | name string z ! | ready bool z ! |
  resources ResourceRequirements | restartCount int32 z ! | started *bool | state ContainerState s | stopSignal
  *string | user ContainerUser | volumeMounts []VolumeMountStatus @mountPath +mountPath
ContainerExtendedResourceRequest: containerName string z ! | requestName string z ! | resourceName string z !
PodExtendedResourceClaimStatus: requestMappings []ContainerExtendedResourceRequest z ! | resourceClaimName string z
  !
HostIP: ip string z !
PodIP: ip string z !
PodResourceClaimStatus: name string z ! | resourceClaimName *string
PodStatus: conditions []PodCondition @type +type | containerStatuses []ContainerStatus | ephemeralContainerStatuses
  []ContainerStatus | extendedResourceClaimStatus PodExtendedResourceClaimStatus | hostIP string | hostIPs []HostIP
  +ip | initContainerStatuses []ContainerStatus | message string | nominatedNodeName string | observedGeneration
  int64 | phase string | podIP string | podIPs []PodIP @ip +ip | qosClass string | reason string | resize string |
  resourceClaimStatuses []PodResourceClaimStatus @name +name retain | startTime *time
Pod: metadata ObjectMeta s | spec PodSpec s | status PodStatus s
ContainerImage: names []string z | sizeBytes int64
PodTemplateSpec: metadata ObjectMeta s | spec PodSpec s
PodTemplate: metadata ObjectMeta s | template PodTemplateSpec s
TopologySelectorLabelRequirement: key string z ! | values []string z !
TopologySelectorTerm atomic: matchLabelExpressions []TopologySelectorLabelRequirement
`;
