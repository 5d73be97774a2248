import {type AnyObject, type KindName} from '../core/model.js';
import {ByteQueue} from './byte-queue.js';
import {type PageDecoder, type WatchDecoder} from './decoders.js';
import {createEventReader} from './protobuf/event.js';
import {
	createNamespaceReader,
	createNodeReader,
	createPodReader,
	type ObjectReader,
} from './protobuf/kinds.js';
import {PageReader} from './protobuf/page.js';
import {createFrameOpener, readStatus} from './protobuf/watch.js';
import {Scan, WireError} from './protobuf/wire.js';

const longestFrame = 268_435_456;

const readers: Readonly<
	Partial<Record<KindName, (scan: Scan) => ObjectReader<AnyObject>>>
> = {
	Pod: createPodReader,
	Node: createNodeReader,
	Namespace: createNamespaceReader,
	Event: createEventReader,
};

/**
Decoders of a kind that share one interner, so that pages, watches and the next relist share their strings.
*/
export type ProtobufDecoders = {
	createPageDecoder(): PageDecoder;
	createWatchDecoder(): WatchDecoder;
};

const createPageDecoder = (
	scan: Scan,
	readObject: ObjectReader<AnyObject>,
): PageDecoder => {
	const queue = new ByteQueue();
	let item: AnyObject | undefined;
	const page = new PageReader(scan, queue, (end) => {
		item = readObject(end);
	});
	const hasItem = () => item !== undefined;
	return {
		feed(chunk) {
			queue.push(chunk);
		},
		next() {
			item = undefined;
			page.read(hasItem);
			return item;
		},
		finish() {
			if (!page.isComplete) {
				throw new WireError('the list ends in the middle');
			}
		},
		info: () => page.info,
	};
};

const createWatchDecoder = (
	scan: Scan,
	readObject: ObjectReader<AnyObject>,
): WatchDecoder => {
	const queue = new ByteQueue();
	const openFrame = createFrameOpener(scan);
	return {
		feed(chunk) {
			queue.push(chunk);
		},
		next() {
			if (queue.length < 4) {
				return undefined;
			}

			let length = 0;
			for (let at = 0; at < 4; at++) {
				length = length * 256 + queue.byteAt(at);
			}

			if (length > longestFrame) {
				throw new WireError('a watch event is larger than 256 MiB');
			}

			if (queue.length < length + 4) {
				return undefined;
			}

			queue.drop(4);
			const {type, kind, end} = openFrame(queue.take(length));
			if (type === 'ERROR' || kind === 'Status') {
				return {type: 'error', ...readStatus(scan, end)};
			}

			const object = readObject(end);
			const {metadata} = object;
			switch (type) {
				case 'ADDED':
				case 'MODIFIED': {
					return {type: 'upsert', object};
				}

				case 'DELETED': {
					return {type: 'remove', object};
				}

				case 'BOOKMARK': {
					return {
						type: 'bookmark',
						resourceVersion: metadata.resourceVersion,
						isInitialEnd:
							metadata.annotations['k8s.io/initial-events-end'] === 'true',
					};
				}

				default: {
					throw new WireError('a watch event has an unknown type');
				}
			}
		},
	};
};

/**
Absent for kinds that are only read as JSON.
*/
export const createProtobufDecoders = (
	kind: KindName,
): ProtobufDecoders | undefined => {
	const createReader = readers[kind];
	if (createReader === undefined) {
		return undefined;
	}

	const scan = new Scan();
	const readObject = createReader(scan);
	return {
		createPageDecoder: () => createPageDecoder(scan, readObject),
		createWatchDecoder: () => createWatchDecoder(scan, readObject),
	};
};
