import {type FailureMode} from './failure-mode.js';
import {fact} from './facts.js';
import {instruct} from './words.js';

export const localNamespaceStuckTerminating: FailureMode = {
	id: 'local-namespace-stuck-terminating',
	title: 'The namespace cannot be deleted',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 266,
	explains: ['unoffload-data-loss', 'status-stale', 'scheduling-label-missing'],
	reads: ['NamespaceOffloading', 'Namespace'],
	symptom:
		'kubectl delete namespace hangs; condition NamespaceFinalizersRemaining.',
	cause: 'Its offloading has to end first, and does not.',
	proof:
		'The namespace is being deleted while a NamespaceOffloading with a finalizer is in it.',
	remedies: ['instruct'],
	scope: 'namespace',
	find({all, name, object, offloading}) {
		const since = all.since(object?.metadata.deletionTimestamp);
		if (
			!object ||
			since === undefined ||
			since <= 60 ||
			!offloading ||
			offloading.metadata.finalizers.length === 0
		) {
			return [];
		}

		const condition = object.status.conditions.find(
			({type, status}) =>
				type === 'NamespaceFinalizersRemaining' && status === 'True',
		);
		return [
			{
				object: {apiVersion: 'v1', kind: 'Namespace', name},
				message: `Namespace ${name} waits for its offloading, which still has ${offloading.metadata.finalizers.length === 1 ? 'a finalizer' : 'finalizers'}.`,
				consequence: 'Neither goes away until Liqo has deleted the twins.',
				evidence: [
					fact(
						object,
						'metadata.deletionTimestamp',
						object.metadata.deletionTimestamp,
					),
					...(condition
						? [
								fact(
									object,
									'status.conditions[NamespaceFinalizersRemaining]',
									condition.message,
								),
							]
						: []),
					fact(
						offloading,
						'metadata.finalizers',
						offloading.metadata.finalizers.join(', '),
						'none',
					),
				],
				offers: [
					instruct(
						'End the offloading first',
						'whoever administers Liqo on this cluster',
						offloading.metadata.deletionTimestamp === undefined
							? `kubectl delete namespaceoffloading ${offloading.metadata.name} -n ${name}`
							: "Check that Liqo's controllers run, and that the providers answer.",
						'Never force the namespace away: what is left in it can then not be removed any more.',
					),
				],
			},
		];
	},
};
