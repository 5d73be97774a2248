/**
Pods and the parts of their specification (core/v1), in the notation of `parse-types.ts`.
*/
export const podTypes = `
package io.k8s.api.core.v1
NodeSelectorRequirement: key#1 string z ! | operator#2 string z ! | values#3 []string
NodeSelectorTerm atomic: matchExpressions#1 []NodeSelectorRequirement | matchFields#2 []NodeSelectorRequirement
PreferredSchedulingTerm: preference#2 NodeSelectorTerm s ! | weight#1 int32 z !
NodeSelector atomic: nodeSelectorTerms#1 []NodeSelectorTerm z !
NodeAffinity: preferredDuringSchedulingIgnoredDuringExecution#2 []PreferredSchedulingTerm |
  requiredDuringSchedulingIgnoredDuringExecution#1 NodeSelector
PodAffinityTerm: labelSelector#1 LabelSelector | matchLabelKeys#5 []string | mismatchLabelKeys#6 []string |
  namespaceSelector#4 LabelSelector | namespaces#2 []string | topologyKey#3 string z !
WeightedPodAffinityTerm: podAffinityTerm#2 PodAffinityTerm s ! | weight#1 int32 z !
PodAffinity: preferredDuringSchedulingIgnoredDuringExecution#2 []WeightedPodAffinityTerm |
  requiredDuringSchedulingIgnoredDuringExecution#1 []PodAffinityTerm
PodAntiAffinity: preferredDuringSchedulingIgnoredDuringExecution#2 []WeightedPodAffinityTerm |
  requiredDuringSchedulingIgnoredDuringExecution#1 []PodAffinityTerm
Affinity: nodeAffinity#1 NodeAffinity | podAffinity#2 PodAffinity | podAntiAffinity#3 PodAntiAffinity
ConfigMapKeySelector atomic: key#2 string z ! | name#1.1 string | optional#3 *bool
ObjectFieldSelector atomic: apiVersion#1 string | fieldPath#2 string z !
FileKeySelector atomic: key#3 string z ! | optional#4 *bool | path#2 string z ! | volumeName#1 string z !
ResourceFieldSelector atomic: containerName#1 string | divisor#3 quantity z | resource#2 string z !
SecretKeySelector atomic: key#2 string z ! | name#1.1 string | optional#3 *bool
EnvVarSource: configMapKeyRef#3 ConfigMapKeySelector | fieldRef#1 ObjectFieldSelector | fileKeyRef#5 FileKeySelector
  | resourceFieldRef#2 ResourceFieldSelector | secretKeyRef#4 SecretKeySelector
EnvVar: name#1 string z ! | value#2 string | valueFrom#3 EnvVarSource
ConfigMapEnvSource: name#1.1 string | optional#2 *bool
SecretEnvSource: name#1.1 string | optional#2 *bool
EnvFromSource: configMapRef#2 ConfigMapEnvSource | prefix#1 string | secretRef#3 SecretEnvSource
ExecAction: command#1 []string
HTTPHeader: name#1 string z ! | value#2 string z !
HTTPGetAction: host#3 string | httpHeaders#5 []HTTPHeader | path#1 string | port#2 intstr z ! | scheme#4 string
SleepAction: seconds#1 int64 z !
TCPSocketAction: host#2 string | port#1 intstr z !
LifecycleHandler: exec#1 ExecAction | httpGet#2 HTTPGetAction | sleep#4 SleepAction | tcpSocket#3 TCPSocketAction
Lifecycle: postStart#1 LifecycleHandler | preStop#2 LifecycleHandler | stopSignal#3 *string
GRPCAction: port#1 int32 z ! | service#2 *string
Probe: exec#1.1 ExecAction | failureThreshold#6 int32 | grpc#1.4 GRPCAction | httpGet#1.2 HTTPGetAction |
  initialDelaySeconds#2 int32 | periodSeconds#4 int32 | successThreshold#5 int32 | tcpSocket#1.3 TCPSocketAction |
  terminationGracePeriodSeconds#7 *int64 | timeoutSeconds#3 int32
ContainerPort: containerPort#3 int32 z ! | hostIP#5 string | hostPort#2 int32 | name#1 string | protocol#4 string
  =TCP
ContainerResizePolicy: resourceName#1 string z ! | restartPolicy#2 string z !
ResourceClaim: name#1 string z ! | request#2 string
ResourceRequirements: claims#3 []ResourceClaim @name | limits#1 {}quantity | requests#2 {}quantity
ContainerRestartRuleOnExitCodes: operator#1 string ! | values#2 []int32 set
ContainerRestartRule: action#1 string ! | exitCodes#2 ContainerRestartRuleOnExitCodes
AppArmorProfile: localhostProfile#2 *string | type#1 string z !
Capabilities: add#1 []string | drop#2 []string
SELinuxOptions: level#4 string | role#2 string | type#3 string | user#1 string
SeccompProfile: localhostProfile#2 *string | type#1 string z !
WindowsSecurityContextOptions: gmsaCredentialSpec#2 *string | gmsaCredentialSpecName#1 *string | hostProcess#4 *bool
  | runAsUserName#3 *string
SecurityContext: allowPrivilegeEscalation#7 *bool | appArmorProfile#12 AppArmorProfile | capabilities#1 Capabilities
  | privileged#2 *bool | procMount#9 *string | readOnlyRootFilesystem#6 *bool | runAsGroup#8 *int64 | runAsNonRoot#5
  *bool | runAsUser#4 *int64 | seLinuxOptions#3 SELinuxOptions | seccompProfile#11 SeccompProfile |
  windowsOptions#10 WindowsSecurityContextOptions
VolumeDevice: devicePath#2 string z ! | name#1 string z !
VolumeMount: mountPath#3 string z ! | mountPropagation#5 *string | name#1 string z ! | readOnly#2 bool |
  recursiveReadOnly#7 *string | subPath#4 string | subPathExpr#6 string
Container: args#4 []string | command#3 []string | env#7 []EnvVar @name +name | envFrom#19 []EnvFromSource | image#2
  string | imagePullPolicy#14 string | lifecycle#12 Lifecycle | livenessProbe#10 Probe | name#1 string z ! | ports#6
  []ContainerPort @containerPort,protocol +containerPort | readinessProbe#11 Probe | resizePolicy#23
  []ContainerResizePolicy | resources#8 ResourceRequirements s | restartPolicy#24 *string | restartPolicyRules#25
  []ContainerRestartRule | securityContext#15 SecurityContext | startupProbe#22 Probe | stdin#16 bool | stdinOnce#17
  bool | terminationMessagePath#13 string | terminationMessagePolicy#20 string | tty#18 bool | volumeDevices#21
  []VolumeDevice @devicePath +devicePath | volumeMounts#9 []VolumeMount @mountPath +mountPath | workingDir#5 string
PodDNSConfigOption: name#1 string | value#2 *string
PodDNSConfig: nameservers#1 []string | options#3 []PodDNSConfigOption | searches#2 []string
EphemeralContainer: args#1.4 []string | command#1.3 []string | env#1.7 []EnvVar @name +name | envFrom#1.19
  []EnvFromSource | image#1.2 string | imagePullPolicy#1.14 string | lifecycle#1.12 Lifecycle | livenessProbe#1.10
  Probe | name#1.1 string z ! | ports#1.6 []ContainerPort @containerPort,protocol +containerPort |
  readinessProbe#1.11 Probe | resizePolicy#1.23 []ContainerResizePolicy | resources#1.8 ResourceRequirements s |
  restartPolicy#1.24 *string | restartPolicyRules#1.25 []ContainerRestartRule | securityContext#1.15 SecurityContext
  | startupProbe#1.22 Probe | stdin#1.16 bool | stdinOnce#1.17 bool | targetContainerName#2 string |
  terminationMessagePath#1.13 string | terminationMessagePolicy#1.20 string | tty#1.18 bool | volumeDevices#1.21
  []VolumeDevice @devicePath +devicePath | volumeMounts#1.9 []VolumeMount @mountPath +mountPath | workingDir#1.5
  string
HostAlias: hostnames#2 []string | ip#1 string z !
LocalObjectReference atomic: name#1 string
PodOS: name#1 string z !
PodReadinessGate: conditionType#1 string z !
PodResourceClaim: name#1 string z ! | resourceClaimName#3 *string | resourceClaimTemplateName#4 *string
PodSchedulingGate: name#1 string z !
Sysctl: name#1 string z ! | value#2 string z !
PodSecurityContext: appArmorProfile#11 AppArmorProfile | fsGroup#5 *int64 | fsGroupChangePolicy#9 *string |
  runAsGroup#6 *int64 | runAsNonRoot#3 *bool | runAsUser#2 *int64 | seLinuxChangePolicy#13 *string |
  seLinuxOptions#1 SELinuxOptions | seccompProfile#10 SeccompProfile | supplementalGroups#4 []int64 |
  supplementalGroupsPolicy#12 *string | sysctls#7 []Sysctl | windowsOptions#8 WindowsSecurityContextOptions
Toleration: effect#4 string | key#1 string | operator#2 string | tolerationSeconds#5 *int64 | value#3 string
TopologySpreadConstraint: labelSelector#4 LabelSelector | matchLabelKeys#8 []string | maxSkew#1 int32 z ! |
  minDomains#5 *int32 | nodeAffinityPolicy#6 *string | nodeTaintsPolicy#7 *string | topologyKey#2 string z ! |
  whenUnsatisfiable#3 string z !
PodSpec: activeDeadlineSeconds#5 *int64 | affinity#18 Affinity | automountServiceAccountToken#21 *bool |
  containers#2 []Container z ! @name +name | dnsConfig#26 PodDNSConfig | dnsPolicy#6 string | enableServiceLinks#30
  *bool | ephemeralContainers#34 []EphemeralContainer @name +name | hostAliases#23 []HostAlias @ip +ip | hostIPC#13
  bool | hostNetwork#11 bool | hostPID#12 bool | hostUsers#37 *bool | hostname#16 string | hostnameOverride#41
  *string | imagePullSecrets#15 []LocalObjectReference @name +name | initContainers#20 []Container @name +name |
  nodeName#10 string | nodeSelector#7 {}string atomic | os#36 PodOS | overhead#32 {}quantity | preemptionPolicy#31
  *string | priority#25 *int32 | priorityClassName#24 string | readinessGates#28 []PodReadinessGate |
  resourceClaims#39 []PodResourceClaim @name +name retain | resources#40 ResourceRequirements | restartPolicy#3
  string | runtimeClassName#29 *string | schedulerName#19 string | schedulingGates#38 []PodSchedulingGate @name
  +name | securityContext#14 PodSecurityContext | serviceAccount#9 string | serviceAccountName#8 string |
  setHostnameAsFQDN#35 *bool | shareProcessNamespace#27 *bool | subdomain#17 string |
  terminationGracePeriodSeconds#4 *int64 | tolerations#22 []Toleration | topologySpreadConstraints#33
  []TopologySpreadConstraint @topologyKey,whenUnsatisfiable +topologyKey | volumes#1 []Volume @name +name retain
PodCondition: lastProbeTime#3 time z | lastTransitionTime#4 time z | message#6 string | observedGeneration#7 int64 |
  reason#5 string | status#2 string z ! | type#1 string z !
ResourceHealth: health#2 string | resourceID#1 string z !
ResourceStatus: name#1 string z ! | resources#2 []ResourceHealth @resourceID
ContainerStateRunning: startedAt#1 time z
ContainerStateTerminated: containerID#7 string | exitCode#1 int32 z ! | finishedAt#6 time z | message#4 string |
  reason#3 string | signal#2 int32 | startedAt#5 time z
ContainerStateWaiting: message#2 string | reason#1 string
ContainerState: running#2 ContainerStateRunning | terminated#3 ContainerStateTerminated | waiting#1
  ContainerStateWaiting
LinuxContainerUser: gid#2 int64 z ! | supplementalGroups#3 []int64 | uid#1 int64 z !
ContainerUser: linux#1 LinuxContainerUser
VolumeMountStatus: mountPath#2 string z ! | name#1 string z ! | readOnly#3 bool | recursiveReadOnly#4 *string
ContainerStatus: allocatedResources#10 {}quantity | allocatedResourcesStatus#14 []ResourceStatus @name +name |
  containerID#8 string | image#6 string z ! | imageID#7 string z ! | lastState#3 ContainerState s | name#1 string z
  ! | ready#4 bool z ! | resources#11 ResourceRequirements | restartCount#5 int32 z ! | started#9 *bool | state#2
  ContainerState s | stopSignal#15 *string | user#13 ContainerUser | volumeMounts#12 []VolumeMountStatus @mountPath
  +mountPath
ContainerExtendedResourceRequest: containerName#1 string z ! | requestName#3 string z ! | resourceName#2 string z !
PodExtendedResourceClaimStatus: requestMappings#1 []ContainerExtendedResourceRequest z ! | resourceClaimName#2
  string z !
HostIP: ip#1 string z !
PodIP: ip#1 string z !
PodResourceClaimStatus: name#1 string z ! | resourceClaimName#2 *string
PodStatus: conditions#2 []PodCondition @type +type | containerStatuses#8 []ContainerStatus |
  ephemeralContainerStatuses#13 []ContainerStatus | extendedResourceClaimStatus#18 PodExtendedResourceClaimStatus |
  hostIP#5 string | hostIPs#16 []HostIP +ip | initContainerStatuses#10 []ContainerStatus | message#3 string |
  nominatedNodeName#11 string | observedGeneration#17 int64 | phase#1 string | podIP#6 string | podIPs#12 []PodIP
  @ip +ip | qosClass#9 string | reason#4 string | resize#14 string | resourceClaimStatuses#15
  []PodResourceClaimStatus @name +name retain | startTime#7 *time
Pod: metadata#1 ObjectMeta s | spec#2 PodSpec s | status#3 PodStatus s
ContainerImage: names#1 []string z | sizeBytes#2 int64
PodTemplateSpec: metadata#1 ObjectMeta s | spec#2 PodSpec s
PodTemplate: metadata#1 ObjectMeta s | template#2 PodTemplateSpec s
TopologySelectorLabelRequirement: key#1 string z ! | values#2 []string z !
TopologySelectorTerm atomic: matchLabelExpressions#1 []TopologySelectorLabelRequirement
`;
