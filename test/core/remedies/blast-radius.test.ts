import {describe, expect, test} from 'vitest';
import {diagnose} from '../../../source/core/findings/diagnose.js';
import {type FindingId} from '../../../source/core/findings/ids.js';
import {type Change} from '../../../source/core/change.js';
import {
	blastRadius,
	blastRadiusInSteps,
} from '../../../source/core/remedies/blast-radius.js';
import {describeBlastRadius} from '../../../source/core/remedies/describe-blast-radius.js';
import {planOffer} from '../../../source/core/remedies/index.js';
import {isSchedulable, judgePod} from '../../../source/core/scheduling.js';
import {healthyDraft} from '../../../source/sandbox/scenarios/healthy.js';
import {offload, region} from '../../../source/sandbox/scenarios/offload.js';
import {
	imposed,
	putWorkload,
} from '../../../source/sandbox/scenarios/workload.js';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {worldOf} from '../../helpers/world.js';

const now = '2026-01-01T12:00:00Z';

const radiusOf = (id: FindingId, title: RegExp) => {
	const draft = draftOf(
		faultScenarios.find((one) => one.id === id)!,
		'v1beta1',
	);
	const world = worldOf(draft);
	const finding = diagnose(world, {now: Date.parse(now)}).findings[0]!;
	const offer = finding.offers.find((one) => title.test(one.title))!;
	const plan = planOffer(finding, offer, world, {}, {now});
	if (plan.outcome !== 'changes') {
		throw new Error(plan.outcome);
	}

	return blastRadius(world, plan.changes, {now});
};

const narrow: Change = {
	cluster: 'home',
	verb: 'patch',
	patchType: 'merge',
	object: {
		apiVersion: 'offloading.liqo.io/v1beta1',
		kind: 'NamespaceOffloading',
		namespace: 'shop',
		name: 'offloading',
	},
	body: {spec: {clusterSelector: {nodeSelectorTerms: [region('eu')]}}},
	reason: 'narrow it',
};

describe('what a fix touches', () => {
	test('a corrected selector gains a twin and loses nothing', () => {
		const radius = radiusOf('selector-label-typo', /region/v);
		expect(radius.gained.map(({cluster}) => cluster)).toEqual(['eu-west']);
		expect(radius.lost).toEqual([]);
		expect(radius.namespaces).toEqual(['shop']);
		expect(radius.refused).toEqual([]);
	});

	test('a narrower selector loses twins, with the pods on them', () => {
		const draft = healthyDraft('v1beta1');
		offload(draft, 'shop');
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: ['liqo-eu', 'liqo-us', 'liqo-us', 'worker-1'],
			admitted: imposed(draft, 'LocalAndRemote'),
		});
		const radius = blastRadius(worldOf(draft), [narrow], {now});
		expect(radius.lost.map(({cluster, pods}) => [cluster, pods])).toEqual([
			['us-east', 2],
			['ap-south', 0],
		]);
		expect(radius.abortedPods).toBe(2);
		expect(describeBlastRadius(radius).join('\n')).toContain(
			'DELETED with all they hold',
		);
	});

	test('without a connection to the provider it says what it does not know', () => {
		const draft = healthyDraft('v1beta1');
		offload(draft, 'shop');
		const radius = blastRadius(worldOf(draft, {providers: []}), [narrow], {
			now,
		});
		expect(radius.lost.map(({cluster, claims}) => [cluster, claims])).toEqual([
			['us-east', undefined],
			['ap-south', undefined],
		]);
		expect(radius.unknown).toHaveLength(2);
	});

	test('a re-created offloading loses the old twins and gains the new ones', () => {
		const radius = radiusOf('remote-name-conflict', /default name/v);
		// On eu-west the name was taken: there is nothing of ours to lose.
		expect(radius.lost.map(({cluster}) => cluster)).toEqual([
			'us-east',
			'ap-south',
		]);
		expect(radius.gained).toHaveLength(3);
		expect(radius.refused).toEqual([]);
	});

	test('pods that are made anew, replaced and freed are counted', () => {
		expect(radiusOf('pod-terms-frozen', /Delete/v).deletedPods).toBe(2);
		expect(
			radiusOf('restrictive-strategy-change', /Restart/v).restartedPods,
		).toBe(2);
		expect(radiusOf('pod-missing-toleration', /toleration/v).freedPods).toBe(2);
	});

	test('the world itself is not touched', () => {
		const draft = healthyDraft('v1beta1');
		offload(draft, 'shop');
		const world = worldOf(draft);
		const before = JSON.stringify([...world.consumer.list('NamespaceMap')]);
		blastRadius(world, [narrow], {now});
		expect(JSON.stringify([...world.consumer.list('NamespaceMap')])).toBe(
			before,
		);
	});
});

test('a step at a time comes to the same, and lets others in between', () => {
	const draft = draftOf(
		faultScenarios.find(({id}) => id === 'no-cluster-labels')!,
	);
	const world = worldOf(draft);
	const change: Change = {
		cluster: 'home',
		verb: 'patch',
		patchType: 'merge',
		object: {apiVersion: 'v1', kind: 'Node', name: 'liqo-eu'},
		body: {metadata: {labels: {region: 'eu'}}},
		reason: 'label it',
	};
	const steps = blastRadiusInSteps(world, [change], {now: draft.now});
	let count = 0;
	let step = steps.next();
	while (!step.done) {
		count++;
		step = steps.next();
	}

	expect(count).toBeGreaterThan(2);
	expect(step.value.gained.length).toBeGreaterThan(0);
	expect(step.value).toEqual(blastRadius(world, [change], {now: draft.now}));
});

test('whether a pod can be scheduled is what the verdict with all its reasons says', () => {
	const verdicts: boolean[] = [];
	for (const scenario of faultScenarios) {
		const {consumer} = worldOf(draftOf(scenario));
		for (const pod of consumer.list('Pod')) {
			const {nodeName: _, ...spec} = pod.spec;
			const isVerdict = isSchedulable(spec, consumer);
			verdicts.push(isVerdict);
			expect(isVerdict, scenario.id).toBe(
				judgePod({spec}, consumer).verdict === 'schedulable',
			);
		}
	}

	// Both happen.
	expect(new Set(verdicts).size).toBe(2);
});
