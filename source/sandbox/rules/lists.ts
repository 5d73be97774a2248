import {type Environment, Optional} from '@marcbachmann/cel-js';
import {isSame} from './cel-value.js';

type Comparable = bigint | number | string | boolean | Date;

const isAscending = (left: Comparable, right: Comparable): boolean =>
	left <= right;

const emptyProblem = (name: string): Error =>
	new Error(`${name} called on empty list`);

const pick =
	(name: string, isBetter: (left: Comparable, right: Comparable) => boolean) =>
	(list: readonly Comparable[]): Comparable => {
		const [first, ...rest] = list;
		if (first === undefined) {
			throw emptyProblem(name);
		}

		let best = first;
		for (const item of rest) {
			best = isBetter(item, best) ? item : best;
		}

		return best;
	};

const has = (list: readonly unknown[], item: unknown): boolean =>
	list.some((other) => isSame(other, item));

const hasAll = (list: readonly unknown[], items: readonly unknown[]): boolean =>
	items.every((item) => has(list, item));

class Sets {
	get name(): string {
		return 'sets';
	}
}

/**
Kubernetes' functions on lists, and the sets that are made of them.
*/
export const registerLists = (environment: Environment): void => {
	environment
		.registerFunction('list<A>.isSorted(): bool', (list: Comparable[]) =>
			list.every(
				(item, index) => index === 0 || isAscending(list[index - 1]!, item),
			),
		)
		.registerFunction(
			'list<A>.min(): A',
			pick('min', (left, right) => left < right),
		)
		.registerFunction(
			'list<A>.max(): A',
			pick('max', (left, right) => left > right),
		)
		.registerFunction('list<int>.sum(): int', (list: bigint[]) => {
			let total = 0n;
			for (const item of list) {
				total += item;
			}

			return total;
		})
		.registerFunction('list<double>.sum(): double', (list: number[]) => {
			let total = 0;
			for (const item of list) {
				total += item;
			}

			return total;
		})
		.registerFunction('list<A>.indexOf(A): int', (list: unknown[], item) =>
			BigInt(list.findIndex((other) => isSame(other, item))),
		)
		.registerFunction('list<A>.lastIndexOf(A): int', (list: unknown[], item) =>
			BigInt(list.findLastIndex((other) => isSame(other, item))),
		)
		.registerFunction('list<A>.first(): optional<A>', (list: unknown[]) =>
			list.length > 0 ? Optional.of(list[0]) : Optional.none(),
		)
		.registerFunction('list<A>.last(): optional<A>', (list: unknown[]) =>
			list.length > 0 ? Optional.of(list.at(-1)) : Optional.none(),
		)
		.registerType('Sets', Sets)
		.registerConstant('sets', 'Sets', new Sets())
		.registerFunction(
			'Sets.contains(list<A>, list<A>): bool',
			(_sets, list: unknown[], items: unknown[]) => hasAll(list, items),
		)
		.registerFunction(
			'Sets.equivalent(list<A>, list<A>): bool',
			(_sets, list: unknown[], items: unknown[]) =>
				hasAll(list, items) && hasAll(items, list),
		)
		.registerFunction(
			'Sets.intersects(list<A>, list<A>): bool',
			(_sets, list: unknown[], items: unknown[]) =>
				items.some((item) => has(list, item)),
		);
};
