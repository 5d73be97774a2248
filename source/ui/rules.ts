import {type Rules} from '../core/reconcilers/reconciler.js';
import {type Session} from './ports.js';

/**
Who reconciles decides by which rules: an installed Liqo by upstream's, we by the corrected ones.
*/
export const rulesOf = ({isReconciling}: Session): Rules =>
	isReconciling ? 'corrected' : 'upstream';
