import {type Change} from '../core/change.js';
import {isJsonObject, type Json, type JsonObject} from '../core/json.js';
import {type World} from '../core/world.js';
import {type Clock, toTimestamp} from './clock.js';

/**
Turns what reconcilers want recorded into writes of core/v1 Events.

The first of its kind is created; repeats (same object, type, reason and message) increment `count` and move `lastTimestamp`, gathered so that
one object costs at most one write per `interval`.
*/
export type EventRecorder = {
	record(change: Change): void;
	/**
	Sends what is gathered; resolves when all is answered.
	*/
	flush(): Promise<void>;
};

type Known = {
	name: string;
	count: number;
	sentCount: number;
	sentAt: number;
	isExisting: boolean;
	isScheduled: boolean;
	change: Change;
	event: JsonObject;
};

const text = (value: Json | undefined): string =>
	typeof value === 'string' ? value : '';

const involvedOf = (event: JsonObject): JsonObject => {
	const involved = event.involvedObject;
	return isJsonObject(involved) ? involved : {};
};

const signatureOf = (cluster: string, event: JsonObject): string => {
	const involved = involvedOf(event);
	return JSON.stringify([
		cluster,
		...['kind', 'namespace', 'name', 'uid'].map((field) =>
			text(involved[field]),
		),
		...['type', 'reason', 'message'].map((field) => text(event[field])),
	]);
};

// Event names only have to be unique: Kubernetes' own recorder appends the time in hexadecimal.
const nameOf = (event: JsonObject, now: number, serial: number): string =>
	`${text(involvedOf(event).name).slice(0, 200)}.${now.toString(16)}${serial.toString(16)}`;

// Kinds of events remembered; the oldest is forgotten first.
const longestMemory = 2000;

export const createEventRecorder = ({
	send,
	clock,
	world,
	component,
	interval = 30_000,
}: {
	send(
		change: Change,
	): Promise<{readonly state: string; readonly status?: number}>;
	readonly clock: Clock;
	readonly world: World;
	/**
	Reported as the source of the events.
	*/
	readonly component: string;
	/**
	Milliseconds between two writes of the same event.
	*/
	readonly interval?: number;
}): EventRecorder => {
	const known = new Map<string, Known>();
	const underWay = new Set<Promise<void>>();
	let serial = 0;

	/**
	An event of the same kind written before this process began.
	*/
	const findExisting = (change: Change, event: JsonObject) => {
		const cluster =
			change.cluster === world.consumer.key
				? world.consumer
				: world.providers.get(change.cluster);
		const signature = signatureOf(change.cluster, event);
		for (const held of cluster?.list('Event', change.object.namespace ?? '') ??
			[]) {
			if (signatureOf(change.cluster, held) === signature) {
				return held;
			}
		}

		return undefined;
	};

	const createBody = (item: Known): JsonObject => {
		const time = toTimestamp(clock.now());
		return {
			...item.event,
			apiVersion: 'v1',
			kind: 'Event',
			metadata: {
				...(isJsonObject(item.event.metadata) && item.event.metadata),
				name: item.name,
				namespace: item.change.object.namespace ?? 'default',
			},
			count: item.count,
			firstTimestamp: time,
			lastTimestamp: time,
			source: item.event.source ?? {component},
			reportingComponent: component,
			reportingInstance: component,
		};
	};

	const write = async (item: Known): Promise<void> => {
		item.isScheduled = false;
		const {count} = item;
		const object = {
			apiVersion: 'v1',
			kind: 'Event',
			namespace: item.change.object.namespace ?? 'default',
			name: item.name,
		};
		item.sentAt = clock.now();
		if (item.isExisting) {
			const answer = await send({
				cluster: item.change.cluster,
				verb: 'patch',
				patchType: 'merge',
				object,
				body: {count, lastTimestamp: toTimestamp(clock.now())},
				reason: item.change.reason,
			});
			if (answer.state === 'written') {
				item.sentCount = count;
				return;
			}

			if (answer.status !== 404) {
				return;
			}

			// Events live an hour; a repeat after that begins anew.
			item.isExisting = false;
			item.count = 1;
			item.name = nameOf(item.event, clock.now(), serial++);
			object.name = item.name;
		}

		const answer = await send({
			cluster: item.change.cluster,
			verb: 'create',
			object,
			body: createBody(item),
			reason: item.change.reason,
		});
		if (answer.state !== 'written') {
			return;
		}

		item.isExisting = true;
		item.sentCount = item.count;
	};

	const start = (item: Known) => {
		const work = write(item).finally(() => {
			underWay.delete(work);
		});
		underWay.add(work);
	};

	const schedule = (item: Known) => {
		if (item.isScheduled) {
			return;
		}

		const left = item.sentAt + interval - clock.now();
		item.isScheduled = true;
		if (left <= 0) {
			start(item);
			return;
		}

		clock.after(left, () => {
			if (item.isScheduled) {
				start(item);
			}
		});
	};

	return {
		record(change) {
			const event = isJsonObject(change.body) ? change.body : {};
			const signature = signatureOf(change.cluster, event);
			let item = known.get(signature);
			if (item === undefined) {
				const existing = findExisting(change, event);
				item = {
					name: existing?.metadata.name ?? nameOf(event, clock.now(), serial++),
					count: existing?.count ?? 0,
					sentCount: existing?.count ?? 0,
					sentAt: -Infinity,
					isExisting: existing !== undefined,
					isScheduled: false,
					change,
					event,
				};
			} else {
				known.delete(signature);
			}

			known.set(signature, item);
			if (known.size > longestMemory) {
				const [oldest] = known.keys();
				known.delete(oldest ?? '');
			}

			item.count++;
			schedule(item);
		},
		async flush() {
			for (const item of known.values()) {
				if (item.isScheduled) {
					start(item);
				}
			}

			await Promise.all(underWay);
		},
	};
};
