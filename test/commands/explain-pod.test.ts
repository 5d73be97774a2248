import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {faultScenarios} from '../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../source/sandbox/scenarios/scenario.js';
import {runLine} from './helpers/run-line.js';

let folder = '';

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'liqoscope-explain-'));
});

afterAll(async () => {
	await rm(folder, {recursive: true});
});

const explain = async (
	scenario: string,
	pod: string,
	...more: string[]
): Promise<string> => {
	const draft = draftOf(
		faultScenarios.find(({id}) => id === scenario)!,
		'v1beta1',
	);
	const file = path.join(folder, `${scenario}.json`);
	await writeFile(
		file,
		JSON.stringify({
			apiVersion: 'v1',
			kind: 'List',
			items: draft.objects('home'),
		}),
	);
	const {code, stdout} = await runLine([
		'explain',
		'pod',
		pod,
		'-n',
		'shop',
		'-f',
		file,
		'--now',
		draft.now,
		...more,
	]);
	expect(code).toBe(0);
	return stdout;
};

describe('explain pod', () => {
	it('tells the contradiction, who made it, and what can be done', async () => {
		const text = await explain('pod-antithetical-terms', 'web-7d4f9-x0');
		expect(text).toMatch(/^Pod shop\/web-7d4f9-x0: unschedulable\n/v);
		expect(text).toMatch(/^Why .* can run nowhere: region In \[us\]/mv);
		expect(text).toMatch(
			/^term 1: contradicts itself.*\nx +region In \[us\] +region In \[us\] +pod: affinity\nx +- +region In \[eu\] +offloading: selector$/mv,
		);
		expect(text).toMatch(
			/^What can be done \(fix pod-antithetical-terms -n shop does it\):\n {2}1 {2}Add us to/mv,
		);
		expect(text).toMatch(
			/^liqo-eu +eu-west +no +region is eu: the pod wants us$/mv,
		);
	});

	it('says what the template asks for by now', async () => {
		const text = await explain('pod-terms-frozen', 'web-7d4f9-x0');
		expect(text).toContain('earlier, or added later');
	});

	it('says of a pod that runs only where, and on which nodes it could', async () => {
		const text = await explain('uneven-spread', 'web-7d4f9-x0');
		expect(text).toMatch(/^Node +bound to /mv);
		expect(text).not.toContain('kube-scheduler');
	});

	it('keeps its shape for programs', async () => {
		const document = JSON.parse(
			await explain('pod-antithetical-terms', 'web-7d4f9-x0', '-o', 'json'),
		) as {readonly terms: readonly unknown[]};
		expect(document).toMatchObject({
			kind: 'PodExplanation',
			verdict: 'unschedulable',
			mutated: true,
		});
		expect(document.terms[0]).toMatchObject({satisfiable: false});
	});
});
