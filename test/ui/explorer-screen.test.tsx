import {afterEach, describe, expect, test} from 'vitest';
import {createExample} from './helpers/example.js';
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

describe('a pane without rows', () => {
	test('leads to what is wrong elsewhere', async () => {
		screen = await open(createExample(), {columns: 120, rows: 40});
		await screen.press('/', ...'nothing like it', '\r');
		await screen.shown(':findings has the fix.');
		expect(screen.frame()).toContain('x Virtual node liqo-ap is not ready');
	});
});
