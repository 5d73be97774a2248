import {type Finding} from '../../core/findings/finding.js';
import {type Explorer} from '../explorer.js';
import {type Line, wrapLine} from '../line.js';
import {type Fix} from '../reducer/state.js';
import {planLines} from './fix-lines.js';
import {alikeOf, isUnsent} from './fix-plan.js';
import {stepLines} from './step-lines.js';
import {storyLines} from './story-lines.js';

export type FixLayout = {
	/**
	What happens and why.
	*/
	readonly story: readonly Line[];
	/**
	Choices that there are; 0 when none is to be made.
	*/
	readonly choices: number;
	/**
	So many of them are in sight, from this one on.
	*/
	readonly shown: number;
	readonly firstShown: number;
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
	A line between plan and foot: who is affected is not to be taken for a part of the change.
	*/
	readonly hasFootTitle: boolean;
	/**
	Lines of the plan, and how many of them there is room for.
	*/
	readonly count: number;
	readonly height: number;
};

/**
Title, what stands between story and change, rule, status and keys.
*/
const frameHeight = 5;

/**
So much of the change is to be seen under review before more of the story is told.
*/
const leastForReview = 8;

/**
While one chooses, the change has this part of what is inside the frame before more of the story is told, and before more choices are in sight than the fewest.
*/
const shareOfChange = 0.5;
const fewestChoices = 4;

type Longest = {
	readonly width: number;
	readonly height: number;
	readonly lines: number;
};

const longest = new WeakMap<Finding, Longest>();

/**
Lines of the longest change among the choices, as far as it fits a window: that is not to be divided anew with each of them.
*/
const longestPlan = (
	explorer: Explorer,
	fix: Fix,
	wrapAll: (lines: readonly Line[]) => readonly Line[],
): number => {
	const {finding, isForAll} = fix;
	// Planned for many it costs too much to be asked for each choice.
	if (isForAll) {
		return Infinity;
	}

	const {width, height} = explorer.ui.state().size;
	const known = longest.get(finding);
	if (known?.width === width && known.height === height) {
		return known.lines;
	}

	let lines = 0;
	for (const offer of finding.offers.keys()) {
		// A change may be of thousands of pods: what fills the window is long enough.
		const plan = planLines(explorer, {...fix, offer}).slice(0, height);
		lines = Math.max(lines, wrapAll(plan).length);
		if (lines >= height) {
			break;
		}
	}

	longest.set(finding, {width, height, lines});
	return lines;
};

/**
The part of a list of choices around the marked one.
*/
const firstOf = (offer: number, shown: number, count: number): number =>
	Math.max(0, Math.min(offer - Math.floor(shown / 2), count - shown));

/**
Divides the window: the more there is to see of the change, the shorter the story, and the fewer choices in sight at once.
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
	const few = Math.min(choices, fewestChoices);
	const plan = isUnsent(fix) ? wrap(planLines(explorer, fix)) : [];
	const foot = wrap(stepLines(explorer, fix));
	const hasFootTitle =
		['review', 'confirm'].includes(fix.step) &&
		plan.length > 0 &&
		foot.length > 0;
	const inside = height - frameHeight - foot.length - (hasFootTitle ? 1 : 0);
	const wanted = isChoosing
		? Math.min(
				Math.floor(inside * shareOfChange),
				longestPlan(explorer, fix, wrap),
			)
		: Math.min(leastForReview, plan.length);
	const divisions = [
		{length: 'full', shown: choices},
		{length: 'short', shown: choices},
		{length: 'without-evidence', shown: choices},
		{length: 'without-evidence', shown: few},
		{length: 'sentences', shown: few},
	] as const;
	const told = divisions.map(({length, shown}) => ({
		shown,
		story: wrap(storyLines(explorer, fix, length)),
	}));
	const {story, shown} =
		told.find(
			(division) => inside - division.story.length - division.shown >= wanted,
		) ?? told.at(-1)!;
	return {
		story,
		choices,
		shown,
		firstShown: firstOf(fix.offer, shown, choices),
		hasScopeChoice,
		plan,
		foot,
		hasFootTitle,
		count: plan.length,
		height: Math.max(1, inside - story.length - shown),
	};
};
