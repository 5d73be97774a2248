import {offloadingName} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';

export const duplicateOffloadings: FailureMode = {
	id: 'duplicate-offloadings',
	title: 'Several offloadings in one namespace',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 400,
	explains: [],
	reads: ['NamespaceOffloading'],
	symptom:
		'Several NamespaceOffloadings with different specs; the wrong one is believed to apply.',
	cause: `Only the one called "${offloadingName}" counts; the others merely disturb it.`,
	proof: 'More than one NamespaceOffloading in the namespace.',
	remedies: ['delete-offloading'],
	scope: 'namespace',
	find({offloading, others}) {
		return offloading
			? others
					.filter(({metadata}) => metadata.deletionTimestamp === undefined)
					.map((other) => ({
						object: refOf(other),
						message: `The namespace also has a NamespaceOffloading called "${other.metadata.name}"; only "${offloadingName}" applies.`,
						consequence:
							'What it declares has no effect, and its events disturb the one that counts.',
						evidence: [
							fact(other, 'metadata.name', other.metadata.name, offloadingName),
							fact(
								other,
								'spec.podOffloadingStrategy',
								other.spec.podOffloadingStrategy,
								offloading.spec.podOffloadingStrategy,
							),
						],
						offers: [
							{
								remedy: 'delete-offloading' as const,
								title: `Delete "${other.metadata.name}"`,
								given: {name: other.metadata.name},
							},
						],
					}))
			: [];
	},
};
