#!/usr/bin/env node
/**
Plays random requests at the embedded server and at a real kube-apiserver, and prints what they answer differently.

Usage: node --import ./scripts/typescript-imports.ts test/contract/compare-random.ts [--seed N] [--rounds N] [--steps N] [--generation v0.3|v1beta1]
*/
import process from 'node:process';
import {parseArgs} from 'node:util';
import type {GenerationId} from '../../source/core/generations/generation.js';
import {playRound} from './compare-engines.js';
import {startEngine} from './engine.js';

const {values} = parseArgs({
	options: {
		seed: {type: 'string', default: '1'},
		rounds: {type: 'string', default: '20'},
		steps: {type: 'string', default: '50'},
		generation: {type: 'string', default: 'v1beta1'},
	},
});
const generation = values.generation as GenerationId;
const expected = await startEngine('kube-apiserver', generation);
const actual = await startEngine('embedded', generation);
let different = 0;
let played = 0;
try {
	const first = Number(values.seed);
	const steps = Number(values.steps);
	for (let seed = first; seed < first + Number(values.rounds); seed++) {
		const round = await playRound(
			{expected, actual},
			{seed, steps, generation},
		);
		played += round.played;
		different += round.differences.length;
		for (const difference of round.differences) {
			process.stdout.write(`${JSON.stringify(difference, undefined, 1)}\n`);
		}
	}
} finally {
	await actual.stop();
	await expected.stop();
}

process.stdout.write(`${played} requests, ${different} answered differently\n`);
process.exitCode = different > 0 ? 1 : 0;
