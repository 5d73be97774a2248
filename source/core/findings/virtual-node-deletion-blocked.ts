import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {instruct, join} from './words.js';

export const virtualNodeDeletionBlocked: FailureMode = {
	id: 'virtual-node-deletion-blocked',
	title: 'One virtual node holds the others up',
	severity: 'warning',
	generations: ['v1alpha1', 'v1beta1'],
	order: 270,
	explains: ['virtual-node-cordoned'],
	reads: ['VirtualNode', 'Node', 'Pod'],
	symptom:
		'Virtual nodes of other clusters do not go away either, and still say Running.',
	cause:
		'Liqo ends one virtual node after the other, and waits without limit for the pods of the first.',
	proof:
		'Two VirtualNodes are being deleted; one of them still has offloaded pods.',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		const ending = all.candidates.flatMap(({name, cluster, resource}) =>
			resource?.metadata.deletionTimestamp === undefined
				? []
				: [
						{
							name,
							cluster,
							resource,
							pods: [...all.home.podsOnNode(name)].filter(
								(pod) => pod.metadata.labels[keys.shadowPod] === 'true',
							),
						},
					],
		);
		const first = ending.find(({pods}) => pods.length > 0);
		const held = ending.filter((one) => one !== first);
		if (!first || held.length === 0) {
			return [];
		}

		return [
			{
				object: refOf(first.resource),
				clusters: ending.map(({cluster}) => cluster),
				message: `Virtual node ${first.name} waits for its pods, and ${join(held.map(({name}) => name))} ${held.length === 1 ? 'waits' : 'wait'} for it.`,
				consequence: `Nothing ends until the pods on ${first.name} are gone.`,
				evidence: [
					...first.pods
						.slice(0, 10)
						.map((pod) => fact(pod, 'spec.nodeName', first.name, 'elsewhere')),
					...held.map(({resource}) =>
						fact(
							resource,
							'status.conditions',
							resource.status.conditions
								.map(({type, status}) => `${type}=${status}`)
								.join(', '),
							'Draining or Deleting',
						),
					),
				],
				offers: [
					instruct(
						'Free the first one',
						'the owners of the pods',
						`kubectl get pods -A --field-selector spec.nodeName=${first.name}`,
						'Relax the disruption budget that keeps them (kubectl get pdb -A), or delete them.',
					),
				],
			},
		];
	},
};
