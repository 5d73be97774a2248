import {remembered} from '../remembered.js';

/**
Kubernetes' quantities in their canonical form (apimachinery, resource.Quantity): `0.5` becomes `500m`, `1024Ki` becomes `1Mi`.
*/
const form =
	/^(?<sign>[+\-]?)(?<whole>\d*)(?:\.(?<fraction>\d*))?(?<suffix>(?:[EGKMPT]i|[EGMPTkmnu]|[Ee][+\-]?\d+)?)$/v;

const decimalExponents: Readonly<Record<string, number>> = {
	n: -9,
	u: -6,
	m: -3,
	'': 0,
	k: 3,
	M: 6,
	G: 9,
	T: 12,
	P: 15,
	E: 18,
};
const decimalSuffixes: Readonly<Record<number, string>> = Object.fromEntries(
	Object.entries(decimalExponents).map(([suffix, exponent]) => [
		exponent,
		suffix,
	]),
);
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

const nano = 9;

const isExponent = (suffix: string): boolean => /^e[+\-]?\d/iv.test(suffix);

/**
The value in units of 10^-9, rounded away from zero as Kubernetes does; undefined when the text is not a quantity.
*/
export const nanoUnits = remembered((text): bigint | undefined => {
	const groups = form.exec(text)?.groups;
	if (!groups) {
		return undefined;
	}

	const {sign, whole = '', fraction = '', suffix = ''} = groups;
	if (whole === '' && fraction === '') {
		return undefined;
	}

	let digits = BigInt(`${whole}${fraction}` || '0');
	let exponent = nano - fraction.length;
	if (isExponent(suffix)) {
		exponent += Number(suffix.slice(1));
	} else if (suffix.endsWith('i')) {
		digits *= 1024n ** BigInt(binarySuffixes.indexOf(suffix));
	} else {
		exponent += decimalExponents[suffix] ?? 0;
	}

	if (exponent >= 0) {
		digits *= 10n ** BigInt(exponent);
	} else {
		const divisor = 10n ** BigInt(-exponent);
		digits = (digits + divisor - 1n) / divisor;
	}

	return sign === '-' ? -digits : digits;
});

const formatBinary = (value: bigint): string | undefined => {
	const unit = 10n ** BigInt(nano);
	if (value % unit !== 0n) {
		return undefined;
	}

	let amount = value / unit;
	let index = 0;
	while (
		amount !== 0n &&
		amount % 1024n === 0n &&
		index < binarySuffixes.length - 1
	) {
		amount /= 1024n;
		index++;
	}

	return `${amount}${binarySuffixes[index] ?? ''}`;
};

const formatDecimal = (value: bigint, hasExponent: boolean): string => {
	let amount = value;
	let exponent = -nano;
	while (amount !== 0n && amount % 1000n === 0n && exponent < 18) {
		amount /= 1000n;
		exponent += 3;
	}

	if (amount === 0n) {
		return '0';
	}

	if (hasExponent) {
		return exponent === 0 ? `${amount}` : `${amount}e${exponent}`;
	}

	return `${amount}${decimalSuffixes[exponent] ?? ''}`;
};

export const canonicalQuantity = remembered((text): string | undefined => {
	const value = nanoUnits(text);
	if (value === undefined) {
		return undefined;
	}

	if (text.endsWith('i')) {
		const magnitude = value < 0n ? -value : value;
		const isSmall = magnitude < 1024n * 10n ** BigInt(nano);
		const binary = isSmall ? undefined : formatBinary(value);
		return binary ?? formatDecimal(value, false);
	}

	return formatDecimal(value, /e[+\-]?\d/iv.test(text));
});
