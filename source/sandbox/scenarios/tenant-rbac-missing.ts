import {absent} from '../../core/json.js';
import {isFirstGeneration} from './cluster.js';
import {offload, region} from './offload.js';
import {remoteTenantNamespace} from './peering.js';
import {type Scenario} from './scenario.js';

export const tenantRbacMissing: Scenario = {
	id: 'tenant-rbac-missing',
	title: 'The provider took the permissions away',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	refusing: ['eu'],
	build(draft) {
		offload(draft, 'shop', {
			terms: [region('eu')],
			on: {eu: isFirstGeneration(draft) ? 'CreationLoopBackOff' : 'Creating'},
		});
		const {map} = draft.peer('eu');
		if (!isFirstGeneration(draft)) {
			draft.edit(
				'eu',
				'NamespaceMap',
				`${remoteTenantNamespace(draft)}/${map}`,
				{
					spec: {desiredMapping: {shop: absent}},
				},
			);
		}
	},
};
