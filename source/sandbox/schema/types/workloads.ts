/**
Deployments and the other owners of pods, in the notation of `parse-types.ts`.
*/
export const workloadTypes = `
package io.k8s.api.apps.v1
RollingUpdateDeployment: maxSurge *intstr | maxUnavailable *intstr
DeploymentStrategy: rollingUpdate RollingUpdateDeployment | type string
DeploymentSpec: minReadySeconds int32 | paused bool | progressDeadlineSeconds *int32 | replicas *int32 |
  revisionHistoryLimit *int32 | selector LabelSelector z ! | strategy DeploymentStrategy s retain | template
  PodTemplateSpec s !
DeploymentCondition: lastTransitionTime time z | lastUpdateTime time z | message string | reason string | status
  string z ! | type string z !
DeploymentStatus: availableReplicas int32 | collisionCount *int32 | conditions []DeploymentCondition @type +type |
  observedGeneration int64 | readyReplicas int32 | replicas int32 | terminatingReplicas *int32 | unavailableReplicas
  int32 | updatedReplicas int32
Deployment: metadata ObjectMeta s | spec DeploymentSpec s | status DeploymentStatus s
ReplicaSetSpec: minReadySeconds int32 | replicas *int32 | selector LabelSelector z ! | template PodTemplateSpec s
ReplicaSetCondition: lastTransitionTime time z | message string | reason string | status string z ! | type string z
  !
ReplicaSetStatus: availableReplicas int32 | conditions []ReplicaSetCondition @type +type | fullyLabeledReplicas
  int32 | observedGeneration int64 | readyReplicas int32 | replicas int32 z ! | terminatingReplicas *int32
ReplicaSet: metadata ObjectMeta s | spec ReplicaSetSpec s | status ReplicaSetStatus s
StatefulSetOrdinals: start int32 z
StatefulSetPersistentVolumeClaimRetentionPolicy: whenDeleted string | whenScaled string
RollingUpdateStatefulSetStrategy: maxUnavailable *intstr | partition *int32
StatefulSetUpdateStrategy: rollingUpdate RollingUpdateStatefulSetStrategy | type string
StatefulSetSpec: minReadySeconds int32 | ordinals StatefulSetOrdinals | persistentVolumeClaimRetentionPolicy
  StatefulSetPersistentVolumeClaimRetentionPolicy | podManagementPolicy string | replicas *int32 |
  revisionHistoryLimit *int32 | selector LabelSelector z ! | serviceName string z | template PodTemplateSpec s ! |
  updateStrategy StatefulSetUpdateStrategy s | volumeClaimTemplates []PersistentVolumeClaim
StatefulSetCondition: lastTransitionTime time z | message string | reason string | status string z ! | type string z
  !
StatefulSetStatus: availableReplicas int32 z | collisionCount *int32 | conditions []StatefulSetCondition @type +type
  | currentReplicas int32 | currentRevision string | observedGeneration int64 | readyReplicas int32 | replicas int32
  z ! | updateRevision string | updatedReplicas int32
StatefulSet: metadata ObjectMeta s | spec StatefulSetSpec s | status StatefulSetStatus s
RollingUpdateDaemonSet: maxSurge *intstr | maxUnavailable *intstr
DaemonSetUpdateStrategy: rollingUpdate RollingUpdateDaemonSet | type string
DaemonSetSpec: minReadySeconds int32 | revisionHistoryLimit *int32 | selector LabelSelector z ! | template
  PodTemplateSpec s ! | updateStrategy DaemonSetUpdateStrategy s
DaemonSetCondition: lastTransitionTime time z | message string | reason string | status string z ! | type string z !
DaemonSetStatus: collisionCount *int32 | conditions []DaemonSetCondition @type +type | currentNumberScheduled int32
  z ! | desiredNumberScheduled int32 z ! | numberAvailable int32 | numberMisscheduled int32 z ! | numberReady int32
  z ! | numberUnavailable int32 | observedGeneration int64 | updatedNumberScheduled int32
DaemonSet: metadata ObjectMeta s | spec DaemonSetSpec s | status DaemonSetStatus s
ControllerRevision: data json | metadata ObjectMeta s | revision int64 z !
package io.k8s.api.batch.v1
PodFailurePolicyOnExitCodesRequirement: containerName *string | operator string z ! | values []int32 z ! set
PodFailurePolicyOnPodConditionsPattern: status string z ! | type string z !
PodFailurePolicyRule: action string z ! | onExitCodes PodFailurePolicyOnExitCodesRequirement | onPodConditions
  []PodFailurePolicyOnPodConditionsPattern
PodFailurePolicy: rules []PodFailurePolicyRule z !
SuccessPolicyRule: succeededCount *int32 | succeededIndexes *string
SuccessPolicy: rules []SuccessPolicyRule z !
JobSpec: activeDeadlineSeconds *int64 | backoffLimit *int32 | backoffLimitPerIndex *int32 | completionMode *string |
  completions *int32 | managedBy *string | manualSelector *bool | maxFailedIndexes *int32 | parallelism *int32 |
  podFailurePolicy PodFailurePolicy | podReplacementPolicy *string | selector LabelSelector | successPolicy
  SuccessPolicy | suspend *bool | template PodTemplateSpec s ! | ttlSecondsAfterFinished *int32
JobCondition: lastProbeTime time z | lastTransitionTime time z | message string | reason string | status string z !
  | type string z !
UncountedTerminatedPods: failed []string set | succeeded []string set
JobStatus: active int32 | completedIndexes string | completionTime *time | conditions []JobCondition +type | failed
  int32 | failedIndexes *string | ready *int32 | startTime *time | succeeded int32 | terminating *int32 |
  uncountedTerminatedPods UncountedTerminatedPods
Job: metadata ObjectMeta s | spec JobSpec s | status JobStatus s
JobTemplateSpec: metadata ObjectMeta s | spec JobSpec s
CronJobSpec: concurrencyPolicy string | failedJobsHistoryLimit *int32 | jobTemplate JobTemplateSpec s ! | schedule
  string z ! | startingDeadlineSeconds *int64 | successfulJobsHistoryLimit *int32 | suspend *bool | timeZone *string
CronJobStatus: active []ObjectReference | lastScheduleTime *time | lastSuccessfulTime *time
CronJob: metadata ObjectMeta s | spec CronJobSpec s | status CronJobStatus s
package io.k8s.api.autoscaling.v1
ScaleSpec: replicas int32
ScaleStatus: replicas int32 z ! | selector string
Scale: metadata ObjectMeta s | spec ScaleSpec s | status ScaleStatus s
package io.k8s.api.policy.v1
Eviction: deleteOptions DeleteOptions | metadata ObjectMeta s
PodDisruptionBudgetSpec: maxUnavailable *intstr | minAvailable *intstr | selector LabelSelector |
  unhealthyPodEvictionPolicy *string
PodDisruptionBudgetStatus: conditions []Condition @type +type | currentHealthy int32 z ! | desiredHealthy int32 z !
  | disruptedPods {}time | disruptionsAllowed int32 z ! | expectedPods int32 z ! | observedGeneration int64
PodDisruptionBudget: metadata ObjectMeta s | spec PodDisruptionBudgetSpec s | status PodDisruptionBudgetStatus s
`;
