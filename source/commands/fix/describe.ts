import {type Change} from '../../core/change.js';
import {type Finding} from '../../core/findings/finding.js';
import {type JsonObject} from '../../core/json.js';
import {kubectlCommand} from '../../core/kubectl-command.js';
import {remedyOf, safetyOf} from '../../core/remedies/index.js';
import {type Answers, type Offer} from '../../core/remedies/offer.js';
import {documentVersion} from '../output.js';

/**
The remedy that was chosen for a finding, planned.
*/
export type Chosen = {
	readonly finding: Finding;
	readonly offer: Offer;
	readonly answers: Answers;
	readonly changes: readonly Change[];
};

/**
The plan for people: what is wrong, what would be written, who is affected.
*/
export const describePlan = (
	{finding, offer, changes}: Chosen,
	radius: readonly string[],
): string => {
	const {irreversible} = remedyOf(offer);
	return [
		finding.message,
		finding.consequence,
		'',
		`Fix: ${offer.title}`,
		...changes.map((change) => `  ${change.reason}`),
		...(irreversible === undefined
			? []
			: [`  This cannot be undone: ${irreversible}.`]),
		'',
		...changes.map((change) => kubectlCommand(change)),
		'',
		...radius,
		'',
	].join('\n');
};

/**
The plan for programs.
*/
export const documentOf = (
	{finding, offer, answers, changes}: Chosen,
	radius: JsonObject,
	outcome: string,
): JsonObject => ({
	apiVersion: documentVersion,
	kind: 'Fix',
	finding: finding.id,
	namespace: finding.namespace,
	remedy: offer.remedy,
	title: offer.title,
	safety: safetyOf(offer),
	answers: {...offer.given, ...answers},
	changes: changes.map((change) => ({...change, object: {...change.object}})),
	commands: changes.map((change) => kubectlCommand(change)),
	blastRadius: radius,
	outcome,
});
