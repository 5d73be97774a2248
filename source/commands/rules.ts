import {type Rules} from '../core/divergences.js';
import {type CommandContext} from './command.js';

/**
The rules that `--rules` names; an installed Liqo's unless told otherwise.
*/
export const rulesOf = ({flags}: CommandContext): Rules =>
	flags.rules === 'corrected' ? 'corrected' : 'upstream';
