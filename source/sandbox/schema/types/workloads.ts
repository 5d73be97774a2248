/**
Deployments and the other owners of pods, in the notation of `parse-types.ts`.
*/
export const workloadTypes = `
package io.k8s.api.apps.v1
RollingUpdateDeployment: maxSurge#2 *intstr | maxUnavailable#1 *intstr
DeploymentStrategy: rollingUpdate#2 RollingUpdateDeployment | type#1 string
DeploymentSpec: minReadySeconds#5 int32 | paused#7 bool | progressDeadlineSeconds#9 *int32 | replicas#1 *int32 |
  revisionHistoryLimit#6 *int32 | selector#2 LabelSelector z ! | strategy#4 DeploymentStrategy s retain | template#3
  PodTemplateSpec s !
DeploymentCondition: lastTransitionTime#7 time z | lastUpdateTime#6 time z | message#5 string | reason#4 string |
  status#2 string z ! | type#1 string z !
DeploymentStatus: availableReplicas#4 int32 | collisionCount#8 *int32 | conditions#6 []DeploymentCondition @type
  +type | observedGeneration#1 int64 | readyReplicas#7 int32 | replicas#2 int32 | terminatingReplicas#9 *int32 |
  unavailableReplicas#5 int32 | updatedReplicas#3 int32
Deployment: metadata#1 ObjectMeta s | spec#2 DeploymentSpec s | status#3 DeploymentStatus s
ReplicaSetSpec: minReadySeconds#4 int32 | replicas#1 *int32 | selector#2 LabelSelector z ! | template#3
  PodTemplateSpec s
ReplicaSetCondition: lastTransitionTime#3 time z | message#5 string | reason#4 string | status#2 string z ! | type#1
  string z !
ReplicaSetStatus: availableReplicas#5 int32 | conditions#6 []ReplicaSetCondition @type +type |
  fullyLabeledReplicas#2 int32 | observedGeneration#3 int64 | readyReplicas#4 int32 | replicas#1 int32 z ! |
  terminatingReplicas#7 *int32
ReplicaSet: metadata#1 ObjectMeta s | spec#2 ReplicaSetSpec s | status#3 ReplicaSetStatus s
StatefulSetOrdinals: start#1 int32 z
StatefulSetPersistentVolumeClaimRetentionPolicy: whenDeleted#1 string | whenScaled#2 string
RollingUpdateStatefulSetStrategy: maxUnavailable#2 *intstr | partition#1 *int32
StatefulSetUpdateStrategy: rollingUpdate#2 RollingUpdateStatefulSetStrategy | type#1 string
StatefulSetSpec: minReadySeconds#9 int32 | ordinals#11 StatefulSetOrdinals | persistentVolumeClaimRetentionPolicy#10
  StatefulSetPersistentVolumeClaimRetentionPolicy | podManagementPolicy#6 string | replicas#1 *int32 |
  revisionHistoryLimit#8 *int32 | selector#2 LabelSelector z ! | serviceName#5 string z | template#3 PodTemplateSpec
  s ! | updateStrategy#7 StatefulSetUpdateStrategy s | volumeClaimTemplates#4 []PersistentVolumeClaim
StatefulSetCondition: lastTransitionTime#3 time z | message#5 string | reason#4 string | status#2 string z ! |
  type#1 string z !
StatefulSetStatus: availableReplicas#11 int32 z | collisionCount#9 *int32 | conditions#10 []StatefulSetCondition
  @type +type | currentReplicas#4 int32 | currentRevision#6 string | observedGeneration#1 int64 | readyReplicas#3
  int32 | replicas#2 int32 z ! | updateRevision#7 string | updatedReplicas#5 int32
StatefulSet: metadata#1 ObjectMeta s | spec#2 StatefulSetSpec s | status#3 StatefulSetStatus s
RollingUpdateDaemonSet: maxSurge#2 *intstr | maxUnavailable#1 *intstr
DaemonSetUpdateStrategy: rollingUpdate#2 RollingUpdateDaemonSet | type#1 string
DaemonSetSpec: minReadySeconds#4 int32 | revisionHistoryLimit#6 *int32 | selector#1 LabelSelector z ! | template#2
  PodTemplateSpec s ! | updateStrategy#3 DaemonSetUpdateStrategy s
DaemonSetCondition: lastTransitionTime#3 time z | message#5 string | reason#4 string | status#2 string z ! | type#1
  string z !
DaemonSetStatus: collisionCount#9 *int32 | conditions#10 []DaemonSetCondition @type +type | currentNumberScheduled#1
  int32 z ! | desiredNumberScheduled#3 int32 z ! | numberAvailable#7 int32 | numberMisscheduled#2 int32 z ! |
  numberReady#4 int32 z ! | numberUnavailable#8 int32 | observedGeneration#5 int64 | updatedNumberScheduled#6 int32
DaemonSet: metadata#1 ObjectMeta s | spec#2 DaemonSetSpec s | status#3 DaemonSetStatus s
ControllerRevision: data#2 json | metadata#1 ObjectMeta s | revision#3 int64 z !
package io.k8s.api.batch.v1
PodFailurePolicyOnExitCodesRequirement: containerName#1 *string | operator#2 string z ! | values#3 []int32 z ! set
PodFailurePolicyOnPodConditionsPattern: status#2 string z ! | type#1 string z !
PodFailurePolicyRule: action#1 string z ! | onExitCodes#2 PodFailurePolicyOnExitCodesRequirement | onPodConditions#3
  []PodFailurePolicyOnPodConditionsPattern
PodFailurePolicy: rules#1 []PodFailurePolicyRule z !
SuccessPolicyRule: succeededCount#2 *int32 | succeededIndexes#1 *string
SuccessPolicy: rules#1 []SuccessPolicyRule z !
JobSpec: activeDeadlineSeconds#3 *int64 | backoffLimit#7 *int32 | backoffLimitPerIndex#12 *int32 | completionMode#9
  *string | completions#2 *int32 | managedBy#15 *string | manualSelector#5 *bool | maxFailedIndexes#13 *int32 |
  parallelism#1 *int32 | podFailurePolicy#11 PodFailurePolicy | podReplacementPolicy#14 *string | selector#4
  LabelSelector | successPolicy#16 SuccessPolicy | suspend#10 *bool | template#6 PodTemplateSpec s ! |
  ttlSecondsAfterFinished#8 *int32
JobCondition: lastProbeTime#3 time z | lastTransitionTime#4 time z | message#6 string | reason#5 string | status#2
  string z ! | type#1 string z !
UncountedTerminatedPods: failed#2 []string set | succeeded#1 []string set
JobStatus: active#4 int32 | completedIndexes#7 string | completionTime#3 *time | conditions#1 []JobCondition +type |
  failed#6 int32 | failedIndexes#10 *string | ready#9 *int32 | startTime#2 *time | succeeded#5 int32 |
  terminating#11 *int32 | uncountedTerminatedPods#8 UncountedTerminatedPods
Job: metadata#1 ObjectMeta s | spec#2 JobSpec s | status#3 JobStatus s
JobTemplateSpec: metadata#1 ObjectMeta s | spec#2 JobSpec s
CronJobSpec: concurrencyPolicy#3 string | failedJobsHistoryLimit#7 *int32 | jobTemplate#5 JobTemplateSpec s ! |
  schedule#1 string z ! | startingDeadlineSeconds#2 *int64 | successfulJobsHistoryLimit#6 *int32 | suspend#4 *bool |
  timeZone#8 *string
CronJobStatus: active#1 []ObjectReference | lastScheduleTime#4 *time | lastSuccessfulTime#5 *time
CronJob: metadata#1 ObjectMeta s | spec#2 CronJobSpec s | status#3 CronJobStatus s
package io.k8s.api.autoscaling.v1
ScaleSpec: replicas#1 int32
ScaleStatus: replicas#1 int32 z ! | selector#2 string
Scale: metadata#1 ObjectMeta s | spec#2 ScaleSpec s | status#3 ScaleStatus s
package io.k8s.api.policy.v1
Eviction: deleteOptions#2 DeleteOptions | metadata#1 ObjectMeta s
PodDisruptionBudgetSpec: maxUnavailable#3 *intstr | minAvailable#1 *intstr | selector#2 LabelSelector |
  unhealthyPodEvictionPolicy#4 *string
PodDisruptionBudgetStatus: conditions#7 []Condition @type +type | currentHealthy#4 int32 z ! | desiredHealthy#5
  int32 z ! | disruptedPods#2 {}time | disruptionsAllowed#3 int32 z ! | expectedPods#6 int32 z ! |
  observedGeneration#1 int64
PodDisruptionBudget: metadata#1 ObjectMeta s | spec#2 PodDisruptionBudgetSpec s | status#3 PodDisruptionBudgetStatus
  s
`;
