import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {playRound} from '../contract/compare-engines.js';
import {type Engine, startEngine} from '../contract/engine.js';

describe.each(['v1beta1', 'v0.3'] as const)(
	'random requests in %s',
	(generation) => {
		let expected: Engine;
		let actual: Engine;

		beforeAll(async () => {
			expected = await startEngine('kube-apiserver', generation);
			actual = await startEngine('embedded', generation);
		});

		afterAll(async () => {
			await actual?.stop();
			await expected?.stop();
		});

		test.each([4, 12, 15])('are answered alike, from seed %i', async (seed) => {
			const {differences} = await playRound(
				{expected, actual},
				{seed, steps: 50, generation},
			);
			expect(differences).toEqual([]);
		});
	},
);
