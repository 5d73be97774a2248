import {describe, expect, test} from 'vitest';
import {diagnose} from '../../../source/core/findings/diagnose.js';
import {type Finding} from '../../../source/core/findings/finding.js';
import {type FindingId} from '../../../source/core/findings/ids.js';
import {
	inputsOf,
	planOffer,
	remedies,
} from '../../../source/core/remedies/index.js';
import {
	type Answers,
	type Offer,
	type RemedyId,
} from '../../../source/core/remedies/offer.js';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {type Draft} from '../../../source/sandbox/scenarios/draft.js';
import {worldOf} from '../../helpers/world.js';

const context = {now: '2026-01-01T12:00:00Z'};

const open = (id: FindingId) => {
	const draft = draftOf(faultScenarios.find((one) => one.id === id)!);
	const {findings} = diagnose(worldOf(draft), {now: Date.parse(draft.now)});
	return {draft, finding: findings[0]!};
};

const offerOf = (finding: Finding, remedy: RemedyId): Offer =>
	finding.offers.find((offer) => offer.remedy === remedy)!;

const refusalOf = (
	draft: Draft,
	finding: Finding,
	offer: Offer,
	answers: Answers = {},
): string => {
	const plan = planOffer(finding, offer, worldOf(draft), answers, context);
	return plan.outcome === 'refusal' ? plan.reason : `(${plan.outcome})`;
};

describe('a chosen remote name', () => {
	test.each([
		['', 'Type the name'],
		['Shop', 'not a legal namespace name'],
		['shop.eu', 'not a legal namespace name'],
		['-shop', 'not a legal namespace name'],
		['店', 'not a legal namespace name'],
		['x'.repeat(64), 'not a legal namespace name'],
		['liqo', 'has a namespace "liqo" already'],
	])('%j is refused', (remoteNamespaceName, reason) => {
		const {draft, finding} = open('remote-name-too-long');
		const offer = finding.offers.find(
			({given}) => given?.mappingStrategy === 'SelectedName',
		)!;
		expect(inputsOf(offer).map(({id}) => id)).toEqual(['remoteNamespaceName']);
		expect(refusalOf(draft, finding, offer, {remoteNamespaceName})).toContain(
			reason,
		);
	});

	test('a legal one is planned as delete and create', () => {
		const {draft, finding} = open('remote-name-too-long');
		const offer = finding.offers.find(
			({given}) => given?.mappingStrategy === 'SelectedName',
		)!;
		const plan = planOffer(
			finding,
			offer,
			worldOf(draft),
			{remoteNamespaceName: 'payments'},
			context,
		);
		expect(plan).toMatchObject({
			outcome: 'changes',
			changes: [
				{verb: 'delete', precondition: {resourceVersion: '1'}},
				{
					verb: 'create',
					body: {
						spec: {
							namespaceMappingStrategy: 'SelectedName',
							remoteNamespaceName: 'payments',
						},
					},
				},
			],
		});
	});
});

describe('a new selector', () => {
	const terms = (key: string, ...values: readonly string[]) =>
		JSON.stringify([{matchExpressions: [{key, operator: 'In', values}]}]);

	test.each([
		['nonsense', 'JSON list of terms'],
		['{}', 'Each term is an object'],
		['[{"matchExpressions":"region"}]', 'Each term is an object'],
		[
			'[{"matchExpressions":[{"key":1,"operator":"In"}]}]',
			'Each term is an object',
		],
		[terms('регион', 'eu'), 'nodeSelectorTerms[0].matchExpressions[0].key'],
		[terms('region', 'e u'), 'nodeSelectorTerms[0].matchExpressions[0].values'],
		[terms('region'), "values set can't be empty"],
	])('%s is refused', (selector, reason) => {
		const {draft, finding} = open('selector-label-typo');
		expect(
			refusalOf(draft, finding, offerOf(finding, 'set-selector'), {selector}),
		).toContain(reason);
	});

	test('500 terms and 10,000 values are taken', () => {
		const {draft, finding} = open('selector-label-typo');
		const many = Array.from({length: 500}, (_, index) => ({
			matchExpressions: [{key: `key-${index}`, operator: 'Exists'}],
		}));
		const wide = [
			{
				matchExpressions: [
					{
						key: 'region',
						operator: 'In',
						values: Array.from({length: 10_000}, (_, index) => `v${index}`),
					},
				],
			},
		];
		for (const selector of [many, wide]) {
			expect(
				planOffer(
					finding,
					offerOf(finding, 'set-selector'),
					worldOf(draft),
					{selector: JSON.stringify(selector)},
					context,
				).outcome,
			).toBe('changes');
		}
	});

	test('the present one is refused: there is nothing to change', () => {
		const {draft, finding} = open('selector-label-typo');
		expect(
			refusalOf(draft, finding, offerOf(finding, 'set-selector'), {
				selector: terms('regoin', 'eu'),
			}),
		).toContain('already');
	});
});

