import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact} from './facts.js';

const meansNo = new Set(['false', 'no', '0', 'off', 'disabled', '']);

export const quickLabelWrongValue: FailureMode = {
	id: 'quick-label-wrong-value',
	title: 'The quick label has a value that Liqo does not know',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1'],
	order: 174,
	explains: [],
	reads: ['Namespace', 'NamespaceOffloading'],
	symptom: 'The label is set, and nothing happens.',
	cause: 'Only the value "true" counts, in lower case.',
	proof: 'The value of the label.',
	remedies: ['label-namespace'],
	scope: 'namespace',
	find({all, name, object, offloading}) {
		const value = object?.metadata.labels[keys.enabled];
		return all.generation.rules.hasQuickOffloading &&
			object &&
			!offloading &&
			value !== undefined &&
			value !== 'true' &&
			!meansNo.has(value.toLowerCase())
			? [
					{
						object: {apiVersion: 'v1', kind: 'Namespace', name},
						message: `The label ${keys.enabled} says "${value}"; Liqo knows only "true".`,
						consequence: 'The namespace is not offloaded.',
						evidence: [
							fact(object, `metadata.labels["${keys.enabled}"]`, value, 'true'),
						],
						offers: [
							{
								remedy: 'label-namespace',
								title: 'Set it to "true"',
								effect: 'offloads the namespace',
								given: {key: keys.enabled, value: 'true'},
							},
						],
					},
				]
			: [];
	},
};
