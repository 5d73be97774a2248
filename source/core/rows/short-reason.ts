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
The reason why a pod waits where there is no room for the sentence: of kube-scheduler's what is against it and on how many nodes, `affinity (5), taint (2)`; of
others the first word.
*/
export const shortReason = (reason: string): string => {
	const [, against] =
		/^0\/\d+ nodes are available: (.+?)(?:\. |\.?$)/v.exec(reason) ?? [];
	if (against !== undefined) {
		return against
			.split(', ')
			.map((text) => shorten(text))
			.join(', ');
	}

	return /^(?<word>\w+): /v.exec(reason)?.groups?.word ?? reason;
};
