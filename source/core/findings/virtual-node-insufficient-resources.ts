import {type FailureMode} from './failure-mode.js';
import {blockedOnlyBy, pendingPods} from './pending-pods.js';
import {describePods} from './pods.js';
import {fact, refOf} from './facts.js';
import {instruct, join} from './words.js';

export const virtualNodeInsufficientResources: FailureMode = {
	id: 'virtual-node-insufficient-resources',
	title: 'The virtual nodes are full',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 350,
	explains: [],
	reads: ['NamespaceOffloading', 'Pod', 'Node'],
	symptom: 'Pods stay Pending with "Insufficient cpu" or the like.',
	cause: 'The requests exceed what the provider offers, minus what is in use.',
	proof:
		'On every virtual node that otherwise fits, only the resources are in the way.',
	remedies: ['instruct'],
	scope: 'namespace',
	find(scope) {
		if (!scope.offloading) {
			return [];
		}

		return pendingPods(scope).flatMap((group) => {
			const {pods, owner} = group;
			const full = blockedOnlyBy(group, 'resources').filter(
				({isVirtual}) => isVirtual,
			);
			if (full.length === 0) {
				return [];
			}

			return [
				{
					object: refOf(pods[0]!),
					clusters: [
						...new Set(
							full.flatMap(({cluster}) =>
								cluster === undefined ? [] : [cluster],
							),
						),
					],
					message: `${join(full.map(({name}) => name))} ${full.length === 1 ? 'has' : 'have'} no room for ${describePods(pods, owner)}: ${full[0]!.reasons[0]!.detail}.`,
					consequence: 'They stay Pending until there is room.',
					evidence: full.map(({name, reasons}) =>
						fact(
							{apiVersion: 'v1', kind: 'Node', name},
							'status.allocatable',
							reasons[0]!.detail,
							'the requests of the pod',
						),
					),
					offers: [
						instruct(
							'Make room',
							'the owner of the workload, or of the provider',
							'Ask for less (resources.requests in the template), or',
							`have ${join(
								full.flatMap(({cluster}) =>
									cluster === undefined ? [] : [cluster],
								),
								'or',
							)} offer more (ResourceSlice, or sharing percentage), or`,
							'allow other nodes: strategy LocalAndRemote, or a wider selector.',
						),
					],
				},
			];
		});
	},
};
