import {describe, expect, it} from 'vitest';
import {
	consumerKinds,
	providerKinds,
} from '../../../source/commands/explore/watched-kinds.js';
import {diagnose} from '../../../source/core/findings/diagnose.js';
import {isJsonObject} from '../../../source/core/json.js';
import {type KindName} from '../../../source/core/model.js';
import {type Draft} from '../../../source/sandbox/scenarios/draft.js';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {worldOf} from '../../helpers/world.js';

const consumer = new Map<unknown, 'liqo' | undefined>(
	consumerKinds.map(([kind, where]) => [kind, where]),
);

/**
A draft of which there is what the explorer sees.
*/
const onlyWatched = (draft: Draft): Draft => ({
	...draft,
	objects: (cluster) =>
		draft.objects(cluster).filter(({kind, metadata}) => {
			if (cluster !== 'home') {
				return providerKinds.includes(kind as KindName);
			}

			const where = consumer.get(kind);
			return (
				consumer.has(kind) &&
				(where === undefined ||
					(isJsonObject(metadata) && metadata.namespace === where))
			);
		}),
});

describe('what the explorer watches', () => {
	it.each(
		faultScenarios.flatMap((scenario) =>
			scenario.generations.map(
				(generation) => [scenario.id, generation, scenario] as const,
			),
		),
	)('shows %s, %s', (_, generation, scenario) => {
		const draft = draftOf(scenario, generation);
		const now = Date.parse(draft.now);
		const idsOf = (whole: Draft, isWatched: boolean) =>
			diagnose(
				worldOf(whole, {
					home: isWatched ? {access: {Secret: {state: 'idle'}}} : {},
				}),
				{now},
			).findings.map(({id, object}) => `${id} ${object.name}`);
		expect(idsOf(onlyWatched(draft), true)).toEqual(idsOf(draft, false));
	});

	it('is less certain without a look at the objects themselves', () => {
		const certainties = [
			'needed-object-not-reflected',
			'tenant-rbac-missing',
		].map((id) => {
			const draft = draftOf(faultScenarios.find((one) => one.id === id)!);
			const [finding] = diagnose(
				worldOf(onlyWatched(draft), {
					home: {access: {Secret: {state: 'idle'}}},
				}),
				{now: Date.parse(draft.now)},
			).findings;
			return [finding?.id, finding?.certainty, finding?.offers[0]?.remedy];
		});
		expect(certainties).toEqual([
			['needed-object-not-reflected', 'possible', 'instruct'],
			['tenant-rbac-missing', 'possible', 'instruct'],
		]);
	});
});
