import {type KindName} from '../core/model.js';
import {type CommandContext} from './command.js';
import {exitCodes} from './exit-code.js';
import {type OpenResult} from './open-world.js';

/**
Connects to the cluster of the kubeconfig.
*/
export const openLiveWorld = async (
	_context: CommandContext,
	_kinds: readonly KindName[],
): Promise<OpenResult> => ({
	isOk: false,
	message: 'Not connected: give saved objects with -f.',
	code: exitCodes.connection,
});
