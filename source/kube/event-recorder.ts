import {type Change} from '../core/change.js';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {type Clock} from './clock.js';
import {type Outcome} from './errors.js';
import {type TransportRequest} from './transport.js';
import {type Sent} from './sent.js';

type Execute = (request: TransportRequest) => Promise<Outcome<Sent>>;

/**
Records events, and counts up the one that is there instead of writing the same again.
*/
export type EventRecorder = {
	record(change: Change, execute: Execute): Promise<Outcome<Sent>>;
};

type Recorded = {
	readonly namespace: string;
	readonly name: string;
	readonly count: number;
};

const remembered = 1000;

const textIn = (object: JsonObject, key: string): string => {
	const value = object[key];
	return typeof value === 'string' ? value : '';
};

/**
RFC 3339 to the second, as Kubernetes writes times.
*/
const stamp = (now: number): string =>
	`${new Date(now).toISOString().slice(0, -5)}Z`;

/**
Keeps the last thousand events in mind: one that is the same in object, reason, type and message becomes a higher count (Kubernetes:
client-go's event correlator).
*/
export const createEventRecorder = (
	clock: Pick<Clock, 'now' | 'random'>,
): EventRecorder => {
	const known = new Map<string, Recorded>();
	let serial = 0;

	const remember = (key: string, recorded: Recorded): void => {
		known.delete(key);
		known.set(key, recorded);
		const [oldest] = known.keys();
		if (oldest !== undefined && known.size > remembered) {
			known.delete(oldest);
		}
	};

	return {
		async record(change, execute) {
			const body: JsonObject = isJsonObject(change.body) ? change.body : {};
			const involved = isJsonObject(body.involvedObject)
				? body.involvedObject
				: {};
			const metadata = isJsonObject(body.metadata) ? body.metadata : {};
			const namespace =
				[change.object.namespace, textIn(involved, 'namespace')].find(
					(name) => name !== undefined && name !== '',
				) ?? 'default';
			const key = JSON.stringify([
				namespace,
				involved.kind,
				involved.name,
				involved.uid,
				body.reason,
				body.type,
				body.message,
			]);
			const now = stamp(clock.now());
			const collection = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
			const before = known.get(key);
			if (before) {
				const count = before.count + 1;
				const counted = await execute({
					method: 'PATCH',
					path: `${collection}/${encodeURIComponent(before.name)}?fieldManager=liqoscope`,
					contentType: 'application/merge-patch+json',
					body: JSON.stringify({count, lastTimestamp: now}),
				});
				if (counted.ok) {
					remember(key, {...before, count});
					return counted;
				}

				// Events live for an hour: it may be gone.
				if (counted.problem.kind !== 'not-found') {
					return counted;
				}
			}

			serial++;
			const name = `${textIn(involved, 'name')}.${clock.now().toString(16)}${serial.toString(16)}${Math.floor(clock.random() * 0xff_ff).toString(16)}`;
			const recorded = await execute({
				method: 'POST',
				path: `${collection}?fieldManager=liqoscope`,
				body: JSON.stringify({
					count: 1,
					firstTimestamp: now,
					lastTimestamp: now,
					type: 'Normal',
					source: {component: 'liqoscope'},
					reportingComponent: 'liqoscope',
					reportingInstance: 'liqoscope',
					...body,
					apiVersion: 'v1',
					kind: 'Event',
					metadata: {...metadata, name, namespace},
				}),
			});
			if (recorded.ok) {
				remember(key, {namespace, name, count: 1});
			}

			return recorded;
		},
	};
};
