import {afterEach, describe, expect, test} from 'vitest';
import {type Change} from '../../source/core/change.js';
import {type Json} from '../../source/core/json.js';
import {applyMergePatch} from '../../source/core/merge-patch.js';
import {type AnyObject, type KindName} from '../../source/core/model.js';
import {type Store} from '../../source/store/store.js';
import {type SendOutcome} from '../../source/ui/ports.js';
import {diagnose} from '../../source/core/findings/diagnose.js';
import {faultScenarios} from '../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../source/sandbox/scenarios/scenario.js';
import {openFix} from '../../source/ui/fix/fix-state.js';
import {worldOf} from '../helpers/world.js';
import {createExample, putOffloading} from '../ui/helpers/example.js';
import {open, type Screen, type ScreenOptions} from '../ui/helpers/render.js';

const escape = '\u{1B}';
const enter = '\r';

let screen: Screen;
let store: Store;

afterEach(() => {
	screen.close();
	store.close();
});

/**
Namespaces with the same misspelt label as "shop" has.
*/
const others = ['basket', 'orders'] as const;

const start = async (options: ScreenOptions = {}) => {
	store = createExample();
	for (const namespace of others) {
		putOffloading(store, {
			namespace,
			phase: 'NoClusterSelected',
			strategy: 'Remote',
			age: 60,
			key: 'regoin',
			on: {},
		});
	}

	store.flush();
	screen = await open(store, options);
};

const shown = async (text: string) => screen.shown(text);

const find = ({object: {kind, namespace = '', name}}: Change) =>
	store.world.consumer.get(kind as KindName, namespace, name);

let version = 5000;

/**
Does what a server and its watch do.
*/
const take = (change: Change): AnyObject => {
	version++;
	const after = applyMergePatch(
		find(change) as unknown as Json,
		change.body!,
	) as unknown as AnyObject;
	const object: AnyObject = {
		...after,
		metadata: {...after.metadata, resourceVersion: String(version)},
	};
	store.upsert('home', object);
	store.flush();
	return object;
};

/**
A server whose answers to writes are scripted; it accepts dry runs, and what is not scripted.
*/
const serverOf = (
	...answers: ReadonlyArray<(change: Change) => SendOutcome>
) => {
	const writes: Change[] = [];
	return {
		writes,
		async send(change: Change, isDryRun: boolean): Promise<SendOutcome> {
			if (isDryRun) {
				return {isOk: true};
			}

			const answer = answers[writes.length];
			writes.push(change);
			if (answer) {
				return answer(change);
			}

			take(change);
			return {isOk: true};
		},
	};
};

const goTo = async (text: string) => {
	await screen.press('/', ...text, enter);
	await shown('selector-label-typo');
};

/**
Opens the fix of "shop" and reviews its first choice.
*/
const review = async () => {
	await goTo('shop');
	await screen.press('f', enter);
	await shown('Server dry run: accepted');
};

