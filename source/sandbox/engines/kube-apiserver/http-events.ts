import {randomBytes} from 'node:crypto';
import {type Change} from '../../../core/change.js';
import {wholeObject} from '../../actors/write-body.js';
import {timestamp} from '../../objects/identity.js';
import {numberAt, textAt, treeAt} from '../../value.js';
import {type Answer, type Request} from './ask.js';

/**
One request in the name of a component; status 0 when there was no answer.
*/
export type AskAs = (
	component: string,
	url: string,
	request: Request,
) => Promise<Answer>;

/**
Records events, counting those that were recorded before.
*/
export const createEventRecorder = (
	askAs: AskAs,
	now: () => number,
): ((change: Change, component: string) => Promise<Answer>) => {
	const events = new Map<string, {readonly name: string; count: number}>();
	return async (change, component) => {
		const event = wholeObject(change);
		const involved = treeAt(event, 'involvedObject');
		const namespace = textAt(involved, 'namespace') || 'default';
		const collection = `/api/v1/namespaces/${namespace}/events`;
		const time = timestamp(now());
		const key = JSON.stringify([
			namespace,
			textAt(involved, 'kind'),
			textAt(involved, 'name'),
			event.type,
			event.reason,
			event.message,
		]);
		const recorded = events.get(key);
		if (recorded) {
			recorded.count++;
			const counted = await askAs(component, `${collection}/${recorded.name}`, {
				method: 'PATCH',
				contentType: 'application/merge-patch+json',
				body: {count: recorded.count, lastTimestamp: time},
			});
			if (counted.status === 200) {
				return counted;
			}
		}

		const name = `${textAt(involved, 'name')}.${randomBytes(8).toString('hex')}`;
		const answer = await askAs(component, collection, {
			body: {
				firstTimestamp: time,
				lastTimestamp: time,
				source: {component},
				reportingComponent: component,
				...event,
				apiVersion: 'v1',
				kind: 'Event',
				count: 1,
				metadata: {name, namespace},
			},
		});
		if (answer.status === 201) {
			events.set(key, {name, count: numberAt(event, 'count') ?? 1});
		}

		return answer;
	};
};
