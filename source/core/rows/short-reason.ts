/**
What kube-scheduler has against nodes, in a word or two.
*/
const words: ReadonlyArray<readonly [pattern: RegExp, word: string]> = [
	[/node affinity\/selector/v, 'affinity'],
	[/volume node affinity/v, 'volume'],
	[/untolerated taint/v, 'taint'],
	[/unschedulable/v, 'cordoned'],
	[/pod (?:anti-)?affinity|anti-affinity/v, 'pod affinity'],
	[/topology spread/v, 'spread'],
	[/Too many pods/v, 'pods'],
	[/free ports/v, 'ports'],
];

const part = /^(?<count>\d+) (?<what>.+)$/v;

const countOf = (text: string): number =>
	Number(part.exec(text)?.groups?.count ?? 0);

const shorten = (text: string): string => {
	const {count, what} = part.exec(text)?.groups ?? {};
	if (count === undefined || what === undefined) {
		return text;
	}

	const [, resource] = /^Insufficient (\S+)$/v.exec(what) ?? [];
	const word =
		resource ??
		words.find(([pattern]) => pattern.test(what))?.[1] ??
		what.replace(/^node\(s\) /v, '');
	return `${word} (${count})`;
};

/**
The reason why a pod waits where there is no room for the sentence: of kube-scheduler's what is against it and on how many nodes, most first, `affinity (5), taint (2)`, or `affinity` where nothing else is; of
others the first word.
*/
export const shortReason = (reason: string): string => {
	const [, against] =
		/^0\/\d+ nodes are available: (.+?)(?:\. |\.?$)/v.exec(reason) ?? [];
	if (against !== undefined) {
		const parts = against
			.split(', ')
			.toSorted((a, b) => countOf(b) - countOf(a))
			.map((text) => shorten(text));
		// What is alone against it is against it on all nodes.
		return parts.length === 1
			? parts[0]!.replace(/ \(\d+\)$/v, '')
			: parts.join(', ');
	}

	return /^(?<word>\w+): /v.exec(reason)?.groups?.word ?? reason;
};
