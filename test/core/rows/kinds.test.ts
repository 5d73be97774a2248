import {describe, expect, it} from 'vitest';
import {diagnose} from '../../../source/core/findings/diagnose.js';
import {kindsRead} from '../../../source/core/findings/kinds-read.js';
import {type KindName} from '../../../source/core/model.js';
import {clusterRows} from '../../../source/core/rows/clusters.js';
import {mapRows} from '../../../source/core/rows/maps.js';
import {namespaceRows} from '../../../source/core/rows/namespaces.js';
import {offloadingRows} from '../../../source/core/rows/offloadings.js';
import {podRows} from '../../../source/core/rows/pods.js';
import {type RowSet} from '../../../source/core/rows/row.js';
import {type DescribedRowSet} from '../../../source/core/rows/described-row-set.js';
import {type World} from '../../../source/core/world.js';
import {type Draft, text} from '../../../source/sandbox/scenarios/draft.js';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';
import {healthyDraft} from '../../../source/sandbox/scenarios/healthy.js';
import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {worldOf} from '../../helpers/world.js';

/**
A draft of which only some kinds are read.
*/
const onlyRead = (
	draft: Draft,
	kinds: readonly KindName[],
	providerKinds: readonly KindName[],
): Draft => ({
	...draft,
	objects: (cluster) =>
		draft
			.objects(cluster)
			.filter(({kind}) =>
				(cluster === 'home' ? kinds : providerKinds).includes(
					text(kind) as KindName,
				),
			),
});

const cases = faultScenarios.flatMap((scenario) =>
	scenario.generations.map(
		(generation) => [scenario.id, generation, scenario] as const,
	),
);

const widely = <T>(rows: DescribedRowSet<T>, world: World, now: number) =>
	[...rows.list(world)].map((row) => [
		rows.keyOf(row),
		rows.cellsOf(row, world, now),
		rows.levelOf(row, world),
		rows.dataOf(row, world, now),
	]);

/**
What the columns show that are not wide.
*/
const narrowly = <T>(rows: DescribedRowSet<T>, world: World, now: number) => {
	const columns = rows.columns(world);
	return [...rows.list(world)].map((row) => [
		rows.keyOf(row),
		rows
			.cellsOf(row, world, now)
			.filter((_, index) => columns[index]?.isWide !== true),
		rows.levelOf(row, world),
	]);
};

describe('what is read is enough', () => {
	it.each(cases)('for the rows of %s, %s', (_, generation, scenario) => {
		const draft = draftOf(scenario, generation);
		const world = worldOf(draft);
		const now = Date.parse(draft.now);
		const compare = <T>(rows: DescribedRowSet<T>) => {
			const narrow = worldOf(onlyRead(draft, rows.kinds, ['Namespace']));
			expect(narrowly(rows, narrow, now)).toEqual(narrowly(rows, world, now));
			const wide = worldOf(
				onlyRead(
					draft,
					[...rows.kinds, ...(rows.wideKinds ?? [])],
					['Namespace'],
				),
			);
			expect(widely(rows, wide, now)).toEqual(widely(rows, world, now));
		};

		compare(offloadingRows);
		compare(clusterRows);
		compare(namespaceRows);
		compare(mapRows);
		compare(podRows);
	});

	it.each(cases)('for the findings of %s, %s', (_, generation, scenario) => {
		const draft = draftOf(scenario, generation);
		const now = Date.parse(draft.now);
		const part = worldOf(
			onlyRead(draft, kindsRead.consumer, kindsRead.provider),
		);
		const whole = diagnose(worldOf(draft), {now});
		expect(whole.findings.length).toBeGreaterThan(0);
		expect(diagnose(part, {now}).findings).toEqual(whole.findings);
	});
});

describe('what may not be read', () => {
	const draft = healthyDraft('v1beta1');
	offload(draft, 'shop');
	const forbidden = {
		state: 'forbidden',
		rule: 'list pods',
		reason: 'no',
	} as const;
	const unseen = [
		['forbidden', forbidden],
		['never asked for', {state: 'idle'}],
	] as const;
	it.each(unseen)('is not counted as none: pods %s', (_, access) => {
		const world = worldOf(draft, {home: {access: {Pod: access}}});
		const [namespace] = namespaceRows.list(world);
		const [cluster] = clusterRows.list(world);
		const textOf = <T>(rows: RowSet<T>, row: T) =>
			rows.cellsOf(row, world, 0)[
				rows.columns(world).findIndex(({id}) => id === 'pods')
			]?.text;
		expect(textOf(namespaceRows, namespace!)).toBe('?');
		expect(textOf(clusterRows, cluster!)).toBe('?');
		expect(namespaceRows.dataOf(namespace!, world, 0).pods).toBeUndefined();
		expect(clusterRows.dataOf(cluster!, world, 0).pods).toBeUndefined();
	});

	it('is not counted as none: the namespaces of a cluster', () => {
		const world = worldOf(draft, {home: {access: {NamespaceMap: forbidden}}});
		const [cluster] = clusterRows.list(world);
		expect(clusterRows.dataOf(cluster!, world, 0).namespaces).toBeUndefined();
	});
});
