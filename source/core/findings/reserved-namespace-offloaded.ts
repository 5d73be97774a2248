import {type FailureMode} from './failure-mode.js';
import {fact, refOf, reservedBecause} from './facts.js';

export const reservedNamespaceOffloaded: FailureMode = {
	id: 'reserved-namespace-offloaded',
	title: 'A system namespace is offloaded',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 420,
	explains: [],
	reads: ['NamespaceOffloading', 'Namespace'],
	symptom:
		'A NamespaceOffloading in kube-system, default, the namespace of Liqo, a tenant namespace or a twin.',
	cause: 'Liqo has no list of reserved namespaces; nothing stops it.',
	proof: 'Name, labels or annotations of the namespace.',
	remedies: ['delete-offloading'],
	scope: 'namespace',
	find({all, name, object, offloading}) {
		const because = object && reservedBecause(object, all.home.liqoNamespace);
		return object &&
			offloading &&
			because !== undefined &&
			offloading.metadata.deletionTimestamp === undefined
			? [
					{
						object: refOf(offloading),
						message: `Namespace ${name} should not be offloaded: ${because}.`,
						consequence:
							'Its pods may be sent to other clusters or refused, its name collides on every provider, and a peering may loop.',
						evidence: [
							fact(object, 'metadata.name', name, 'a namespace of your own'),
						],
						offers: [
							{
								remedy: 'delete-offloading',
								title: 'Stop offloading it',
								given: {name: offloading.metadata.name},
							},
						],
					},
				]
			: [];
	},
};
