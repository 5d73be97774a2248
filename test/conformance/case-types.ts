/**
The parts of a recorded case that the player reads.
*/

export type Recorded = any;

export type CaseFile = {
	readonly name: string;
	readonly generation: 1 | 2;
	readonly area: string;
	readonly content: Recorded;
};

/**
How a case compares: `skipped` only where the stage cannot play it at all.
*/
export type Verdict =
	| {readonly state: 'passed'}
	| {readonly state: 'failed'; readonly differences: readonly string[]}
	| {readonly state: 'skipped'; readonly why: string};
