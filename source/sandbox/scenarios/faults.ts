import {apiGenerationMismatch} from './api-generation-mismatch.js';
import {controllersNotRunning} from './controllers-not-running.js';
import {daemonsetOnVirtualNode} from './daemonset-on-virtual-node.js';
import {daemonsetPinLost} from './daemonset-pin-lost.js';
import {duplicateOffloadings} from './duplicate-offloadings.js';
import {finalizerLeftByWebhookOutage} from './finalizer-left-by-webhook-outage.js';
import {finishedPodRecreatedOnProvider} from './finished-pod-recreated-on-provider.js';
import {finishedPodReran} from './finished-pod-reran.js';
import {lastVirtualNodeDeleted} from './last-virtual-node-deleted.js';
import {localClusterIdMissing} from './local-cluster-id-missing.js';
import {localNamespaceStuckTerminating} from './local-namespace-stuck-terminating.js';
import {mappingStrategyImmutable} from './mapping-strategy-immutable.js';
import {multiVirtualNodeFlap} from './multi-virtual-node-flap.js';
import {namespacemapCountMismatch} from './namespacemap-count-mismatch.js';
import {namespacemapDuplicate} from './namespacemap-duplicate.js';
import {namespacemapMissing} from './namespacemap-missing.js';
import {namespacemapNotReplicated} from './namespacemap-not-replicated.js';
import {neededObjectNotReflected} from './needed-object-not-reflected.js';
import {noClusterLabels} from './no-cluster-labels.js';
import {noVirtualNode} from './no-virtual-node.js';
import {objectInVanishedNamespace} from './object-in-vanished-namespace.js';
import {offloadedPodStuckTerminating} from './offloaded-pod-stuck-terminating.js';
import {offloadedPodWithoutApiAccess} from './offloaded-pod-without-api-access.js';
import {offloadedPodsRepatriated} from './offloaded-pods-repatriated.js';
import {offloadingStuckTerminating} from './offloading-stuck-terminating.js';
import {podAntitheticalTerms} from './pod-antithetical-terms.js';
import {podBeforeOffloading} from './pod-before-offloading.js';
import {podLocalWantsRemote} from './pod-local-wants-remote.js';
import {podMissingToleration} from './pod-missing-toleration.js';
import {podOutsideSelector} from './pod-outside-selector.js';
import {podReflectionDisabled} from './pod-reflection-disabled.js';
import {podRemoteNoMatch} from './pod-remote-no-match.js';
import {podTermsFrozen} from './pod-terms-frozen.js';
import {prematureReady} from './premature-ready.js';
import {providerQuotaExceeded} from './provider-quota-exceeded.js';
import {quickLabelConflict} from './quick-label-conflict.js';
import {quickLabelStale} from './quick-label-stale.js';
import {quickLabelUnsupported} from './quick-label-unsupported.js';
import {quickLabelWrongValue} from './quick-label-wrong-value.js';
import {remoteClusterUnreachable} from './remote-cluster-unreachable.js';
import {remoteNameConflict} from './remote-name-conflict.js';
import {remoteNameInvalid} from './remote-name-invalid.js';
import {remoteNameShared} from './remote-name-shared.js';
import {remoteNameTooLong} from './remote-name-too-long.js';
import {remoteNamespaceDeleted} from './remote-namespace-deleted.js';
import {remoteNamespaceTerminating} from './remote-namespace-terminating.js';
import {remotePodPending} from './remote-pod-pending.js';
import {remotePodSpecDiffers} from './remote-pod-spec-differs.js';
import {reservedNamespaceOffloaded} from './reserved-namespace-offloaded.js';
import {restrictiveStrategyChange} from './restrictive-strategy-change.js';
import {rolebindingsMissing} from './rolebindings-missing.js';
import {type Scenario} from './scenario.js';
import {schedulingLabelMissing} from './scheduling-label-missing.js';
import {schedulingLabelOrphan} from './scheduling-label-orphan.js';
import {schedulingLabelWithLocal} from './scheduling-label-with-local.js';
import {selectorEditIgnored} from './selector-edit-ignored.js';
import {selectorEmptyTerm} from './selector-empty-term.js';
import {selectorLabelTypo} from './selector-label-typo.js';
import {selectorMatchesNothing} from './selector-matches-nothing.js';
import {selectorNotInForce} from './selector-not-in-force.js';
import {selectorOmitted} from './selector-omitted.js';
import {selectorRemoved} from './selector-removed.js';
import {selectorSyntaxError} from './selector-syntax-error.js';
import {staleSyntaxAnnotation} from './stale-syntax-annotation.js';
import {statusStale} from './status-stale.js';
import {tenantNamespaceMissing} from './tenant-namespace-missing.js';
import {tenantRbacMissing} from './tenant-rbac-missing.js';
import {unevenSpread} from './uneven-spread.js';
import {unoffloadDataLoss} from './unoffload-data-loss.js';
import {virtualKubeletRestarted} from './virtual-kubelet-restarted.js';
import {virtualNodeCordoned} from './virtual-node-cordoned.js';
import {virtualNodeDeletionBlocked} from './virtual-node-deletion-blocked.js';
import {virtualNodeInsufficientResources} from './virtual-node-insufficient-resources.js';
import {virtualNodeNetworkUnavailable} from './virtual-node-network-unavailable.js';
import {virtualNodeNotReady} from './virtual-node-not-ready.js';
import {virtualNodeObjectDeleted} from './virtual-node-object-deleted.js';
import {virtualNodeStuckTerminating} from './virtual-node-stuck-terminating.js';
import {virtualNodeTaintMissing} from './virtual-node-taint-missing.js';
import {volumeNotOffloadable} from './volume-not-offloadable.js';
import {volumePinnedLocal} from './volume-pinned-local.js';
import {webhookSkipSet} from './webhook-skip-set.js';
import {webhookUnavailable} from './webhook-unavailable.js';
import {wrongResourceName} from './wrong-resource-name.js';

