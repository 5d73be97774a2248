import {replicationLabels} from '../findings/replication.js';
import {
	changes,
	clusterOf,
	deletionOf,
	find,
	gone,
	patchOf,
	refuse,
} from './planning.js';
import {type Remedy} from './remedy.js';

export const deleteNamespacemap: Remedy = {
	id: 'delete-namespacemap',
	title: 'Delete a second NamespaceMap',
	safety: 'confirm',
	inputs: [],
	irreversible: 'the entries of a deleted map are lost',
	plan(_, world, answers) {
		const map = find(world, 'NamespaceMap', answers.namespace, answers.name);
		if (!map) {
			return gone(`NamespaceMap ${answers.name ?? ''}`);
		}

		return Object.keys(map.status.currentMapping).length > 0
			? refuse(
					'The map holds outcomes by now; deleting it would delete these twins.',
				)
			: changes(deletionOf(map, 'Delete the second map.'));
	},
};

export const relabelNamespacemap: Remedy = {
	id: 'relabel-namespacemap',
	title: 'Put the labels of a NamespaceMap back',
	safety: 'confirm',
	inputs: [],
	plan(_, world, answers) {
		const map = find(world, 'NamespaceMap', answers.namespace, answers.name);
		return map
			? changes(
					patchOf(
						map,
						{
							metadata: {
								labels: {...replicationLabels(answers.cluster ?? '')},
							},
						},
						'Let the replicator know the map again.',
					),
				)
			: gone(`NamespaceMap ${answers.name ?? ''}`);
	},
};

export const deleteRolebinding: Remedy = {
	id: 'delete-rolebinding',
	title: 'Delete a damaged role binding; Liqo makes it anew',
	safety: 'confirm',
	inputs: [],
	plan(_, world, answers) {
		const {cluster, namespace, name} = answers;
		const binding = find(world, 'RoleBinding', namespace, name, cluster);
		return binding
			? changes(
					deletionOf(
						binding,
						'Delete the damaged role binding.',
						clusterOf(world, cluster)!.key,
					),
				)
			: gone(`RoleBinding ${name ?? ''}`);
	},
};
