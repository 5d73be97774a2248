import {afterEach, describe, expect, test, vi} from 'vitest';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {type Store} from '../../../source/store/store.js';
import {storeOf} from '../../helpers/store-of.js';
import {worldOf} from '../../helpers/world.js';
import {createExample} from '../helpers/example.js';
import {open, type Screen} from '../helpers/render.js';

let screen: Screen;
let store: Store;

afterEach(() => {
	screen.close();
	store.close();
});

const start = async (scenario: string) => {
	const draft = draftOf(faultScenarios.find(({id}) => id === scenario)!);
	store = storeOf(worldOf(draft, {providers: []}));
	screen = await open(store, {ports: {now: () => Date.parse(draft.now)}});
};

/**
Waits until a pending pod has these words in its row.
*/
const waitsFor = async (words: string) =>
	vi.waitFor(
		async () => {
			await screen.settled();
			expect(
				screen
					.frame()
					.split('\n')
					.filter((text) => text.includes('Pending'))
					.join('\n'),
			).toContain(words);
		},
		{timeout: 60_000},
	);

describe('why a pod waits', () => {
	test.each([
		['itself', 'pod-antithetical-terms', 'contradiction'],
		[
			'its namespace, behind which is its own',
			'selector-label-typo',
			'no such label',
		],
	])('is told by the finding about %s', async (_, scenario, brief) => {
		await start(scenario);
		await waitsFor(brief);
		// With room for both, what kube-scheduler says follows.
		await screen.resize(200, 60);
		await screen.press('4', '+', '+');
		await screen.shown(`${brief}: 0/`);
	});

	test('is told by kube-scheduler where no finding is about the pod', async () => {
		store = createExample();
		screen = await open(store);
		await screen.shown('no such label');
		await waitsFor('affinity');
	});

	test('follows the findings, without the pod having changed', async () => {
		await start('selector-label-typo');
		await waitsFor('no such label');
		store.remove('home', 'NamespaceOffloading', 'shop', 'offloading');
		store.flush();
		await vi.waitFor(
			async () => {
				await screen.settled();
				expect(screen.frame()).toContain('Pending');
				expect(screen.frame()).not.toContain('no such label');
			},
			{timeout: 60_000},
		);
	});
});
