import {offloadingName} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';

export const wrongResourceName: FailureMode = {
	id: 'wrong-resource-name',
	title: 'The offloading has the wrong name',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 150,
	explains: ['scheduling-label-orphan', 'status-stale', 'selector-omitted'],
	reads: ['NamespaceOffloading'],
	symptom: 'The object stays without finalizer and phase; nothing happens.',
	cause: `Liqo reads only the NamespaceOffloading called "${offloadingName}".`,
	proof: `metadata.name is not "${offloadingName}", and the namespace has no object of that name.`,
	remedies: ['rename-offloading', 'delete-offloading'],
	scope: 'namespace',
	find({offloading, others}) {
		return offloading
			? []
			: others
					.filter(({metadata}) => metadata.deletionTimestamp === undefined)
					.map((other) => ({
						object: refOf(other),
						message: `The NamespaceOffloading is called "${other.metadata.name}"; Liqo reads only one called "${offloadingName}".`,
						consequence: 'It has no effect: the namespace is not offloaded.',
						evidence: [
							fact(other, 'metadata.name', other.metadata.name, offloadingName),
							fact(
								other,
								'status.offloadingPhase',
								other.status.offloadingPhase,
							),
						],
						offers: [
							{
								remedy: 'rename-offloading' as const,
								title: `Create "${offloadingName}" with the same spec and delete "${other.metadata.name}"`,
								given: {name: other.metadata.name},
							},
							{
								remedy: 'delete-offloading' as const,
								title: `Only delete "${other.metadata.name}"`,
								given: {name: other.metadata.name},
							},
						],
					}));
	},
};
