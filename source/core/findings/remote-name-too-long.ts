import {longestLocalName, longestNamespaceName} from '../names.js';
import {type FailureMode} from './failure-mode.js';
import {offerRenaming} from './renaming.js';
import {fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const remoteNameTooLong: FailureMode = {
	id: 'remote-name-too-long',
	title: 'The remote namespace name is too long',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 230,
	explains: [
		'remote-name-conflict',
		'tenant-rbac-missing',
		'remote-cluster-unreachable',
		'pod-reflection-disabled',
		'premature-ready',
	],
	reads: ['NamespaceOffloading', 'ConfigMap'],
	symptom:
		'AllFailed or SomeFailed; CreationLoopBackOff on every selected cluster.',
	cause:
		"The remote name is the local one plus this cluster's id, and a namespace name may have 63 characters.",
	proof: 'Length of the remote name, also before it is tried.',
	remedies: ['recreate-offloading', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, name, offloading, mappings} = scope;
		const remote = offloading?.status.remoteNamespaceName ?? scope.remoteName;
		if (
			!offloading ||
			remote === undefined ||
			remote.length <= longestNamespaceName ||
			offloading.metadata.deletionTimestamp !== undefined
		) {
			return [];
		}

		const longest =
			all.localId === undefined
				? undefined
				: longestLocalName({id: all.localId}, all.generation);
		const isDefault =
			offloading.spec.namespaceMappingStrategy === 'DefaultName';
		return [
			{
				object: refOf(offloading),
				clusters: mappings
					.filter(({desired}) => desired !== undefined)
					.map(({cluster}) => cluster),
				message: `The remote name "${remote}" has ${remote.length} characters; a namespace name may have ${longestNamespaceName}.`,
				consequence: `No provider can create the namespace${isDefault && longest !== undefined && longest > 0 ? `; with the default strategy, names here may have ${longest} characters, "${name}" has ${name.length}` : ''}.`,
				evidence: [
					fact(
						offloading,
						offloading.status.remoteNamespaceName === undefined
							? 'spec.namespaceMappingStrategy'
							: 'status.remoteNamespaceName',
						remote,
						`at most ${longestNamespaceName} characters`,
					),
					...mappings
						.filter(({current}) => current !== undefined)
						.map(({map, current}) =>
							fact(
								map,
								`status.currentMapping.${name}.phase`,
								current!.phase,
								'Accepted',
							),
						),
				],
				offers: [
					...offerRenaming(scope, {isSafe: true}),
					instruct(
						'Use a shorter namespace',
						'the owner of the workload',
						`Create a namespace with at most ${longest ?? 26} characters and move the workload there; a namespace cannot be renamed.`,
					),
				],
			},
		];
	},
};
