import {type SuspendTerminal, useApp, useWindowSize} from 'ink';
import {type ReactElement, useEffect, useMemo} from 'react';
import {ExplorerContext, useUi} from './ui/context.js';
import {createDispatcher} from './ui/dispatch/dispatcher.js';
import {type Explorer} from './ui/explorer.js';
import {useKeys} from './ui/hooks/use-keys.js';
import {isTooSmall} from './ui/layout.js';
import {DocumentScreen} from './ui/screens/document-screen.js';
import {ExplorerScreen} from './ui/screens/explorer-screen.js';
import {FixScreen} from './ui/screens/fix-screen.js';
import {SelectorScreen} from './ui/screens/selector-screen.js';
import {TooSmall} from './ui/screens/too-small.js';
import {ViewScreen} from './ui/screens/view-screen.js';
import {type Theme} from './ui/theme.js';

const TopScreen = (): ReactElement => {
	const {size, screens} = useUi();
	if (isTooSmall(size)) {
		return <TooSmall size={size} />;
	}

	const screen = screens.at(-1);
	switch (screen?.kind) {
		case 'document': {
			return <DocumentScreen screen={screen} />;
		}

		case 'view': {
			return <ViewScreen screen={screen} />;
		}

		case 'fix': {
			return <FixScreen fix={screen.fix} />;
		}

		case 'selector': {
			return <SelectorScreen edit={screen.edit} />;
		}

		case undefined: {
			return <ExplorerScreen />;
		}
	}
};

/**
The explorer on a terminal: gives keys and sizes to the state of the screen, and paints its top screen.
*/
export const App = ({
	explorer,
	theme,
	isAscii,
	command,
	onMount,
}: {
	readonly explorer: Explorer;
	readonly theme: Theme;
	readonly isAscii: boolean;
	/**
	Done at the start, as typed after `:`.
	*/
	readonly command?: string | undefined;
	/**
	Hands out what only a mounted app can do.
	*/
	readonly onMount?: (controls: {
		readonly suspendTerminal: SuspendTerminal;
	}) => void;
}): ReactElement => {
	const {suspendTerminal} = useApp();
	useEffect(() => {
		onMount?.({suspendTerminal});
	}, [onMount, suspendTerminal]);
	const dispatcher = useMemo(() => createDispatcher(explorer), [explorer]);
	useKeys(dispatcher);
	useEffect(() => {
		if (command !== undefined) {
			dispatcher.obey(command);
		}
	}, [dispatcher, command]);
	const {columns: width, rows: height} = useWindowSize();
	useEffect(() => {
		explorer.ui.dispatch({type: 'resize', size: {width, height}});
	}, [explorer, width, height]);
	const context = useMemo(
		() => ({explorer, theme, isAscii}),
		[explorer, theme, isAscii],
	);
	return (
		<ExplorerContext value={context}>
			<TopScreen />
		</ExplorerContext>
	);
};
