import {describe, expect, test} from 'vitest';
import {diagnose} from '../../../source/core/findings/diagnose.js';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {healthyDraft} from '../../../source/sandbox/scenarios/healthy.js';
import {offload, region} from '../../../source/sandbox/scenarios/offload.js';
import {
	imposed,
	putWorkload,
} from '../../../source/sandbox/scenarios/workload.js';
import {worldOf} from '../../helpers/world.js';

const typo = faultScenarios.find(({id}) => id === 'selector-label-typo')!;
const draft = draftOf(typo, 'v1beta1');
const now = Date.parse(draft.now);

describe('what cannot be seen', () => {
	test('a forbidden kind is named with the missing rule, and nothing is claimed that needs it', () => {
		const {findings, unseen} = diagnose(
			worldOf(draft, {
				home: {
					access: {
						Node: {
							state: 'forbidden',
							rule: 'apiGroups: [""], resources: ["nodes"], verbs: ["list"]',
							reason: 'nodes is forbidden',
						},
					},
				},
			}),
			{now},
		);
		expect(findings.map(({id}) => id)).not.toContain('selector-label-typo');
		const note = unseen.find(({kind}) => kind === 'Node')!;
		expect(note.remedy).toContain('resources: ["nodes"]');
		expect(note.hides).toContain('selector-label-typo');
	});

	test.each([
		{state: 'stale', since: 0, reason: 'connection lost'},
		{state: 'syncing', seen: 3, total: 10},
		{state: 'idle'},
	] as const)(
		'nothing is claimed while NamespaceOffloadings are $state',
		(access) => {
			const {findings, unseen} = diagnose(
				worldOf(draft, {home: {access: {NamespaceOffloading: access}}}),
				{now},
			);
			expect(findings.map(({id}) => id)).not.toContain('selector-label-typo');
			expect(unseen.map(({kind}) => kind)).toContain('NamespaceOffloading');
		},
	);

	test('a provider without a connection is named with the flag that connects it', () => {
		const {unseen} = diagnose(worldOf(draft, {providers: ['eu']}), {now});
		expect(
			unseen.filter(({kind}) => kind === 'provider').map(({remedy}) => remedy),
		).toEqual(['--provider CONTEXT=us-east', '--provider CONTEXT=ap-south']);
	});

	test('without the provider a conflict is only likely', () => {
		const scenario = faultScenarios.find(
			({id}) => id === 'remote-name-conflict',
		)!;
		const conflict = draftOf(scenario, 'v1beta1');
		const [proven] = diagnose(worldOf(conflict), {now}).findings;
		const [likely] = diagnose(worldOf(conflict, {providers: []}), {
			now,
		}).findings;
		expect([proven!.id, proven!.certainty]).toEqual([
			'remote-name-conflict',
			'proven',
		]);
		expect([likely!.id, likely!.certainty]).toEqual([
			'remote-name-conflict',
			'likely',
		]);
	});
});

describe('causes and consequences', () => {
	test('a misspelt selector hides the pods that wait because of it', () => {
		const {findings} = diagnose(worldOf(draft), {now});
		expect(findings.map(({id}) => id)).toEqual(['selector-label-typo']);
		expect(findings[0]!.behind.map(({id}) => id)).toContain(
			'pod-remote-no-match',
		);
	});

	test('two faults are both found, each in its namespace', () => {
		const both = draftOf(typo, 'v1beta1');
		offload(both, 'cart', {
			mappingStrategy: 'SelectedName',
			remoteNamespaceName: 'Cart',
			on: {
				eu: 'CreationLoopBackOff',
				us: 'CreationLoopBackOff',
				ap: 'CreationLoopBackOff',
			},
		});
		expect(
			diagnose(worldOf(both), {now}).findings.map(({id, namespace}) => [
				id,
				namespace,
			]),
		).toEqual([
			['selector-label-typo', 'shop'],
			['remote-name-invalid', 'cart'],
		]);
	});

	test('only the namespaces asked for are judged', () => {
		const {findings} = diagnose(worldOf(draft), {now, namespaces: ['cart']});
		expect(findings).toEqual([]);
	});
});

test('nothing is said of a cluster without Liqo', () => {
	const world = worldOf(healthyDraft('v1beta1'));
	const {findings, unseen, generation} = diagnose(
		{
			...world,
			consumer: Object.create(world.consumer, {
				generation: {value: undefined},
			}) as typeof world.consumer,
		},
		{now},
	);
	expect([findings, unseen, generation]).toEqual([[], [], undefined]);
});

test('a thousand namespaces with the same finding are diagnosed', () => {
	const many = healthyDraft('v1beta1');
	for (let index = 0; index < 1000; index++) {
		const namespace = `team-${index}`;
		offload(many, namespace, {
			terms: [region('ue')],
			podStrategy: 'Remote',
			on: {},
		});
		putWorkload(many, {
			namespace,
			name: 'web',
			nodes: ['pending'],
			admitted: imposed(many, 'Remote', [region('ue')]),
		});
	}

	const {findings} = diagnose(worldOf(many), {now});
	expect(findings).toHaveLength(1000);
	expect(findings.every(({id}) => id === 'selector-label-typo')).toBe(true);
});
