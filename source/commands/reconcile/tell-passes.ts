import {type ControllerOptions} from '../../controller/controller.js';
import {type Log} from './log.js';
import {type Metrics} from './metrics.js';

/**
Tells the log and the metrics about passes and writes.
*/
export const tellPasses = (
	log: Log,
	metrics: Metrics,
): Required<Pick<ControllerOptions, 'onPass' | 'onSent'>> => {
	// What was said last of an object that fails: the same again is worth a line only to those who want everything.
	const told = new Map<string, string>();
	return {
		onPass(pass) {
			metrics.notePass(pass);
			const {item, outcome, written, milliseconds} = pass;
			const fields = {
				reconciler: item.reconciler,
				cluster: item.request.cluster,
				namespace: item.request.namespace,
				name: item.request.name,
				written,
				milliseconds,
			};
			if (outcome.state === 'failed') {
				const isNews = told.get(item.key) !== outcome.error;
				told.set(item.key, outcome.error);
				log[isNews ? 'warn' : 'debug']('not there yet, will try again', {
					...fields,
					error: outcome.error,
				});
				return;
			}

			if (outcome.state === 'done') {
				told.delete(item.key);
			}

			if (written > 0) {
				log.info('reconciled', fields);
			} else {
				log.debug('nothing to do', fields);
			}
		},
		onSent(sent) {
			metrics.noteSent(sent);
			const {change, answer, milliseconds} = sent;
			log.debug('sent', {
				cluster: change.cluster,
				verb: change.verb,
				kind: change.object.kind,
				namespace: change.object.namespace,
				name: change.object.name,
				subresource: change.subresource,
				reason: change.reason,
				milliseconds,
				...(answer.state === 'refused' && {
					status: answer.status,
					error: answer.message,
				}),
			});
		},
	};
};
