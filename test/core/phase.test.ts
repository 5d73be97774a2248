import {describe, expect, it} from 'vitest';
import {generationById} from '../../source/core/generations/index.js';
import {
	type ConditionMap,
	type MappingState,
	offloadingStatus,
} from '../../source/core/phase.js';

const before = '2026-01-01T00:00:00Z';
const now = '2026-01-02T00:00:00Z';

const mapping = (
	key: string,
	isRequested: boolean,
	phase?: string,
): MappingState => ({
	key,
	isRequested,
	...(phase !== undefined && {phase}),
});

type Options = {
	readonly generation?: 'v0.3' | 'v1beta1';
	readonly rules?: 'upstream' | 'corrected';
	readonly isDeleting?: boolean;
	readonly conditions?: ConditionMap;
};

const status = (mappings: readonly MappingState[], options: Options = {}) =>
	offloadingStatus({
		conditions: options.conditions ?? {},
		mappings,
		isDeleting: options.isDeleting ?? false,
		now,
		generation: generationById(options.generation ?? 'v1beta1'),
		rules: options.rules ?? 'upstream',
	});

const shape = (conditions: ConditionMap): Record<string, string[]> =>
	Object.fromEntries(
		Object.entries(conditions).map(([key, list]) => [
			key,
			list.map(({type, status: value, reason}) => `${type}=${value}/${reason}`),
		]),
	);

describe('offloadingStatus of v1', () => {
	const states = {
		ready: mapping('a', true, 'Accepted'),
		failed: mapping('b', true, 'CreationLoopBackOff'),
		creating: mapping('c', true),
		stale: mapping('d', false, 'Accepted'),
		unselected: mapping('e', false),
	};

	it.each([
		['NoClusterSelected', []],
		['NoClusterSelected', ['stale']],
		['Ready', ['ready']],
		['AllFailed', ['failed']],
		['InProgress', ['creating']],
		['SomeFailed', ['ready', 'failed']],
		['SomeFailed', ['failed', 'creating']],
		['InProgress', ['ready', 'creating']],
		['InProgress', ['ready', 'stale']],
		['Ready', ['creating', 'stale']],
	] as const)('%s of %o', (phase, names) => {
		expect(status(names.map((name) => states[name])).phase).toBe(phase);
	});

	it.each([
		['Ready', ['ready', 'stale']],
		['InProgress', ['creating', 'stale']],
	] as const)(
		'counts only what is requested when corrected: %s of %o',
		(phase, names) => {
			expect(
				status(
					names.map((name) => states[name]),
					{rules: 'corrected'},
				).phase,
			).toBe(phase);
		},
	);

	it('keeps the time of what did not change', () => {
		const old = status([states.creating]).conditions.c ?? [];
		const conditions = {
			c: old.map((condition) => ({...condition, lastTransitionTime: before})),
		};
		const next = status([mapping('c', true, 'Accepted')], {conditions})
			.conditions.c;
		expect(
			next?.map(({type, lastTransitionTime}) => [type, lastTransitionTime]),
		).toEqual([
			['OffloadingRequired', before],
			['Ready', now],
		]);
	});

	it('leaves a stale Ready condition, unless corrected', () => {
		const {conditions} = status([mapping('c', false, 'Terminating')]);
		expect(
			shape(status([mapping('c', false)], {conditions}).conditions),
		).toEqual({
			c: [
				'OffloadingRequired=False/ClusterNotSelected',
				'Ready=False/Terminating',
			],
		});
		expect(
			shape(
				status([mapping('c', false)], {conditions, rules: 'corrected'})
					.conditions,
			),
		).toEqual({
			c: ['OffloadingRequired=False/ClusterNotSelected'],
		});
	});

	it('drops the key of a cleaned cluster while deleting, and of a map that is gone', () => {
		const {conditions} = status([states.ready, states.creating]);
		expect(
			Object.keys(
				status([mapping('a', false, 'Accepted'), mapping('c', false)], {
					conditions,
					isDeleting: true,
				}).conditions,
			),
		).toEqual(['a']);
		expect(status([], {conditions}).conditions).toEqual({});
	});
});

describe('offloadingStatus of v0.3', () => {
	const generation = 'v0.3';

	it.each([
		['NoClusterSelected', [mapping('a', true)]],
		['Ready', [mapping('a', true, 'Accepted'), mapping('b', true)]],
		['AllFailed', [mapping('a', true, 'CreationLoopBackOff')]],
		[
			'SomeFailed',
			[mapping('a', true, 'Accepted'), mapping('b', true, 'Terminating')],
		],
	] as const)('%s', (phase, mappings) => {
		expect(status(mappings, {generation}).phase).toBe(phase);
	});

	it('does not show a new reason, unless corrected', () => {
		const {conditions} = status([mapping('a', true, 'CreationLoopBackOff')], {
			generation,
		});
		const next = [mapping('a', true, 'Terminating')];
		expect(shape(status(next, {generation, conditions}).conditions).a).toEqual([
			'Ready=False/CreationLoopBackOff',
		]);
		expect(
			shape(
				status(next, {generation, conditions, rules: 'corrected'}).conditions,
			).a,
		).toEqual(['Ready=False/TerminatingNamespace']);
	});

	it('clears everything once no cluster holds a twin', () => {
		expect(
			status([mapping('a', false)], {generation, isDeleting: true}),
		).toEqual({phase: 'Terminating', conditions: {}});
		expect(
			Object.keys(
				status([mapping('a', false, 'Terminating'), mapping('b', false)], {
					generation,
					isDeleting: true,
				}).conditions,
			),
		).toEqual(['a', 'b']);
	});
});
