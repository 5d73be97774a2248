import {expect} from 'vitest';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('provider-quota-exceeded', {
	expects(finding) {
		expect(finding.message).toContain('free 50m / requested 100m');
	},
	// With the quota free again, the next attempt of the virtual kubelet succeeds.
	react({world, send}) {
		if (!world.consumer.get('Pod', 'shop', 'report-1')) {
			send({
				cluster: 'home',
				verb: 'patch',
				patchType: 'merge',
				subresource: 'status',
				object: {
					apiVersion: 'v1',
					kind: 'Pod',
					namespace: 'shop',
					name: 'report-2',
				},
				body: {status: {phase: 'Running'}},
				reason: 'reflected',
			});
		}
	},
});
