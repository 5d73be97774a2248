import {describe, expect, test} from 'vitest';
import {diagnose} from '../../source/core/findings/diagnose.js';
import {type Finding} from '../../source/core/findings/finding.js';
import {type FindingId} from '../../source/core/findings/ids.js';
import {failureModeById} from '../../source/core/findings/index.js';
import {type GenerationId} from '../../source/core/generations/generation.js';
import {safetyOf} from '../../source/core/remedies/index.js';
import {type Answers, type Offer} from '../../source/core/remedies/offer.js';
import {type Draft} from '../../source/sandbox/scenarios/draft.js';
import {faultScenarios} from '../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../source/sandbox/scenarios/scenario.js';
import {healthyDraft} from '../../source/sandbox/scenarios/healthy.js';
import {offload} from '../../source/sandbox/scenarios/offload.js';
import {previewSelector} from '../../source/ui/selector/selector-preview.js';
import {type Clusters, clustersOf} from './clusters.js';
import {proveRemedy} from './prove-remedy.js';

export type FailureModeCase = {
	/**
	A world that looks alike but is not broken this way; a healthy offloading when absent.
	*/
	readonly quiet?: (draft: Draft) => void;
	/**
	Answers for inputs that the offers leave open.
	*/
	readonly answers?: (offer: Offer) => Answers;
	readonly react?: (clusters: Clusters) => void;
	/**
	More to say about the finding itself.
	*/
	readonly expects?: (finding: Finding, draft: Draft) => void;
	/**
	Offers (by remedy) that change something else than the finding: they need another step of the user.
	*/
	readonly partial?: readonly string[];
};

const scenarioOf = (id: FindingId) => {
	const scenario = faultScenarios.find((one) => one.id === id);
	if (!scenario) {
		throw new Error(`no scenario shows "${id}"`);
	}

	return scenario;
};

const idsOf = (findings: readonly Finding[]): readonly string[] => [
	...new Set(findings.map(({id}) => id)),
];

/**
What the selector editor proposes first for the namespace of a finding; the selector as it is where it proposes nothing, which writes it out.
*/
const nearestSelector = (
	{world, now}: Clusters,
	{namespace = ''}: Finding,
): string => {
	const terms =
		world.consumer.get('NamespaceOffloading', namespace, 'offloading')?.spec
			.clusterSelector?.nodeSelectorTerms ?? [];
	const [nearest] = previewSelector(world, namespace, {
		terms,
		saved: terms,
		now: now(),
	}).suggestions;
	return JSON.stringify(nearest?.selector.nodeSelectorTerms ?? terms);
};

/**
The tests every failure mode has to pass: it is found where its scenario shows it, and nothing else is in front; it is not found in a world that
only looks alike; and each remedy that writes makes it go away without causing an error.
*/
export const describeFailureMode = (
	id: FindingId,
	{quiet, answers, react, expects, partial = []}: FailureModeCase = {},
): void => {
	const scenario = scenarioOf(id);
	const clustersIn = (generation: GenerationId): Clusters =>
		clustersOf(draftOf(scenario, generation), {
			unreachable: scenario.unreachable ?? [],
		});
	const diagnosed = ({world, now}: Clusters) =>
		diagnose(world, {now: now()}).findings;

	describe.each(scenario.generations)(`${id} %s`, (generation) => {
		test('is found, and nothing else is in front', () => {
			const clusters = clustersIn(generation);
			const findings = diagnosed(clusters);
			expect(idsOf(findings)).toEqual([id]);
			const [finding] = findings;
			expect(finding!.message).toMatch(/^\S[\s\S]*[\w\).]$/v);
			expect(finding!.evidence.length).toBeGreaterThan(0);
			expect(finding!.offers.length).toBeGreaterThan(0);
			expects?.(finding!, clusters.draft);
		});

		test('is not found where it only looks alike', () => {
			const draft = healthyDraft(generation);
			if (quiet) {
				quiet(draft);
			} else {
				offload(draft, 'shop');
			}

			const findings = diagnosed(clustersOf(draft));
			expect(
				findings.flatMap((one) => [one, ...one.behind]).map((one) => one.id),
			).not.toContain(id);
		});

		const [finding] = diagnosed(clustersIn(generation));
		const writing = (finding?.id === id ? finding.offers : []).filter(
			(offer) => safetyOf(offer) !== 'manual',
		);
		for (const [index, {title, remedy}] of writing.entries()) {
			const isOpen =
				remedy === 'set-selector' && writing[index]!.given === undefined;
			test(`is gone after: ${title}`, () => {
				const clusters = clustersIn(generation);
				const offer = diagnosed(clusters)[0]!.offers.filter(
					(one) => safetyOf(one) !== 'manual',
				)[index]!;
				const result = proveRemedy(clusters, id, offer, {
					answers:
						answers?.(offer) ??
						(isOpen
							? {selector: nearestSelector(clusters, finding!)}
							: undefined) ??
						(offer.given?.mappingStrategy === 'SelectedName'
							? {remoteNamespaceName: 'shop-abroad'}
							: {}),
					...(react && {react}),
				});
				expect(result.new).toEqual([]);
				if (!partial.includes(remedy)) {
					expect(result.left).toEqual([]);
				}
			});
		}

		test('offers only what its documentation names', () => {
			const {remedies} = failureModeById(id);
			for (const one of diagnosed(clustersIn(generation))) {
				for (const offer of one.offers) {
					expect(remedies).toContain(offer.remedy);
				}
			}
		});
	});
};