describe('a label for a virtual node', () => {
	test.each([
		[{key: 'a b'}, 'not a legal label'],
		[{value: 'a b'}, 'not a legal value'],
		[{node: 'nobody'}, 'no virtual node "nobody"'],
		[{key: 'liqo.io/type'}, 'belongs to Liqo'],
	])('%j is refused', (answers, reason) => {
		const {draft, finding} = open('no-cluster-labels');
		expect(
			refusalOf(
				draft,
				finding,
				offerOf(finding, 'label-virtual-node'),
				answers,
			),
		).toContain(reason);
	});
});

describe('the world moved on since the finding', () => {
	test.each([
		[
			'selector-label-typo',
			'set-selector',
			'NamespaceOffloading',
			'shop/offloading',
		],
		[
			'wrong-resource-name',
			'rename-offloading',
			'NamespaceOffloading',
			'shop/shop-offloading',
		],
		['virtual-node-cordoned', 'uncordon-node', 'Node', 'liqo-eu'],
		['virtual-node-taint-missing', 'restore-taint', 'Node', 'liqo-eu'],
		['scheduling-label-missing', 'label-namespace', 'Namespace', 'shop'],
		[
			'webhook-skip-set',
			'remove-mark',
			'NamespaceOffloading',
			'shop/offloading',
		],
		[
			'restrictive-strategy-change',
			'restart-workload',
			'Deployment',
			'shop/web',
		],
		[
			'daemonset-on-virtual-node',
			'exclude-virtual-nodes',
			'DaemonSet',
			'kube-system/cni',
		],
	] as const)('%s: the object of %s is gone', (id, remedy, kind, name) => {
		const {draft, finding} = open(id);
		draft.drop('home', kind, name);
		expect(refusalOf(draft, finding, offerOf(finding, remedy))).toContain(
			'does not exist any more',
		);
	});

	test('a pod that got a node meanwhile is not deleted', () => {
		const {draft, finding} = open('pod-terms-frozen');
		for (const name of ['web-7d4f9-x0', 'web-7d4f9-x1']) {
			draft.edit('home', 'Pod', `shop/${name}`, {spec: {nodeName: 'liqo-eu'}});
		}

		expect(refusalOf(draft, finding, offerOf(finding, 'delete-pod'))).toContain(
			'run by now',
		);
	});

	test('a map that holds outcomes by now is not deleted', () => {
		const {draft, finding} = open('namespacemap-duplicate');
		draft.edit('home', 'NamespaceMap', 'liqo-tenant-eu-west/eu-by-hand', {
			status: {
				currentMapping: {cart: {remoteNamespace: 'cart', phase: 'Accepted'}},
			},
		});
		expect(
			refusalOf(draft, finding, offerOf(finding, 'delete-namespacemap')),
		).toContain('would delete these twins');
	});

	test('a node that is being removed is not uncordoned', () => {
		const {draft, finding} = open('virtual-node-cordoned');
		draft.edit('home', 'Node', 'liqo-eu', {
			metadata: {deletionTimestamp: draft.ago(1)},
		});
		expect(
			refusalOf(draft, finding, offerOf(finding, 'uncordon-node')),
		).toContain('being removed');
	});
});

/**
What every offer of every scenario, in each of its generations, would come to.
*/
const allPlans = faultScenarios.flatMap((scenario) =>
	scenario.generations.flatMap((generation) => {
		const draft = draftOf(scenario, generation);
		const world = worldOf(draft);
		const {findings} = diagnose(world, {now: Date.parse(draft.now)});
		return findings.flatMap((finding) =>
			finding.offers.map((offer) => ({
				offer,
				plan: planOffer(finding, offer, world, {}, context),
			})),
		);
	}),
);

test('every patch is tied to the object as it was read', () => {
	const firsts = allPlans.flatMap(({plan}) =>
		plan.outcome === 'changes'
			? plan.changes
					.filter(
						({verb, patchType}) => verb !== 'create' && patchType !== 'apply',
					)
					.slice(0, 1)
			: [],
	);
	expect(firsts.length).toBeGreaterThan(50);
	for (const change of firsts) {
		expect(change.precondition?.resourceVersion).toBeDefined();
	}
});

test('an instruction names who can do it, and steps', () => {
	const instructions = allPlans.filter(
		({offer}) => offer.remedy === 'instruct',
	);
	expect(instructions.length).toBeGreaterThan(50);
	for (const {plan} of instructions) {
		const {who = '', steps = []} = plan.outcome === 'instruction' ? plan : {};
		expect(who.length).toBeGreaterThan(3);
		expect(steps.length).toBeGreaterThan(0);
		expect(steps.join(' ')).not.toMatch(/undefined/v);
	}
});

test('all remedies are offered by some failure mode', () => {
	const offered = new Set(allPlans.map(({offer}) => offer.remedy));
	// What the controllers plan is offered by the plan itself.
	offered.add('apply-plan');
	// The way back, and forth again, is offered by the command log.
	offered.add('undo-writes').add('redo-writes');
	expect([...offered].toSorted()).toEqual(remedies.keys().toArray().toSorted());
});
