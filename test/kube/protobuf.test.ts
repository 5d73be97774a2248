import {Buffer} from 'node:buffer';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {decode} from '../../source/core/decode.js';
import {type JsonObject} from '../../source/core/json.js';
import {type AnyObject, type KindName} from '../../source/core/model.js';
import {type PageDecoder} from '../../source/kube/decoders.js';
import {createProtobufDecoders} from '../../source/kube/protobuf-decoders.js';

const read = (name: string): Buffer =>
	readFileSync(path.join(import.meta.dirname, 'fixtures', name));

type List = {
	metadata: {
		resourceVersion: string;
		continue?: string;
		remainingItemCount?: number;
	};
	items: JsonObject[];
};

const readList = (name: string): List =>
	JSON.parse(read(`${name}.json`).toString('utf8')) as List;

const drain = (decoder: PageDecoder): AnyObject[] => {
	const found: AnyObject[] = [];
	for (
		let object = decoder.next();
		object !== undefined;
		object = decoder.next()
	) {
		found.push(object);
	}

	return found;
};

/**
Rules about other pods are only counted: their content is left out of the comparison.
*/
const comparable = (object: AnyObject): unknown =>
	JSON.parse(
		JSON.stringify(object, (key, value: unknown) =>
			key === 'podAffinity' || key === 'podAntiAffinity'
				? Object.fromEntries(
						Object.entries(value as Record<string, unknown[]>).map(
							([rule, terms]) => [rule, terms.length],
						),
					)
				: value,
		),
	);

const kinds: ReadonlyArray<readonly [string, KindName]> = [
	['pods', 'Pod'],
	['pods-with-credentials', 'Pod'],
	['nodes', 'Node'],
	['namespaces', 'Namespace'],
	['events', 'Event'],
];

