import {expect} from 'vitest';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('pod-outside-selector', {
	expects({evidence}) {
		// What the node lacks, not a sentence about it.
		expect(evidence).toContainEqual(
			expect.objectContaining({
				object: expect.objectContaining({
					name: expect.stringMatching(/^liqo-/v) as unknown,
				}) as unknown,
				path: 'metadata.labels["disk"]',
				expected: 'In [ssd]',
			}),
		);
		expect(evidence).toContainEqual(
			expect.objectContaining({
				object: expect.objectContaining({name: 'worker-1'}) as unknown,
				path: expect.stringMatching(/^metadata\.labels\[/v) as unknown,
			}),
		);
	},
});
