import {keys, quickOffloadingMark} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact} from './facts.js';

export const quickLabelConflict: FailureMode = {
	id: 'quick-label-conflict',
	title: 'The quick label has no effect',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1'],
	order: 470,
	explains: [],
	reads: ['NamespaceOffloading', 'Namespace'],
	symptom: 'Removing liqo.io/enabled does not end the offloading.',
	cause:
		'The offloading was made by a user, not by the label; the label then does nothing.',
	proof:
		'The label is true, and the offloading lacks the mark of the quick label.',
	remedies: ['remove-mark'],
	scope: 'namespace',
	find({all, name, object, offloading}) {
		return all.generation.rules.hasQuickOffloading &&
			object?.metadata.labels[keys.enabled] === 'true' &&
			offloading &&
			offloading.metadata.annotations[keys.resourceControlledBy] !==
				quickOffloadingMark
			? [
					{
						object: {apiVersion: 'v1', kind: 'Namespace', name},
						message: `Namespace ${name} has the label ${keys.enabled}=true beside an offloading made by hand.`,
						consequence:
							'The label does nothing; removing it will not end the offloading.',
						evidence: [
							fact(
								object,
								`metadata.labels["${keys.enabled}"]`,
								'true',
								'absent',
							),
							fact(
								offloading,
								`metadata.annotations["${keys.resourceControlledBy}"]`,
								offloading.metadata.annotations[keys.resourceControlledBy],
								quickOffloadingMark,
							),
						],
						offers: [
							{
								remedy: 'remove-mark',
								title: 'Remove the label',
								given: {kind: 'Namespace', name, label: keys.enabled},
								safety: 'automatic',
							},
						],
					},
				]
			: [];
	},
};
