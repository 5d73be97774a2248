import {duplicateOffloadings} from './duplicate-offloadings.js';
import {type FailureMode} from './failure-mode.js';
import {type FindingId} from './ids.js';
import {noClusterLabels} from './no-cluster-labels.js';
import {noVirtualNode} from './no-virtual-node.js';
import {selectorEmptyTerm} from './selector-empty-term.js';
import {selectorLabelTypo} from './selector-label-typo.js';
import {selectorOmitted} from './selector-omitted.js';
import {selectorRemoved} from './selector-removed.js';
import {selectorSyntaxError} from './selector-syntax-error.js';
import {staleSyntaxAnnotation} from './stale-syntax-annotation.js';
import {wrongResourceName} from './wrong-resource-name.js';

/**
Every failure mode. One line per mode, added by `npm run create-finding`.
*/
export const failureModes: readonly FailureMode[] = [
	duplicateOffloadings,
	noClusterLabels,
	noVirtualNode,
	selectorEmptyTerm,
	selectorLabelTypo,
	selectorOmitted,
	selectorRemoved,
	selectorSyntaxError,
	staleSyntaxAnnotation,
	wrongResourceName,
];

const byId = new Map<FindingId, FailureMode>(
	failureModes.map(mode => [mode.id, mode]),
);

export const failureModeById = (id: FindingId): FailureMode => {
	const mode = byId.get(id);
	if (!mode) {
		throw new Error(`no failure mode is called "${id}"`);
	}

	return mode;
};
