import {type Evidence} from '../../core/findings/finding.js';
import {sanitize} from '../../core/sanitize.js';
import {type Explorer} from '../explorer.js';
import {field, type Line, line} from '../line.js';
import {type Fix} from '../reducer/state.js';
import {levelSymbol, levelTone} from '../theme.js';
import {changeLines} from './change-lines.js';
import {missingInput, planOf, stillThere} from './fix-plan.js';

/**
After so long without the finding being gone, the wait says so; it does not end.
*/
const patience = 30_000;

const labelWidth = 13;

const evidenceLine = ({
	cluster,
	object,
	path,
	actual,
	expected,
}: Evidence): Line => {
	const place = `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}${cluster === 'home' ? '' : ` on ${cluster}`}`;
	const wanted = expected === undefined ? '' : `   expected ${expected}`;
	return [
		{text: ' '.repeat(labelWidth + 1)},
		{text: sanitize(`${place}  ${path} = ${actual ?? '(absent)'}${wanted}`)},
	];
};

/**
What happens, why, and the evidence as it is now.
*/
export const storyLines = (
	explorer: Explorer,
	{finding: known}: Fix,
): readonly Line[] => {
	const finding = stillThere(explorer, known) ?? known;
	const evidence = finding.evidence.slice(0, 6);
	return [
		field('What happens', sanitize(finding.consequence), {width: labelWidth}),
		field('Why', sanitize(finding.message), {width: labelWidth}),
		...(evidence.length === 0
			? []
			: [field('Evidence', '', {width: labelWidth})]),
		...evidence.map((fact) => evidenceLine(fact)),
		...(finding.behind.length === 0
			? []
			: [
					field(
						'Because of it',
						sanitize(finding.behind.map(({title}) => title).join(', ')),
						{width: labelWidth},
					),
				]),
	];
};

/**
What the highlighted choice would write.
*/
export const planLines = (explorer: Explorer, fix: Fix): readonly Line[] => {
	const plan = planOf(explorer, fix);
	switch (plan?.outcome) {
		case 'changes': {
			return plan.changes.flatMap((change) =>
				changeLines(change, explorer.world),
			);
		}

		case 'refusal': {
			return [line(sanitize(plan.reason), 'warning')];
		}

		case 'instruction': {
			return [
				line(sanitize(`For ${plan.who}:`), 'strong'),
				...plan.steps.map((step, index) =>
					line(sanitize(`${index + 1}. ${step}`)),
				),
			];
		}

		case undefined: {
			const input = missingInput(fix);
			return input
				? [line(`Asks for: ${input.title}`, 'dim')]
				: [line('Nothing can be done about this from here.', 'dim')];
		}
	}
};

const optionLines = (explorer: Explorer, fix: Fix): readonly Line[] =>
	(missingInput(fix)?.options?.(fix.finding, explorer.world) ?? [])
		.slice(0, 8)
		.map(({value, note}) => [
			{text: `  ${sanitize(value)}`},
			{text: note === undefined ? '' : `   ${sanitize(note)}`, tone: 'dim'},
		]);

/**
Where the fix stands.
*/
export const stepLines = (explorer: Explorer, fix: Fix): readonly Line[] => {
	const receipts = fix.receipts.map(({text, level}): Line => [
		{text: `${levelSymbol[level]} `, tone: levelTone[level]},
		{text: sanitize(text)},
	]);
	switch (fix.step) {
		case 'choose':
		case 'answer':
		case 'confirm': {
			return fix.step === 'answer' ? optionLines(explorer, fix) : [];
		}

		case 'review': {
			const text = explorer.ports.send
				? 'Server dry run: asking…'
				: 'Nothing can be written in this session: c copies the command.';
			return [
				line(''),
				fix.dryRun
					? line(sanitize(fix.dryRun.text), levelTone[fix.dryRun.level])
					: line(text, 'dim'),
			];
		}

		case 'send': {
			return [...receipts, line('Sending…', 'progress')];
		}

		case 'wait': {
			const waited = explorer.ports.now() - fix.since;
			const seconds = Math.max(0, Math.floor(waited / 1000));
			return [
				...receipts,
				...standLines(explorer, fix),
				line(
					waited > patience
						? `The finding is still there after ${seconds}s. Its evidence above shows what did not move.`
						: `Waiting until the finding is gone: ${seconds}s`,
					waited > patience ? 'warning' : 'progress',
				),
			];
		}

		case 'done': {
			return [
				...receipts,
				line(''),
				...standLines(explorer, fix),
				line(''),
				line('enter goes back', 'dim'),
			];
		}
	}
};

/**
Once it is on its way, what it would write is history.
*/
export const isUnsent = ({step}: Fix): boolean =>
	['choose', 'answer', 'review', 'confirm'].includes(step);

/**
How the namespace stands now: the fix of one cause may have uncovered another.
*/
const standLines = (explorer: Explorer, {finding}: Fix): readonly Line[] => {
	if (finding.namespace === undefined) {
		return [];
	}

	const offloading = explorer.world.consumer.get(
		'NamespaceOffloading',
		finding.namespace,
		'offloading',
	);
	const worst = explorer.findings.worstIn(finding.namespace);
	return [
		field('Phase now', sanitize(offloading?.status.offloadingPhase ?? '-'), {
			width: labelWidth,
		}),
		...(worst
			? [
					field('Worst now', sanitize(`${worst.message} (${worst.id})`), {
						width: labelWidth,
						tone: worst.severity,
					}),
				]
			: []),
	];
};
