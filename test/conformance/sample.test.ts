import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {playConformance} from './play-conformance.js';

const folder = path.join(import.meta.dirname, 'sample');

describe('the cases written by hand', () => {
	it.each(['memory', 'sandbox', 'commands'])(
		'agree on the stage %s',
		{timeout: 120_000},
		async (stage) => {
			const lines: string[] = [];
			const {passed, failed} = await playConformance({
				folder,
				stages: [stage],
				log(line) {
					lines.push(line);
				},
			});
			expect(failed, lines.join('\n')).toBe(0);
			expect(passed).toBeGreaterThan(10);
		},
	);

	it('names the stages there are when one is not known', async () => {
		await expect(
			playConformance({folder, stages: ['theatre'], log: () => undefined}),
		).rejects.toThrow(/memory, sandbox, commands.*not theatre/v);
	});

	it('says what differs', async () => {
		const lines: string[] = [];
		const {failed} = await playConformance({
			folder: path.join(import.meta.dirname, 'wrong'),
			stages: ['memory'],
			log(line) {
				lines.push(line);
			},
		});
		expect(failed).toBe(2);
		expect(lines.join('\n')).toContain('recorded "Ready", here "InProgress"');
		expect(lines.join('\n')).toContain('none of the outcomes listed');
	});
});
