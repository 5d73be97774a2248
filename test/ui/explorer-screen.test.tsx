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
