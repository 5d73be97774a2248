import {type Explorer} from '../explorer.js';
import {type Line, wrapLine} from '../line.js';
import {type Fix} from '../reducer/state.js';
import {planLines} from './fix-lines.js';
import {alikeOf, isUnsent} from './fix-plan.js';
import {stepLines} from './step-lines.js';
import {storyLines, type StoryLength} from './story-lines.js';

export type FixLayout = {
	/**
	What happens and why.
	*/
	readonly story: readonly Line[];
	/**
	Choices shown; 0 when none is to be made.
	*/
	readonly choices: number;
	/**
	Whether the last choice is the one between this object and all alike.
	*/
	readonly hasScopeChoice: boolean;
	/**
	What the chosen one would write; only a part of it may be visible.
	*/
	readonly plan: readonly Line[];
	/**
	Where the fix stands, always visible.
	*/
	readonly foot: readonly Line[];
	/**
	Lines of the plan, and how many of them there is room for.
	*/
	readonly count: number;
	readonly height: number;
};

/**
Title, blank line, rule, status and keys.
*/
const frameHeight = 5;

/**
So much of the change is to be seen before more of the story is told.
*/
const leastRoom = {choose: 3, review: 8};

const lengths: readonly StoryLength[] = [
	'full',
	'short',
	'without-evidence',
	'sentences',
];

/**
Divides the window: the more there is to see of the change, the shorter the story.
*/
export const layOutFix = (explorer: Explorer, fix: Fix): FixLayout => {
	const {width, height} = explorer.ui.state().size;
	const wrap = (lines: readonly Line[]): readonly Line[] =>
		lines.flatMap((spans) => wrapLine(spans, width - 3));
	const isChoosing = fix.step === 'choose' && fix.finding.offers.length > 0;
	const hasScopeChoice = alikeOf(explorer, fix).length > 1;
	const choices = isChoosing
		? fix.finding.offers.length + (hasScopeChoice ? 1 : 0)
		: 0;
	const plan = isUnsent(fix) ? wrap(planLines(explorer, fix)) : [];
	const foot = wrap(stepLines(explorer, fix));
	const used = frameHeight + foot.length + (isChoosing ? choices + 1 : 0);
	const wanted = Math.min(
		isChoosing ? leastRoom.choose : leastRoom.review,
		plan.length,
	);
	const stories = lengths.map((length) =>
		wrap(storyLines(explorer, fix, length)),
	);
	const story =
		stories.find((lines) => height - used - lines.length >= wanted) ??
		stories.at(-1)!;
	return {
		story,
		choices,
		hasScopeChoice,
		plan,
		foot,
		count: plan.length,
		height: Math.max(1, height - used - story.length),
	};
};
