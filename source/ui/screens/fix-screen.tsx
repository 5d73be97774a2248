import {Box, Text} from 'ink';
import SelectInput from 'ink-select-input';
import {type ReactElement, useEffect} from 'react';
import {sanitize} from '../../core/sanitize.js';
import {fieldLine} from '../components/field-line.js';
import {truncate} from '../display-width.js';
import {Lines} from '../components/lines.js';
import {useExplorer, useUi} from '../context.js';
import {shortIds} from '../findings/short-ids.js';
import {countAlike} from '../../core/remedies/batch.js';
import {type Explorer} from '../explorer.js';
import {choiceText} from '../fix/choice-text.js';
import {
	chooseOffer,
	highlightOffer,
	nameToType,
	settleFix,
} from '../fix/fix-commands.js';
import {choiceWidth} from '../fix/fix-lines.js';
import {type FixLayout, layOutFix} from '../fix/fix-layout.js';
import {alikeOf, isOwnWish, missingInput} from '../fix/fix-plan.js';
import {useLook} from '../hooks/use-look.js';
import {type Line, lineText, paintLine} from '../line.js';
import {titleLine} from '../panes/pane-title.js';
import {type Fix} from '../reducer/state.js';
import {type Theme} from '../theme.js';
import {keyLine, statusLine} from './footer.js';

const titleFor = (
	explorer: Explorer,
	fix: Fix,
	width: number,
	theme: Theme,
): string => {
	const {finding} = fix;
	// Those that are mended do not share it any more.
	const all = fix.treated.length > 1 ? fix.treated : alikeOf(explorer, fix);
	const place = fix.isForAll
		? `all ${countAlike(all)}`
		: (finding.namespace ?? finding.object.name);
	return titleLine(
		{
			digit: '',
			name: sanitize(`${isOwnWish(finding) ? finding.title : 'Fix'}  ${place}`),
			notes: isOwnWish(finding)
				? []
				: [
						finding.id,
						...(width < 100
							? []
							: [
									explorer.world.consumer.generation?.id ?? '',
									sanitize(explorer.session.title),
								]),
					],
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
	hasScopeChoice,
	width,
	theme,
}: {
	readonly fix: Fix;
	readonly hasScopeChoice: boolean;
	readonly width: number;
	readonly theme: Theme;
}): ReactElement => {
	const {explorer} = useExplorer();
	const {prompt} = useUi();
	const {finding, isForAll} = fix;
	const items = finding.offers.map((_, index) => ({
		key: String(index),
		label: choiceText(fix, index, choiceWidth(explorer), theme.symbols.ellipsis)
			.text,
		value: index,
	}));
	const last = items.length;
	const scope = isForAll
		? `Only in ${finding.namespace ?? finding.object.name}`
		: `For all ${countAlike(alikeOf(explorer, fix))} that have this finding${theme.symbols.ellipsis}`;
	if (hasScopeChoice) {
		items.push({
			key: 'scope',
			label: sanitize(`${last + 1}  ${scope}`),
			value: last,
		});
	}

	return (
		<SelectInput
			key={String(isForAll)}
			items={items}
			// What is typed below is not chosen above.
			isFocused={prompt === undefined}
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
	explorer: Explorer,
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
				prefix: `Type "${sanitize(nameToType(explorer, fix))}" to do it: `,
				suffix: 'esc leaves it',
				width,
				theme,
			})
		: undefined;
};

/**
The line above the choices, with how many there are beyond those in sight.
*/
const chooseLine = (
	fix: Fix,
	{choices, shown, firstShown}: FixLayout,
	width: number,
	theme: Theme,
): string => {
	const {up, down} = theme.symbols;
	const below = choices - shown - firstShown;
	const more = [
		...(firstShown > 0 ? [`${up} ${firstShown}`] : []),
		...(below > 0 ? [`${down} ${below}`] : []),
	];
	return titleLine(
		{
			digit: '',
			name: 'Choose',
			notes: [`${fix.offer + 1} of ${choices}`],
			end:
				more.length === 0
					? undefined
					: {text: `${more.join('  ')} more`, tone: 'strong'},
			isFocused: true,
		},
		width,
		theme,
	);
};

/**
From a finding to its end: what happens, why, the evidence as it is now, the choices, what the chosen one would write, and whether it worked.
*/
export const FixScreen = ({fix}: {readonly fix: Fix}): ReactElement => {
	const {explorer, theme, isAscii} = useExplorer();
	const {width, height} = useUi().size;
	const {findings, store, ticker} = explorer;
	const look = useLook([findings, store, ticker], () => {
		const value = layOutFix(explorer, fix);
		return {
			value,
			text: [
				`${value.choices} ${value.shown} ${value.firstShown} ${value.height}`,
				...[value.story, value.plan, value.foot].map((lines) =>
					lines.map((spans) => lineText(spans)).join('\n'),
				),
			].join('\n\n'),
		};
	});
	useEffect(() => {
		settleFix(explorer);
		return findings.subscribe(() => {
			settleFix(explorer);
		});
	}, [explorer, findings, fix.step]);

	const isChoosing = look.choices > 0;
	const top = Math.max(0, Math.min(fix.top, look.count - look.height));
	const plan = look.plan.slice(top, top + look.height);
	const filling = Math.max(0, look.height - plan.length);
	const footTitle = titleLine(
		{
			digit: '',
			name: 'Effect',
			notes: [],
			end: undefined,
			isFocused: false,
		},
		width,
		theme,
	);
	const paint = (spans: Line): string =>
		` ${paintLine(spans, width - 1, theme)}`;
	const blank = ' '.repeat(width);
	const upper = [
		titleFor(explorer, fix, width, theme),
		...look.story.map((spans) => paint(spans)),
		isChoosing ? chooseLine(fix, look, width, theme) : blank,
	];
	const chosen = fix.finding.offers[fix.offer];
	const lower = [
		titleLine(
			{
				digit: '',
				name: isChoosing
					? 'Change'
					: sanitize(shortIds(chosen?.title ?? 'Change')),
				notes: [],
				end:
					look.count > look.height
						? {
								text: `${top + 1}-${top + plan.length} of ${look.count}  PgDn`,
								tone: 'strong',
							}
						: undefined,
				isFocused: false,
			},
			width,
			theme,
		),
		...plan.map((spans) => paint(spans)),
		...(look.hasFootTitle ? [footTitle] : []),
		...look.foot.map((spans) => paint(spans)),
		...Array.from({length: filling}, () => blank),
		promptLine(explorer, fix, width, theme) ??
			statusLine(explorer, blank, width, theme),
		keyLine(explorer, {
			width,
			theme,
			isAscii,
			idle: look.count > look.height ? [] : ['page-down'],
		}),
	];
	return (
		<Box flexDirection="column" width={width} height={height}>
			<Lines lines={upper} width={width} height={upper.length} />
			{isChoosing && (
				<Box
					height={look.shown}
					flexDirection="column"
					flexShrink={0}
					overflow="hidden"
				>
					<Box
						flexDirection="column"
						flexShrink={0}
						marginTop={-look.firstShown}
					>
						<Choices
							fix={fix}
							hasScopeChoice={look.hasScopeChoice}
							width={width}
							theme={theme}
						/>
					</Box>
				</Box>
			)}
			<Lines lines={lower} width={width} height={lower.length} />
		</Box>
	);
};
