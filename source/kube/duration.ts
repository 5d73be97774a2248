const unitMilliseconds: Readonly<Record<string, number>> = {
	ns: 1e-6,
	us: 1e-3,
	µs: 1e-3,
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
};

/**
No timer runs longer, about 24 days; one that should would go off at once.
*/
const longest = 2_147_483_647;

/**
Reads `--request-timeout` as kubectl does. Milliseconds; absent when it is no duration.
*/
export const readTimeout = (text: string): number | undefined => {
	if (/^\d+$/v.test(text)) {
		return Math.min(longest, Number(text) * 1000);
	}

	const parts = text
		.slice(0, 50)
		.matchAll(/(?<count>[\d.]{1,20})(?<unit>ns|us|µs|ms|[hms])/gv)
		.toArray();
	const isWhole =
		parts.length > 0 && parts.map((part) => part[0]).join('') === text;
	let sum = 0;
	for (const {groups} of parts) {
		const unit = unitMilliseconds[groups?.unit ?? ''] ?? 0;
		sum += Number(groups?.count) * unit;
	}

	return isWhole && Number.isFinite(sum) ? Math.min(longest, sum) : undefined;
};
