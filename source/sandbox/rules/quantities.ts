import {type Environment} from '@marcbachmann/cel-js';
import {nanoUnits} from '../schema/quantity.js';
import {isSame, Opaque} from './cel-value.js';

const unit = 1_000_000_000n;

class Quantity extends Opaque {
	readonly nano: bigint;

	constructor(nano: bigint) {
		super();
		this.nano = nano;
	}

	override toString(): string {
		return String(this.nano);
	}
}

const read = (text: string): Quantity => {
	const nano = nanoUnits(text);
	if (nano === undefined) {
		throw new Error(
			"quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
		);
	}

	return new Quantity(nano);
};

const signOf = (nano: bigint): bigint =>
	nano > 0n ? 1n : nano < 0n ? -1n : 0n;

/**
Kubernetes' quantities in rules.
*/
export const registerQuantities = (environment: Environment): void => {
	const type = 'kubernetes.Quantity';
	environment
		.registerType(type, {ctor: Quantity, fields: {}})
		.registerOperator(`${type} == ${type}`, isSame)
		.registerFunction(`quantity(string): ${type}`, read)
		.registerFunction(
			'isQuantity(string): bool',
			(text: string) => nanoUnits(text) !== undefined,
		)
		.registerFunction(
			`${type}.isInteger(): bool`,
			({nano}: Quantity) => nano % unit === 0n,
		)
		.registerFunction(`${type}.asInteger(): int`, ({nano}: Quantity) => {
			if (nano % unit !== 0n) {
				throw new Error('cannot convert value to integer');
			}

			return nano / unit;
		})
		.registerFunction(
			`${type}.asApproximateFloat(): double`,
			({nano}: Quantity) => Number(nano) / Number(unit),
		)
		.registerFunction(
			`${type}.isLessThan(${type}): bool`,
			(left: Quantity, right: Quantity) => left.nano < right.nano,
		)
		.registerFunction(
			`${type}.isGreaterThan(${type}): bool`,
			(left: Quantity, right: Quantity) => left.nano > right.nano,
		)
		.registerFunction(
			`${type}.compareTo(${type}): int`,
			(left: Quantity, right: Quantity) => signOf(left.nano - right.nano),
		)
		.registerFunction(
			`${type}.add(${type}): ${type}`,
			(left: Quantity, right: Quantity) => new Quantity(left.nano + right.nano),
		)
		.registerFunction(
			`${type}.add(int): ${type}`,
			(left: Quantity, right: bigint) => new Quantity(left.nano + right * unit),
		)
		.registerFunction(
			`${type}.sub(${type}): ${type}`,
			(left: Quantity, right: Quantity) => new Quantity(left.nano - right.nano),
		)
		.registerFunction(
			`${type}.sub(int): ${type}`,
			(left: Quantity, right: bigint) => new Quantity(left.nano - right * unit),
		);
};
