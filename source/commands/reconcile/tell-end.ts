import {type Controller} from '../../controller/controller.js';
import {type Log} from './log.js';

/**
Why it could not begin within its time.
*/
export const tellNotBegun = (log: Log, problems: readonly string[]): void => {
	if (problems.length === 0) {
		log.error(
			"cannot begin: it is not known yet whether Liqo's own controllers run",
		);
	}

	for (const problem of problems) {
		log.error(`cannot begin: ${problem}`);
	}
};

/**
That all is done, and who has to do the rest.
*/
export const tellSettled = (log: Log, {queue}: Controller): void => {
	for (const {item, lastError} of queue.status()) {
		if (lastError !== undefined) {
			log.warn('stuck: somebody else has to act', {
				reconciler: item.reconciler,
				cluster: item.request.cluster,
				namespace: item.request.namespace,
				name: item.request.name,
				error: lastError,
			});
		}
	}

	log.info('settled: nothing is left to do');
};

/**
What was left to do when the time was over.
*/
export const tellUnsettled = (
	log: Log,
	controller: Controller,
	pending: readonly string[],
): void => {
	for (const {item, lastError, retries} of controller.queue.status()) {
		if (lastError !== undefined) {
			log.error('not settled in time', {
				reconciler: item.reconciler,
				cluster: item.request.cluster,
				namespace: item.request.namespace,
				name: item.request.name,
				retries,
				error: lastError,
			});
		}
	}

	for (const problem of pending) {
		log.error(`not settled in time: ${problem}`);
	}

	if (!controller.isLeading()) {
		log.error('not settled in time: the lease is held by another process');
	}
};
