import {Box, Text} from 'ink';
import SelectInput from 'ink-select-input';
import {type ReactElement, useEffect} from 'react';
import {type Evidence} from '../../core/findings/finding.js';
import {sanitize} from '../../core/sanitize.js';
import {fieldLine} from '../components/field-line.js';
import {Lines} from '../components/lines.js';
import {useExplorer, useUi} from '../context.js';
import {type Explorer} from '../explorer.js';
import {changeLines} from '../fix/change-lines.js';
import {
	chooseOffer,
	highlightOffer,
	nameToType,
	settleFix,
} from '../fix/fix-commands.js';
import {missingInput, planOf, safetyText, stillThere} from '../fix/fix-plan.js';
import {useLook} from '../hooks/use-look.js';
import {
	field,
	type Line,
	line,
	lineText,
	paintLine,
	wrapLine,
} from '../line.js';
import {titleLine} from '../panes/pane-title.js';
import {type Fix} from '../reducer/state.js';
import {levelSymbol, levelTone, type Theme} from '../theme.js';
import {keyLine, statusLine} from './footer.js';

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
	return [
		{text: ' '.repeat(labelWidth + 1)},
		{text: sanitize(`${place}  ${path} = `), tone: 'dim'},
		{
			text: sanitize(
				`${actual ?? '(absent)'}${expected === undefined ? '' : `   expected ${expected}`}`,
			),
		},
	];
};

const storyLines = (
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

const planLines = (explorer: Explorer, fix: Fix): readonly Line[] => {
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

const stepLines = (explorer: Explorer, fix: Fix): readonly Line[] => {
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
			return [line(''), ...receipts, line('Sending…', 'progress')];
		}

		case 'wait': {
			const waited = explorer.ports.now() - fix.since;
			const seconds = Math.max(0, Math.floor(waited / 1000));
			return [
				line(''),
				...receipts,
				line(
					waited > patience
						? `The finding is still there after ${seconds}s. Its evidence above shows what did not move.`
						: `Waiting until the finding is gone: ${seconds}s`,
					waited > patience ? 'warning' : 'progress',
				),
			];
		}

		case 'done': {
			return [line(''), ...receipts, line('enter goes back', 'dim')];
		}
	}
};

const titleFor = (fix: Fix, width: number, theme: Theme): string => {
	const {finding} = fix;
	const place = finding.namespace ?? finding.object.name;
	return titleLine(
		{
			digit: '',
			name: sanitize(`Fix  ${place}`),
			notes: [finding.id],
			end: {
				text: `${finding.severity}, ${finding.certainty}`,
				tone: finding.severity,
			},
			isFocused: true,
		},
		width,
		theme,
	);
};

const Choices = ({
	fix,
	width,
	theme,
}: {
	readonly fix: Fix;
	readonly width: number;
	readonly theme: Theme;
}): ReactElement => {
	const {explorer} = useExplorer();
	const items = fix.finding.offers.map((offer, index) => ({
		key: String(index),
		label: sanitize(
			`${index + 1}  ${offer.title}${offer.effect === undefined ? '' : `   ${offer.effect}`}   (${safetyText(offer)})`,
		),
		value: index,
	}));
	return (
		<SelectInput
			items={items}
			initialIndex={fix.offer}
			indicatorComponent={({isSelected = false}) => (
				<Text>{isSelected ? ` ${theme.symbols.cursor} ` : ' '.repeat(3)}</Text>
			)}
			itemComponent={({isSelected = false, label}) => (
				<Text wrap="truncate">
					{theme.paint(
						isSelected ? 'strong' : 'plain',
						lineText([{text: label}]).slice(0, width - 4),
					)}
				</Text>
			)}
			onHighlight={({value}) => {
				highlightOffer(explorer, value);
			}}
			onSelect={({value}) => {
				chooseOffer(explorer, value);
			}}
		/>
	);
};

const promptLine = (
	fix: Fix,
	width: number,
	theme: Theme,
): string | undefined => {
	if (fix.step === 'answer') {
		return fieldLine(fix.field, {
			prefix: `${missingInput(fix)?.title ?? ''}: `,
			suffix: 'tab completes, enter goes on',
			width,
			theme,
		});
	}

	return fix.step === 'confirm'
		? fieldLine(fix.field, {
				prefix: `Type ${sanitize(nameToType(fix))} to do it: `,
				suffix: 'esc leaves it',
				width,
				theme,
			})
		: undefined;
};

/**
From a finding to its end: what happens, why, the evidence as it is now, the choices, what the chosen one would write, and whether it worked.
*/
export const FixScreen = ({fix}: {readonly fix: Fix}): ReactElement => {
	const {explorer, theme, isAscii} = useExplorer();
	const {width, height} = useUi().size;
	const {findings, store, ticker} = explorer;
	const look = useLook([findings, store, ticker], () => {
		const wrap = (lines: readonly Line[]) =>
			lines.flatMap((spans) => wrapLine(spans, width - 3));
		const value = {
			story: wrap(storyLines(explorer, fix)),
			plan: wrap([...planLines(explorer, fix), ...stepLines(explorer, fix)]),
		};
		return {
			value,
			text: [...value.story, ...value.plan]
				.map((spans) => lineText(spans))
				.join('\n'),
		};
	});
	useEffect(() => {
		settleFix(explorer);
		return findings.subscribe(() => {
			settleFix(explorer);
		});
	}, [explorer, findings, fix.step]);

	const isChoosing = fix.step === 'choose' && fix.finding.offers.length > 0;
	const choicesHeight = isChoosing ? fix.finding.offers.length + 1 : 0;
	const room = height - 3 - look.story.length - choicesHeight - 2;
	const plan = look.plan.slice(0, Math.max(1, room));
	const filling = Math.max(0, room - plan.length);
	const paint = (spans: Line): string =>
		` ${paintLine(spans, width - 1, theme)}`;
	const blank = ' '.repeat(width);
	const upper = [
		titleFor(fix, width, theme),
		...look.story.map((spans) => paint(spans)),
		blank,
	];
	const chosen = fix.finding.offers[fix.offer];
	const lower = [
		titleLine(
			{
				digit: '',
				name: isChoosing ? 'Change' : sanitize(chosen?.title ?? 'Change'),
				notes: [],
				end: undefined,
				isFocused: false,
			},
			width,
			theme,
		),
		...plan.map((spans) => paint(spans)),
		...Array.from({length: filling}, () => blank),
		promptLine(fix, width, theme) ?? statusLine(explorer, blank, width, theme),
		keyLine(explorer, {width, theme, isAscii}),
	];
	return (
		<Box flexDirection="column" width={width} height={height}>
			<Lines lines={upper} width={width} height={upper.length} />
			{isChoosing && (
				<Box height={choicesHeight} flexDirection="column" flexShrink={0}>
					<Choices fix={fix} width={width} theme={theme} />
				</Box>
			)}
			<Lines lines={lower} width={width} height={lower.length} />
		</Box>
	);
};
