import {Box} from 'ink';
import {Fragment, type ReactElement} from 'react';
import {Lines} from '../components/lines.js';
import {Separator} from '../components/separator.js';
import {useExplorer, useUi} from '../context.js';
import {type Explorer} from '../explorer.js';
import {layoutOf} from '../dispatch/geometry.js';
import {whyNot} from '../dispatch/unavailable.js';
import {
	findingInView,
	findingOutlook,
	findingSentence,
	firstOffer,
} from '../findings/finding-lines.js';
import {useLook} from '../hooks/use-look.js';
import {type Layout, type Place} from '../layout.js';
import {paintLine} from '../line.js';
import {Detail} from '../panes/detail.js';
import {Pane} from '../panes/pane.js';
import {type PaneId, paneIds} from '../reducer/state.js';
import {type Theme} from '../theme.js';
import {keyLine, signedLines, statusLines} from './footer.js';
import {Header} from './header.js';

/**
What is wrong with the selected row, and what would be done about it first, in the lines there are.
*/
const findingStatus = (
	explorer: Explorer,
	{statusHeight: count, hasDetail}: Layout,
	theme: Theme,
): readonly string[] => {
	const found = findingInView(explorer);
	if (found === undefined) {
		return [];
	}

	const {finding, isOfRow} = found;
	const {width} = explorer.ui.state().size;
	const isFixable = isOfRow && whyNot('fix', explorer) === undefined;
	const said =
		hasDetail && isOfRow && count === 1
			? findingOutlook(finding, isFixable)
			: findingSentence(finding, isOfRow);
	const lines = signedLines(
		theme.sign(finding.severity),
		finding.severity,
		said,
		{width, count, theme},
	);
	const offer = isFixable && lines.length < count ? firstOffer(finding) : [];
	return offer.length === 0
		? lines
		: [...lines, paintLine([{text: ' '.repeat(3)}, ...offer], width, theme)];
};

/**
The four live panes, the line of where we are, and the line of what the keys do.
*/
export const ExplorerScreen = (): ReactElement => {
	const {explorer, theme, isAscii} = useExplorer();
	const state = useUi();
	const {width} = state.size;
	const {panes} = explorer;
	const layout = useLook(
		paneIds.map((id) => panes[id]),
		() => {
			const value = layoutOf(explorer);
			return {value, text: JSON.stringify(value)};
		},
	);

	const room = {width, count: layout.statusHeight, theme};

	const {store, findings, ui} = explorer;
	const idle = useLook([store, findings, ui], () => {
		const value = findingStatus(explorer, layout, theme);
		return {value, text: value.join('\n')};
	});

	const renderPlace = (place: Place): ReactElement =>
		place.id === 'detail' ? (
			<Detail width={place.width} height={place.height} />
		) : (
			<Pane
				id={place.id}
				width={place.width}
				height={place.height}
				isFocused={place.id === state.focus}
				state={state.panes[place.id]}
				scope={scopeOf(place.id)}
				pinned={
					state.scopeKey?.pane === place.id ? state.scopeKey.key : undefined
				}
			/>
		);
	const scopeOf = (id: PaneId) =>
		state.scopeKey?.pane === id ? undefined : state.scope;

	const bands = (
		<Box flexDirection="column" flexShrink={0}>
			{layout.bands.map((places, index) => (
				<Box key={index} flexShrink={0}>
					{places.map((place, at) => (
						<Fragment key={place.id}>
							{at > 0 && <Separator height={place.height} theme={theme} />}
							{renderPlace(place)}
						</Fragment>
					))}
				</Box>
			))}
		</Box>
	);

	const rule = theme.paint('dim', theme.symbols.horizontal.repeat(width));
	const footer = [
		...statusLines(explorer, idle, room),
		keyLine(explorer, {width, theme, isAscii}),
	];
	return (
		<Box flexDirection="column" width={width} height={state.size.height}>
			{layout.hasHeader && <Header width={width} />}
			<Box flexShrink={0}>
				{bands}
				{layout.side && (
					<>
						<Separator height={layout.side.height} theme={theme} />
						{renderPlace(layout.side)}
					</>
				)}
			</Box>
			<Lines
				lines={footer.length < layout.footerHeight ? [rule, ...footer] : footer}
				width={width}
				height={layout.footerHeight}
			/>
		</Box>
	);
};
