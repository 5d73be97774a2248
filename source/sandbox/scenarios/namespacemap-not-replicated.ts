import {absent} from '../../core/json.js';
import {keys} from '../../core/keys.js';
import {offload, region} from './offload.js';
import {remoteTenantNamespace} from './peering.js';
import {type Scenario} from './scenario.js';

export const namespacemapNotReplicated: Scenario = {
	id: 'namespacemap-not-replicated',
	title: 'A NamespaceMap lost its labels',
	generations: ['v1beta1'],
	namespace: 'shop',
	// Noticed, the labels come back: the VirtualNode controller sees to its map.
	isUnnoticed: true,
	build(draft) {
		offload(draft, 'shop', {terms: [region('eu')], on: {eu: 'Creating'}});
		const {tenantNamespace, map} = draft.peer('eu');
		draft.edit('home', 'NamespaceMap', `${tenantNamespace}/${map}`, {
			metadata: {labels: {[keys.remoteId]: absent}},
		});
		draft.edit('eu', 'NamespaceMap', `${remoteTenantNamespace(draft)}/${map}`, {
			spec: {desiredMapping: {shop: absent}},
		});
	},
};
