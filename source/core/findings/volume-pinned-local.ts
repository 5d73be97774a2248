import {evaluateSelector} from '../selector.js';
import {isAffinityMet} from '../node-checks.js';
import {type FailureMode} from './failure-mode.js';
import {offerStrategy} from './pod-offers.js';
import {describePods} from './pods.js';
import {fact, refOf} from './facts.js';
import {remoteOnlyPods} from './volume-not-offloadable.js';
import {instruct} from './words.js';

export const volumePinnedLocal: FailureMode = {
	id: 'volume-pinned-local',
	title: 'A volume lives where the pod may not run',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 356,
	explains: [],
	reads: [
		'NamespaceOffloading',
		'Pod',
		'Node',
		'PersistentVolumeClaim',
		'PersistentVolume',
	],
	symptom: 'A pod stays Pending with "volume node affinity conflict".',
	cause:
		'Its volume lives on a local node, and the strategy allows only virtual ones.',
	proof:
		'The node affinity of the bound volume matches no node that the terms of the pod allow.',
	remedies: ['set-pod-strategy', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, name, offloading} = scope;
		if (!offloading) {
			return [];
		}

		return remoteOnlyPods(scope)
			.filter(
				({pod: {spec}}) =>
					spec.nodeName === undefined && (spec.claims ?? []).length > 0,
			)
			.flatMap(({pod, owner}) => {
				const nodes = [...all.home.list('Node')];
				const allowed = nodes.filter((node) => isAffinityMet(pod.spec, node));
				return (pod.spec.claims ?? []).flatMap((claimName) => {
					const claim = all.home.get('PersistentVolumeClaim', name, claimName);
					const volume =
						claim?.spec.volumeName === undefined
							? undefined
							: all.home.get('PersistentVolume', '', claim.spec.volumeName);
					const required = volume?.spec.nodeAffinity?.required;
					if (
						!claim ||
						!volume ||
						!required ||
						allowed.length === 0 ||
						allowed.some(
							(node) =>
								evaluateSelector(required, {
									name: node.metadata.name,
									labels: node.metadata.labels,
								}).matches,
						)
					) {
						return [];
					}

					return [
						{
							object: refOf(pod),
							message: `The volume of claim "${claimName}" lives on a node that ${describePods([pod], owner)} may not use.`,
							consequence:
								'The pod stays Pending: where it may run, its volume is not.',
							evidence: [
								fact(claim, 'spec.volumeName', volume.metadata.name),
								fact(
									volume,
									'spec.nodeAffinity.required',
									JSON.stringify(required.nodeSelectorTerms),
									'a node that the pod may use',
								),
								fact(
									offloading,
									'spec.podOffloadingStrategy',
									offloading.spec.podOffloadingStrategy,
								),
							],
							offers: [
								offerStrategy('LocalAndRemote', [pod], owner),
								offerStrategy('Local', [pod], owner),
								instruct(
									'Move the data',
									'the owner of the workload',
									"Copy it into a claim of Liqo's storage class, and mount that one.",
								),
							],
						},
					];
				});
			});
	},
};
