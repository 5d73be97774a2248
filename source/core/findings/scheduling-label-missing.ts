import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact} from './facts.js';

export const schedulingLabelMissing: FailureMode = {
	id: 'scheduling-label-missing',
	title: 'The namespace lacks the scheduling label',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 295,
	explains: [
		'pod-missing-toleration',
		'restrictive-strategy-change',
		'pod-outside-selector',
		'pod-terms-frozen',
	],
	reads: ['NamespaceOffloading', 'Namespace', 'NamespaceMap'],
	symptom:
		'The namespace is mapped, but new pods are not changed at admission.',
	cause:
		'The label was removed by hand, or a conflict while writing it was swallowed; nobody watches it.',
	proof:
		'The label liqo.io/scheduling-enabled=true is absent; the strategy is not Local.',
	remedies: ['label-namespace'],
	scope: 'namespace',
	find({all, name, object, offloading, strategy, mappings, isLabelled}) {
		const isMapped = mappings.some(({desired}) => desired !== undefined);
		const isDue =
			offloading !== undefined &&
			offloading.metadata.deletionTimestamp === undefined &&
			strategy !== 'Local' &&
			(isMapped || (!all.isFirst && strategy === 'Remote')) &&
			offloading.metadata.finalizers.length > 0 &&
			(all.since(offloading.metadata.creationTimestamp) ?? 0) > 10;
		return object && isDue && !isLabelled
			? [
					{
						object: {apiVersion: 'v1', kind: 'Namespace', name},
						message: `Namespace ${name} is offloaded but lacks the label ${keys.schedulingEnabled}=true.`,
						consequence:
							'Admission leaves its new pods alone: they cannot get onto virtual nodes.',
						evidence: [
							fact(
								object,
								`metadata.labels["${keys.schedulingEnabled}"]`,
								object.metadata.labels[keys.schedulingEnabled],
								'true',
							),
							fact(offloading, 'spec.podOffloadingStrategy', strategy),
						],
						offers: [
							{
								remedy: 'label-namespace' as const,
								title: 'Put the label on the namespace',
								given: {key: keys.schedulingEnabled, value: 'true'},
								safety: 'automatic' as const,
							},
						],
					},
				]
			: [];
	},
};
