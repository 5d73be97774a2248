import {Box} from 'ink';
import {Fragment, type ReactElement} from 'react';
import {Lines} from '../components/lines.js';
import {Separator} from '../components/separator.js';
import {useExplorer, useUi} from '../context.js';
import {findingLine} from '../findings/finding-lines.js';
import {useLook} from '../hooks/use-look.js';
import {layOutPanes, type Place} from '../layout.js';
import {Detail} from '../panes/detail.js';
import {Pane} from '../panes/pane.js';
import {type PaneId} from '../reducer/state.js';
import {keyLine, statusLine} from './footer.js';
import {Header} from './header.js';

/**
The four live panes, the line of where we are, and the line of what the keys do.
*/
export const ExplorerScreen = (): ReactElement => {
	const {explorer, theme, isAscii} = useExplorer();
	const state = useUi();
	const {width} = state.size;
	const layout = layOutPanes(state.size, state);

	const {store, findings, ui} = explorer;
	const idle = useLook([store, findings, ui], () => {
		const value = findingLine(explorer, width, theme);
		return {value, text: value};
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
		statusLine(explorer, idle, width, theme),
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
				lines={layout.footerHeight === 3 ? [rule, ...footer] : footer}
				width={width}
				height={layout.footerHeight}
			/>
		</Box>
	);
};
