import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact} from './facts.js';

export const quickLabelStale: FailureMode = {
	id: 'quick-label-stale',
	title: 'The quick label was not acted upon',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1'],
	order: 172,
	explains: ['scheduling-label-orphan'],
	reads: ['NamespaceOffloading', 'Namespace'],
	symptom: 'The label liqo.io/enabled is true, but there is no offloading.',
	cause:
		'The offloading was deleted by hand, or the label was set again while the old one was ending; Liqo looks at it only when the label changes.',
	proof: 'The label is true and there is no NamespaceOffloading.',
	remedies: ['renew-quick-label'],
	scope: 'namespace',
	find({all, name, object, offloading, others}) {
		return all.generation.rules.hasQuickOffloading &&
			object?.metadata.labels[keys.enabled] === 'true' &&
			object.metadata.deletionTimestamp === undefined &&
			!offloading &&
			others.length === 0 &&
			(all.since(object.metadata.creationTimestamp) ?? 0) > 10
			? [
					{
						object: {apiVersion: 'v1', kind: 'Namespace', name},
						message: `Namespace ${name} has the label ${keys.enabled}=true, but Liqo has made no offloading of it.`,
						consequence: 'The namespace is not offloaded.',
						evidence: [
							fact(object, `metadata.labels["${keys.enabled}"]`, 'true'),
						],
						offers: [
							{
								remedy: 'renew-quick-label',
								title: 'Remove the label and set it again',
								given: {},
								safety: 'automatic',
							},
						],
					},
				]
			: [];
	},
};
