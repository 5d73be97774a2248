import {Buffer} from 'node:buffer';
import {setTimeout as startTimer, clearTimeout as stopTimer} from 'node:timers';
import {type ServerResponse} from 'node:http';
import {type Api} from '../api.js';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {checkListOptions} from '../objects/list-options.js';
import {readSelection, selects, type Selection} from '../objects/selection.js';
import {
	decodeBody,
	encodeBody,
	head,
	withoutBrace,
} from '../storage/encoding.js';
import {type Entry} from '../storage/entry.js';
import {type Write} from '../storage/storage.js';
import {readBoolean} from './options.js';
import {
	expired,
	type Failure,
	failure,
	isFailure,
	revisionTooLarge,
	statusOf,
} from './status.js';

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';

/**
Turns entries into the lines of a watch; one that is asked for by several watchers is made once.
*/
export type LineFormat = {
	line(type: EventType, entry: Entry): Buffer;
	bookmark(revision: number, isEndOfInitial: boolean): Buffer;
};

const ending = Buffer.from('}\n');

/**
Lines that hold whole objects.
*/
export const objectLines = (kind: Kind): LineFormat => {
	const objectHead = head(apiVersionOf(kind), kind.kind);
	const cache = new WeakMap<Entry, Map<EventType, Buffer>>();
	return {
		line(type, entry) {
			let known = cache.get(entry);
			if (!known) {
				known = new Map();
				cache.set(entry, known);
			}

			let line = known.get(type);
			if (!line) {
				line = Buffer.concat([
					Buffer.from(`{"type":"${type}","object":`),
					objectHead,
					withoutBrace(entry.bytes),
					ending,
				]);
				known.set(type, line);
			}

			return line;
		},
		bookmark: (revision, isEndOfInitial) =>
			Buffer.from(
				`${JSON.stringify({
					type: 'BOOKMARK',
					object: {
						kind: kind.kind,
						apiVersion: apiVersionOf(kind),
						metadata: {
							resourceVersion: String(revision),
							...(isEndOfInitial && {
								annotations: {'k8s.io/initial-events-end': 'true'},
							}),
						},
					},
				})}\n`,
			),
	};
};

const withRevision = (entry: Entry, revision: number): Entry => {
	const body = decodeBody(entry.bytes);
	body.metadata.resourceVersion = String(revision);
	return {...entry, revision, bytes: encodeBody(body)};
};

/**
What a write is to a watcher of a selection: an object that ceases to match is deleted for it.
*/
const translate = (
	{entry, previous, last}: Write,
	selection: Selection,
	namespace: string | undefined,
): {type: EventType; entry: Entry} | undefined => {
	const subject = entry ?? previous;
	if (
		!subject ||
		(namespace !== undefined && subject.namespace !== namespace)
	) {
		return undefined;
	}

	const isSelected = entry !== undefined && selects(selection, entry);
	const wasSelected = previous !== undefined && selects(selection, previous);
	if (isSelected) {
		return {type: wasSelected ? 'MODIFIED' : 'ADDED', entry};
	}

	if (!wasSelected) {
		return undefined;
	}

	// What leaves the selection is shown as it last was in it, at the version of its leaving.
	return {
		type: 'DELETED',
		entry: last ?? withRevision(previous, entry?.revision ?? previous.revision),
	};
};

export type WatchRequest = {
	readonly api: Api;
	readonly kind: Kind;
	readonly namespace: string | undefined;
	readonly query: URLSearchParams;
	readonly response: ServerResponse;
	readonly lines: LineFormat;
	readonly contentType: string;
	/**
	@returns a function that forgets the watch; `end` is called when the server stops
	*/
	register(end: () => void): () => void;
};

const bookmarkInterval = 60_000;
const defaultTimeout = 30 * 60;

type Start = {
	readonly initial: readonly Entry[];
	readonly missed: readonly Write[];
	readonly isInitialEventsAsked: boolean;
};

