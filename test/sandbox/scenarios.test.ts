import {writeFile, mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {type Sandbox, startSandbox} from '../../source/sandbox/sandbox.js';
import {faultScenarios} from '../../source/sandbox/scenarios/faults.js';
import {runLine} from '../commands/helpers/run-line.js';

// A server keeps what it serves: only a manifest can be of another generation.
const onlyInManifests = new Set(['api-generation-mismatch']);

// So often nobody has had anything to do: pods have ended, retries have been made many times.
const enoughLooks = 40;

const cases = faultScenarios
	.filter(({id}) => !onlyInManifests.has(id))
	.flatMap(({id, generations}) =>
		generations
			.filter((generation) => generation !== 'v1alpha1')
			.map((generation) => ({id, generation})),
	);

describe('every scenario lasts with all actors at work', () => {
	const sandboxes = new Map<string, Sandbox>();
	let directory = '';

	beforeAll(async () => {
		directory = await mkdtemp(path.join(os.tmpdir(), 'scenarios-'));
		for (const {id, generation} of cases) {
			sandboxes.set(
				`${id} ${generation}`,
				await startSandbox({scenario: id, generation, longestDelay: 250}),
			);
		}

		const looks = new Map<string, number>();
		await vi.waitFor(
			() => {
				for (const [key, {actors}] of sandboxes) {
					if (actors.isSettled()) {
						looks.set(key, (looks.get(key) ?? 0) + 1);
					}
				}

				expect(
					[...sandboxes.keys()].filter(
						(key) => (looks.get(key) ?? 0) < enoughLooks,
					),
				).toEqual([]);
			},
			{timeout: 120_000, interval: 100},
		);
	}, 180_000);

	afterAll(async () => {
		await Promise.all(
			[...sandboxes.values()].map(async (sandbox) => sandbox.stop()),
		);
		await rm(directory, {recursive: true});
	});

	test.each(cases)(
		'$id in $generation',
		async ({id, generation}) => {
			const {kubeconfig, clusters, scenario} = sandboxes.get(
				`${id} ${generation}`,
			)!;
			const file = path.join(directory, `${id}-${generation}`);
			await writeFile(file, kubeconfig);
			const {stdout, stderr} = await runLine(
				[
					'diagnose',
					`--kubeconfig=${file}`,
					'--context=home',
					...clusters
						.filter(
							({name, role}) =>
								role === 'provider' && !scenario.unreachable?.includes(name),
						)
						.map(({name, clusterId}) => `--provider=${name}=${clusterId}`),
					'--output=json',
				],
				{env: {}},
			);
			expect(stdout, stderr).not.toBe('');
			const {findings} = JSON.parse(stdout) as {
				findings: ReadonlyArray<{id: string}>;
			};
			const found = findings.map((finding) => finding.id);
			expect(found).toSatisfy(
				() =>
					found.includes(id) ||
					(scenario.later !== undefined && found.includes(scenario.later)),
				`${id} in ${found.join(', ')}`,
			);
		},
		60_000,
	);
});
