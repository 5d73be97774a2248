import {afterEach, describe, expect, test} from 'vitest';
import {createExample, put} from './helpers/example.js';
import {open, type Screen} from './helpers/render.js';

let screen: Screen;

afterEach(() => {
	screen.close();
});

describe('the explorer', () => {
	test.each([
		[80, 24],
		[120, 40],
		[200, 60],
	])('at %ix%i', async (columns, rows) => {
		screen = await open(createExample(), {columns, rows});
		await expect(screen.frame()).toMatchFileSnapshot(
			`frames/explorer-${columns}x${rows}.txt`,
		);
	});
});

describe('where there is little room', () => {
	test('the count of what is wrong outlives names and versions', async () => {
		screen = await open(createExample(), {
			columns: 80,
			rows: 24,
			session: {title: 'kind-a-context-with-a-name-of-some-length'},
		});
		const [top] = screen.frame().split('\n', 1);
		expect(top).toContain('kind-a-context-with-a-name-of-some-length');
		expect(top).toContain('x2');
		expect(top).not.toContain('liqoscope');
	});
});

const sentence =
	'The mapping of "reports" on ap-south is CreationLoopBackOff because the name is used by somebody else already, and was from the beginning.';

/**
Says at length why the last pod waits.
*/
const withLongSentence = () => {
	const store = createExample();
	for (const name of ['a', 'b']) {
		put(store, 'Event', {
			apiVersion: 'v1',
			kind: 'Event',
			type: 'Warning',
			reason: 'Failed',
			message: name === 'a' ? sentence : 'Short.',
			involvedObject: {kind: 'NamespaceOffloading', namespace: 'shop', name},
			metadata: {name, namespace: 'shop', uid: `event-${name}`},
			lastTimestamp: `2026-11-22T11:5${name === 'a' ? 9 : 8}:00Z`,
		});
	}

	store.setAccess('home', 'Event', {state: 'live'});
	store.flush();
	return store;
};

const squeeze = (text: string): string => text.replaceAll(/\s+/gv, ' ');

describe('what is said below a list', () => {
	test.each([
		[80, 24],
		[120, 40],
		[200, 60],
	])('is said in full at %ix%i, and moves nothing', async (columns, rows) => {
		screen = await open(withLongSentence(), {columns, rows});
		await screen.press(':', ...'events', '\r');
		await screen.shown('REASON');
		const rule = () =>
			screen
				.frame()
				.split('\n')
				.findLastIndex((line) => line.startsWith('──'));
		const place = rule();
		expect(squeeze(screen.frame())).toContain(sentence);
		await screen.press('j');
		await screen.shown('! Short.');
		expect(rule()).toBe(place);
	});

	test('is what would be done first where the sentence is in sight above', async () => {
		screen = await open(createExample(), {columns: 80, rows: 24});
		await screen.press('/', ...'shop', '\r');
		await screen.shown('x No virtual node has the label "regoin"');
		expect(screen.frame()).toContain(
			'x selector-label-typo, proven   f Ask for "region" instead (can be undone)',
		);
	});

	test('is the finding and what would be done first where there is room for both', async () => {
		screen = await open(createExample(), {columns: 120, rows: 40});
		await screen.press('/', ...'shop', '\r');
		await screen.shown('(selector-label-typo, proven)');
		expect(screen.frame()).toContain(
			'\n   f Ask for "region" instead (can be undone)',
		);
	});

	test('are the commands that could be typed', async () => {
		screen = await open(createExample(), {columns: 100, rows: 40});
		await screen.press(':');
		for (const name of ['clusters', 'timeline', 'wide', 'undo']) {
			expect(screen.frame()).toContain(name);
		}
	});
});

describe('a pane without rows', () => {
	test('leads to what is wrong elsewhere', async () => {
		screen = await open(createExample(), {columns: 120, rows: 40});
		await screen.press('/', ...'nothing like it', '\r');
		await screen.shown(':findings has the fix.');
		expect(screen.frame()).toContain('x Virtual node liqo-ap is not ready');
	});
});
