import {type Change} from '../../core/change.js';
import {type Json} from '../../core/json.js';
import {type AnyObject} from '../../core/model.js';
import {isStillWritten} from '../../core/undo.js';
import {type Outcome} from '../ports.js';

/**
What reading says about a write that nobody answered.
*/
export type Verdict = 'done' | 'not-done' | 'unknown';

/**
Judges from the object as it is on the server now; nothing when there is none.
*/
export const judgeWrite = (
	{verb, body, patchType = 'merge', precondition}: Change,
	now: AnyObject | undefined,
): Verdict => {
	const isAsBefore =
		precondition?.resourceVersion !== undefined &&
		now?.metadata.resourceVersion === precondition.resourceVersion;
	if (isAsBefore) {
		return 'not-done';
	}

	switch (verb) {
		case 'create': {
			return now ? 'done' : 'not-done';
		}

		case 'delete': {
			const isOther =
				precondition?.uid !== undefined &&
				now?.metadata.uid !== precondition.uid;
			return !now || isOther || now.metadata.deletionTimestamp !== undefined
				? 'done'
				: 'not-done';
		}

		case 'patch': {
			if (!now) {
				return 'unknown';
			}

			return patchType === 'merge' &&
				isStillWritten(body, now as unknown as Json)
				? 'done'
				: 'unknown';
		}

		case 'update':
		case 'event': {
			return 'unknown';
		}
	}
};

/**
How long, and how often, one tries to read; milliseconds.
*/
const patience = 60_000;
const interval = 1000;

/**
Finds out by reading whether a write happened; waits for the connection to come back, and never writes.
*/
export const findOut = async (
	change: Change,
	readAgain: () => Promise<Outcome<AnyObject | undefined>>,
): Promise<Verdict> => {
	for (let waited = 0; waited < patience; waited += interval) {
		// One try after the other.
		// eslint-disable-next-line no-await-in-loop
		const answer = await readAgain();
		if (answer.isOk) {
			return judgeWrite(change, answer.value);
		}

		// eslint-disable-next-line no-await-in-loop
		await new Promise<void>((resolve) => {
			setTimeout(resolve, interval);
		});
	}

	return 'unknown';
};
