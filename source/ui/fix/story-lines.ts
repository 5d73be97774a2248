import {type Evidence, type Finding} from '../../core/findings/finding.js';
import {doubtOf} from '../../core/findings/unseen-lines.js';
import {countAlike} from '../../core/remedies/batch.js';
import {sanitize} from '../../core/sanitize.js';
import {type Explorer} from '../explorer.js';
import {shortIds} from '../findings/short-ids.js';
import {unseenThatMatters} from '../findings/unseen.js';
import {field, type Line, line} from '../line.js';
import {type Fix} from '../reducer/state.js';
import {objectText} from '../../core/object-text.js';
import {alikeOf, isOwnWish, isUnsent, stillThere} from './fix-plan.js';

/**
Of the labels on the left.
*/
export const labelWidth = 13;

const evidenceLine = (
	{cluster, object, path, actual, expected}: Evidence,
	label: string,
): Line => {
	const place = `${objectText(object)}${cluster === 'home' ? '' : ` on ${cluster}`}`;
	const wanted = expected === undefined ? '' : `   expected ${expected}`;
	return field(
		label,
		sanitize(`${place}  ${path} = ${actual ?? '(absent)'}${wanted}`),
		{width: labelWidth},
	);
};

/**
How much of the story is told: with all evidence, with some, without, or only the cause and what follows.
*/
export type StoryLength = 'full' | 'short' | 'without-evidence' | 'sentences';

const evidenceShown: Readonly<Record<StoryLength, number>> = {
	full: 6,
	short: 2,
	'without-evidence': 0,
	sentences: 0,
};

type Wish = 'edit' | 'plan' | 'undo' | 'redo';

/**
What the message of an own wish is about; that of a finding is its cause.
*/
const wishLabel: Readonly<Record<Wish, string>> = {
	edit: 'Now',
	plan: 'Why',
	undo: 'Takes back',
	redo: 'Does again',
};

/**
What is wrong and what follows from it; or what somebody wishes, and what that does. Once it is mended, what was wrong.
*/
const sentenceLines = (fix: Fix, finding: Finding, isOver: boolean) => {
	const message = sanitize(shortIds(finding.message));
	const consequence = sanitize(shortIds(finding.consequence));
	const label = (name: string, text: string): Line =>
		field(name, text, {width: labelWidth});
	if (isOwnWish(finding)) {
		return [
			label(wishLabel[finding.id as string as Wish], message),
			label('What happens', consequence),
		];
	}

	// One stands for all that share it.
	const place = fix.isForAll
		? `${sanitize(finding.namespace ?? finding.object.name)}: `
		: '';
	return isOver
		? [label('Before', `${place}${message} ${consequence}`)]
		: [
				label('Cause', `${place}${message}`),
				label('What happens', `${place}${consequence}`),
			];
};

/**
Why, what happens, and the evidence as it is now.
*/
export const storyLines = (
	explorer: Explorer,
	fix: Fix,
	length: StoryLength,
): readonly Line[] => {
	const {finding: known} = fix;
	const found = stillThere(explorer, known);
	const finding = found ?? known;
	const label = (name: string, text: string): Line =>
		field(name, sanitize(text), {width: labelWidth});
	const isOver = fix.step === 'done' && found === undefined;
	if (isOver) {
		return sentenceLines(fix, finding, true);
	}

	const most = evidenceShown[length];
	const evidence = finding.evidence.slice(0, most);
	const more = finding.evidence.length - evidence.length;
	const alike = alikeOf(explorer, fix);
	const doubt = doubtOf(finding, unseenThatMatters(explorer));
	const isGone =
		isUnsent(fix) &&
		!isOwnWish(known) &&
		explorer.findings.isSettled() &&
		found === undefined;
	return [
		...(isGone
			? [
					field(
						'Now',
						'This is not found any more: somebody mended it, or the object is gone. esc goes back.',
						{width: labelWidth, tone: 'fine'},
					),
				]
			: []),
		...sentenceLines(fix, finding, false),
		...(doubt === undefined || length === 'sentences'
			? []
			: [label('How sure', shortIds(doubt))]),
		...evidence.map((fact, index) =>
			evidenceLine(fact, index === 0 ? 'Evidence' : ''),
		),
		...(more > 0 && most > 0
			? [line(`${' '.repeat(labelWidth + 1)}and ${more} more`, 'dim')]
			: []),
		...(finding.behind.length === 0 || length === 'sentences'
			? []
			: [label('Leads to', finding.behind.map(({title}) => title).join('; '))]),
		...(alike.length > 1 && length !== 'sentences'
			? [
					label(
						'Also',
						`${countAlike(alike)} have this finding: ${namesOf(alike)}`,
					),
				]
			: []),
	];
};

export const namesOf = (findings: readonly Finding[]): string => {
	const names = [
		...new Set(findings.map(({namespace, object}) => namespace ?? object.name)),
	];
	return `${names.slice(0, 6).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}`;
};
