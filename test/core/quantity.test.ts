import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	compareQuantities,
	formatQuantity,
	parseQuantity,
} from '../../source/core/quantity.js';

describe('quantities', () => {
	it.each([
		['1', 1_000_000_000n],
		['100m', 100_000_000n],
		['0.1', 100_000_000n],
		['.5', 500_000_000n],
		['1.', 1_000_000_000n],
		['1Ki', 1_024_000_000_000n],
		['1.5Gi', 1_610_612_736_000_000_000n],
		['1e3', 1_000_000_000_000n],
		['1E3', 1_000_000_000_000n],
		['1E', 1_000_000_000_000_000_000_000_000_000n],
		['-2k', -2_000_000_000_000n],
		['1n', 1n],
		['0.1n', 1n],
	])('%s is read exactly', (text, expected) => {
		expect(parseQuantity(text)).toBe(expected);
	});

	it.each(
		[
			[
				'',
				' 1',
				'1 ',
				'1KiB',
				'Ki',
				'1e',
				'1,5',
				'1e999999999',
				'--1',
				'1'.repeat(200),
			],
		].flat(),
	)('refuses %j', (text) => {
		expect(parseQuantity(text)).toBeUndefined();
	});

	it.each([
		['1000m', '1', 0],
		['1Gi', '1G', 1],
		['999m', '1', -1],
		['nonsense', '-5', -1],
	])('compares %s with %s', (left, right, expected) => {
		expect(compareQuantities(left, right)).toBe(expected);
	});

	it.each([
		['1000m', 'decimal', '1'],
		['1500m', 'decimal', '1500m'],
		['2048Mi', 'binary', '2Gi'],
		['1000', 'decimal', '1k'],
		['0', 'binary', '0'],
	] as const)('writes %s (%s) as %s', (text, form, expected) => {
		expect(formatQuantity(parseQuantity(text)!, form)).toBe(expected);
	});

	it('reads back what it writes', () => {
		fc.assert(
			fc.property(
				fc.bigInt({min: -(10n ** 30n), max: 10n ** 30n}),
				(quantity) => {
					expect(parseQuantity(formatQuantity(quantity))).toBe(quantity);
					expect(parseQuantity(formatQuantity(quantity, 'binary'))).toBe(
						quantity,
					);
				},
			),
		);
	});
});
