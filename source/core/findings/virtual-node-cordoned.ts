import {type FailureMode} from './failure-mode.js';
import {namespacesOfMaps} from './remotes.js';
import {clusterIdOf, fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const virtualNodeCordoned: FailureMode = {
	id: 'virtual-node-cordoned',
	title: 'A virtual node is cordoned',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 280,
	explains: [],
	reads: ['Node', 'VirtualNode'],
	symptom: 'New pods do not get onto the virtual node.',
	cause: 'Somebody cordoned or drains it, or its peering is being ended.',
	proof: 'spec.unschedulable of the Node.',
	remedies: ['uncordon-node', 'instruct'],
	scope: 'world',
	find(all) {
		return all.candidates.flatMap(({name, cluster, node, resource}) => {
			if (!node?.spec.unschedulable) {
				return [];
			}

			const isEnding =
				node.metadata.deletionTimestamp !== undefined ||
				resource?.metadata.deletionTimestamp !== undefined;
			return [
				{
					object: refOf(node),
					clusters: [cluster],
					namespaces: namespacesOfMaps(
						all.maps.filter((map) => clusterIdOf(map) === cluster),
					),
					severity: isEnding ? ('info' as const) : ('warning' as const),
					message: isEnding
						? `Virtual node ${name} is cordoned because it is being removed.`
						: `Virtual node ${name} is cordoned.`,
					consequence: `No new pod is sent to ${cluster}; those that run there stay.`,
					evidence: [fact(node, 'spec.unschedulable', 'true', 'false')],
					offers: isEnding
						? [
								instruct(
									'Leave it: the peering is being ended',
									'nobody',
									`Do not uncordon ${name} while it is being removed.`,
								),
							]
						: [
								{
									remedy: 'uncordon-node' as const,
									title: `Uncordon ${name}`,
									effect: `lets pods onto ${cluster} again`,
									given: {node: name},
								},
							],
				},
			];
		});
	},
};
