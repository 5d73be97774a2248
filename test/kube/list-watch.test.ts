import {Buffer} from 'node:buffer';
import type http from 'node:http';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {builtInResources} from '../../source/core/resources.js';
import {type KindName} from '../../source/core/model.js';
import {startListWatch} from '../../source/kube/list-watch.js';
import {
	type ListWatch,
	type ListWatchOptions,
	type Patience,
} from '../../source/kube/list-watch-options.js';
import {createPulse} from '../../source/kube/pulse.js';
import {startScopedWatch} from '../../source/kube/scoped-watch.js';
import {type Transport} from '../../source/kube/transport.js';
import {FakeApiServer} from './fake-api-server.js';
import {hastyClock, RecordingSink, transportTo} from './helpers.js';

const quick: Patience = {
	silence: 5000,
	initialSilence: 5000,
	recheck: 5,
	poll: 5,
	grace: 200,
	pulse: 60_000,
	count: 60_000,
};

describe('a list-watch', () => {
	let server: FakeApiServer;
	let transport: Transport;
	let sink: RecordingSink;
	let watches: ListWatch[];
	const clock = hastyClock();

	beforeEach(async () => {
		server = await new FakeApiServer().listen();
		transport = transportTo(server.url, {clock});
		sink = new RecordingSink();
		watches = [];
	});
	afterEach(async () => {
		for (const watch of watches) {
			watch.stop();
		}

		await transport.close();
		await server.close();
	});

	const optionsFor = (
		kind: KindName = 'ConfigMap',
		more: Partial<ListWatchOptions> = {},
	): ListWatchOptions => ({
		kind,
		resource:
			kind === 'Pod' ? builtInResources.Pod : builtInResources.ConfigMap,
		generation: undefined,
		transport,
		capabilities: {hasWatchList: true, hasProtobuf: true},
		sink,
		clock,
		patience: quick,
		...more,
	});

	const start = (
		kind: KindName = 'ConfigMap',
		more: Partial<ListWatchOptions> = {},
	): ListWatchOptions => {
		const options = optionsFor(kind, more);
		watches.push(startListWatch(options));
		return options;
	};

	const isEqual = async (plural = 'configmaps') =>
		vi.waitFor(() => {
			expect(sink.names()).toEqual(server.names(plural).toSorted());
			expect(sink.state).toBe('live');
		});

	it('delivers what is there, then what happens', async () => {
		server.put('a', 'one');
		server.put('b', 'two');
		start();
		await isEqual();
		expect(new Set(sink.states.map(({state}) => state))).toEqual(
			new Set(['syncing', 'live']),
		);
		server.put('a', 'one', {changed: 'yes'});
		server.put('a', 'three');
		server.delete('b', 'two');
		await isEqual();
		expect(sink.names()).toHaveLength(2);
	});

	it('asks for bookmarks and for an end of its own', async () => {
		start();
		await isEqual();
		const query = new URL(server.seen[0]!.url, server.url).searchParams;
		expect(query.get('allowWatchBookmarks')).toBe('true');
		expect(Number(query.get('timeoutSeconds'))).toBeGreaterThanOrEqual(300);
	});

	it('lists page by page where a watch cannot begin with what exists', async () => {
		server.hasWatchList = false;
		for (let index = 0; index < 1203; index++) {
			server.put('a', `object-${index}`);
		}

		const {capabilities} = start();
		await isEqual();
		const pages = server.seen.filter(({url}) => url.includes('limit=500'));
		expect(pages).toHaveLength(3);
		expect(capabilities.hasWatchList).toBe(false);
		expect(sink.states).toContainEqual({
			state: 'syncing',
			seen: expect.any(Number) as number,
			total: 1203,
		});
	});

	it('says how much is to come when a watch begins with much', async () => {
		server.put('a', 'one');
		server.put('a', 'two');
		server.put('a', 'three');
		let watch: http.ServerResponse | undefined;
		server.intercept = ({url}, response) => {
			if (!url.includes('sendInitialEvents')) {
				return false;
			}

			watch = response;
			response.writeHead(200, {'content-type': 'application/json'});
			response.flushHeaders();
			return true;
		};

		start('ConfigMap', {patience: {...quick, count: 1}});
		await vi.waitFor(() => {
			expect(server.seen.at(-1)).toMatchObject({
				url: '/api/v1/configmaps?limit=1',
				headers: {
					accept: expect.stringContaining(
						'as=PartialObjectMetadataList',
					) as string,
				},
			});
		});
		await vi.waitFor(() => {
			watch?.write(
				`${JSON.stringify({type: 'ADDED', object: {metadata: {name: 'one', namespace: 'a', resourceVersion: '11'}}})}\n`,
			);
			expect(sink.states.at(-1)).toEqual({
				state: 'syncing',
				seen: expect.any(Number) as number,
				total: 3,
			});
		});
	});

	it('delivers the first page while the next one is still held back', async () => {
		server.hasWatchList = false;
		for (let index = 0; index < 700; index++) {
			server.put('a', `object-${index}`);
		}

		const {promise, resolve} = Promise.withResolvers<void>();
		server.intercept = async ({url}) => {
			if (url.includes('continue=')) {
				await promise;
			}

			return false;
		};

		start();
		await vi.waitFor(() => {
			expect(sink.objects.size).toBe(500);
		});
		expect(sink.state).toBe('syncing');
		resolve();
		await isEqual();
	});

	it('lists in one go when a page token outlives its list', async () => {
		server.hasWatchList = false;
		for (let index = 0; index < 600; index++) {
			server.put('a', `object-${index}`);
		}

		let hasCompacted = false;
		server.intercept = ({url}) => {
			if (!hasCompacted && url.includes('continue=')) {
				hasCompacted = true;
				server.put('a', 'late');
				server.compact();
			}

			return false;
		};

		start();
		await isEqual();
		expect(sink.names()).toHaveLength(601);
	});

	it.each(['configmaps', 'pods'])(
		'goes on from the last version after a cut (%s)',
		async (plural) => {
			server.put('a', 'one', {}, plural);
			start(plural === 'pods' ? 'Pod' : 'ConfigMap');
			await isEqual(plural);
			server.put('a', 'two', {}, plural);
			await isEqual(plural);
			server.cut();
			server.put('a', 'three', {}, plural);
			server.delete('a', 'one', plural);
			await isEqual(plural);
			const lists = server.seen.filter(({url}) =>
				url.includes('sendInitialEvents'),
			);
			expect(lists).toHaveLength(1);
		},
	);

	it('goes on from a bookmark', async () => {
		server.put('a', 'one');
		start();
		await isEqual();
		server.put('a', 'pod-moves-the-version', {}, 'pods');
		server.bookmark();
		server.compact();
		await vi.waitFor(() => {
			expect(server.watchers).toBe(1);
		});
		server.endWatches();
		await vi.waitFor(() => {
			expect(server.watchers).toBe(1);
		});
		expect(server.seen.at(-1)?.url).toContain(
			`resourceVersion=${server.version}`,
		);
	});

	it.each([
		['configmaps', true],
		['configmaps', false],
		['pods', true],
		['pods', false],
	])(
		'lists again after 410 and removes only what is gone (%s, WatchList %s)',
		async (plural, hasWatchList) => {
			server.hasWatchList = hasWatchList;
			server.put('a', 'stays', {}, plural);
			server.put('a', 'goes', {}, plural);
			start(plural === 'pods' ? 'Pod' : 'ConfigMap');
			await isEqual(plural);
			let smallest = Infinity;
			const {retain} = sink;
			sink.retain = (isKept) => {
				retain.call(sink, isKept);
				smallest = Math.min(smallest, sink.objects.size);
			};

			server.intercept = ({url}, response) => {
				if (url.includes('watch=true') && url.includes('resourceVersion=1')) {
					server.intercept = undefined;
					server.delete('a', 'goes', plural);
					server.put('a', 'comes', {}, plural);
					server.compact();
				}

				return response.destroyed;
			};

			server.endWatches();
			await vi.waitFor(() => {
				expect(sink.objects.keys().toArray().toSorted()).toEqual([
					'a/comes',
					'a/stays',
				]);
			});
			expect(smallest).toBe(2);
			expect(sink.states.map(({state}) => state)).not.toContain('forbidden');
		},
	);

	it('says stale while the server is away, and live again', async () => {
		server.put('a', 'one');
		start();
		await isEqual();
		server.intercept = (_, response) => {
			response.destroy();
			return true;
		};

		server.cut();
		await vi.waitFor(() => {
			expect(sink.state).toBe('stale');
		});
		expect(sink.states.at(-1)).toMatchObject({
			since: expect.any(Number) as number,
			reason: expect.stringContaining('cannot be reached') as string,
		});
		expect(sink.objects.size).toBe(1);
		server.put('a', 'two');
		server.intercept = undefined;
		await isEqual();
	});

	it('does not flicker when a watch ends in good order', async () => {
		start();
		await isEqual();
		const hasWatcher = () => {
			expect(server.watchers).toBe(1);
		};

		for (let round = 0; round < 3; round++) {
			server.put('a', `object-${round}`);
			await isEqual();
			server.endWatches();
			await vi.waitFor(hasWatcher);
		}

		expect(new Set(sink.states.map(({state}) => state))).toEqual(
			new Set(['syncing', 'live']),
		);
	});

	it('takes a silent connection for dead', async () => {
		server.put('a', 'one');
		start('ConfigMap', {patience: {...quick, silence: 40}});
		await isEqual();
		await vi.waitFor(() => {
			expect(
				server.seen.filter(({url}) => url.includes('resourceVersion=1')).length,
			).toBeGreaterThan(1);
		});
		server.put('a', 'two');
		await isEqual();
	});

	it('does not believe an open watch when the server gives no sign of life', async () => {
		server.put('a', 'one');
		start('ConfigMap', {pulse: createPulse(transport, clock, 20)});
		await isEqual();
		server.intercept = (_, response) => {
			response.destroy();
			return true;
		};

		await vi.waitFor(() => {
			expect(sink.state).toBe('stale');
		});
		server.intercept = undefined;
		server.put('a', 'two');
		await isEqual();
	});

	it('falls back to pages when a server never ends what exists', async () => {
		server.put('a', 'one');
		server.intercept = ({url}, response) => {
			if (!url.includes('sendInitialEvents')) {
				return false;
			}

			response.writeHead(200, {'content-type': 'application/json'});
			response.write(
				`${JSON.stringify({type: 'ADDED', object: {metadata: {name: 'one', namespace: 'a', resourceVersion: '11'}}})}\n`,
			);
			return true;
		};

		start('ConfigMap', {patience: {...quick, initialSilence: 30}});
		await isEqual();
	});

	it('names the missing rule, clears the rows, and comes alive once permitted', async () => {
		server.put('a', 'one');
		start();
		await isEqual();
		server.intercept = (_, response) => {
			response.writeHead(403, {'content-type': 'application/json'});
			response.end(
				JSON.stringify({
					kind: 'Status',
					code: 403,
					reason: 'Forbidden',
					message:
						'configmaps is forbidden: User "eve" cannot list resource "configmaps" in API group "" at the cluster scope',
				}),
			);
			return true;
		};

		server.cut();
		await vi.waitFor(() => {
			expect(sink.state).toBe('forbidden');
		});
		expect(sink.states.at(-1)).toMatchObject({
			rule: '{apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"]} (ClusterRole)',
			reason: expect.stringContaining('User "eve" cannot list') as string,
		});
		expect(sink.objects.size).toBe(0);
		server.intercept = undefined;
		await isEqual();
		expect(sink.objects.size).toBe(1);
	});

	it('says absent while the kind is not served, and comes alive when it is', async () => {
		server.intercept = (_, response) => {
			response.writeHead(404, {'content-type': 'text/plain'});
			response.end('404 page not found');
			return true;
		};

		start();
		await vi.waitFor(() => {
			expect(sink.state).toBe('absent');
		});
		server.put('a', 'one');
		server.intercept = undefined;
		await isEqual();
	});

	it('lists now and then where watching is not permitted', async () => {
		server.put('a', 'one');
		server.intercept = ({url}, response) => {
			if (!url.includes('watch=true')) {
				return false;
			}

			response.writeHead(403, {'content-type': 'application/json'});
			response.end(
				JSON.stringify({
					kind: 'Status',
					code: 403,
					message: 'eve cannot watch',
				}),
			);
			return true;
		};

		start();
		await vi.waitFor(() => {
			expect(sink.state).toBe('stale');
			expect(sink.names()).toEqual(server.names());
		});
		expect(sink.states.at(-1)).toMatchObject({
			reason: expect.stringContaining('verbs: ["watch"]') as string,
		});
		server.put('a', 'two');
		server.delete('a', 'one');
		await vi.waitFor(() => {
			expect(sink.names()).toEqual(server.names());
		});
	});

	it('is live where the rule is granted between the first watch and the list', async () => {
		server.put('a', 'one');
		let isGranted = false;
		server.intercept = ({url}, response) => {
			if (isGranted || !url.includes('watch=true')) {
				return false;
			}

			isGranted = true;
			response.writeHead(403, {'content-type': 'application/json'});
			response.end(
				JSON.stringify({
					kind: 'Status',
					code: 403,
					message: 'eve cannot watch',
				}),
			);
			return true;
		};

		start();
		await isEqual();
		expect(sink.states.map(({state}) => state)).not.toContain('stale');
	});

	it('waits as long as a 429 asks', async () => {
		let refused = 0;
		server.intercept = (_, response) => {
			if (refused++ > 1) {
				return false;
			}

			response.writeHead(429, {'retry-after': '7'});
			response.end();
			return true;
		};

		start();
		await isEqual();
		expect(clock.waits.filter((wait) => wait === 7000)).toHaveLength(2);
	});

	it('waits longer after each failure, up to half a minute', async () => {
		server.intercept = (_, response) => {
			response.writeHead(500);
			response.end();
			return true;
		};

		const from = clock.waits.length;
		start();
		await vi.waitFor(() => {
			expect(clock.waits.length - from).toBeGreaterThan(7);
		});
		expect(clock.waits.slice(from, from + 8)).toEqual([
			500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
		]);
	});

	it.each([406, 415])(
		'asks for JSON when protobuf is answered %s',
		async (code) => {
			server.put('a', 'one', {}, 'pods');
			server.hasProtobuf = false;
			server.intercept = ({headers}, response) => {
				if (!(headers.accept ?? '').includes('protobuf')) {
					return false;
				}

				response.writeHead(code, {'content-type': 'application/json'});
				response.end(
					JSON.stringify({kind: 'Status', code, message: 'only JSON'}),
				);
				return true;
			};

			const {capabilities} = start('Pod');
			await isEqual('pods');
			expect(capabilities.hasProtobuf).toBe(false);
		},
	);

	it('reads JSON when the server sends it unasked', async () => {
		server.put('a', 'one', {}, 'pods');
		server.hasProtobuf = false;
		start('Pod');
		await isEqual('pods');
	});

	it('asks for JSON when the protobuf cannot be read', async () => {
		server.put('a', 'one', {}, 'pods');
		server.intercept = ({headers}, response) => {
			if (!(headers.accept ?? '').includes('protobuf')) {
				return false;
			}

			response.writeHead(200, {
				'content-type': 'application/vnd.kubernetes.protobuf;stream=watch',
			});
			response.end(Buffer.from([0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff]));
			return true;
		};

		start('Pod');
		await isEqual('pods');
	});

	it('survives garbage', async () => {
		let sent = 0;
		server.put('a', 'one');
		server.intercept = (_, response) => {
			if (sent++ > 2) {
				return false;
			}

			response.writeHead(200, {'content-type': 'application/json'});
			response.end('<html>not an API server</html>\n');
			return true;
		};

		start();
		await isEqual();
		expect(sink.states).toContainEqual(
			expect.objectContaining({
				state: 'stale',
				reason: expect.stringContaining('cannot be read') as string,
			}),
		);
	});

	it('delivers an object of a mebibyte, and one that is malformed', async () => {
		server.put('a', 'huge', {text: 'é'.repeat(600_000)});
		start();
		await isEqual();
		server.intercept = undefined;
		server.put('a', 'huge', {text: 'x'.repeat(1_200_000)});
		await isEqual();
	});

	it('delivers nothing after it was stopped', async () => {
		start();
		await isEqual();
		watches[0]?.stop();
		const {length} = sink.states;
		server.put('a', 'late');
		server.cut();
		await vi.waitFor(() => {
			expect(server.watchers).toBe(0);
		});
		expect(sink.objects.size).toBe(0);
		expect(sink.states).toHaveLength(length);
	});

	it('keeps to its namespace, and leaves the others to others', async () => {
		server.put('a', 'mine');
		server.put('b', 'theirs');
		sink.objects.set('b/theirs', {
			...sink.objects.get('x'),
			metadata: {namespace: 'b', name: 'theirs'},
		} as never);
		start('ConfigMap', {selection: {namespace: 'a'}});
		await vi.waitFor(() => {
			expect(sink.state).toBe('live');
		});
		server.delete('a', 'mine');
		server.compact();
		server.cut();
		await vi.waitFor(() => {
			expect(sink.objects.has('a/mine')).toBe(false);
		});
		expect(sink.objects.has('b/theirs')).toBe(true);
	});

	it('watches the given namespaces where the whole is forbidden', async () => {
		server.put('a', 'one');
		server.put('b', 'two');
		server.put('c', 'three');
		server.intercept = ({url}, response) => {
			if (url.startsWith('/api/v1/namespaces/')) {
				return false;
			}

			response.writeHead(403, {'content-type': 'application/json'});
			response.end(
				JSON.stringify({kind: 'Status', code: 403, message: 'eve cannot list'}),
			);
			return true;
		};

		watches.push(startScopedWatch({...optionsFor(), namespaces: ['a', 'b']}));
		await vi.waitFor(() => {
			expect(sink.states.at(-1)).toEqual({
				state: 'live',
				namespaces: ['a', 'b'],
			});
		});
		expect(sink.names().map((name) => name.split('@', 1)[0])).toEqual([
			'a/one',
			'b/two',
		]);
		server.put('b', 'four');
		server.put('c', 'five');
		await vi.waitFor(() => {
			expect(sink.objects.has('b/four')).toBe(true);
		});
		expect(sink.objects.has('c/five')).toBe(false);
	});

	type Action = (own: FakeApiServer, name: string, plural: string) => void;
	const actions: Readonly<Record<string, Action>> = {
		put(own, name, plural) {
			own.put('n', name, {}, plural);
		},
		delete(own, name, plural) {
			own.delete('n', name, plural);
		},
		cut(own) {
			own.cut();
		},
		end(own) {
			own.endWatches();
		},
		compact(own) {
			own.compact();
		},
		bookmark(own) {
			own.bookmark();
		},
		refuse(own) {
			let left = 2;
			own.intercept = (_, response) => {
				if (left-- <= 0) {
					return false;
				}

				response.destroy();
				return true;
			};
		},
	};

	const step = fc.tuple(
		fc.oneof(
			{weight: 6, arbitrary: fc.constant('put')},
			{weight: 3, arbitrary: fc.constant('delete')},
			{
				weight: 6,
				arbitrary: fc.constantFrom(
					'cut',
					'end',
					'compact',
					'bookmark',
					'refuse',
					'settle',
					'breathe',
				),
			},
		),
		fc.integer({min: 0, max: 8}).map(String),
	);

	it.each([
		['ConfigMap', 'configmaps', true],
		['ConfigMap', 'configmaps', false],
		['Pod', 'pods', true],
		['Pod', 'pods', false],
	] as const)(
		'equals the server after any sequence of cuts (%s, %s, WatchList %s)',
		async (kind, plural, hasWatchList) => {
			const run = async (steps: Array<[string, string]>): Promise<void> => {
				const own = await new FakeApiServer().listen();
				own.hasWatchList = hasWatchList;
				const way = transportTo(own.url, {clock});
				const target = new RecordingSink();
				own.put('n', '0', {}, plural);
				const watch = startListWatch(
					optionsFor(kind, {transport: way, sink: target}),
				);
				const settle = async () =>
					vi.waitFor(
						() => {
							expect(target.names()).toEqual(own.names(plural).toSorted());
							expect(target.state).toBe('live');
						},
						{interval: 1, timeout: 5000},
					);
				try {
					for (const [what, name] of steps) {
						if (what === 'settle') {
							await settle();
						} else if (what === 'breathe') {
							await new Promise((resolve) => {
								setImmediate(resolve);
							});
						} else {
							actions[what]?.(own, name, plural);
						}
					}

					await settle();
				} finally {
					watch.stop();
					await way.close();
					await own.close();
				}
			};

			await fc.assert(fc.asyncProperty(fc.array(step, {maxLength: 25}), run), {
				numRuns: 25,
			});
		},
		60_000,
	);
});
