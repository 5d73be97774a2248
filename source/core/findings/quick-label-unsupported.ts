import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact} from './facts.js';

export const quickLabelUnsupported: FailureMode = {
	id: 'quick-label-unsupported',
	title: 'The quick label is gone from this version of Liqo',
	severity: 'error',
	generations: ['v1alpha1', 'v1beta1'],
	order: 176,
	explains: [],
	reads: ['Namespace', 'NamespaceOffloading'],
	symptom: 'The label liqo.io/enabled is set, and nothing happens.',
	cause: 'Offloading by label was removed in v0.5.',
	proof: 'The label is there, and there is no NamespaceOffloading.',
	remedies: ['create-offloading'],
	scope: 'namespace',
	find({all, name, object, offloading, others}) {
		return !all.generation.rules.hasQuickOffloading &&
			object?.metadata.labels[keys.enabled] === 'true' &&
			object.metadata.deletionTimestamp === undefined &&
			!offloading &&
			others.length === 0
			? [
					{
						object: {apiVersion: 'v1', kind: 'Namespace', name},
						message: `Namespace ${name} has the label ${keys.enabled}=true, which this version of Liqo does not read.`,
						consequence: 'The namespace is not offloaded.',
						evidence: [
							fact(
								object,
								`metadata.labels["${keys.enabled}"]`,
								'true',
								'a NamespaceOffloading instead',
							),
						],
						offers: [
							{
								remedy: 'create-offloading',
								title: 'Offload the namespace as the label would have',
								effect: 'to every cluster, with the defaults',
								given: {
									mappingStrategy: 'DefaultName',
									podStrategy: 'LocalAndRemote',
								},
							},
						],
					},
				]
			: [];
	},
};
