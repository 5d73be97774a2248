import {type JsonObject} from '../../core/json.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const namespacemapDuplicate: Scenario = {
	id: 'namespacemap-duplicate',
	title: 'A second NamespaceMap was made by hand',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		const eu = draft.peer('eu');
		const {spec, status, ...map} = draft.get(
			'home',
			'NamespaceMap',
			`${eu.tenantNamespace}/${eu.map}`,
		);
		draft.put('home', {
			...map,
			metadata: {
				namespace: eu.tenantNamespace,
				name: 'eu-by-hand',
				labels: (map.metadata as {labels: JsonObject}).labels,
			},
			spec: {desiredMapping: {}},
			status: {currentMapping: {}},
		});
	},
};
