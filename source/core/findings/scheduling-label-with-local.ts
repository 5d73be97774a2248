import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact} from './facts.js';

export const schedulingLabelWithLocal: FailureMode = {
	id: 'scheduling-label-with-local',
	title: 'The scheduling label does nothing under Local',
	severity: 'info',
	generations: ['v1alpha1', 'v1beta1'],
	order: 830,
	explains: [],
	reads: ['NamespaceOffloading', 'Namespace'],
	symptom: 'The label is there although the strategy is Local.',
	cause: 'Somebody put it there; the controller removes it when it looks next.',
	proof: 'Label and strategy.',
	remedies: ['remove-mark'],
	scope: 'namespace',
	find({all, name, object, offloading, strategy, isLabelled}) {
		return object &&
			offloading &&
			!all.isFirst &&
			strategy === 'Local' &&
			isLabelled &&
			offloading.metadata.deletionTimestamp === undefined
			? [
					{
						object: {apiVersion: 'v1', kind: 'Namespace', name},
						message: `Namespace ${name} has the scheduling label although its pods stay local.`,
						consequence:
							'Each new pod takes a needless turn through admission; nothing else happens.',
						evidence: [
							fact(
								object,
								`metadata.labels["${keys.schedulingEnabled}"]`,
								'true',
								'absent',
							),
							fact(offloading, 'spec.podOffloadingStrategy', 'Local'),
						],
						offers: [
							{
								remedy: 'remove-mark',
								title: 'Remove the label',
								given: {kind: 'Namespace', name, label: keys.schedulingEnabled},
								safety: 'automatic',
							},
						],
					},
				]
			: [];
	},
};
