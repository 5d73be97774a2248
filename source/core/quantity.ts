/**
A Kubernetes quantity as an exact number of billionths (nano), so that `100m` and `0.1` are equal.
*/
export type Quantity = bigint;

const pattern =
	/^(?<sign>[+\-]?)(?:(?<whole>\d+)(?:\.(?<fraction>\d*))?|\.(?<only>\d+))(?:(?<binary>[EGKMPT]i)|(?<decimal>[EGMPTkmnu])|[Ee](?<exponent>[+\-]?\d+))?$/v;

const nano = 1_000_000_000n;

/**
The greatest power of ten that is worth computing: beyond it every quantity is out of any real range.
*/
const greatestExponent = 60;

const binaryPowers: Readonly<Record<string, bigint>> = {
	Ki: 1n,
	Mi: 2n,
	Gi: 3n,
	Ti: 4n,
	Pi: 5n,
	Ei: 6n,
};

const decimalPowers: Readonly<Record<string, number>> = {
	n: -9,
	u: -6,
	m: -3,
	k: 3,
	M: 6,
	G: 9,
	T: 12,
	P: 15,
	E: 18,
};

const divideUp = (value: bigint, divisor: bigint): bigint => {
	const floor = value / divisor;
	return floor * divisor === value ? floor : floor + 1n;
};

const parseParts = (
	groups: Readonly<Record<string, string | undefined>>,
): Quantity | undefined => {
	const fraction = groups.fraction ?? groups.only ?? '';
	const digits = BigInt(`${groups.whole ?? '0'}${fraction}`);
	const exponent =
		groups.exponent === undefined
			? (decimalPowers[groups.decimal ?? ''] ?? 0)
			: Number(groups.exponent);
	if (Math.abs(exponent) > greatestExponent) {
		return undefined;
	}

	const binary = 1024n ** (binaryPowers[groups.binary ?? ''] ?? 0n);
	const power = exponent - fraction.length + 9;
	// Smaller than a billionth is rounded up (Kubernetes: resource.Quantity).
	const scale = 10n ** BigInt(Math.abs(power));
	const magnitude =
		power >= 0 ? digits * binary * scale : divideUp(digits * binary, scale);
	return groups.sign === '-' ? -magnitude : magnitude;
};

/**
Reads a quantity (`250m`, `1.5Gi`, `1e3`); absent for anything that Kubernetes would refuse.
*/
export const parseQuantity = (
	text: string | undefined,
): Quantity | undefined => {
	// Kubernetes has no limit on the digits; a text this long is no quantity that anybody wrote.
	if (text === undefined || text.length > 100) {
		return undefined;
	}

	const groups = pattern.exec(text)?.groups;
	return groups === undefined ? undefined : parseParts(groups);
};

/**
-1, 0 or 1; what cannot be read is smaller than everything else.
*/
export const compareQuantities = (
	left: string | undefined,
	right: string | undefined,
): -1 | 0 | 1 => {
	const a = parseQuantity(left);
	const b = parseQuantity(right);
	if (a === b) {
		return 0;
	}

	if (a === undefined || b === undefined) {
		return a === undefined ? -1 : 1;
	}

	return a < b ? -1 : 1;
};

const decimalSuffixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

const formatWhole = (
	value: bigint,
	base: bigint,
	suffixes: readonly string[],
): string => {
	let rest = value;
	let index = 0;
	while (rest !== 0n && rest % base === 0n && index < suffixes.length - 1) {
		rest /= base;
		index++;
	}

	return `${rest}${suffixes[index] ?? ''}`;
};

/**
A quantity in Kubernetes' canonical form: the greatest suffix that needs no fraction, with powers of 1024 (`binary`) or of 1000.
*/
export const formatQuantity = (
	quantity: Quantity,
	form: 'decimal' | 'binary' = 'decimal',
): string => {
	if (quantity % nano === 0n) {
		const whole = quantity / nano;
		return form === 'binary'
			? formatWhole(whole, 1024n, binarySuffixes)
			: formatWhole(whole, 1000n, decimalSuffixes);
	}

	return formatWhole(quantity, 1000n, ['n', 'u', 'm']);
};
