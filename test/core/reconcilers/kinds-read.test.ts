import {describe, expect, it} from 'vitest';
import {isJsonObject, type JsonObject} from '../../../source/core/json.js';
import {planChanges} from '../../../source/core/plan.js';
import {
	kindsReconciled,
	type ReadKind,
} from '../../../source/core/reconcilers/kinds-read.js';
import {type Draft} from '../../../source/sandbox/scenarios/draft.js';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {worldOf} from '../../helpers/world.js';

const at = (object: JsonObject, path: readonly string[]): unknown => {
	let value: unknown = object;
	for (const part of path) {
		value = isJsonObject(value) ? value[part] : undefined;
	}

	return value;
};

const isRead = (object: JsonObject, kinds: readonly ReadKind[]): boolean =>
	kinds.some(([kind, {labelSelector, fieldSelector, isLiqos} = {}]) => {
		const [label = '', labelValue] = labelSelector?.split('=') ?? [];
		const [field = '', fieldValue] = fieldSelector?.split('=') ?? [];
		return (
			object.kind === kind &&
			(labelSelector === undefined ||
				at(object, ['metadata', 'labels', label]) === labelValue) &&
			(fieldSelector === undefined ||
				at(object, field.split('.')) === fieldValue) &&
			(isLiqos !== true || at(object, ['metadata', 'namespace']) === 'liqo')
		);
	});

/**
A draft in which there is only what the reconcilers say they read.
*/
const onlyRead = (draft: Draft): Draft => ({
	...draft,
	objects: (cluster) =>
		draft
			.objects(cluster)
			.filter((object) =>
				isRead(
					object,
					cluster === 'home'
						? kindsReconciled.consumer
						: kindsReconciled.provider,
				),
			),
});

describe('the reconcilers', () => {
	const cases = faultScenarios.flatMap((scenario) =>
		scenario.generations.flatMap((generation) =>
			(['upstream', 'corrected'] as const).map(
				(rules) => [scenario.id, generation, rules, scenario] as const,
			),
		),
	);
	it.each(cases)(
		'plan the same from what they read alone: %s, %s, %s',
		(_, generation, rules, scenario) => {
			const draft = draftOf(scenario, generation);
			const plan = planChanges(worldOf(draft), {now: draft.now, rules});
			expect(
				planChanges(worldOf(onlyRead(draft)), {now: draft.now, rules}),
			).toEqual(plan);
		},
	);

	it('find something to do in some of them', () => {
		const planned = cases.filter(([, generation, rules, scenario]) => {
			const draft = draftOf(scenario, generation);
			return (
				planChanges(worldOf(draft), {now: draft.now, rules}).changes.length > 0
			);
		});
		expect(planned.length).toBeGreaterThan(10);
	});

	it('would miss pods that have still to leave a node', () => {
		const scenario = faultScenarios.find(
			({id}) => id === 'virtual-node-stuck-terminating',
		)!;
		const draft = draftOf(scenario, 'v1beta1');
		const plan = planChanges(worldOf(onlyRead(draft)), {
			now: draft.now,
			rules: 'upstream',
		});
		expect(plan.changes.map(({object}) => object.kind)).toEqual(['Pod', 'Pod']);
	});
});
