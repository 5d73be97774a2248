import {type JsonObject} from '../json.js';
import {kubectlCommand} from '../kubectl-command.js';
import {inputsOf, planOffer, remedyOf, safetyOf} from '../remedies/index.js';
import {type Offer} from '../remedies/offer.js';
import {type World} from '../world.js';
import {type Diagnosis} from './diagnose.js';
import {type Finding} from './finding.js';

const remedyDocument = (
	finding: Finding,
	offer: Offer,
	world: World,
	now: string,
): JsonObject => {
	const plan =
		inputsOf(offer).length === 0
			? planOffer(finding, offer, world, {}, {now})
			: undefined;
	return {
		id: remedyOf(offer).id,
		title: offer.title,
		safety: safetyOf(offer),
		effect: offer.effect,
		commands:
			plan?.outcome === 'changes'
				? plan.changes.map((change) => kubectlCommand(change))
				: [],
		...(plan?.outcome === 'instruction' && {
			who: plan.who,
			steps: plan.steps,
		}),
		...(plan?.outcome === 'refusal' && {unavailable: plan.reason}),
		inputs: inputsOf(offer).map(({id}) => id),
	};
};

/**
A finding as every document of liqoscope shows it.
*/
export const findingDocument = (
	finding: Finding,
	world: World,
	now: string,
): JsonObject => ({
	id: finding.id,
	title: finding.title,
	severity: finding.severity,
	certainty: finding.certainty,
	namespace: finding.namespace,
	namespaces: finding.namespaces,
	object: {...finding.object},
	clusters: finding.clusters,
	message: finding.message,
	consequence: finding.consequence,
	evidence: finding.evidence.map(
		({cluster, object, path, actual, expected}) => ({
			cluster,
			object: {...object},
			path,
			actual,
			expected,
		}),
	),
	remedies: finding.offers.map((offer) =>
		remedyDocument(finding, offer, world, now),
	),
	behind: finding.behind.map((one) => findingDocument(one, world, now)),
});

export const diagnosisDocument = (
	diagnosis: Diagnosis,
	world: World,
	now: string,
): JsonObject => ({
	apiVersion: 'liqoscope/v1',
	kind: 'Diagnosis',
	generation: diagnosis.generation,
	summary: {...diagnosis.summary},
	findings: diagnosis.findings.map((finding) =>
		findingDocument(finding, world, now),
	),
	unseen: diagnosis.unseen.map(({cluster, kind, reason, remedy, hides}) => ({
		cluster,
		kind,
		reason,
		remedy,
		hides,
	})),
});
