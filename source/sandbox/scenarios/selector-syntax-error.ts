import {keys} from '../../core/keys.js';
import {isFirstGeneration} from './cluster.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const selectorSyntaxError: Scenario = {
	id: 'selector-syntax-error',
	title: 'An operator that does not exist',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {
			terms: [
				{
					matchExpressions: [
						{key: 'region', operator: 'Equals', values: ['eu']},
					],
				},
			],
			on: {},
			isLabelled: false,
		});
		const error =
			'nodeSelectorTerms[0].matchExpressions[0].operator: Unsupported value: "Equals"';
		if (isFirstGeneration(draft)) {
			draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
				metadata: {
					annotations: {
						[keys.schedulingEnabled]: `Invalid Cluster Selector : ${error}`,
					},
				},
			});
			return;
		}

		draft.put('home', {
			apiVersion: 'v1',
			kind: 'Event',
			metadata: {namespace: 'shop', name: 'offloading.1'},
			involvedObject: {
				kind: 'NamespaceOffloading',
				namespace: 'shop',
				name: 'offloading',
			},
			reason: 'Invalid',
			type: 'Warning',
			count: 3,
			message: `Invalid ClusterSelector: ${error}: supported values: "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"`,
			lastTimestamp: draft.ago(60),
		});
	},
};
