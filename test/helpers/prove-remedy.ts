import {diagnose} from '../../source/core/findings/diagnose.js';
import {type Finding} from '../../source/core/findings/finding.js';
import {type Answers, type Offer} from '../../source/core/remedies/offer.js';
import {planOffer} from '../../source/core/remedies/index.js';
import {type Clusters, runWorkloads} from './clusters.js';

export const findingsOf = ({world, now}: Clusters): readonly Finding[] =>
	diagnose(world, {now: now()}).findings;

/**
Carries a remedy out as the applier does: one change after the other, waiting for the end of a deletion before the same object is created again.
*/
export const carryOut = (
	clusters: Clusters,
	finding: Finding,
	offer: Offer,
	answers: Answers = {},
): void => {
	const plan = planOffer(finding, offer, clusters.world, answers, {
		now: new Date(clusters.now()).toISOString(),
	});
	if (plan.outcome !== 'changes') {
		throw new Error(
			plan.outcome === 'refusal' ? plan.reason : 'the remedy is manual',
		);
	}

	const deleted = new Set<string>();
	for (const change of plan.changes) {
		const {kind, namespace = '', name} = change.object;
		const key = `${kind} ${namespace}/${name}`;
		if (change.verb === 'create' && deleted.has(key)) {
			clusters.settle();
		}

		if (change.verb === 'delete') {
			deleted.add(key);
		}

		const answer = clusters.send(change);
		if (answer.state === 'refused') {
			throw new Error(`${change.reason} ${answer.refusal.message}`);
		}
	}
};

/**
What is left of a finding, and what errors are new, after its remedy was carried out and everybody did their work.
*/
export const proveRemedy = (
	clusters: Clusters,
	id: string,
	offer: Offer,
	{
		answers = {},
		react,
	}: {
		readonly answers?: Answers;
		/**
		What somebody outside of Liqo does then, e.g. a virtual kubelet.
		*/
		readonly react?: (clusters: Clusters) => void;
	} = {},
): {readonly left: readonly string[]; readonly new: readonly string[]} => {
	const before = findingsOf(clusters);
	const flat = (findings: readonly Finding[]): readonly Finding[] =>
		findings.flatMap((finding) => [finding, ...finding.behind]);
	const known = new Set(flat(before).map((finding) => finding.id));
	const finding =
		before.find((one) => one.id === id && one.offers.includes(offer)) ??
		before.find((one) => one.id === id)!;
	carryOut(clusters, finding, offer, answers);
	clusters.settle();
	react?.(clusters);
	runWorkloads(clusters);
	clusters.settle();
	const after = flat(findingsOf(clusters));
	return {
		left: after
			.filter((one) => one.id === id && one.object.name === finding.object.name)
			.map((one) => one.message),
		new: after
			.filter((one) => one.severity === 'error' && !known.has(one.id))
			.map((one) => `${one.id}: ${one.message}`),
	};
};
