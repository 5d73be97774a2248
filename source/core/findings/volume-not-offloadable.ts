import {virtualNodeType, keys} from '../keys.js';
import {type Pod} from '../model.js';
import {type FailureMode} from './failure-mode.js';
import {
	describePods,
	type Owner,
	ownerOf,
	requiredTermsOf,
	isWantingVirtual,
} from './pods.js';
import {fact, type NamespaceScope, refOf} from './facts.js';
import {instruct} from './words.js';

/**
Pods that may run on virtual nodes only, bound there or not bound at all.
*/
export const remoteOnlyPods = (
	scope: NamespaceScope,
): ReadonlyArray<{readonly pod: Pod; readonly owner: Owner | undefined}> => {
	const isRemoteOnly = (pod: Pod) =>
		isWantingVirtual(pod.spec) ||
		(requiredTermsOf(pod.spec).length > 0 &&
			requiredTermsOf(pod.spec).every(({matchExpressions = []}) =>
				matchExpressions.some(
					({key, operator, values = []}) =>
						key === keys.type &&
						operator === 'In' &&
						values.includes(virtualNodeType),
				),
			));
	const waiting = scope.pods.filter(
		(pod) =>
			pod.status.phase === 'Pending' &&
			pod.metadata.deletionTimestamp === undefined &&
			isRemoteOnly(pod),
	);
	return waiting.map((pod) => ({
		pod,
		owner: ownerOf(scope.all.home, pod),
	}));
};

export const volumeNotOffloadable: FailureMode = {
	id: 'volume-not-offloadable',
	title: 'A volume cannot follow its pod',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 354,
	explains: ['remote-pod-pending'],
	reads: [
		'NamespaceOffloading',
		'Pod',
		'Node',
		'PersistentVolumeClaim',
		'StorageClass',
	],
	symptom:
		'A pod for virtual nodes stays Pending with a claim that is never bound.',
	cause: "Only Liqo's storage class is provisioned on other clusters.",
	proof:
		"The pod may run only on virtual nodes; its claim has a storage class whose provisioner is not Liqo's.",
	remedies: ['instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, name, offloading} = scope;
		if (!offloading) {
			return [];
		}

		return remoteOnlyPods(scope).flatMap(({pod, owner}) =>
			(pod.spec.claims ?? []).flatMap((claimName) => {
				const claim = all.home.get('PersistentVolumeClaim', name, claimName);
				const className = claim?.spec.storageClassName;
				const storageClass =
					className === undefined
						? undefined
						: all.home.get('StorageClass', '', className);
				if (
					!claim ||
					claim.status.phase === 'Bound' ||
					!storageClass ||
					storageClass.provisioner.includes('liqo')
				) {
					return [];
				}

				const liqo =
					[...all.home.list('StorageClass')].find(({provisioner}) =>
						provisioner.includes('liqo'),
					)?.metadata.name ?? 'liqo';
				return [
					{
						object: refOf(pod),
						message: `${describePods([pod], owner)} must run on another cluster, but its claim "${claimName}" has the storage class "${className!}", which exists only here.`,
						consequence: 'The volume is never made, and the pod never starts.',
						evidence: [
							fact(claim, 'spec.storageClassName', className, liqo),
							fact(claim, 'status.phase', claim.status.phase, 'Bound'),
							fact(storageClass, 'provisioner', storageClass.provisioner),
						],
						offers: [
							instruct(
								`Use the storage class "${liqo}"`,
								'the owner of the workload',
								`Make a new claim with storageClassName: ${liqo} (the class of a claim cannot be changed), and mount that one.`,
								'Or keep the pod local: strategy LocalAndRemote or Local, without a demand for virtual nodes.',
							),
						],
					},
				];
			}),
		);
	},
};
