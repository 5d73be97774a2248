import {afterEach, describe, expect, test, vi} from 'vitest';
import {type Change} from '../../source/core/change.js';
import {decode} from '../../source/core/decode.js';
import {type Json, type JsonObject} from '../../source/core/json.js';
import {applyMergePatch} from '../../source/core/merge-patch.js';
import {type KindName} from '../../source/core/model.js';
import {faultScenarios} from '../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../source/sandbox/scenarios/scenario.js';
import {type Store} from '../../source/store/store.js';
import {type SendOutcome} from '../../source/ui/ports.js';
import {storeOf} from '../helpers/store-of.js';
import {worldOf} from '../helpers/world.js';
import {open, type Screen, type ScreenOptions} from '../ui/helpers/render.js';

const escape = '\u{1B}';
const enter = '\r';

let screen: Screen;
let store: Store;

afterEach(() => {
	screen.close();
	store.close();
});

let version = 9000;

/**
A server that takes everything, and its watch.
*/
const serverOf = () => {
	const writes: Change[] = [];
	return {
		writes,
		async send(change: Change, isDryRun: boolean): Promise<SendOutcome> {
			if (isDryRun) {
				return {isOk: true};
			}

			writes.push(change);
			const {
				object: {kind, namespace = '', name},
				verb,
				body,
			} = change;
			if (verb === 'delete') {
				store.remove('home', kind as KindName, namespace, name);
			} else {
				const before = store.world.consumer.get(
					kind as KindName,
					namespace,
					name,
				);
				const after = applyMergePatch(
					before as unknown as Json,
					body!,
				) as JsonObject;
				version++;
				store.upsert(
					'home',
					decode(
						kind as KindName,
						applyMergePatch(after, {
							metadata: {
								resourceVersion: String(version),
								uid: `uid-${version}`,
							},
						}) as JsonObject,
						store.world.consumer.generation,
					),
				);
			}

			store.flush();
			return {isOk: true};
		},
	};
};

const start = async (scenario: string, options: ScreenOptions = {}) => {
	const draft = draftOf(faultScenarios.find(({id}) => id === scenario)!);
	store = storeOf(worldOf(draft, {providers: []}));
	screen = await open(store, {
		...options,
		ports: {now: () => Date.parse(draft.now), ...options.ports},
	});
};

const shown = async (text: string) => screen.shown(text);

const keyLine = (): string => screen.frame().trimEnd().split('\n').at(-1)!;

