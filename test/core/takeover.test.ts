import {describe, expect, it} from 'vitest';
import {
	fieldsOf,
	noteFieldWrite,
	otherProgram,
} from '../../source/core/takeover.js';
import {type Change} from '../../source/core/change.js';
import {type Metadata} from '../../source/core/model.js';

const patch = (body: Change['body']): Change => ({
	cluster: 'home',
	verb: 'patch',
	patchType: 'merge',
	object: {apiVersion: 'v1', kind: 'Namespace', name: 'shop'},
	body,
	reason: '',
});

const writtenBy = (
	...managers: ReadonlyArray<readonly [manager: string, time: string]>
): Metadata =>
	({
		managers: managers.map(([manager, time]) => ({
			manager,
			operation: 'Update',
			time,
		})),
	}) as unknown as Metadata;

describe('fields of a write', () => {
	it('are the leaves of a merge patch', () => {
		expect([
			...fieldsOf(patch({metadata: {labels: {a: 'x', b: 'y'}}, spec: {n: 3}})),
		]).toEqual([
			['/metadata/labels/a', '"x"'],
			['/metadata/labels/b', '"y"'],
			['/spec/n', '3'],
		]);
	});

	it('leave out what changes with every write', () => {
		expect([
			...fieldsOf(
				patch({
					metadata: {resourceVersion: '7'},
					status: {
						observedGeneration: 3,
						conditions: [{type: 'Ready', lastTransitionTime: 'now'}],
					},
				}),
			),
		]).toEqual([['/status/conditions', '[{"type":"Ready"}]']]);
	});
});

describe('the other program', () => {
	it('is the one that wrote last, unless it is us or somebody’s hands', () => {
		expect(
			otherProgram(
				writtenBy(
					['liqo-controller-manager', '2026-01-01T00:00:02Z'],
					['kubectl-edit', '2026-01-01T00:00:01Z'],
				),
				'liqoscope',
			),
		).toBe('liqo-controller-manager');
		expect(
			otherProgram(
				writtenBy(
					['liqo-controller-manager', '2026-01-01T00:00:01Z'],
					['kubectl-edit', '2026-01-01T00:00:02Z'],
				),
				'liqoscope',
			),
		).toBeUndefined();
		expect(
			otherProgram(
				writtenBy(['liqoscope', '2026-01-01T00:00:02Z']),
				'liqoscope',
			),
		).toBeUndefined();
		expect(otherProgram(undefined, 'liqoscope')).toBeUndefined();
	});
});

describe('repeats of a write', () => {
	const again = (times: readonly number[], values: readonly string[]) => {
		let known: ReturnType<typeof noteFieldWrite> | undefined;
		for (const [index, now] of times.entries()) {
			known = noteFieldWrite(known, values[index] ?? 'x', 'other', {now});
		}

		return known?.repeats.length;
	};

	it('count the same value set again', () => {
		expect(again([0, 1000, 2000, 3000], [])).toBe(3);
	});

	it('begin anew when we ourselves set another value', () => {
		expect(again([0, 1000, 2000, 3000], ['x', 'x', 'y', 'x'])).toBe(0);
	});

	it('are forgotten after half a minute', () => {
		expect(again([0, 1000, 2000, 40_000], [])).toBe(1);
	});
});
