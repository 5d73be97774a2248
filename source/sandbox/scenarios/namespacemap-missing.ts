import {absent} from '../../core/json.js';
import {isFirstGeneration} from './cluster.js';
import {offload, region} from './offload.js';
import {remoteTenantNamespace} from './peering.js';
import {type Scenario} from './scenario.js';

export const namespacemapMissing: Scenario = {
	id: 'namespacemap-missing',
	title: 'A NamespaceMap was deleted while nobody looked',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	isUnnoticed: true,
	build(draft) {
		const eu = draft.peer('eu');
		draft.drop('home', 'NamespaceMap', `${eu.tenantNamespace}/${eu.map}`);
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
