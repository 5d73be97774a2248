import {afterEach, describe, expect, test} from 'vitest';
import {instruct} from '../../../source/core/findings/words.js';
import {openFix} from '../../../source/ui/fix/fix-state.js';
import {createExample} from '../helpers/example.js';
import {open, type Screen} from '../helpers/render.js';

let screen: Screen;

afterEach(() => {
	screen.close();
});

/**
Opens a fix with so many choices, each of which says much.
*/
const openChoices = async (
	count: number,
	options: {readonly columns: number; readonly rows: number},
) => {
	screen = await open(createExample(), options);
	const [finding] = screen.explorer.findings.findingsIn('shop');
	openFix(screen.explorer, {
		...finding!,
		offers: Array.from({length: count}, (_, index) =>
			instruct(
				`Way ${index + 1}`,
				'somebody',
				...Array.from({length: 12}, (_step, step) => `step ${step + 1}`),
			),
		),
	});
	await screen.shown('Choose  1 of');
};

const lines = (pattern: RegExp): readonly string[] =>
	screen
		.frame()
		.split('\n')
		.filter((line) => pattern.test(line));

const choices = () => lines(/^ [ >] +\d+ +Way/v);
const steps = () => lines(/^ \d+\. step/v);

describe('many choices', () => {
	test('leave most of the room to the change in a small window', async () => {
		await openChoices(9, {columns: 80, rows: 24});
		expect(choices()).toHaveLength(4);
		expect(steps().length).toBeGreaterThan(6);
		expect(screen.frame()).toContain('↓ 5 more');
	});

	test('are followed by the marked one, without anything else moving', async () => {
		await openChoices(9, {columns: 80, rows: 24});
		const place = screen
			.frame()
			.split('\n')
			.indexOf(lines(/^ Change /v)[0]!);
		for (let marked = 2; marked <= 9; marked++) {
			await screen.press('j');

			await screen.shown(`Choose  ${marked} of 9`);
			expect(choices()).toHaveLength(4);
			expect(lines(/^ > +\d/v)[0]).toContain(`${marked}  Way ${marked}`);
			expect(screen.frame().split('\n')[place]).toMatch(/^ Change /v);
		}

		expect(screen.frame()).toContain('↑ 5 more');
		await screen.press('j');
		await screen.shown('Choose  1 of 9');
		expect(lines(/^ > +\d/v)[0]).toContain('1  Way 1');
	});

	test('are taken by the number that stands before them, in sight or not', async () => {
		await openChoices(9, {columns: 80, rows: 24});
		await screen.press('j', 'j', 'j', 'j', 'j');
		await screen.shown('Choose  6 of 9');
		await screen.press('9');
		await screen.shown('Way 9 ──');
	});

	test('are all in sight where there is room for them', async () => {
		await openChoices(9, {columns: 120, rows: 40});
		expect(choices()).toHaveLength(9);
		expect(steps()).toHaveLength(12);
		expect(screen.frame()).toContain('Evidence');
	});
});