describe('the same fix for all that share a finding', () => {
	const reviewAll = async () => {
		await goTo('shop');
		await screen.press('f');
		await shown('For all 3 namespaces that have this finding');
		await screen.press('k', enter);
		await shown('Fix  all 3 namespaces');
		await screen.press(enter);
		await shown('Server dry run: accepted. All 3 writes were put to it.');
		await shown('Gains: ');
	};

	test('is one review, and one entry to undo for each write', async () => {
		const server = serverOf();
		await start({ports: {send: server.send}});
		await reviewAll();
		await shown('Gains: ');
		expect(screen.frame()).toContain('Loses: nothing.');
		expect(server.writes).toEqual([]);
		await screen.press(enter);
		await shown('The finding is gone from all 3 namespaces.');
		expect(new Set(server.writes.map(({object}) => object.namespace))).toEqual(
			new Set(['basket', 'orders', 'shop']),
		);
		expect(screen.explorer.log.entries()).toHaveLength(3);
		await screen.press(enter, 'z');
		await shown('Server dry run: accepted.');
		await screen.press(enter);
		await shown('Undone: it is as it was before.');
		expect(
			screen.explorer.log.entries().filter(({isUndone}) => isUndone),
		).toHaveLength(1);
	});

	test('ends at the first refusal, and says what was done and what was not', async () => {
		const server = serverOf(
			(change) => {
				take(change);
				return {isOk: true};
			},
			() => ({isOk: false, problem: 'admission webhook said no'}),
		);
		await start({ports: {send: server.send}});
		await reviewAll();
		await screen.press(enter);
		await shown('Refused: admission webhook said no');
		expect(screen.frame()).toContain(
			'shop: Done: Change the cluster selector.',
		);
		expect(screen.frame()).toMatch(/Not tried: 1 more: \w+\./v);
		expect(server.writes).toHaveLength(2);
		await screen.press('c');
		expect(screen.copied[0]!.trim().split('\n')).toHaveLength(2);
	});

	test('is taken back to one with the same choice', async () => {
		await start({ports: {send: serverOf().send}});
		await goTo('shop');
		await screen.press('f', 'k', enter);
		await shown('Only in shop');
		await screen.press('k', enter);
		await shown('For all 3 namespaces');
	});
});

describe('the review', () => {
	test('says who is affected and shows what is written', async () => {
		await start({ports: {send: serverOf().send}});
		await review();
		await shown('Gains: ');
		// All of the change is in sight: there is no page to turn.
		expect(screen.frame()).not.toContain('ctrl-f page');
		expect(screen.frame()).toMatch(
			/kubectl patch[\s\S]*\n Effect ──[^\n]*\n Gains: /v,
		);
	});

	test('shows a refused dry run in the words of the server', async () => {
		await start({
			ports: {
				send: async () => ({isOk: false, problem: 'Forbidden: not you.'}),
			},
		});
		await goTo('shop');
		await screen.press('f', enter);
		await shown('Server dry run: refused. Forbidden: not you.');
	});

	test('of an object that was deleted says so, and writes nothing', async () => {
		const server = serverOf();
		await start({ports: {send: server.send}});
		await review();
		store.remove('home', 'NamespaceOffloading', 'shop', 'offloading');
		store.flush();
		await shown('does not exist any more');
		await screen.press(enter);
		expect(server.writes).toEqual([]);
	});

	test('of an object that was changed writes on what is there now', async () => {
		const server = serverOf();
		await start({ports: {send: server.send}});
		await review();
		const changed = take({
			cluster: 'home',
			verb: 'patch',
			object: {
				apiVersion: 'offloading.liqo.io/v1beta1',
				kind: 'NamespaceOffloading',
				namespace: 'shop',
				name: 'offloading',
			},
			body: {metadata: {labels: {touched: 'yes'}}},
			reason: 'somebody else',
		});
		await screen.press(enter);
		await shown('The finding is gone.');
		expect(server.writes[0]!.precondition?.resourceVersion).toBe(
			changed.metadata.resourceVersion,
		);
	});

	test('is shown anew after a conflict, and nothing was written', async () => {
		const server = serverOf(() => ({
			isOk: false,
			problem: 'the object has been modified',
			isConflict: true,
		}));
		await start({ports: {send: server.send}});
		await review();
		await screen.press(enter);
		await shown('Somebody changed it in between');
		await screen.press(enter);
		await shown('The finding is gone.');
		expect(server.writes).toHaveLength(2);
	});

	test.each([
		'User "eve" cannot patch resource "namespaceoffloadings".',
		'The NamespaceOffloading "offloading" is invalid.',
		'Internal error occurred.',
	])('ends at: %s', async (problem) => {
		const server = serverOf(() => ({isOk: false, problem}));
		await start({ports: {send: server.send}});
		await review();
		await screen.press(enter);
		await shown(`Refused: ${problem}`);
		expect(server.writes).toHaveLength(1);
	});
});

