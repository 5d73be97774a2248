import {type Finding} from '../findings/finding.js';
import {type World} from '../world.js';
import {applyPlan} from './apply-plan.js';
import {createOffloading} from './create-offloading.js';
import {deleteOffloading} from './delete-offloading.js';
import {instruct} from './instruct.js';
import {
	deleteNamespacemap,
	deleteRolebinding,
	relabelNamespacemap,
} from './mappings.js';
import {
	labelNamespace,
	removeMark,
	renewQuickLabel,
	setAnnotation,
	touchObject,
} from './marks.js';
import {type Answers, type Offer, type RemedyId, type Safety} from './offer.js';
import {refuse} from './planning.js';
import {recreateOffloading} from './recreate-offloading.js';
import {
	type Input,
	type Plan,
	type Remedy,
	type RemedyContext,
} from './remedy.js';
import {renameOffloading} from './rename-offloading.js';
import {rewriteVersion} from './rewrite-version.js';
import {setPodStrategy} from './set-pod-strategy.js';
import {setSelector} from './set-selector.js';
import {redoWrites, undoWrites} from './undo-writes.js';
import {labelVirtualNode, restoreTaint, uncordonNode} from './virtual-nodes.js';
import {
	addToleration,
	deletePod,
	excludeVirtualNodes,
	relaxTemplate,
	restartWorkload,
} from './workloads.js';

const all: readonly Remedy[] = [
	addToleration,
	applyPlan,
	createOffloading,
	deleteNamespacemap,
	deleteOffloading,
	deletePod,
	deleteRolebinding,
	excludeVirtualNodes,
	instruct,
	labelNamespace,
	labelVirtualNode,
	recreateOffloading,
	redoWrites,
	relabelNamespacemap,
	relaxTemplate,
	removeMark,
	renameOffloading,
	renewQuickLabel,
	restartWorkload,
	restoreTaint,
	rewriteVersion,
	setAnnotation,
	setPodStrategy,
	setSelector,
	touchObject,
	uncordonNode,
	undoWrites,
];

export const remedies: ReadonlyMap<RemedyId, Remedy> = new Map(
	all.map((remedy) => [remedy.id, remedy]),
);

export const remedyOf = (offer: Offer): Remedy => {
	const remedy = remedies.get(offer.remedy);
	if (!remedy) {
		throw new Error(`no remedy is called "${offer.remedy}"`);
	}

	return remedy;
};

export const safetyOf = (offer: Offer): Safety =>
	offer.safety ?? remedyOf(offer).safety;

/**
The inputs that an offer leaves to the user. An empty text among the given answers asks for a value.
*/
export const inputsOf = (
	offer: Offer,
	answers: Answers = {},
): readonly Input[] => {
	const given = {...offer.given, ...answers};
	return remedyOf(offer).inputs.filter(({id}) => {
		// A name is needed only by the strategy that takes one.
		if (id === 'remoteNamespaceName') {
			return (
				given.mappingStrategy === 'SelectedName' &&
				(given.remoteNamespaceName ?? '') === ''
			);
		}

		return (given[id] ?? '') === '';
	});
};

/**
What an offer of a finding would write, read afresh from the world. The user's answers win over what the offer brings.
*/

export const planOffer = (
	finding: Finding,
	offer: Offer,
	world: World,
	answers: Answers,
	context: RemedyContext,
): Plan => {
	const given = {...offer.given, ...answers};
	for (const input of remedyOf(offer).inputs) {
		const value = given[input.id];
		const problem =
			value === undefined || value === ''
				? undefined
				: input.check?.(value, finding, world);
		if (problem !== undefined) {
			return refuse(problem);
		}
	}

	return remedyOf(offer).plan(finding, world, given, context);
};
