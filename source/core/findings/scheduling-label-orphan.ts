import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {type Claim} from './finding.js';
import {fact} from './facts.js';

export const schedulingLabelOrphan: FailureMode = {
	id: 'scheduling-label-orphan',
	title: 'The scheduling label is left without an offloading',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 170,
	explains: ['pod-missing-toleration'],
	reads: ['NamespaceOffloading', 'Namespace', 'Event'],
	symptom:
		'Every pod creation in the namespace is refused (v0.3: pods are created unchanged).',
	cause:
		'The label was set in advance, or the offloading was removed by force.',
	proof:
		'The label is true and there is no NamespaceOffloading called "offloading".',
	remedies: ['remove-mark', 'create-offloading'],
	scope: 'namespace',
	find({all, name, object, offloading, isLabelled}) {
		if (
			!object ||
			!isLabelled ||
			offloading !== undefined ||
			object.metadata.deletionTimestamp !== undefined
		) {
			return [];
		}

		const refused = [...all.home.list('Event', name)].filter(
			({reason, message}) =>
				reason === 'FailedCreate' && message.includes('NamespaceOffloading'),
		);
		const claim: Claim = {
			object: {apiVersion: 'v1', kind: 'Namespace', name},
			severity: all.isFirst ? ('warning' as const) : ('error' as const),
			message: `Namespace ${name} has the label ${keys.schedulingEnabled}=true but no offloading.`,
			consequence: all.isFirst
				? 'Its pods are created unchanged.'
				: 'Every new pod in it is refused.',
			evidence: [
				fact(
					object,
					`metadata.labels["${keys.schedulingEnabled}"]`,
					'true',
					'absent',
				),
				...refused
					.slice(-1)
					.map((event) => fact(event, 'message', event.message)),
			],
			offers: [
				{
					remedy: 'remove-mark' as const,
					title: 'Remove the label',
					given: {kind: 'Namespace', name, label: keys.schedulingEnabled},
				},
				{
					remedy: 'create-offloading' as const,
					title: 'Offload the namespace',
					given: {
						mappingStrategy: 'DefaultName',
						podStrategy: 'LocalAndRemote',
					},
				},
			],
		};
		return [claim];
	},
};
