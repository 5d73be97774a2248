import {type Pod} from '../model.js';
import {type Offer} from '../remedies/offer.js';
import {type PodRequirement} from '../pod-terms.js';
import {type Owner, podNames} from './pods.js';
import {count, instruct} from './words.js';

/**
Deletes pods that do not run yet, so that their owner makes them anew. A pod without an owner does not come back.
*/
export const offerRecreation = (
	pods: readonly Pod[],
	owner: Owner | undefined,
): Offer =>
	owner
		? {
				remedy: 'delete-pod',
				title: `Delete ${pods.length === 1 ? 'the pod' : `the ${pods.length} pods`}; ${owner.kind} ${owner.reference.name} makes them anew`,
				effect: 'they do not run yet: nothing is lost',
				given: {pods: podNames(pods)},
			}
		: instruct(
				'Create the pod again',
				'the owner of the pod',
				`kubectl get pod ${pods[0]!.metadata.name} -n ${pods[0]!.metadata.namespace} -o yaml > pod.yaml`,
				'Delete from it status, nodeName and what admission added, then: kubectl replace --force -f pod.yaml',
			);

/**
Restarts the workload that running pods belong to.
*/
export const offerRestart = (
	pods: readonly Pod[],
	owner: Owner | undefined,
): Offer =>
	owner && owner.kind !== 'Job' && owner.kind !== 'ReplicaSet'
		? {
				remedy: 'restart-workload',
				title: `Restart ${owner.kind} ${owner.reference.name}`,
				effect: `${count(pods.length, 'pod')} ${pods.length === 1 ? 'is' : 'are'} replaced`,
				given: {
					kind: owner.kind,
					namespace: owner.reference.namespace ?? '',
					name: owner.reference.name,
				},
			}
		: owner
			? {
					remedy: 'delete-pod',
					title: `Delete ${count(pods.length, 'pod')} of ${owner.kind} ${owner.reference.name}`,
					effect: 'what they do is interrupted, then done again',
					given: {pods: podNames(pods), running: 'yes'},
				}
			: instruct(
					'Create the pod again',
					'the owner of the pod',
					`A pod without an owner has to be re-created by hand: ${podNames(pods)}`,
				);

/**
Takes a demand of the pods out of their workload. A Job's template cannot be changed.
*/
export const offerRelaxedTemplate = (
	demand: PodRequirement | undefined,
	owner: Owner | undefined,
): readonly Offer[] =>
	demand && owner?.template && owner.kind !== 'Job'
		? [
				{
					remedy: 'relax-template',
					title: `Drop the demand for "${demand.key}" from ${owner.kind} ${owner.reference.name}`,
					effect: 'its pods are made anew',
					given: {
						kind: owner.kind,
						name: owner.reference.name,
						key: demand.key,
					},
				},
			]
		: [];

export const offerStrategy = (
	strategy: 'Local' | 'Remote' | 'LocalAndRemote',
	pods: readonly Pod[],
	owner: Owner | undefined,
): Offer => ({
	remedy: 'set-pod-strategy',
	title: `Set the pod strategy to ${strategy}`,
	effect: owner
		? `makes ${count(pods.length, 'pod')} anew`
		: 'for new pods; this one has to be created again by hand',
	given: {strategy, ...(owner && {pods: podNames(pods)})},
});
