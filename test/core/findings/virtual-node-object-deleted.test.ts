import {describeFailureMode} from '../../helpers/describe-failure-mode.js';
import {healthyDraft} from '../../../source/sandbox/scenarios/healthy.js';

describeFailureMode('virtual-node-object-deleted', {
	// A virtual kubelet registers its node when it starts.
	react({world, send, draft}) {
		const {node, tenantNamespace} = draft.peer('eu');
		const kubelet = world.consumer.get(
			'Deployment',
			tenantNamespace,
			`virtual-kubelet-${node}`,
		);
		if (
			kubelet?.spec.template?.metadata.annotations[
				'kubectl.kubernetes.io/restartedAt'
			] === undefined
		) {
			return;
		}

		const object = {apiVersion: 'v1', kind: 'Node', name: node};
		const body = healthyDraft(draft.generation).get('home', 'Node', node);
		send({
			cluster: 'home',
			verb: 'create',
			object,
			body,
			reason: 'registered',
		});
		send({
			cluster: 'home',
			verb: 'patch',
			patchType: 'merge',
			subresource: 'status',
			object,
			body: {status: body.status},
			reason: 'ready',
		});
	},
});
