import {expect} from 'vitest';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('needed-object-not-reflected', {
	expects(finding) {
		expect(finding.message).toContain('Secret "database"');
	},
	// The virtual kubelet brings an object that is marked for it.
	react({world, send, draft}) {
		for (const secret of world.consumer.list('Secret', 'shop')) {
			if (secret.metadata.annotations['liqo.io/allow-reflection'] !== 'true') {
				continue;
			}

			const namespace = `shop-${draft.localId}`;
			const {name} = secret.metadata;
			send({
				cluster: draft.peer('eu').id,
				verb: 'create',
				object: {apiVersion: 'v1', kind: 'Secret', namespace, name},
				body: {
					apiVersion: 'v1',
					kind: 'Secret',
					metadata: {namespace, name},
				},
				reason: 'reflected',
			});
		}
	},
});
