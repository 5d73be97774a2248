import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';

export const webhookSkipSet: FailureMode = {
	id: 'webhook-skip-set',
	title: 'Edits of the offloading are not checked',
	severity: 'warning',
	generations: ['v1alpha1', 'v1beta1'],
	order: 460,
	explains: [],
	reads: ['NamespaceOffloading'],
	symptom: 'Edits that should be refused are accepted.',
	cause: 'The label liqo.io/webhook-skip=true bypasses the validation.',
	proof: 'The label.',
	remedies: ['remove-mark'],
	scope: 'namespace',
	find({name, offloading}) {
		return offloading?.metadata.labels[keys.webhookSkip] === 'true'
			? [
					{
						object: refOf(offloading),
						message: `The label ${keys.webhookSkip}=true switches the checks of this offloading off.`,
						consequence:
							'A forbidden edit is accepted, and leaves twins behind that nobody owns.',
						evidence: [
							fact(
								offloading,
								`metadata.labels["${keys.webhookSkip}"]`,
								'true',
								'absent',
							),
						],
						offers: [
							{
								remedy: 'remove-mark',
								title: 'Remove the label',
								given: {
									kind: 'NamespaceOffloading',
									namespace: name,
									name: offloading.metadata.name,
									label: keys.webhookSkip,
								},
								safety: 'automatic',
							},
						],
					},
				]
			: [];
	},
};
