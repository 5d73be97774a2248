import {absent} from '../../core/json.js';
import {isFirstGeneration} from './cluster.js';
import {offload, region} from './offload.js';
import {remoteTenantNamespace} from './peering.js';
import {type Scenario} from './scenario.js';
import {holdTwin, putTwin} from './twin.js';

export const offloadingStuckTerminating: Scenario = {
	id: 'offloading-stuck-terminating',
	title: 'A twin does not go away',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {
			terms: [region('eu')],
			on: {eu: 'Terminating'},
			isLabelled: false,
		});
		const {tenantNamespace, map} = draft.peer('eu');
		const remote = `shop-${draft.localId}`;
		putTwin(draft, draft.peer('eu'), 'shop', remote);
		holdTwin(draft, draft.peer('eu'), remote, 590);
		const patch = {spec: {desiredMapping: {shop: absent}}};
		draft.edit('home', 'NamespaceMap', `${tenantNamespace}/${map}`, patch);
		if (!isFirstGeneration(draft)) {
			draft.edit(
				'eu',
				'NamespaceMap',
				`${remoteTenantNamespace(draft)}/${map}`,
				patch,
			);
		}

		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {deletionTimestamp: draft.ago(600)},
			status: {offloadingPhase: 'Terminating'},
		});
	},
};