describe('why a pod is pending', () => {
	test.each([
		[80, 24],
		[120, 40],
		[200, 60],
	])('is told with its choices at once, at %i x %i', async (columns, rows) => {
		await start('pod-antithetical-terms', {columns, rows});
		await screen.press('4', 'x');
		await shown('Why  Pod shop/web-7d4f9-x0');
		const frame = screen.frame();
		expect(frame).toContain('can run nowhere: region In [us]');
		expect(frame).toContain('They stay Pending whatever nodes there are.');
		// As written beside as admitted, with the origin of each demand.
		expect(frame).toMatch(
			/x region In \[us\] +region In \[us\] +pod: affinity/v,
		);
		expect(frame).toMatch(/x - +region In \[eu\] +offloading: selector/v);
		expect(frame).toMatch(/- +liqo.io\/type In .+ offloading: pod strategy/v);
		expect(frame).toMatch(/- +tolerates virtual nodes +Liqo's admission/v);
		expect(frame).toMatch(/1 {2}Add us to the selector's "region"/v);
		expect(keyLine()).toContain('f fix');
	});

	test('names for each node what it lacks, and who wants it', async () => {
		await start('pod-antithetical-terms');
		await screen.press('4', 'x');
		await shown('region is eu: the pod wants us');
		await shown('region is us: the offloading wants eu');
	});

	test('leads to the fix of the pod that was asked about', async () => {
		await start('pod-antithetical-terms');
		// The finding names the first pod; the second is of the same owner.
		await screen.press('4', 'j', 'x');
		await shown('Why  Pod shop/web-7d4f9-x1');
		await screen.press('f');
		await shown('Fix  shop');
		expect(screen.frame()).toContain('pod-antithetical-terms');
		await screen.press(escape);
		await shown('Why  Pod shop/web-7d4f9-x1');
	});

	test('says so when the pod goes while its screen is open', async () => {
		await start('pod-antithetical-terms');
		await screen.press('4', 'x');
		await shown('f goes to these choices');
		store.remove('home', 'Pod', 'shop', 'web-7d4f9-x0');
		store.flush();
		await shown('Pod shop/web-7d4f9-x0 is not there any more');
		await vi.waitFor(() => {
			expect(keyLine()).not.toContain('f fix');
		});
	});
});

describe('a finding that goes while its screen is open', () => {
	test('is said to be gone, whether mended or deleted', async () => {
		await start('selector-label-typo', {ports: {send: serverOf().send}});
		await screen.press('f');
		await shown('No virtual node has the label "regoin"');
		expect(screen.frame()).not.toContain('not found any more');
		const {consumer} = store.world;
		const before = consumer.get('NamespaceOffloading', 'shop', 'offloading')!;
		store.upsert('home', {
			...before,
			metadata: {...before.metadata, resourceVersion: '8999'},
			spec: {
				...before.spec,
				clusterSelector: {
					nodeSelectorTerms: [
						{
							matchExpressions: [
								{key: 'region', operator: 'In', values: ['eu']},
							],
						},
					],
				},
			},
		});
		store.flush();
		await shown('This is not found any more');
		store.remove('home', 'NamespaceOffloading', 'shop', 'offloading');
		store.flush();
		await shown('does not exist any more; look again.');
		// What is not there cannot be written.
		await screen.press(enter, enter);
		expect(screen.explorer.log.entries()).toEqual([]);
	});
});

describe('a fix that deletes pods as well', () => {
	test('is taken back in what it declared, after a review', async () => {
		const server = serverOf();
		await start('selector-label-typo', {ports: {send: server.send}});
		await screen.press('f', enter);
		await shown('Server dry run: accepted.');
		await screen.press(enter);
		await vi.waitFor(() => {
			expect(server.writes).toHaveLength(3);
		});
		await screen.press(escape, 'z');
		await shown('Undo  shop');
		await shown('Takes back    Change the cluster selector.');
		await shown('The 2 pods deleted with it do not');
		await shown('+ key: regoin');
		await shown('Server dry run: accepted.');
		await screen.press(enter);
		await shown('Undone: it is as it was before.');
		expect(server.writes).toHaveLength(4);
		await screen.press(enter, 'z');
		await shown('There is no write of ours to undo.');
	});
});

describe('the rest of an offloading', () => {
	test('its pod strategy is changed from the selector editor', async () => {
		const server = serverOf();
		await start('selector-label-typo', {ports: {send: server.send}});
		await screen.press('e');
		await shown('Pod strategy Remote, mapping strategy DefaultName');
		await screen.press('p');
		await shown('Edit the offloading  shop');
		await screen.press(enter);
		await shown('+ spec.podOffloadingStrategy: LocalAndRemote');
		await shown('Server dry run: accepted.');
		await screen.press(enter);
		await shown('Saved.');
		expect(server.writes.map(({body}) => body)).toEqual([
			{spec: {podOffloadingStrategy: 'LocalAndRemote'}},
		]);
		// The selector is still being edited below.
		await screen.press(enter);
		await shown('Pod strategy LocalAndRemote, mapping strategy DefaultName');
	});

	test('its mapping strategy needs another offloading, and the name typed', async () => {
		const server = serverOf();
		await start('selector-label-typo', {ports: {send: server.send}});
		await screen.press('e', 'p', 'j', 'j');
		await shown(
			'> 3  Create it again with EnforceSameName  (cannot be undone)',
		);
		await shown(
			'deleting the offloading deletes the twins that exist, with all they hold',
		);
		await screen.press(enter);
		await shown('Server dry run: accepted.');
		await screen.press(enter);
		await shown('Type "shop" to do it');
		expect(keyLine()).toMatch(/enter do it {2}esc back/v);
		expect(server.writes).toEqual([]);
		await screen.press(...'shop', enter);
		await shown('Saved.');
		expect(server.writes.map(({verb}) => verb)).toEqual(['delete', 'create']);
		// What deleted something for good has no way back.
		await shown('No way back by z');
	});

	test('the choice is come back to from its review', async () => {
		await start('selector-label-typo', {ports: {send: serverOf().send}});
		await screen.press('e', 'p', enter);
		await shown('Server dry run: accepted.');
		await screen.press(escape);
		await shown('> 1  Pod strategy LocalAndRemote');
	});

	test.each([':edit selector', ':edit shop', ':selector'])(
		'its selector is opened by %s',
		async (line) => {
			await start('selector-label-typo');
			await screen.press(...line, enter);
			await shown('Selector  shop / offloading');
		},
	);

	test('an unknown namespace has no selector', async () => {
		await start('selector-label-typo');
		await screen.press(...':edit nowhere', enter);
		await shown('nowhere is not offloaded.');
	});
});

describe('what could not be seen', () => {
	test('is not what is never read on a server', async () => {
		await start('remote-name-conflict');
		store.setAccess('home', 'StorageClass', {state: 'idle'});
		store.flush();
		screen.close();
		screen = await open(store, {columns: 200, rows: 60});
		expect(
			screen.explorer.findings.diagnosis().unseen.map(({state}) => state),
		).toContain('idle');
		await screen.press(...':findings', enter);
		await shown('(not seen)');
		expect(screen.frame()).not.toContain('were not read');
	});

	test('is listed below the findings, with what would let it be seen', async () => {
		await start('remote-name-conflict', {columns: 200, rows: 60});
		await screen.press(...':findings', enter);
		await shown('not all could be seen');
		await shown('(not seen)');
		await screen.press('j');
		await shown('to see them: --provider CONTEXT=');
		// It is no finding, and not counted as one.
		expect(screen.frame()).toMatch(/Findings {2}1 /v);
		await screen.press('f');
		await shown('Nothing is known to be wrong with this row.');
	});

	test('is read in full on a small terminal', async () => {
		await start('remote-name-conflict', {columns: 80, rows: 24});
		await screen.press(...':findings', enter);
		await shown('(not seen)');
		await screen.press('j', enter);
		await shown('In full');
		expect(screen.frame().replaceAll(/\s+/gv, ' ')).toMatch(
			/not seen: .*; to see them: --provider CONTEXT=.*cannot be judged fully/v,
		);
	});

	test('is told with a finding that it leaves in doubt', async () => {
		await start('remote-name-conflict');
		await screen.press('f');
		await shown('How sure');
		await shown('cannot be looked into without a connection.');
		await shown('--provider CONTEXT=');
	});
});

describe('why a namespace is offloaded where it is', () => {
	test.each([
		['its offloading', ['x']],
		['itself', ['3', 'x']],
		['its row of the matrix', [...':matrix', enter, 'x']],
		['a finding about it', [...':findings', enter, 'x']],
	])('is told from %s', async (_, presses) => {
		await start('selector-label-typo');
		await screen.press(...presses);
		await shown('Why  NamespaceOffloading shop/offloading');
		await shown('Why              No virtual node has the label "regoin"');
		expect(screen.frame()).toMatch(
			/eu-west +- no +- +regoin absent, asked for: In \[eu\]/v,
		);
		await shown('1  Ask for "region" instead  (can be undone, not the pods)');
		await screen.press('f');
		await shown('Fix  shop  selector-label-typo');
	});

	test('says where it was refused', async () => {
		await start('remote-name-conflict');
		await screen.press('x');
		await shown('Why  NamespaceOffloading shop/offloading');
		expect(screen.frame()).toMatch(/ap-south +\+ yes +\+ exists +as shop\n/v);
		expect(screen.frame()).toMatch(/eu-west +\+ yes +x refused +as shop\n/v);
	});
});

test('an instruction that is taken has the room of the choices', async () => {
	await start('no-virtual-node', {columns: 80, rows: 24});
	await screen.press('f');
	await shown('> 1  Peer with a cluster  (for somebody else to do)');
	await screen.press(enter);
	await shown(' Peer with a cluster ──');
	expect(screen.frame()).not.toContain('> 1');
	await screen.press(escape);
	await shown('> 1  Peer with a cluster');
});

describe('the nearest fixes in the selector editor', () => {
	const ruledOut = async () => {
		await start('selector-matches-nothing');
		await screen.press('/', ...'shop', enter, 'e');
		await shown('Nearest fixes: the number takes it');
	};

	test('let one of the values in again that are ruled out', async () => {
		await ruledOut();
		expect(screen.frame()).toContain(
			'1  no longer rule out region=eu -> selects eu-west',
		);
		await screen.press('n');
		await shown('> region NotIn us,ap ');
		expect(screen.frame()).toContain('+ eu-west gains shop');
	});

	test('are taken by their number, and taken back', async () => {
		await ruledOut();
		await screen.press('2');
		await shown('> region NotIn eu,ap ');
		await screen.press('z');
		await shown('> region NotIn eu,us,ap ');
		await screen.press('4');
		await shown('No terms: every virtual node is selected.');
	});

	test('are no more than there are', async () => {
		await start('selector-label-typo');
		await screen.press('e');
		await shown('Nearest fixes: the number takes it');
		await screen.press('4');
		await shown('There is no fix 4.');
	});
});

test('a term that was begun and left is not there', async () => {
	await start('selector-label-typo');
	await screen.press('e', 't');
	await shown('(empty: selects nothing; a adds a requirement)');
	await screen.press(escape);
	await screen.settled();
	expect(screen.frame()).not.toContain('or term 2');
	expect(screen.frame()).not.toContain('UNSAVED');
	await screen.press('t', ...'tier', enter);
	await shown('or term 2');
	await shown('> tier Exists');
});

describe('a view acts on its own rows', () => {
	test('a finding opens the selector of its namespace', async () => {
		await start('selector-label-typo');
		await screen.press(...':findings', enter);
		await shown('selector-label-typo');
		await screen.press('e');
		await shown('Selector  shop / offloading');
	});

	test('a finding about a pod tells why', async () => {
		await start('pod-antithetical-terms');
		await screen.press(...':findings', enter);
		await shown('pod-antithetical-terms');
		await screen.press('x');
		await shown('Why  Pod shop/web-7d4f9-x0');
	});

	test('the command log shows a command in full', async () => {
		await start('selector-label-typo', {ports: {send: serverOf().send}});
		await screen.press('f', enter);
		await shown('Server dry run: accepted.');
		await screen.press(enter);
		await vi.waitFor(() => {
			expect(screen.explorer.log.entries()).toHaveLength(3);
		});
		await screen.press('@', 'G', enter);
		await shown('In full');
		await shown('"matchExpressions":[{"key":"region"');
	});

	test('the command log offers nothing but what it can do', async () => {
		await start('selector-label-typo');
		await screen.press('@');
		await shown('Nothing was written in this session.');
		expect(keyLine()).not.toMatch(/fix|why|edit|describe|yaml|events/v);
		await screen.press('e');
		await shown('This is a list of commands; c copies one.');
	});
});
