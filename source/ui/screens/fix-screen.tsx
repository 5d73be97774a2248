import {Box, Text} from 'ink';
import SelectInput from 'ink-select-input';
import {type ReactElement, useEffect} from 'react';
import {sanitize} from '../../core/sanitize.js';
import {fieldLine} from '../components/field-line.js';
import {truncate} from '../display-width.js';
import {Lines} from '../components/lines.js';
import {useExplorer, useUi} from '../context.js';
import {
	chooseOffer,
	highlightOffer,
	isOwnWish,
	nameToType,
	settleFix,
} from '../fix/fix-commands.js';
import {isUnsent, planLines, stepLines, storyLines} from '../fix/fix-lines.js';
import {missingInput, safetyText} from '../fix/fix-plan.js';
import {useLook} from '../hooks/use-look.js';
import {type Line, lineText, paintLine, wrapLine} from '../line.js';
import {titleLine} from '../panes/pane-title.js';
import {type Fix} from '../reducer/state.js';
import {type Theme} from '../theme.js';
import {keyLine, statusLine} from './footer.js';

const titleFor = (fix: Fix, width: number, theme: Theme): string => {
	const {finding} = fix;
	const place = finding.namespace ?? finding.object.name;
	return titleLine(
		{
			digit: '',
			name: sanitize(
				`${isOwnWish(finding) ? 'Save selector' : 'Fix'}  ${place}`,
			),
			notes: isOwnWish(finding) ? [] : [finding.id],
			end: isOwnWish(finding)
				? undefined
				: {
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
						truncate(label, width - 4, theme.symbols.ellipsis),
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
			plan: wrap([
				...(isUnsent(fix) ? planLines(explorer, fix) : []),
				...stepLines(explorer, fix),
			]),
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
