/* eslint-disable no-control-regex, regexp/no-control-character, require-unicode-regexp -- Escape sequences are what is looked for. */
import {afterEach, describe, expect, test, vi} from 'vitest';
import {type Change} from '../../source/core/change.js';
import {applyMergePatch} from '../../source/core/merge-patch.js';
import {type Json} from '../../source/core/json.js';
import {type AnyObject, type KindName} from '../../source/core/model.js';
import {type Store} from '../../source/store/store.js';
import {
	type QueuedObject,
	type ReconcilerQueue,
} from '../../source/ui/reconciler-queue.js';
import {createExample, now, put, putPod} from '../ui/helpers/example.js';
import {open, type Screen, type ScreenOptions} from '../ui/helpers/render.js';

let screen: Screen;
let store: Store;

const escape = '\u{1B}';
const enter = '\r';
const tab = '\t';

afterEach(() => {
	screen.close();
	store.close();
});

const start = async (options: ScreenOptions = {}): Promise<Screen> => {
	store = createExample();
	screen = await open(store, options);
	return screen;
};

/**
A server that takes merge patches and shows their effect in the world, as a watch would.
*/
const createServer = () => {
	const sent: Array<{change: Change; isDryRun: boolean}> = [];
	let version = 1000;
	return {
		sent,
		writes: () => sent.filter(({isDryRun}) => !isDryRun),
		async send(change: Change, isDryRun: boolean) {
			sent.push({change, isDryRun});
			if (!isDryRun && change.verb === 'patch') {
				const {kind, namespace = '', name} = change.object;
				const before = store.world.consumer.get(
					kind as KindName,
					namespace,
					name,
				)!;
				const after = applyMergePatch(
					before as unknown as Json,
					change.body!,
				) as unknown as AnyObject;
				version++;
				store.upsert('home', {
					...after,
					metadata: {...after.metadata, resourceVersion: String(version)},
				});
				store.flush();
			}

			return {isOk: true, value: undefined} as const;
		},
	};
};

/**
Puts the cursor of the focused pane on a row.
*/
const goTo = async (text: string) => {
	await screen.press('/', ...text, enter);
};

const shown = async (text: string) => screen.shown(text, 5000);

