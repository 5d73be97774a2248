import {apiGenerationMismatch} from './api-generation-mismatch.js';
import {controllersNotRunning} from './controllers-not-running.js';
import {duplicateOffloadings} from './duplicate-offloadings.js';
import {localClusterIdMissing} from './local-cluster-id-missing.js';
import {mappingStrategyImmutable} from './mapping-strategy-immutable.js';
import {multiVirtualNodeFlap} from './multi-virtual-node-flap.js';
import {namespacemapCountMismatch} from './namespacemap-count-mismatch.js';
import {namespacemapDuplicate} from './namespacemap-duplicate.js';
import {namespacemapMissing} from './namespacemap-missing.js';
import {namespacemapNotReplicated} from './namespacemap-not-replicated.js';
import {noClusterLabels} from './no-cluster-labels.js';
import {noVirtualNode} from './no-virtual-node.js';
import {prematureReady} from './premature-ready.js';
import {remoteClusterUnreachable} from './remote-cluster-unreachable.js';
import {remoteNameConflict} from './remote-name-conflict.js';
import {remoteNameInvalid} from './remote-name-invalid.js';
import {remoteNameShared} from './remote-name-shared.js';
import {remoteNameTooLong} from './remote-name-too-long.js';
import {remoteNamespaceDeleted} from './remote-namespace-deleted.js';
import {remoteNamespaceTerminating} from './remote-namespace-terminating.js';
import {reservedNamespaceOffloaded} from './reserved-namespace-offloaded.js';
import {rolebindingsMissing} from './rolebindings-missing.js';
import {type Scenario} from './scenario.js';
import {selectorEditIgnored} from './selector-edit-ignored.js';
import {selectorEmptyTerm} from './selector-empty-term.js';
import {selectorLabelTypo} from './selector-label-typo.js';
import {selectorNotInForce} from './selector-not-in-force.js';
import {selectorOmitted} from './selector-omitted.js';
import {selectorRemoved} from './selector-removed.js';
import {selectorSyntaxError} from './selector-syntax-error.js';
import {staleSyntaxAnnotation} from './stale-syntax-annotation.js';
import {statusStale} from './status-stale.js';
import {tenantNamespaceMissing} from './tenant-namespace-missing.js';
import {tenantRbacMissing} from './tenant-rbac-missing.js';
import {wrongResourceName} from './wrong-resource-name.js';

/**
One scenario for each failure mode, by its name.
*/
export const faultScenarios: readonly Scenario[] = [
	apiGenerationMismatch,
	controllersNotRunning,
	duplicateOffloadings,
	localClusterIdMissing,
	mappingStrategyImmutable,
	multiVirtualNodeFlap,
	namespacemapCountMismatch,
	namespacemapDuplicate,
	namespacemapMissing,
	namespacemapNotReplicated,
	noClusterLabels,
	noVirtualNode,
	prematureReady,
	remoteClusterUnreachable,
	remoteNameConflict,
	remoteNameInvalid,
	remoteNameShared,
	remoteNameTooLong,
	remoteNamespaceDeleted,
	remoteNamespaceTerminating,
	reservedNamespaceOffloaded,
	rolebindingsMissing,
	selectorEditIgnored,
	selectorEmptyTerm,
	selectorLabelTypo,
	selectorNotInForce,
	selectorOmitted,
	selectorRemoved,
	selectorSyntaxError,
	staleSyntaxAnnotation,
	statusStale,
	tenantNamespaceMissing,
	tenantRbacMissing,
	wrongResourceName,
];
