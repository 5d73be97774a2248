import {type Level} from '../../core/rows/row.js';
import {type CommandId} from '../commands.js';
import {type Explorer} from '../explorer.js';

/**
What commands do in one place; a command that is not here means nothing there.
*/
export type Handlers = Partial<Record<CommandId, (explorer: Explorer) => void>>;

/**
Shows one sentence above the keys, until the next key.
*/
export const say = (
	{ui}: Explorer,
	text: string,
	level: Level = 'info',
): void => {
	ui.dispatch({type: 'message', message: {text, level}});
};