describe('looking around', () => {
	test('enter narrows the other panes, esc widens them again', async () => {
		await start();
		await goTo('shop');
		await screen.press(enter);
		expect(screen.frame()).toContain('4 Pods  2 of 14  in shop');
		expect(screen.frame()).toContain('3 Namespaces  1 of 9  in shop');
		await screen.press(escape, escape);
		expect(screen.frame()).toContain('4 Pods  14 ');
	});

	test('a window in which nothing can be seen takes no keys', async () => {
		await start();
		await screen.resize(20, 5);
		expect(screen.frame().replaceAll(/\s+/g, ' ')).toContain(
			'Too small: 20x5, needs 60x15. ctrl-c quits.',
		);
		await screen.press('q');
		await screen.resize(100, 30);
		expect(screen.frame()).toContain('1 Offloadings');
		expect(screen.frame()).not.toContain('Quit liqoscope?');
	});

	test('a cluster narrows to what it hosts', async () => {
		await start();
		await screen.press('2', 'G', enter);
		expect(screen.frame()).toContain('on us-east');
		expect(screen.frame()).toContain('4 Pods  6 of 14');
	});

	test('a filter works while it is typed, and esc gives the rows back', async () => {
		await start();
		await screen.press('4', '/', 'w', 'e', 'b');
		await shown('4 Pods  2 of 14  /web');
		await screen.press(escape);
		await shown('4 Pods  14 ');
		await screen.press('/', ...'-l app=app', enter);
		await shown('4 Pods  12 of 14');
		await screen.press('/', '\u{15}', ...'(', enter);
		await shown('is no regular expression');
	});

	test('faults only, sorting and its way back', async () => {
		await start();
		await screen.press('\u{1A}');
		expect(screen.frame()).toContain('1 Offloadings  4 of 9  faults only');
		await screen.press('\u{1A}', 'N');
		expect(screen.frame()).toContain('by namespace');
		expect(screen.frame().split('\n', 4)[3]).toContain('billing');
		await screen.press('N');
		expect(screen.frame().split('\n', 4)[3]).toContain('shop');
		await screen.press('N');
		expect(screen.frame()).not.toContain('by namespace');
	});

	test('the cursor stays on its row when the order changes', async () => {
		await start();
		await screen.press('4', 'j', 'j');
		const row = /│>\S? (.*)/u.exec(screen.frame().split('\n').at(-14)!);
		const selected = screen
			.frame()
			.split('\n')
			.findLast((line) => line.includes('│>'))!
			.split('│')
			.at(-1)!;
		putPod(store, {
			namespace: 'billing',
			name: 'broken-1-abc',
			phase: 'Pending',
			message: 'no node',
		});
		store.flush();
		await screen.settled();
		const after = screen
			.frame()
			.split('\n')
			.findLast((line) => line.includes('│>'))!
			.split('│')
			.at(-1)!;
		expect(after).toBe(selected);
		expect(row).toBeDefined();
		expect(screen.frame()).toContain('broken-1-abc');
	});

	test('the beginning of a place is enough, of a deed it is not', async () => {
		await start();
		await screen.press(':', ...'find', enter);
		await screen.shown('CERTAINTY');
		await screen.press(escape, ':', ...'sav', enter);
		await screen.shown('There is no "sav". Did you mean :save?');
	});

	test('the palette completes, remembers and says what it does not know', async () => {
		await start();
		await screen.press(':', 'p', 'o', tab);
		expect(screen.frame()).toContain(':pods');
		await screen.press(enter, ':', '\u{1B}[A');
		expect(screen.frame()).toContain(':pods');
		await screen.press(escape, ':', ...'offlodings', enter);
		expect(screen.frame()).toContain(
			'There is no "offlodings". Did you mean :offloadings?',
		);
		await screen.press(':', ...'ns cart', enter);
		expect(screen.frame()).toContain('in cart');
		await screen.press(':', ...'ctx kind-eu', enter);
		expect(screen.contexts).toEqual(['kind-eu']);
		await screen.press(':', ...'ctx nowhere', enter);
		expect(screen.frame()).toContain('There is no context "nowhere"');
	});

	test('describe, YAML, search, copy and help are text over the panes', async () => {
		await start({
			ports: {
				fetchYaml: async () => ({
					isOk: true,
					value: Array.from(
						{length: 100},
						(_, index) => `line${index}: value`,
					).join('\n'),
				}),
			},
		});
		await screen.press('d');
		expect(screen.frame()).toContain(
			'Describe  NamespaceOffloading billing/offloading',
		);
		await screen.press('q', 'y');
		await shown('line0: value');
		await screen.press('/', ...'line90', enter);
		expect(screen.frame()).toContain('line90: value');
		await screen.press('c');
		expect(screen.copied[0]).toContain('line99: value');
		await screen.press(escape, escape, '?');
		expect(screen.frame()).toContain('Narrow the other panes to this row');
		await screen.press('?');
		expect(screen.frame()).toContain('1 Offloadings');
	});

	test('zoom shows one pane alone, at last', async () => {
		await start();
		await screen.press('+');
		expect(screen.frame()).toContain('4 Pods');
		await screen.press('+');
		expect(screen.frame()).not.toContain('4 Pods');
		await screen.press('_', '_');
		expect(screen.frame()).toContain('4 Pods');
	});

	test('q asks before it quits, ctrl-c does not', async () => {
		await start();
		await screen.press('q', 'n');
		expect(screen.quits).toEqual([]);
		await screen.press('q', 'y');
		expect(screen.quits).toEqual([false]);
		await screen.press('\u{3}');
		expect(screen.quits).toEqual([false, true]);
	});
});