describe('a write that nobody answers', () => {
	const lost = (readAgain: (change: Change) => AnyObject | undefined) =>
		serverOf((change) => ({
			isOk: false,
			problem: 'The connection was lost.',
			readAgain: async () => ({isOk: true, value: readAgain(change)}),
		}));

	test('is found to be done by reading, and not sent again', async () => {
		const server = lost((change) => take(change));
		await start({ports: {send: server.send}});
		await review();
		await screen.press(enter);
		await shown('Done, though no answer came');
		await shown('The finding is gone.');
		expect(server.writes).toHaveLength(1);
	});

	test('is found not to be done, and not sent again', async () => {
		const server = lost((change) => find(change));
		await start({ports: {send: server.send}});
		await review();
		await screen.press(enter);
		await shown('Not done, as reading shows: The connection was lost.');
		expect(server.writes).toHaveLength(1);
	});

	test('stays open when the object says something else by now', async () => {
		const server = lost((change) =>
			take({...change, body: {metadata: {labels: {touched: 'yes'}}}}),
		);
		await start({ports: {send: server.send}});
		await review();
		await screen.press(enter);
		await shown('Not known whether it was done; it is not sent again.');
		expect(server.writes).toHaveLength(1);
	});
});

test('whoever leaves while it is sent hears how it ended', async () => {
	const {promise, resolve} = Promise.withResolvers<SendOutcome>();
	await start({
		ports: {
			async send(_, isDryRun) {
				return isDryRun ? {isOk: true} : promise;
			},
		},
	});
	await review();
	await screen.press(enter);
	await shown('Sending');
	await screen.press(escape);
	await shown('It goes on behind this');
	resolve({isOk: false, problem: 'the server said no'});
	await shown('the server said no');
});

describe('an instruction for somebody else', () => {
	test('is copied and saved with its evidence, and is never sent', async () => {
		const server = serverOf();
		await start({ports: {send: server.send}});
		await screen.press(':', ...'findings', enter, '/', ...'not-ready', enter);
		await shown('virtual-node-not-ready');
		await screen.press(enter);
		await shown('Nothing is written from here.');
		await screen.press('c', 's');
		await shown('Saved to /tmp/virtual-node-not-ready-liqo-ap.txt');
		expect(screen.saved[0]!.text).toBe(screen.copied[0]);
		expect(screen.copied[0]).toContain('Evidence to send along');
		expect(screen.copied[0]).toContain('Node liqo-ap');
		await screen.press(enter, enter);
		await shown('This is for somebody else to do');
		expect(server.writes).toEqual([]);
	});
});

describe('a value that is typed', () => {
	const namespace = 'online-shop-checkout-payments';

	const askForName = async (send = serverOf().send) => {
		await start({ports: {send}});
		putOffloading(store, {
			namespace,
			phase: 'AllFailed',
			strategy: 'LocalAndRemote',
			age: 60,
			on: {},
		});
		store.flush();
		const draft = draftOf(
			faultScenarios.find(({id}) => id === 'remote-name-too-long')!,
		);
		const [finding] = diagnose(worldOf(draft), {
			now: Date.parse(draft.now),
		}).findings;
		openFix(screen.explorer, finding!);
		const place = finding!.offers.findIndex(
			({given}) => given?.mappingStrategy === 'SelectedName',
		);
		await shown(finding!.offers[place]!.title);
		await screen.press(String(place + 1));
		await shown('Remote namespace name');
	};

	test.each(['Billing', '-billing', 'bill.ing', 'räksmörgås', '店'])(
		'%s is refused while it is typed, and on enter',
		async (name) => {
			await askForName();
			await screen.press(...name);
			await shown('not a legal namespace name');
			await screen.press(enter);
			await shown('not a legal namespace name');
			await screen.press('\u{15}', ...'billing-abroad');
			await shown('"billing-abroad" can be used.');
		},
	);

	test('may be pasted', async () => {
		await askForName();
		await screen.press('\u{1B}[200~billing-abroad\u{1B}[201~');
		await shown('"billing-abroad" can be used.');
		await screen.press(enter);
		await shown('remoteNamespaceName: billing-abroad');
	});

	test('confirms what is lost for good: another name does not', async () => {
		const server = serverOf();
		await askForName(server.send);
		await screen.press(...'billing-abroad', enter);
		await shown('Gains: ');
		await screen.press(enter);
		await shown(`Type "${namespace}" to do it`);
		await screen.press(...'shop', enter);
		await shown(`Type "${namespace}" to go on, or esc.`);
		expect(server.writes).toEqual([]);
	});
});

