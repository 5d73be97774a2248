import {longestNamespaceName, namespaceNameProblems} from '../names.js';
import {type FailureMode} from './failure-mode.js';
import {offerRenaming} from './renaming.js';
import {fact, refOf} from './facts.js';

export const remoteNameInvalid: FailureMode = {
	id: 'remote-name-invalid',
	title: 'The remote namespace name is not legal',
	severity: 'error',
	generations: ['v1alpha1', 'v1beta1'],
	order: 235,
	explains: [
		'remote-name-conflict',
		'tenant-rbac-missing',
		'pod-reflection-disabled',
		'premature-ready',
	],
	reads: ['NamespaceOffloading'],
	symptom: 'AllFailed with a short remote name.',
	cause:
		'The chosen remote name has upper case letters, dots, underscores or a dash at an end; nobody checks it at home.',
	proof: 'spec.remoteNamespaceName is not a DNS label.',
	remedies: ['recreate-offloading'],
	scope: 'namespace',
	find(scope) {
		const {name, offloading, mappings, remoteName} = scope;
		const problem =
			remoteName === undefined || remoteName.length > longestNamespaceName
				? undefined
				: namespaceNameProblems(remoteName)[0];
		return offloading &&
			problem !== undefined &&
			offloading.metadata.deletionTimestamp === undefined
			? [
					{
						object: refOf(offloading),
						clusters: mappings
							.filter(({desired}) => desired !== undefined)
							.map(({cluster}) => cluster),
						message: `"${remoteName!}" is not a legal namespace name (lower case letters, digits and dashes only).`,
						consequence: 'No provider can create the namespace.',
						evidence: [
							fact(
								offloading,
								'spec.remoteNamespaceName',
								remoteName,
								problem.split(': ').slice(2).join(': '),
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
						offers: offerRenaming(scope, {isSafe: true}),
					},
				]
			: [];
	},
};
