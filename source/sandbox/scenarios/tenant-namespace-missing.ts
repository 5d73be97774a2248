import {absent} from '../../core/json.js';
import {isFirstGeneration} from './cluster.js';
import {offload, region} from './offload.js';
import {remoteTenantNamespace} from './peering.js';
import {type Scenario} from './scenario.js';

export const tenantNamespaceMissing: Scenario = {
	id: 'tenant-namespace-missing',
	title: 'The tenant namespace of a peering was deleted',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		const eu = draft.peer('eu');
		draft.drop('home', 'NamespaceMap', `${eu.tenantNamespace}/${eu.map}`);
		draft.drop('home', 'Namespace', eu.tenantNamespace);
		if (!isFirstGeneration(draft)) {
			draft.drop(
				'eu',
				'NamespaceMap',
				`${remoteTenantNamespace(draft)}/${eu.map}`,
			);
		}

		offload(draft, 'shop', {terms: [region('eu')], on: {}, isLabelled: false});
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			status: {
				remoteNamespacesConditions: {
					[isFirstGeneration(draft) ? eu.id : eu.map]: absent,
				},
			},
		});
	},
};
