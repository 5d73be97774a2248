import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ByteQueue} from '../../source/kube/byte-queue.js';
import {type WatchEvent} from '../../source/kube/decoders.js';
import {
	createJsonPageDecoder,
	createJsonWatchDecoder,
} from '../../source/kube/json-decoders.js';
import {cutFieldSets} from '../../source/kube/json-trim.js';

const without = (value: unknown): unknown =>
	JSON.parse(
		JSON.stringify(value, (key, inner: unknown) =>
			key === 'fieldsV1' && typeof inner === 'object' && !Array.isArray(inner)
				? undefined
				: inner,
		),
	);

const cut = (text: string): string => {
	const bytes = Buffer.from(text);
	return bytes.toString('utf8', 0, cutFieldSets(bytes, 0, bytes.length));
};

const fieldSet = fc.dictionary(
	fc.oneof(
		fc.string().map((key) => `f:${key}`),
		fc.string().map((key) => `k:{"name":${JSON.stringify(key)}}`),
	),
	fc.constant({}),
);

describe('cutting field sets out of JSON', () => {
	it('leaves who wrote when, and everything else', () => {
		const object = fc.record({
			metadata: fc.record({
				name: fc.string(),
				annotations: fc.dictionary(fc.string(), fc.string()),
				managedFields: fc.array(
					fc.record(
						{
							manager: fc.string(),
							fieldsV1: fieldSet,
							operation: fc.constant('Update'),
						},
						{requiredKeys: []},
					),
				),
			}),
			spec: fc.jsonValue(),
		});
		fc.assert(
			fc.property(object, fc.nat(40), (value, before) => {
				const text = JSON.stringify(value);
				const bytes = Buffer.from(`${' '.repeat(before)}${text}  `);
				const start = before;
				const end = cutFieldSets(bytes, start, bytes.length - 2);
				expect(JSON.parse(bytes.toString('utf8', start, end))).toEqual(
					without(value),
				);
			}),
			{numRuns: 500},
		);
	});

	it('is not misled by texts that look like a field set', () => {
		const value = {note: '"fieldsV1":{', 'x"fieldsV1":{': 1, more: '}}}'};
		expect(JSON.parse(cut(JSON.stringify(value)))).toEqual(value);
	});

	it('leaves alone what does not close', () => {
		const text = '{"fieldsV1":{"f:a":{';
		expect(cut(text)).toBe(text);
	});
});

describe('the byte queue', () => {
	it('gives back what was pushed, in any pieces', () => {
		fc.assert(
			fc.property(
				fc.array(fc.uint8Array({maxLength: 50}), {maxLength: 20}),
				fc.array(fc.nat(70), {maxLength: 40}),
				(chunks, takes) => {
					const all = Buffer.concat(chunks);
					const queue = new ByteQueue();
					for (const chunk of chunks) {
						queue.push(Buffer.from(chunk));
					}

					let at = 0;
					for (const wanted of takes) {
						const count = Math.min(wanted, queue.length);
						expect(queue.length).toBe(all.length - at);
						if (queue.length > 0) {
							expect(queue.byteAt(queue.length - 1)).toBe(all.at(-1));
							const rest = all.subarray(at);
							expect(queue.indexOf(7)).toBe(rest.indexOf(7));
							expect(queue.indexOf(7, count)).toBe(rest.indexOf(7, count));
						}

						const {buffer, start, end} = queue.take(count);
						expect(
							Buffer.from(buffer.subarray(start, end)).equals(
								all.subarray(at, at + count),
							),
						).toBe(true);
						at += count;
					}
				},
			),
		);
	});
});

describe('a watch in JSON', () => {
	const lines = (text: string, size = 7): WatchEvent[] => {
		const bytes = Buffer.from(text);
		const decoder = createJsonWatchDecoder('NamespaceOffloading', undefined);
		const events: WatchEvent[] = [];
		for (let at = 0; at < bytes.length; at += size) {
			decoder.feed(Buffer.from(bytes.subarray(at, at + size)));
			for (
				let event = decoder.next();
				event !== undefined;
				event = decoder.next()
			) {
				events.push(event);
			}
		}

		return events;
	};

	const offloading = {
		apiVersion: 'offloading.liqo.io/v1beta1',
		kind: 'NamespaceOffloading',
		metadata: {
			name: 'offloading',
			namespace: 'höhe',
			resourceVersion: '7',
			managedFields: [
				{
					manager: 'kubectl-edit',
					operation: 'Update',
					time: '2026-11-22T10:00:00Z',
					fieldsType: 'FieldsV1',
					fieldsV1: {'f:spec': {'f:clusterSelector': {}}},
				},
			],
		},
		spec: {namespaceMappingStrategy: 'DefaultName'},
	};

	it('knows who wrote', () => {
		const [event] = lines(
			`${JSON.stringify({type: 'MODIFIED', object: offloading})}\n`,
		);
		expect(event).toMatchObject({
			type: 'upsert',
			object: {
				metadata: {
					namespace: 'höhe',
					managers: [
						{
							manager: 'kubectl-edit',
							operation: 'Update',
							time: '2026-11-22T10:00:00Z',
						},
					],
				},
			},
		});
	});

	it('keeps a malformed object as such', () => {
		const [event] = lines(
			`${JSON.stringify({type: 'ADDED', object: {...offloading, spec: 7}})}\n`,
		);
		expect(event).toMatchObject({
			object: {
				metadata: {name: 'offloading'},
				defects: expect.arrayContaining([
					expect.objectContaining({path: 'spec'}),
				]) as unknown,
			},
		});
	});

	it('skips empty lines and waits for the end of one', () => {
		expect(
			lines('\n\r\n{"type":"BOOKMARK","object":{"metadata":{"resour'),
		).toEqual([]);
	});

	it.each(['{"type":"ADDED"}\n', 'garbage\n', '{"type":"NEWS","object":{}}\n'])(
		'does not swallow %j',
		(text) => {
			expect(() => lines(text)).toThrow();
		},
	);
});

describe('a list in JSON', () => {
	it.each(['[]', '{"items":[]}', '{"metadata":{},"items":', 'true'])(
		'%s is none',
		(text) => {
			const decoder = createJsonPageDecoder('ConfigMap', undefined);
			decoder.feed(Buffer.from(text));
			expect(() => {
				decoder.finish();
			}).toThrow();
		},
	);

	it('may be empty as Go writes it', () => {
		const decoder = createJsonPageDecoder('ConfigMap', undefined);
		decoder.feed(
			Buffer.from('{"metadata":{"resourceVersion":"3"},"items":null}'),
		);
		decoder.finish();
		expect(decoder.next()).toBeUndefined();
		expect(decoder.info()?.resourceVersion).toBe('3');
	});
});
