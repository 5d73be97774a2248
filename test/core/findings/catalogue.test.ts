import {existsSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {findingsPage} from '../../../source/core/findings/catalogue.js';
import {briefOf} from '../../../source/core/findings/briefs.js';
import {findingIds} from '../../../source/core/findings/ids.js';
import {failureModes} from '../../../source/core/findings/index.js';
import {remedies} from '../../../source/core/remedies/index.js';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';

const root = new URL('../../../', import.meta.url);

test('the catalogue holds 82 failure modes', () => {
	expect(findingIds).toHaveLength(82);
	expect(new Set(findingIds).size).toBe(82);
});

test.each(findingIds)('%s has finder, test, scenario and docs row', (id) => {
	const mode = failureModes.find((one) => one.id === id);
	expect(mode).toBeDefined();
	expect(faultScenarios.map((scenario) => scenario.id)).toContain(id);
	expect(existsSync(new URL(`test/core/findings/${id}.test.ts`, root))).toBe(
		true,
	);
	expect(readFileSync(new URL('docs/findings.md', root), 'utf8')).toContain(
		`| \`${id}\` |`,
	);
	for (const text of [mode!.title, mode!.symptom, mode!.cause, mode!.proof]) {
		expect(text.length).toBeGreaterThan(5);
	}
});

test('the page is what would be generated', () => {
	expect(readFileSync(new URL('docs/findings.md', root), 'utf8')).toBe(
		findingsPage(),
	);
});

test('each place in the order is taken once', () => {
	const orders = failureModes.map(({order}) => order);
	expect(new Set(orders).size).toBe(orders.length);
});

test('only known failure modes are explained, and never itself', () => {
	for (const {id, explains} of failureModes) {
		expect(explains).not.toContain(id);
		expect(findingIds).toEqual(expect.arrayContaining([...explains]));
	}
});

test('only known remedies are named', () => {
	for (const mode of failureModes) {
		for (const id of mode.remedies) {
			expect(remedies.has(id)).toBe(true);
		}
	}
});

test('a scenario exists in the generations of its failure mode only', () => {
	for (const {id, generations} of faultScenarios) {
		const mode = failureModes.find((one) => one.id === id)!;
		for (const generation of generations) {
			expect(mode.generations).toContain(generation);
		}
	}
});

test('each is said in a word or three where there is little room', () => {
	for (const id of findingIds) {
		expect(briefOf(id).length).toBeLessThanOrEqual(16);
	}
});