test('a selector that gives up a twin has to be confirmed by name', async () => {
	const server = serverOf();
	await start({ports: {send: server.send}});
	await screen.press('/', ...'images', enter, 'e', enter, '\u{15}');
	await screen.press(...'region In eu', enter);
	await shown('us-east loses images');
	await screen.press('s');
	await shown('DELETED with all they hold');
	await screen.press(enter);
	await shown('Type "images" to do it');
	expect(server.writes).toEqual([]);
	await screen.press(escape);
	await shown('enter apply');
	await screen.press(enter, ...'images', enter);
	await shown('Saved.');
	expect(server.writes).toHaveLength(1);
});

describe('a selector beyond all measure', () => {
	const edit = async (terms: Json) => {
		await start({ports: {send: serverOf().send}});
		const offloading = store.world.consumer.get(
			'NamespaceOffloading',
			'shop',
			'offloading',
		)!;
		store.upsert('home', {
			...offloading,
			metadata: {...offloading.metadata, resourceVersion: '9000'},
			spec: {
				...offloading.spec,
				clusterSelector: {nodeSelectorTerms: terms as never},
			},
		});
		store.flush();
		await screen.press('/', ...'shop', enter, 'e');
	};

	test('of 500 terms keeps the cursor in sight, and result and effect too', async () => {
		await edit(
			Array.from({length: 500}, (_, index) => ({
				matchExpressions: [{key: `key-${index}`, operator: 'Exists'}],
			})),
		);
		await shown('> key-0 Exists');
		expect(screen.frame()).toMatch(/after\s+no\s+no\s+no\s+0 of 3/v);
		await screen.press(...Array.from({length: 40}, () => 'j'));
		await shown('> key-40 Exists');
		expect(screen.frame()).toContain('of 1500');
		expect(screen.frame()).toContain('none: the same clusters as now');
	});

	test('of 10,000 values stays one line', async () => {
		await edit([
			{
				matchExpressions: [
					{
						key: 'region',
						operator: 'In',
						values: Array.from({length: 10_000}, (_, index) => `v${index}`),
					},
				],
			},
		]);
		await shown('> region In v0,v1');
		expect(screen.frame()).toContain('also accept region=eu');
	});

	test('in another script is called invalid in the words of Kubernetes', async () => {
		await edit([]);
		await screen.press('a', ...'регион In 东', enter);
		await shown('NOT VALID');
		expect(screen.frame()).toContain('matchExpressions[0].key');
		await screen.press('s');
		await shown('matchExpressions[0].key');
		expect(screen.frame()).toContain('Selector  shop');
	});
});

describe('the palette over the choices', () => {
	test('keeps its keys from them', async () => {
		await start({ports: {send: serverOf().send}});
		await screen.press('/', ...'shop', enter, 'f');
		await shown('> 1 ');
		const choosing = screen.frame();
		await screen.press(':', ...'2', escape);
		expect(screen.frame()).toBe(choosing);
		await screen.press(':', ...'pods /web', enter);
		await shown('4 Pods  ');
		expect(screen.frame()).toContain('/web');
		expect(screen.frame()).not.toContain(' Choose ');
	});
});