const readStart = (
	{api, kind, namespace, query}: WatchRequest,
	selection: Selection,
): Start | Failure => {
	const text = query.get('resourceVersion') ?? '';
	const asked = query.get('sendInitialEvents');
	const isInitialEventsAsked = readBoolean(asked);
	if (text !== '' && !/^\d+$/v.test(text)) {
		return failure(
			500,
			undefined,
			`resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
		);
	}

	const since = Number(text);
	const isFromNow = text === '' || text === '0';
	if (isInitialEventsAsked || (isFromNow && asked === null)) {
		if (since > api.storage.revision) {
			return revisionTooLarge(since, api.storage.revision);
		}

		return {
			initial: [
				...api.storage.collection(kind.resource).list(namespace),
			].filter((entry) => selects(selection, entry)),
			missed: [],
			isInitialEventsAsked,
		};
	}

	if (isFromNow) {
		return {initial: [], missed: [], isInitialEventsAsked};
	}

	const missed = api.storage.writesSince(kind.resource, since);
	return missed
		? {initial: [], missed, isInitialEventsAsked}
		: expired(`too old resource version: ${since} (${api.storage.compacted})`);
};

/**
Answers a watch: the state or the changes since a resourceVersion, then every change until the timeout, the client or the server ends it.
Lines written in the same turn of the event loop leave in one packet.

@returns why it cannot begin
*/
export const serveWatch = (request: WatchRequest): Failure | undefined => {
	const {api, kind, namespace, query, response, lines} = request;
	const wrong = checkListOptions(query, true);
	if (wrong) {
		return wrong;
	}

	const selection = readSelection(kind, query);
	if (isFailure(selection)) {
		return selection;
	}

	const start = readStart(request, selection);
	if (isFailure(start) && start.code !== 410) {
		return start;
	}

	response.writeHead(200, {
		'Content-Type': request.contentType,
		'Cache-Control': 'no-cache, private',
		'Transfer-Encoding': 'chunked',
	});
	response.flushHeaders();
	if (isFailure(start)) {
		response.end(
			`${JSON.stringify({type: 'ERROR', object: statusOf(start)})}\n`,
		);
		return undefined;
	}

	let pending: Buffer[] = [];
	const flush = (): void => {
		if (pending.length === 0) {
			return;
		}

		response.write(Buffer.concat(pending));
		pending = [];
	};

	const send = (bytes: Buffer): void => {
		if (pending.length === 0) {
			setImmediate(flush);
		}

		pending.push(bytes);
	};

	const sendWrite = (write: Write): void => {
		const event = translate(write, selection, namespace);
		if (event) {
			send(lines.line(event.type, event.entry));
		}
	};

	for (const entry of start.initial) {
		send(lines.line('ADDED', entry));
	}

	const hasBookmarks = readBoolean(query.get('allowWatchBookmarks'));
	if (start.isInitialEventsAsked && hasBookmarks) {
		send(lines.bookmark(api.storage.revision, true));
	}

	for (const write of start.missed) {
		sendWrite(write);
	}

	const stopListening = api.storage.listen(kind.resource, sendWrite);
	const bookmarks = hasBookmarks
		? setInterval(() => {
				send(lines.bookmark(api.storage.revision, false));
			}, bookmarkInterval)
		: undefined;
	const seconds = Number(query.get('timeoutSeconds') ?? '') || defaultTimeout;
	const end = (): void => {
		flush();
		response.end();
	};

	const timer = startTimer(() => {
		// The last word before a timeout lets the client resume from here.
		if (hasBookmarks) {
			send(lines.bookmark(api.storage.revision, false));
		}

		end();
	}, seconds * 1000);
	const forget = request.register(end);
	response.once('close', () => {
		stopListening();
		clearInterval(bookmarks);
		stopTimer(timer);
		forget();
	});
	return undefined;
};
