import {describe, expect, it} from 'vitest';
import {
	formatAge,
	formatDuration,
	formatTime,
	parseTime,
} from '../../source/core/time.js';

const day = 86_400;

describe('formatDuration, as kubectl', () => {
	it.each([
		[-5, '<invalid>'],
		[-1, '0s'],
		[0, '0s'],
		[59, '59s'],
		[119, '119s'],
		[120, '2m'],
		[135, '2m15s'],
		[599, '9m59s'],
		[600, '10m'],
		[41 * 60 + 30, '41m'],
		[179 * 60, '179m'],
		[3 * 3600, '3h'],
		[3 * 3600 + 5 * 60, '3h5m'],
		[8 * 3600, '8h'],
		[47 * 3600, '47h'],
		[2 * day, '2d'],
		[2 * day + 3 * 3600, '2d3h'],
		[8 * day + 3600, '8d'],
		[729 * day, '729d'],
		[730 * day, '2y'],
		[735 * day, '2y5d'],
		[9 * 365 * day, '9y'],
	])('%d seconds are %s', (seconds, expected) => {
		expect(formatDuration(seconds)).toBe(expected);
	});
});

describe('parseTime', () => {
	it.each([
		['2026-01-01T00:00:00Z', 1_767_225_600_000],
		['2026-01-01T01:00:00+01:00', 1_767_225_600_000],
		['2026-01-01T00:00:00.123456Z', 1_767_225_600_123],
		['2026-13-01T00:00:00Z', undefined],
		['yesterday', undefined],
		['2026', undefined],
		[undefined, undefined],
	])('%s', (text, expected) => {
		expect(parseTime(text)).toBe(expected);
	});

	it('reads what formatTime writes', () => {
		expect(formatTime(1_767_225_600_999)).toBe('2026-01-01T00:00:00Z');
	});
});

describe('formatAge', () => {
	it('says so when there is no time', () => {
		expect(formatAge(undefined, 0)).toBe('<unknown>');
		expect(formatAge('2026-01-01T00:00:00Z', 1_767_225_780_000)).toBe('3m');
	});
});
