import {describe, expect, it} from 'vitest';
import {decode} from '../../source/core/decode.js';
import {newestTime} from '../../source/core/newest-time.js';
import {formatTime} from '../../source/core/time.js';

const node = (
	metadata: Record<string, string | number>,
	times: readonly string[] = [],
) =>
	decode('Node', {
		metadata: {name: 'a', ...metadata},
		status: {
			conditions: times.map((lastTransitionTime) => ({
				type: 'Ready',
				status: 'True',
				lastTransitionTime,
			})),
		},
	});

const newest = (...objects: ReadonlyArray<ReturnType<typeof node>>) => {
	const time = newestTime(objects);
	return time === undefined ? undefined : formatTime(time);
};

describe('newestTime', () => {
	it('is the newest thing that happened', () => {
		expect(
			newest(
				node({creationTimestamp: '2026-01-01T00:00:00Z'}, [
					'2026-03-01T00:00:00Z',
					'2026-02-01T00:00:00Z',
				]),
				node({creationTimestamp: '2025-01-01T00:00:00Z'}),
			),
		).toBe('2026-03-01T00:00:00Z');
	});

	it('compares times in other forms and zones', () => {
		expect(
			newest(
				node({}, [
					'2026-01-01T00:00:00Z',
					'2026-01-01T01:30:00+01:00',
					'2026-01-01T00:10:00.5Z',
				]),
			),
		).toBe('2026-01-01T00:30:00Z');
	});

	it('takes a deletion for when it was asked for', () => {
		expect(
			newest(
				node({
					creationTimestamp: '2026-01-01T00:00:00Z',
					deletionTimestamp: '2026-01-01T01:00:30Z',
					deletionGracePeriodSeconds: 30,
				}),
			),
		).toBe('2026-01-01T01:00:00Z');
	});

	it('is nothing where nothing has a time', () => {
		expect(newest(node({}, ['soon', '2026-99-99T00:00:00Z']))).toBeUndefined();
	});
});