/**
One scenario for each failure mode, by its name.
*/
export const faultScenarios: readonly Scenario[] = [
	apiGenerationMismatch,
	controllersNotRunning,
	daemonsetOnVirtualNode,
	daemonsetPinLost,
	duplicateOffloadings,
	finalizerLeftByWebhookOutage,
	finishedPodRecreatedOnProvider,
	finishedPodReran,
	lastVirtualNodeDeleted,
	localClusterIdMissing,
	localNamespaceStuckTerminating,
	mappingStrategyImmutable,
	multiVirtualNodeFlap,
	namespacemapCountMismatch,
	namespacemapDuplicate,
	namespacemapMissing,
	namespacemapNotReplicated,
	neededObjectNotReflected,
	noClusterLabels,
	noVirtualNode,
	objectInVanishedNamespace,
	offloadedPodStuckTerminating,
	offloadedPodWithoutApiAccess,
	offloadedPodsRepatriated,
	offloadingStuckTerminating,
	podAntitheticalTerms,
	podBeforeOffloading,
	podLocalWantsRemote,
	podMissingToleration,
	podOutsideSelector,
	podReflectionDisabled,
	podRemoteNoMatch,
	podTermsFrozen,
	prematureReady,
	providerQuotaExceeded,
	quickLabelConflict,
	quickLabelStale,
	quickLabelUnsupported,
	quickLabelWrongValue,
	remoteClusterUnreachable,
	remoteNameConflict,
	remoteNameInvalid,
	remoteNameShared,
	remoteNameTooLong,
	remoteNamespaceDeleted,
	remoteNamespaceTerminating,
	remotePodPending,
	remotePodSpecDiffers,
	reservedNamespaceOffloaded,
	restrictiveStrategyChange,
	rolebindingsMissing,
	schedulingLabelMissing,
	schedulingLabelOrphan,
	schedulingLabelWithLocal,
	selectorEditIgnored,
	selectorEmptyTerm,
	selectorLabelTypo,
	selectorMatchesNothing,
	selectorNotInForce,
	selectorOmitted,
	selectorRemoved,
	selectorSyntaxError,
	staleSyntaxAnnotation,
	statusStale,
	tenantNamespaceMissing,
	tenantRbacMissing,
	unevenSpread,
	unoffloadDataLoss,
	virtualKubeletRestarted,
	virtualNodeCordoned,
	virtualNodeDeletionBlocked,
	virtualNodeInsufficientResources,
	virtualNodeNetworkUnavailable,
	virtualNodeNotReady,
	virtualNodeObjectDeleted,
	virtualNodeStuckTerminating,
	virtualNodeTaintMissing,
	volumeNotOffloadable,
	volumePinnedLocal,
	webhookSkipSet,
	webhookUnavailable,
	wrongResourceName,
];
