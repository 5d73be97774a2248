import {describe, expect, test} from 'vitest';
import {diagnose} from '../../../source/core/findings/diagnose.js';
import {type JsonObject} from '../../../source/core/json.js';
import {healthyDraft} from '../../../source/sandbox/scenarios/healthy.js';
import {offload, region} from '../../../source/sandbox/scenarios/offload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';
import {worldOf} from '../../helpers/world.js';

describeFailureMode('selector-matches-nothing');

const found = (
	generation: 'v0.3' | 'v1beta1',
	{
		terms,
		podStrategy,
		peers,
	}: {
		readonly terms: readonly JsonObject[];
		readonly podStrategy: 'LocalAndRemote' | 'Local';
		readonly peers?: readonly string[];
	},
) => {
	const draft = healthyDraft(generation, peers && {peers});
	offload(draft, 'shop', {terms, podStrategy, on: {}});
	return diagnose(worldOf(draft), {now: Date.parse(draft.now)}).findings;
};

const generations = ['v0.3', 'v1beta1'] as const;

describe.each(generations)(
	'a selector that nothing matches, %s',
	(generation) => {
		test.each([
			[
				'two demands that no cluster meets together',
				[
					{
						matchExpressions: [
							{key: 'region', operator: 'In', values: ['eu']},
							{key: 'tier', operator: 'In', values: ['silver']},
						],
					},
				],
			],
			[
				'every value ruled out',
				[
					{
						matchExpressions: [
							{key: 'region', operator: 'NotIn', values: ['eu', 'us', 'ap']},
						],
					},
				],
			],
			[
				'a label that everybody has ruled out',
				[{matchExpressions: [{key: 'region', operator: 'DoesNotExist'}]}],
			],
			[
				'a name that no node has',
				[
					{
						matchFields: [
							{key: 'metadata.name', operator: 'In', values: ['nowhere']},
						],
					},
				],
			],
		])('is found where pods may run locally: %s', (_, terms) => {
			for (const podStrategy of ['LocalAndRemote', 'Local'] as const) {
				const findings = found(generation, {terms, podStrategy});
				expect(findings.map(({id}) => id)).toEqual([
					'selector-matches-nothing',
				]);
				const [{consequence, offers} = {consequence: '', offers: []}] =
					findings;
				expect(consequence).toContain('offloaded nowhere');
				expect(offers.map(({title}) => title)).toContain('Edit the selector');
				expect(offers.map(({remedy}) => remedy)).not.toContain(
					'set-pod-strategy',
				);
			}
		});

		test('may let one value in again, or another too, before a whole demand goes', () => {
			const titlesFor = (...matchExpressions: readonly JsonObject[]) =>
				found(generation, {
					terms: [{matchExpressions}],
					podStrategy: 'LocalAndRemote',
				})[0]?.offers.map(({title}) => title);
			expect(
				titlesFor({
					key: 'region',
					operator: 'NotIn',
					values: ['eu', 'us', 'ap'],
				})?.toSorted(),
			).toEqual([
				'Edit the selector',
				'No longer rule out region=ap',
				'No longer rule out region=eu',
				'No longer rule out region=us',
				'Select every cluster',
			]);
			expect(
				titlesFor(
					{key: 'region', operator: 'In', values: ['eu']},
					{key: 'tier', operator: 'In', values: ['silver']},
				)?.slice(2, 5),
			).toEqual(['Accept tier=gold too', 'Drop "region In"', 'Drop "tier In"']);
		});

		test('is a slip where a value is asked for that nobody has', () => {
			const [finding] = found(generation, {
				terms: [region('mars')],
				podStrategy: 'LocalAndRemote',
			});
			expect(finding?.id).toBe('selector-label-typo');
			expect(finding?.offers.at(-1)?.title).toBe('Edit the selector');
		});

		test('is not blamed where there is no virtual node', () => {
			const findings = found(generation, {
				terms: [region('eu')],
				podStrategy: 'LocalAndRemote',
				peers: [],
			});
			expect(
				findings.flatMap(({id, behind}) => [
					id,
					...behind.map((one) => one.id),
				]),
			).not.toContain('selector-matches-nothing');
		});
	},
);