describe('what changes', () => {
	test('is on the screen after the next flush, and glows', async () => {
		await start();
		putPod(store, {
			namespace: 'shop',
			name: 'web-7d4f9-x2x1',
			phase: 'Running',
			node: 'liqo-us',
		});
		store.flush();
		await shown('liqo-us');
		expect(screen.frame({isStyled: true})).toMatch(
			/\u{1B}\[1m\u{1B}\[35mRunning/u,
		);
	});

	test('of a kind that may not be watched is said with the missing rule', async () => {
		await start();
		for (const pod of store.world.consumer.list('Pod')) {
			store.remove('home', 'Pod', pod.metadata.namespace, pod.metadata.name);
		}

		store.setAccess('home', 'Pod', {
			state: 'forbidden',
			rule: 'apiGroups: [""], resources: ["pods"], verbs: ["list", "watch"]',
			reason: 'User "eve" cannot list resource "pods".',
		});
		store.flush();
		await shown('FORBIDDEN');
		await screen.press('4', '+', '+');
		expect(screen.frame()).toContain(
			'apiGroups: [""], resources: ["pods"], verbs: ["list", "watch"]',
		);
	});

	test('is marked stale with its age', async () => {
		await start();
		store.setAccess('home', 'Pod', {
			state: 'stale',
			since: Date.UTC(2026, 10, 22, 11, 59, 18),
			reason: 'connection refused',
		});
		store.flush();
		await shown('STALE for 42s');
	});
});

test('escape sequences in names, messages and labels never reach the terminal', async () => {
	await start();
	put(store, 'Pod', {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name: 'evil\u{1B}[2J\u{1B}]0;owned\u{7}',
			namespace: 'shop',
			uid: 'evil',
			resourceVersion: '9999',
			labels: {a: '\u{1B}[31mred'},
		},
		spec: {containers: []},
		status: {
			phase: 'Pending',
			conditions: [
				{
					type: 'PodScheduled',
					status: 'False',
					message: 'no\u{9B}2J\u{0}way\r\nhere',
				},
			],
		},
	});
	store.flush();
	await shown('evil');
	await screen.press('4', 'g', 'd');
	for (const frame of screen.stdout.frames) {
		expect(frame).not.toContain('\u{1B}[2J');
		expect(frame).not.toContain('\u{7}');
		expect(frame).not.toContain('\u{9B}');
	}
});

describe('a guided fix', () => {
	test('goes from the row to done in three keys, and can be undone', async () => {
		const server = createServer();
		await start({ports: {send: server.send}});
		await goTo('shop');
		await shown('selector-label-typo');
		await screen.press('f');
		await shown('No virtual node has the label "regoin"');
		await screen.press(enter);
		await shown('Server dry run: accepted.');
		expect(server.writes()).toHaveLength(0);
		expect(screen.frame()).toContain('+ key: region');
		await screen.press(enter);
		await shown('The finding is gone.');
		expect(server.writes()).toHaveLength(1);
		expect(
			server.writes()[0]!.change.precondition?.resourceVersion,
		).toBeDefined();

		await screen.press(enter, '@');
		await shown(
			'kubectl patch namespaceoffloadings.offloading.liqo.io offloading -n shop',
		);
		await screen.press('q', 'z');
		await shown('Server dry run: accepted.');
		expect(screen.frame()).toContain('key: regoin');
		await screen.press(enter);
		await shown('Undone: it is as it was before.');
		const [term] = store.world.consumer.get(
			'NamespaceOffloading',
			'shop',
			'offloading',
		)!.spec.clusterSelector!.nodeSelectorTerms;
		expect(term!.matchExpressions![0]!.key).toBe('regoin');
		await screen.press(enter, 'Z');
		await shown('Server dry run: accepted.');
		await screen.press(enter);
		await shown('Done again.');
		await screen.press(enter, '@');
		await shown('redo');
		expect(screen.frame()).toMatch(/undo .*kubectl patch/v);
		// Each of them is a write: all three are in the log.
		expect(screen.explorer.log.entries()).toHaveLength(3);
	});

	test('stops at a refusal, in the words of the server', async () => {
		await start({
			ports: {
				send: async (_change, isDryRun) =>
					isDryRun
						? {isOk: true, value: undefined}
						: {
								isOk: false,
								problem: 'offloading was changed by somebody else meanwhile.',
							},
			},
		});
		await goTo('shop');
		await shown('selector-label-typo');
		await screen.press('f', enter);
		await shown('accepted');
		await screen.press(enter);
		await shown('Refused: offloading was changed by somebody else meanwhile.');
	});

	test('in a read-only session ends at the command to copy', async () => {
		await start({session: {isReadOnly: true}});
		expect(screen.frame()).toContain('READ-ONLY');
		await goTo('shop');
		await shown('selector-label-typo');
		await screen.press('f', enter);
		await shown('This is a read-only run: nothing can be written');
		await screen.press('c');
		expect(screen.copied[0]).toContain('kubectl patch');
		const keys = screen.frame().trimEnd().split('\n').at(-1);
		expect(keys).toContain('c copy');
		expect(keys).not.toContain('apply');
		await screen.press(enter);
		await shown(
			'Nothing is written in a read-only run: c copies the commands.',
		);
	});

	test('undo is refused when somebody changed the object since', async () => {
		const server = createServer();
		await start({ports: {send: server.send}});
		await goTo('shop');
		await shown('selector-label-typo');
		await screen.press('f', enter);
		await shown('accepted');
		await screen.press(enter);
		await shown('The finding is gone.');
		const {object} = server.writes()[0]!.change;
		await server.send(
			{
				cluster: 'home',
				verb: 'patch',
				object,
				body: {spec: {clusterSelector: {nodeSelectorTerms: []}}},
				reason: 'somebody else',
			},
			false,
		);
		await screen.press(enter, 'z');
		await shown('was changed since');
		expect(server.writes()).toHaveLength(2);
	});
});

describe('the selector editor', () => {
	test('shows with every keystroke what would be selected', async () => {
		await start();
		await goTo('shop');
		await screen.press('e');
		expect(screen.frame()).toContain('regoin In eu,us');
		expect(screen.frame()).toContain('x absent');
		await screen.press(enter, '\u{15}', ...'region In ap');
		expect(screen.frame()).toMatch(/after\s+no\s+no\s+MATCH\s+1 of 3/u);
		await screen.press(enter);
		expect(screen.frame()).toContain('UNSAVED');
		expect(screen.frame()).toContain('+ ap-south gains shop');
	});

	test('warns of what would be deleted', async () => {
		await start();
		await goTo('images');
		await screen.press('e');
		await screen.press(enter, '\u{15}', ...'region In eu', enter);
		expect(screen.frame()).toMatch(
			/- us-east loses images: its twin.* DELETED/u,
		);
	});

	test('completes keys and values that virtual nodes really have', async () => {
		await start();
		await goTo('shop');
		await screen.press('e', 'a', 't', 'i', tab);
		expect(screen.frame()).toContain('New: tier');
		await screen.press('I', 'n', ' ', tab);
		expect(screen.frame()).toContain('tier In gold');
	});

	test('will not save what Kubernetes would refuse', async () => {
		await start();
		await goTo('shop');
		await screen.press('e', enter, '\u{15}', ...'region Inn eu', enter, 's');
		expect(screen.frame()).toContain('NOT VALID');
	});

	test('takes the nearest fix and saves it', async () => {
		const server = createServer();
		await start({ports: {send: server.send}});
		await goTo('shop');
		await screen.press('e', 'n');
		expect(screen.frame()).toContain('region In eu,us');
		await screen.press('s');
		await shown('Server dry run: accepted.');
		await screen.press(enter);
		await shown('Saved.');
		expect(server.writes()).toHaveLength(1);
	});
});

test('x on a pending pod says why', async () => {
	await start();
	await screen.press('4', 'x');
	expect(screen.frame()).toContain('Why  Pod shop/web-7d4f9-x2x1');
	expect(screen.frame()).toContain('kube-scheduler');
});

test(':findings, :matrix, :timeline, :events and :plan open, and q leaves them', async () => {
	await start();
	for (const [view, text] of [
		['findings', 'selector-label-typo'],
		['matrix', 'ap-south'],
		['timeline', 'Nothing has changed'],
		['events', 'No events about offloaded namespaces'],
		['plan', 'Plan'],
	] as const) {
		await screen.press(':', ...view, enter);
		await shown(text);
		await screen.press('q');
		await shown('1 Offloadings');
	}
});

/**
Controllers with a queue that does what it is told.
*/
const createControllers = (objects: readonly QueuedObject[]) => {
	const paused = new Set<string>();
	let isAllPaused = false;
	const queue: ReconcilerQueue = {
		status: () => ({
			isActing: true,
			story: 'Nothing waits, runs or has failed.',
			objects: objects.map((object) => ({
				...object,
				...((isAllPaused || paused.has(object.namespace)) && {
					state: 'paused' as const,
				}),
			})),
			blocked: [
				{cluster: 'us-east', until: now + 30_000, reason: 'us-east is silent'},
			],
			isAllPaused,
			pausedNamespaces: [...paused],
		}),
		pause(namespace) {
			if (namespace === undefined) {
				isAllPaused = true;
			} else {
				paused.add(namespace);
			}
		},
		resume(namespace) {
			if (namespace === undefined) {
				isAllPaused = false;
			} else {
				paused.delete(namespace);
			}
		},
	};
	return queue;
};

describe('the queue of the controllers', () => {
	const failing: QueuedObject = {
		key: 'a',
		reconciler: 'namespace-offloading',
		cluster: 'home',
		namespace: 'shop',
		name: 'offloading',
		state: 'waiting',
		retries: 4,
		lastError: 'no NamespaceMap found for remote cluster ID: eu-west',
		nextTry: now + 8000,
	};
	const fine: QueuedObject = {
		...failing,
		key: 'b',
		namespace: 'cart',
		state: 'queued',
		retries: 0,
	};
	const {lastError: _error, nextTry: _next, ...queued} = fine;

	test('shows what failed, how often, why, and when it is tried again', async () => {
		await start({ports: {queue: createControllers([queued, failing])}});
		await screen.press(':', ...'queue', enter);
		await shown('no NamespaceMap found');
		const lines = screen.frame().split('\n');
		const row = lines.find((line) => line.includes('shop/offloading'))!;
		expect(row).toMatch(
			/namespace\S*\s+waiting\s+4\s+in 8s\s+no NamespaceMap found/,
		);
		expect(lines.indexOf(row)).toBeLessThan(
			lines.findIndex((line) => line.includes('cart/offloading')),
		);
		expect(screen.frame()).toContain('1 failing');
		expect(screen.frame()).toMatch(
			/cluster us-east\s+all writes\s+us-east\s+held up\s+in 30s\s+us-east is silent/,
		);
		await screen.resize(80, 24);
		expect(screen.frame()).toMatch(/shop\/offloading .*waiting\s+4/);
	});

	test('is paused and resumed, one namespace or all', async () => {
		const queue = createControllers([queued, failing]);
		await start({ports: {queue}});
		await screen.press(':', ...'queue', enter, '/', ...'shop', enter, 's');
		await shown('shop is paused');
		expect(queue.status().pausedNamespaces).toEqual(['shop']);
		expect(screen.frame()).toMatch(/shop\/offloading\s+(?:\S.*)?paused/);
		await screen.press('s');
		await shown('shop is resumed');
		expect(queue.status().pausedNamespaces).toEqual([]);
		await screen.press('S');
		await shown('Everything is paused');
		expect(screen.frame()).toContain('ALL PAUSED');
		await screen.press(escape, escape, ':', ...'resume', enter);
		await shown('Everything is resumed');
		await screen.press(':', ...'pause cart', enter);
		await shown('cart is paused');
		expect(queue.status().pausedNamespaces).toEqual(['cart']);
	});

	test('does not forget a paused namespace in which nothing waits', async () => {
		await start({ports: {queue: createControllers([])}});
		await screen.press(':', ...'pause shop', enter, ':', ...'queue', enter);
		await shown('nothing waits here');
		expect(screen.frame()).toContain('1 namespace paused');
	});

	test('says in the top line and in words when the controllers do not act', async () => {
		const {status, ...queue} = createControllers([]);
		await start({
			session: {isReconciling: true},
			ports: {
				queue: {
					...queue,
					status: () => ({
						...status(),
						isActing: false,
						story:
							'The controllers have ended: Deployment liqo/liqo-controller-manager wants 1 running.',
						blocked: [],
					}),
				},
			},
		});
		await shown('not reconciling, see :queue');
		await screen.press(':', ...'queue', enter);
		await screen.resize(80, 24);
		await shown('The controllers have ended');
		await shown('running.');
	});

	test('says who could reconcile where nobody does', async () => {
		await start();
		await screen.press(':', ...'queue', enter);
		await shown('Start liqoscope with --reconcile');
		await screen.press('S');
		await shown('Nobody reconciles in this process.');
	});
});

describe('what drifts', () => {
	/**
	The namespace `cart` is as it should be, but its label is gone.
	*/
	const startDrifting = async (options: ScreenOptions = {}) => {
		await start(options);
		put(store, 'Namespace', {
			apiVersion: 'v1',
			kind: 'Namespace',
			metadata: {name: 'cart', uid: 'uid--cart', resourceVersion: '5000'},
			spec: {finalizers: ['kubernetes']},
			status: {phase: 'Active'},
		});
		for (const kind of ['RoleBinding', 'Deployment'] as const) {
			store.setAccess('home', kind, {state: 'live'});
		}

		store.flush();
		await vi.waitFor(
			() => {
				expect(screen.explorer.drift.isSettled()).toBe(true);
				expect(screen.explorer.drift.countIn('cart')).toBeGreaterThan(0);
			},
			{timeout: 10_000},
		);
	};

	test('is marked in the pane, and p shows it', async () => {
		await startDrifting();
		await goTo('cart');
		await shown('Ready*');
		await shown('cart*');
		await screen.press('p');
		await shown('Namespace cart');
		expect(screen.frame()).toContain('new pods have to pass the webhook');
		// Nothing can be written here.
		expect(screen.frame()).toContain('a review  A review all');
	});

	test('is written after a review, one write at a time', async () => {
		const server = createServer();
		await startDrifting({ports: {send: server.send}});
		await goTo('cart');
		await screen.press('p', '/', ...'Namespace cart', enter, 'a');
		await shown('Server dry run: accepted.');
		expect(screen.frame()).toContain('+ metadata.labels["liqo.io/scheduling');
		expect(server.writes()).toEqual([]);
		await screen.press(enter);
		await shown('Done:');
		expect(server.writes().map(({change}) => change)).toMatchObject([
			{
				verb: 'patch',
				object: {kind: 'Namespace', name: 'cart'},
				body: {metadata: {labels: {'liqo.io/scheduling-enabled': 'true'}}},
			},
		]);
	});

	test('is written at once, all that is shown', async () => {
		const server = createServer();
		await startDrifting({ports: {send: server.send}});
		await goTo('cart');
		await screen.press('p');
		await shown('a apply  A apply all');
		await shown('Namespace cart');
		const count = screen.explorer.drift.countIn('cart');
		await screen.press('A');
		await shown('Server dry run: accepted');
		await screen.press(enter);
		await vi.waitFor(
			() => {
				expect(server.writes()).toHaveLength(count);
			},
			{timeout: 10_000},
		);
	});

	test('is not written where the clusters have controllers of their own', async () => {
		const server = createServer();
		await startDrifting({
			session: {isReconciling: true},
			ports: {
				send: server.send,
				queue: {...createControllers([]), isLeft: () => true},
			},
		});
		await goTo('cart');
		await screen.press('p');
		await shown('Namespace cart');
		await shown("left to controllers of the providers' own");
		await screen.press('A');
		await shown('are left to the controllers');
		expect(server.sent).toEqual([]);
	});

	test('is not claimed of what is only half known', async () => {
		await startDrifting();
		store.setAccess('home', 'NamespaceMap', {
			state: 'stale',
			since: now,
			reason: 'connection refused',
		});
		store.flush();
		await screen.press(':', ...'plan', enter);
		await shown('the NamespaceMaps of kind-home are not known');
		expect(screen.explorer.drift.countIn('cart')).toBe(0);
	});
});

test('in ASCII and without colour nothing is lost', async () => {
	await start({isAscii: true, hasColour: false});
	expect(screen.frame()).toMatch(/^[\u{0}-\u{7F}]*$/u);
	expect(screen.frame()).toContain('x billing');
	expect(screen.frame({isStyled: true})).not.toMatch(/\u{1B}\[3\d/u);
});

test('while what is known is stale, no fix is offered', async () => {
	await start();
	await goTo('shop');
	await shown('selector-label-typo');
	store.setAccess('home', 'Node', {
		state: 'stale',
		since: Date.UTC(2026, 10, 22, 11, 59),
		reason: 'connection refused',
	});
	store.flush();
	await screen.press('f');
	await shown('What is shown is stale');
	expect(screen.frame()).not.toContain('f fix');
});