describe('protobuf as a real API server sends it', () => {
	it.each(kinds)('%s say the same as in JSON', (name, kind) => {
		const decoder = createProtobufDecoders(kind)!.createPageDecoder();
		decoder.feed(read(`${name}.pb`));
		const found = drain(decoder);
		decoder.finish();
		const list = readList(name);
		expect(found).toHaveLength(list.items.length);
		expect(found.map((object) => comparable(object))).toEqual(
			list.items.map((item) => comparable(decode(kind, item))),
		);
		expect(decoder.info()?.resourceVersion).toBe(list.metadata.resourceVersion);
	});

	it('is read alike however it is cut into chunks', () => {
		const bytes = read('pods.pb');
		const whole = createProtobufDecoders('Pod')!.createPageDecoder();
		whole.feed(bytes);
		const expected = drain(whole);
		const decoders = createProtobufDecoders('Pod')!;
		fc.assert(
			fc.property(
				fc.array(fc.integer({min: 1, max: 9000}), {
					minLength: 1,
					maxLength: 200,
				}),
				(sizes) => {
					const decoder = decoders.createPageDecoder();
					const found: AnyObject[] = [];
					let at = 0;
					let turn = 0;
					while (at < bytes.length) {
						const size = sizes[turn++ % sizes.length]!;
						decoder.feed(Buffer.from(bytes.subarray(at, at + size)));
						at += size;
						found.push(...drain(decoder));
					}

					decoder.finish();
					expect(found).toEqual(expected);
				},
			),
			{numRuns: 60},
		);
	});

	it('knows the next page before its objects have arrived', () => {
		const decoder = createProtobufDecoders('Pod')!.createPageDecoder();
		decoder.feed(read('pods.pb').subarray(0, 400));
		expect(drain(decoder)).toEqual([]);
		const {metadata} = readList('pods');
		expect(decoder.info()).toEqual({
			resourceVersion: metadata.resourceVersion,
			continueToken: metadata.continue,
			remaining: metadata.remainingItemCount,
		});
	});

	it('gives what is equal the same object', () => {
		const decoders = createProtobufDecoders('Pod')!;
		const twice = [0, 1].map(() => {
			const decoder = decoders.createPageDecoder();
			decoder.feed(read('pods.pb'));
			return drain(decoder)[1] as Extract<AnyObject, {kind: 'Pod'}>;
		});
		const [first, second] = twice;
		expect(first).not.toBe(second);
		expect(first?.metadata.labels).toBe(second?.metadata.labels);
		expect(first?.metadata.ownerReferences).toBe(
			second?.metadata.ownerReferences,
		);
		expect(first?.spec.containers).toBe(second?.spec.containers);
		expect(first?.spec.affinity).toBe(second?.spec.affinity);
		expect(first?.spec.tolerations).toBe(second?.spec.tolerations);
		expect(first?.status.conditions).toBe(second?.status.conditions);
		expect(first?.status.containerStatuses).toBe(
			second?.status.containerStatuses,
		);
	});

	it('keeps what a pod takes along to pull images and to talk to the API server, shared', () => {
		const decoder = createProtobufDecoders('Pod')!.createPageDecoder();
		decoder.feed(read('pods-with-credentials.pb'));
		const specs = new Map(
			drain(decoder).map((object) => [
				object.metadata.name,
				(object as Extract<AnyObject, {kind: 'Pod'}>).spec,
			]),
		);
		expect(specs.get('pulls-0')?.imagePullSecrets).toEqual([
			'registry',
			'mirror',
		]);
		expect(specs.get('pulls-0')?.imagePullSecrets).toBe(
			specs.get('pulls-1')?.imagePullSecrets,
		);
		expect(specs.get('pulls-with-affinity')?.imagePullSecrets).toEqual([
			'registry',
		]);
		expect(specs.get('token')?.automountServiceAccountToken).toBe(true);
		expect(specs.get('no-token')?.automountServiceAccountToken).toBe(false);
		expect(specs.get('neither')).not.toHaveProperty('imagePullSecrets');
		expect(specs.get('neither')).not.toHaveProperty(
			'automountServiceAccountToken',
		);
	});

	it('reads a watch that begins with what exists', () => {
		const bytes = read('pods-watch.pb');
		const decoder = createProtobufDecoders('Pod')!.createWatchDecoder();
		for (let at = 0; at < bytes.length; at += 1000) {
			decoder.feed(bytes.subarray(at, at + 1000));
		}

		const event = decoder.next();
		expect(event?.type).toBe('upsert');
		const {items} = readList('pods');
		expect(comparable((event as {object: AnyObject}).object)).toEqual(
			comparable(decode('Pod', items[0])),
		);
		expect(decoder.next()).toMatchObject({
			type: 'bookmark',
			isInitialEnd: true,
			resourceVersion: expect.stringMatching(/^\d+$/v) as string,
		});
		expect(decoder.next()).toBeUndefined();
	});

	it.each(kinds)(
		'%s that are damaged end in an error, never in a hang',
		(name, kind) => {
			const bytes = read(`${name}.pb`);
			const decoders = createProtobufDecoders(kind)!;
			fc.assert(
				fc.property(
					fc.array(
						fc.tuple(
							fc.integer({min: 4, max: bytes.length - 1}),
							fc.integer({min: 0, max: 255}),
						),
						{minLength: 1, maxLength: 8},
					),
					fc.option(fc.integer({min: 0, max: bytes.length}), {nil: undefined}),
					(damages, length) => {
						const broken = Buffer.from(bytes);
						for (const [at, value] of damages) {
							broken[at] = value;
						}

						const decoder = decoders.createPageDecoder();
						try {
							decoder.feed(broken.subarray(0, length));
							for (const object of drain(decoder)) {
								expect(object.kind).toBe(kind);
							}

							decoder.finish();
						} catch (error) {
							expect(error).toBeInstanceOf(Error);
							expect((error as Error).name).not.toBe('TypeError');
						}
					},
				),
				{numRuns: 400},
			);
		},
	);

	it('keeps labels whose names are those of an object’s own machinery', () => {
		const decoders = createProtobufDecoders('Namespace')!;
		// Metadata { name: "n", labels: { "__proto__": "x" } } in a NamespaceList.
		const entry = [0x0a, 9, ...Buffer.from('__proto__'), 0x12, 1, 0x78];
		const metadata = [0x0a, 1, 0x6e, 0x5a, entry.length, ...entry];
		const item = [0x0a, metadata.length, ...metadata];
		const list = [0x0a, 0, 0x12, item.length, ...item];
		const decoder = decoders.createPageDecoder();
		decoder.feed(
			Buffer.from([0x6b, 0x38, 0x73, 0, 0x12, list.length, ...list]),
		);
		const [namespace] = drain(decoder);
		expect(Object.keys(namespace!.metadata.labels)).toEqual(['__proto__']);
	});

	it('refuses what is no Kubernetes message', () => {
		const decoder = createProtobufDecoders('Pod')!.createPageDecoder();
		decoder.feed(Buffer.from('{"kind":"PodList"}'));
		expect(() => decoder.next()).toThrow('not a Kubernetes protobuf message');
	});
});
