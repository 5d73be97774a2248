import {sanitize} from '../../core/sanitize.js';
import {isPassedOver, undoOf} from '../../core/undo.js';
import {offloadingIn} from '../../core/world.js';
import {type Explorer} from '../explorer.js';
import {shortIds} from '../findings/short-ids.js';
import {field, type Line, line} from '../line.js';
import {type Fix} from '../reducer/state.js';
import {levelSymbol, levelTone, type Tone} from '../theme.js';
import {whyUnwritable} from './fix-state.js';
import {isOwnWish, missingInput, planOf, stillAmong} from './fix-plan.js';
import {labelWidth} from './story-lines.js';

/**
After so long without the finding being gone, the wait says so; it does not end.
*/
const patience = 30_000;

const optionLines = (explorer: Explorer, fix: Fix): readonly Line[] =>
	(missingInput(fix)?.options?.(fix.finding, explorer.world) ?? [])
		.filter(({value}) => value.startsWith(fix.field.text.trim()))
		.slice(0, 8)
		.map(({value, note}) => [
			{text: `  ${sanitize(value)}`},
			{text: note === undefined ? '' : `   ${sanitize(note)}`, tone: 'dim'},
		]);

/**
What is wrong with the value as far as it is typed.
*/
const verdictLines = (explorer: Explorer, fix: Fix): readonly Line[] => {
	const value = fix.field.text.trim();
	if (value === '') {
		return [line('Type a value; nothing is written before the review.', 'dim')];
	}

	const problem = missingInput(fix)?.check?.(
		value,
		fix.finding,
		explorer.world,
	);
	return [
		problem === undefined
			? line(`"${sanitize(value)}" can be used.`, 'fine')
			: line(sanitize(problem), 'error'),
	];
};

const receiptsShown = 6;

const receiptLines = ({receipts}: Fix): readonly Line[] => {
	const hidden = receipts.length - receiptsShown;
	return [
		...(hidden > 0 ? [line(`  ${hidden} more before these`, 'dim')] : []),
		...receipts
			.slice(-receiptsShown)
			.map(({text, level}): Line => [
				{text: `${levelSymbol[level]} `, tone: levelTone[level]},
				{text: sanitize(text)},
			]),
	];
};

const radiusTone = (sentence: string): Tone | undefined => {
	if (
		/^(?:Loses: (?!nothing)|Would be refused|.*will be aborted)/v.test(sentence)
	) {
		return 'error';
	}

	return sentence.startsWith('Not known') ? 'dim' : undefined;
};

const reviewLines = (explorer: Explorer, fix: Fix): readonly Line[] => {
	const {notice, radius, dryRun} = fix;
	const plan = planOf(explorer, fix);
	if (plan?.outcome !== 'changes') {
		return [];
	}

	return [
		...(notice ? [line(sanitize(notice.text), levelTone[notice.level])] : []),
		...(radius ?? ['Who is affected: playing it through…']).map((sentence) =>
			line(sanitize(sentence), radiusTone(sentence)),
		),
		explorer.ports.send
			? dryRun
				? line(sanitize(dryRun.text), levelTone[dryRun.level])
				: line('Server dry run: asking…', 'dim')
			: line(
					`${whyUnwritable(explorer)} c copies the commands, s saves them to a file.`,
					'warning',
				),
	];
};

/**
Where the fix stands; always in sight, below the change.
*/
export const stepLines = (explorer: Explorer, fix: Fix): readonly Line[] => {
	switch (fix.step) {
		case 'choose': {
			return [];
		}

		case 'answer': {
			return [...optionLines(explorer, fix), ...verdictLines(explorer, fix)];
		}

		case 'confirm': {
			return [
				...reviewLines(explorer, fix),
				...(explorer.ui.state().message
					? [
							line(
								sanitize(explorer.ui.state().message!.text),
								levelTone[explorer.ui.state().message!.level],
							),
						]
					: []),
			];
		}

		case 'review': {
			return reviewLines(explorer, fix);
		}

		case 'send': {
			return [...receiptLines(fix), line('Sending…', 'progress')];
		}

		case 'wait': {
			const waited = explorer.ports.now() - fix.since;
			const seconds = Math.max(0, Math.floor(waited / 1000));
			const left = stillAmong(explorer, fix.treated);
			const progress =
				fix.treated.length > 1
					? ` (gone from ${fix.treated.length - left.length} of ${fix.treated.length})`
					: '';
			return [
				...receiptLines(fix),
				line(''),
				...standLines(explorer, fix),
				...(waited > patience
					? [
							line(
								`Still there after ${seconds}s${progress}. What did not move:`,
								'warning',
							),
							...left.slice(0, 3).map(({message}) => line(sanitize(message))),
						]
					: [
							line(
								`Waiting until the finding is gone: ${seconds}s${progress}`,
								'progress',
							),
						]),
			];
		}

		case 'done': {
			return [
				...receiptLines(fix),
				line(''),
				...standLines(explorer, fix),
				line(
					fix.undone.length > 0
						? 'c copies the commands of what was not done; enter goes back.'
						: `enter goes back. ${wayBack(explorer, fix)}`,
					'dim',
				),
			];
		}
	}
};

/**
What `z` would do now, or why it would do nothing.
*/
const wayBack = ({log, world}: Explorer, {finding, treated}: Fix): string => {
	if (isOwnWish(finding) && finding.offers[0]?.remedy === 'undo-writes') {
		return 'Z does it again.';
	}

	const done = log.lastDone();
	const found = undoOf(done, world);
	if (typeof found === 'string') {
		return `No way back by z: ${found}`;
	}

	if (treated.length > 1) {
		return 'z takes the last of them back, and each z after it the one before.';
	}

	return done.some(({change}) => isPassedOver(change))
		? 'z takes it back, but for the deleted pods.'
		: 'z takes it back.';
};

/**
Namespaces whose phases are told; of many, the first.
*/
const phasesShown = 6;

/**
How the namespaces stand now: the fix of one cause may have uncovered another.
*/
const standLines = (
	explorer: Explorer,
	{finding, treated}: Fix,
): readonly Line[] => {
	const names = [
		...new Set(
			(treated.length === 0 ? [finding] : treated).flatMap(
				({namespace}) => namespace ?? [],
			),
		),
	];
	if (names.length === 0) {
		return [];
	}

	const phases = names.slice(0, phasesShown).map((name) => {
		const phase =
			offloadingIn(explorer.world.consumer, name)?.status.offloadingPhase ??
			'-';
		return names.length === 1 ? phase : `${name} ${phase}`;
	});
	const hidden = names.length - phases.length;
	const worst = names
		.map((name) => explorer.findings.worstIn(name))
		.find((one) => one !== undefined);
	const place =
		names.length > 1 && worst?.namespace !== undefined
			? `${worst.namespace}: `
			: '';
	return [
		field(
			'Phase now',
			sanitize(
				`${phases.join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`,
			),
			{width: labelWidth},
		),
		...(worst
			? [
					field(
						'Worst now',
						sanitize(`${place}${shortIds(worst.message)} (${worst.id})`),
						{
							width: labelWidth,
							tone: worst.severity,
						},
					),
				]
			: []),
	];
};
