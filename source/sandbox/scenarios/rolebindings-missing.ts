import {isFirstGeneration} from './cluster.js';
import {offload, region} from './offload.js';
import {remoteTenantNamespace} from './peering.js';
import {type Scenario} from './scenario.js';
import {putTwin} from './twin.js';

export const rolebindingsMissing: Scenario = {
	id: 'rolebindings-missing',
	title: 'Somebody changed the role binding of a twin',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		const isFirst = isFirstGeneration(draft);
		offload(draft, 'shop', {
			terms: [region('eu')],
			on: {eu: isFirst ? 'CreationLoopBackOff' : 'Accepted'},
		});
		const remote = `shop-${draft.localId}`;
		putTwin(draft, draft.peer('eu'), 'shop', remote);
		if (isFirst) {
			draft.drop('eu', 'RoleBinding', `${remote}/liqo-virtual-kubelet-remote`);
		} else {
			draft.edit(
				'eu',
				'RoleBinding',
				`${remote}/${remoteTenantNamespace(draft)}`,
				{
					roleRef: {name: 'view'},
				},
			);
		}
	},
};
