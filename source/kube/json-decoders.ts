import {Buffer} from 'node:buffer';
import {decode} from '../core/decode.js';
import {type Generation} from '../core/generations/generation.js';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {type AnyObject, type KindName} from '../core/model.js';
import {ByteQueue, type Piece} from './byte-queue.js';
import {
	type PageDecoder,
	type PageInfo,
	type WatchDecoder,
	type WatchEvent,
} from './decoders.js';
import {cutFieldSets} from './json-trim.js';

const newline = 0x0a;
const longestLine = 268_435_456;

const textIn = (object: JsonObject, key: string): string => {
	const value = object[key];
	return typeof value === 'string' ? value : '';
};

const parse = (buffer: Buffer, start: number, end: number): unknown =>
	JSON.parse(buffer.toString('utf8', start, cutFieldSets(buffer, start, end)));

const readEvent = (
	kind: KindName,
	raw: unknown,
	generation: Generation | undefined,
): WatchEvent => {
	if (!isJsonObject(raw) || !isJsonObject(raw.object)) {
		throw new Error('a line of the watch is no event');
	}

	const {object} = raw;
	switch (textIn(raw, 'type')) {
		case 'ADDED':
		case 'MODIFIED': {
			return {type: 'upsert', object: decode(kind, object, generation)};
		}

		case 'DELETED': {
			return {type: 'remove', object: decode(kind, object, generation)};
		}

		case 'BOOKMARK': {
			const metadata = isJsonObject(object.metadata) ? object.metadata : {};
			const annotations = isJsonObject(metadata.annotations)
				? metadata.annotations
				: {};
			return {
				type: 'bookmark',
				resourceVersion: textIn(metadata, 'resourceVersion'),
				isInitialEnd: annotations['k8s.io/initial-events-end'] === 'true',
			};
		}

		case 'ERROR': {
			return {
				type: 'error',
				code: typeof object.code === 'number' ? object.code : 500,
				reason: textIn(object, 'reason'),
				message: textIn(object, 'message'),
			};
		}

		default: {
			throw new Error('a line of the watch has an unknown type');
		}
	}
};

export const createJsonWatchDecoder = (
	kind: KindName,
	generation: Generation | undefined,
): WatchDecoder => {
	const queue = new ByteQueue();
	let searched = 0;
	return {
		feed(chunk) {
			queue.push(chunk);
		},
		next() {
			for (;;) {
				const at = queue.indexOf(newline, searched);
				if (at === -1) {
					searched = queue.length;
					if (searched > longestLine) {
						throw new Error('a line of the watch is longer than 256 MiB');
					}

					return undefined;
				}

				searched = 0;
				const {buffer, start, end}: Piece = queue.take(at + 1);
				// An empty line keeps some proxies awake.
				if (end - start > 2) {
					return readEvent(kind, parse(buffer, start, end - 1), generation);
				}
			}
		},
	};
};

export const createJsonPageDecoder = (
	kind: KindName,
	generation: Generation | undefined,
): PageDecoder => {
	const chunks: Buffer[] = [];
	let items: readonly unknown[] = [];
	let taken = 0;
	let info: PageInfo | undefined;
	return {
		feed(chunk) {
			chunks.push(chunk);
		},
		finish() {
			const bytes = Buffer.concat(chunks);
			chunks.length = 0;
			const list = parse(bytes, 0, bytes.length);
			if (!isJsonObject(list) || !isJsonObject(list.metadata)) {
				throw new Error('the answer is no list');
			}

			// Go writes an empty list of some kinds as null.
			items = Array.isArray(list.items)
				? (list.items as readonly unknown[])
				: [];
			const {metadata} = list;
			info = {
				resourceVersion: textIn(metadata, 'resourceVersion'),
				continueToken: textIn(metadata, 'continue'),
				remaining:
					typeof metadata.remainingItemCount === 'number'
						? metadata.remainingItemCount
						: undefined,
			};
		},
		next(): AnyObject | undefined {
			return taken < items.length
				? decode(kind, items[taken++], generation)
				: undefined;
		},
		info: () => info,
	};
};
