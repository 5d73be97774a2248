import {type JsonObject} from '../../core/json.js';
import {keys} from '../../core/keys.js';
import {type Draft} from './draft.js';
import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';
import {putWorkload, toleration} from './workload.js';

/**
Offloads the namespace to eu-west only, with pods whose template asks for another region.
*/
export const offloadAgainstItsPods = (
	draft: Draft,
	namespace: string,
): void => {
	const terms = [region('eu')];
	offload(draft, namespace, {
		terms,
		podStrategy: 'Remote',
		on: {eu: 'Accepted'},
	});
	const required = (nodeSelectorTerms: readonly JsonObject[]) => ({
		affinity: {
			nodeAffinity: {
				requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms},
			},
		},
	});
	putWorkload(draft, {
		namespace,
		name: 'web',
		nodes: ['pending', 'pending'],
		spec: required([region('us')]),
		admitted: {
			tolerations: [toleration],
			...required([
				{
					matchExpressions: [
						{key: 'region', operator: 'In', values: ['us']},
						{key: 'region', operator: 'In', values: ['eu']},
						{key: keys.type, operator: 'In', values: ['virtual-node']},
					],
				},
			]),
		},
	});
};

export const podAntitheticalTerms: Scenario = {
	id: 'pod-antithetical-terms',
	title: 'A workload asks for a region that the offloading rules out',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offloadAgainstItsPods(draft, 'shop');
	},
};
