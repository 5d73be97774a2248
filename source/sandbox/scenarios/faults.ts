import {duplicateOffloadings} from './duplicate-offloadings.js';
import {noClusterLabels} from './no-cluster-labels.js';
import {noVirtualNode} from './no-virtual-node.js';
import {type Scenario} from './scenario.js';
import {selectorEmptyTerm} from './selector-empty-term.js';
import {selectorLabelTypo} from './selector-label-typo.js';
import {selectorOmitted} from './selector-omitted.js';
import {selectorRemoved} from './selector-removed.js';
import {selectorSyntaxError} from './selector-syntax-error.js';
import {staleSyntaxAnnotation} from './stale-syntax-annotation.js';
import {wrongResourceName} from './wrong-resource-name.js';

/**
One scenario for each failure mode, by its name.
*/
export const faultScenarios: readonly Scenario[] = [
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
