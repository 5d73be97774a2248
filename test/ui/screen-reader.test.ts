import {afterEach, expect, test} from 'vitest';
import {createExample} from './helpers/example.js';
import {open, type Screen} from './helpers/render.js';

let screen: Screen;

afterEach(() => {
	screen.close();
});

const start = async () => {
	screen = await open(createExample(), {
		columns: 80,
		rows: 24,
		isScreenReader: true,
		ports: {send: async () => ({isOk: true})},
	});
	// As the program does: one pane at a time.
	await screen.press('+', '+');
};

const lines = (): readonly string[] => screen.frame().split('\n');

/**
No line is there for the eye alone.
*/
const expectNoOrnament = () => {
	for (const line of lines()) {
		expect(line.trim()).not.toBe('');
		expect(line).not.toMatch(/[─│]|-{3}/v);
	}
};

test('rows are read with their severity in words, and the chosen one as such', async () => {
	await start();
	await screen.shown('1 Offloadings');
	expectNoOrnament();
	expect(lines()[0]).toContain('2 errors');
	expect(lines()).toContainEqual(
		expect.stringMatching(/^selected: error: billing, AllFailed, 0\/3/v),
	);
	expect(lines()).toContainEqual(
		expect.stringMatching(/^ fine: cart, Ready, 2\/2/v),
	);
});

test('nothing is read again because time passes', async () => {
	await start();
	await screen.shown('1 Offloadings');
	expect(screen.frame()).not.toContain('AGE');
});

test('a guided fix is read from cause to review', async () => {
	await start();
	await screen.press('j', 'j', 'f');
	await screen.shown('selected:   1  ');
	expectNoOrnament();
	expect(lines()).toContainEqual(expect.stringMatching(/^ Cause: /v));
	expect(lines()).toContainEqual(expect.stringMatching(/^ What happens: /v));
	await screen.press('\r');
	await screen.shown('Server dry run: accepted.');
	expectNoOrnament();
	expect(lines()).toContain(' + key: region');
	expect(lines().at(-1)).toContain('enter apply, c copy');
});
