import {type Evidence, type Finding} from '../../core/findings/finding.js';
import {doubtOf} from '../../core/findings/unseen-lines.js';
import {type Batch, countAlike} from '../../core/remedies/batch.js';
import {remedyOf} from '../../core/remedies/index.js';
import {type Input} from '../../core/remedies/remedy.js';
import {sanitize} from '../../core/sanitize.js';
import {type Explorer} from '../explorer.js';
import {shortIds} from '../findings/short-ids.js';
import {field, type Line, line} from '../line.js';
import {type Fix} from '../reducer/state.js';
import {changeLines} from './change-lines.js';
import {
	alikeOf,
	batchOf,
	isOwnWish,
	missingInput,
	offerOf,
	planOf,
	stillThere,
} from './fix-plan.js';

/**
Of the labels on the left.
*/
export const labelWidth = 13;

const evidenceLine = (
	{cluster, object, path, actual, expected}: Evidence,
	label: string,
): Line => {
	const place = `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}${cluster === 'home' ? '' : ` on ${cluster}`}`;
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

/**
What happens, why, and the evidence as it is now.
*/
export const storyLines = (
	explorer: Explorer,
	fix: Fix,
	length: StoryLength,
): readonly Line[] => {
	const {finding: known} = fix;
	const finding = stillThere(explorer, known) ?? known;
	const label = (name: string, text: string): Line =>
		field(name, sanitize(text), {width: labelWidth});
	const most = evidenceShown[length];
	const evidence = finding.evidence.slice(0, most);
	const more = finding.evidence.length - evidence.length;
	const alike = alikeOf(explorer, fix);
	const doubt = doubtOf(finding, explorer.findings.diagnosis().unseen);
	const isGone =
		isUnsent(fix) &&
		!isOwnWish(known) &&
		explorer.findings.isSettled() &&
		stillThere(explorer, known) === undefined;
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
		label('What happens', shortIds(finding.consequence)),
		label('Why', shortIds(finding.message)),
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
			: [
					label(
						'Because of it',
						finding.behind.map(({title}) => title).join('; '),
					),
				]),
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

const namesOf = (findings: readonly Finding[]): string => {
	const names = [
		...new Set(findings.map(({namespace, object}) => namespace ?? object.name)),
	];
	return `${names.slice(0, 6).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}`;
};

/**
More objects than these are not spelled out; what they get is the same.
*/
const mostSpelledOut = 100;

const batchLines = (
	explorer: Explorer,
	{members, left}: Batch,
): readonly Line[] => {
	const writing = members.filter(({changes}) => changes.length > 0);
	const hidden = writing.length - mostSpelledOut;
	return [
		line(
			`${countAlike(members.map(({finding}) => finding))}, one after the other; the first refusal ends it. Each write can be undone by itself where it has an inverse.`,
			'strong',
		),
		...left.map(({finding, reason}) =>
			line(
				sanitize(
					`Left alone: ${finding.namespace ?? finding.object.name}: ${reason}`,
				),
				'warning',
			),
		),
		...writing
			.slice(0, mostSpelledOut)
			.flatMap(({changes}) =>
				changes.flatMap((change) => changeLines(change, explorer.world)),
			),
		...(hidden > 0
			? [line(`and ${hidden} more like these; c copies all commands`, 'dim')]
			: []),
	];
};

const scopeLines = (explorer: Explorer, fix: Fix): readonly Line[] => {
	const alike = alikeOf(explorer, fix);
	return fix.isForAll
		? [line('The choices above mean this one object again.')]
		: [
				line(
					sanitize(
						`The choice is then made for all of them: ${namesOf(alike)}.`,
					),
				),
				line(
					'One review shows every write and all who are affected; it stops at the first refusal.',
				),
			];
};

/**
What the highlighted choice would write.
*/
export const planLines = (explorer: Explorer, fix: Fix): readonly Line[] => {
	if (fix.offer >= fix.finding.offers.length && fix.finding.offers.length > 0) {
		return scopeLines(explorer, fix);
	}

	const batch = batchOf(explorer, fix);
	if (batch) {
		return batchLines(explorer, batch);
	}

	const plan = planOf(explorer, fix);
	switch (plan?.outcome) {
		case 'changes': {
			const {irreversible} = remedyOf(offerOf(fix)!);
			const {effect} = offerOf(fix)!;
			return [
				...(effect === undefined || fix.step !== 'choose'
					? []
					: [line(sanitize(shortIds(effect)), 'dim')]),
				...(irreversible === undefined
					? []
					: [
							line(
								sanitize(`This cannot be undone: ${irreversible}.`),
								'warning',
							),
						]),
				...plan.changes.flatMap((change) =>
					changeLines(change, explorer.world),
				),
			];
		}

		case 'refusal': {
			return [line(sanitize(plan.reason), 'warning')];
		}

		case 'instruction': {
			return [
				line(
					sanitize(`Nothing is written from here. For ${plan.who}:`),
					'strong',
				),
				...plan.steps.map((step, index) =>
					line(sanitize(`${index + 1}. ${step}`)),
				),
				line(
					'c copies this with the evidence, s saves it to a file, to send along.',
					'dim',
				),
			];
		}

		case undefined: {
			const input = missingInput(fix);
			return input
				? [line(inputLead(input), 'dim')]
				: [line('Nothing can be done about this from here.', 'dim')];
		}
	}
};

const inputLead = ({kind, title}: Input): string =>
	kind === 'selector'
		? 'Opens the selector editor, with live matches; nothing is written before the review.'
		: `Asks for: ${title}`;

/**
Once it is on its way, what it would write is history.
*/
export const isUnsent = ({step}: Fix): boolean =>
	['choose', 'answer', 'review', 'confirm'].includes(step);
