import {apiVersionOf, resourceOf} from '../resources.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';

export const apiGenerationMismatch: FailureMode = {
	id: 'api-generation-mismatch',
	title: "The object is written for another version of Liqo's API",
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 100,
	explains: [
		'selector-omitted',
		'status-stale',
		'scheduling-label-missing',
		'wrong-resource-name',
	],
	reads: ['NamespaceOffloading'],
	symptom:
		'A manifest is refused (no matches for kind "NamespaceOffloading" in version ...), or a field of it is dropped.',
	cause:
		'Each version of Liqo serves one version of its API, and upgrading Liqo does not upgrade what is written down.',
	proof: 'apiVersion is not the one that the cluster serves.',
	remedies: ['rewrite-version'],
	scope: 'namespace',
	find({all, offloading, others}) {
		const resource = resourceOf('NamespaceOffloading', all.generation);
		const served = resource && apiVersionOf(resource);
		return [...(offloading ? [offloading] : []), ...others]
			.filter(({apiVersion}) => served !== undefined && apiVersion !== served)
			.map((one) => ({
				object: refOf(one),
				message: `It is written as ${one.apiVersion}; this cluster serves ${served!}.`,
				consequence:
					'An API server refuses it, or drops the fields that it does not know.',
				evidence: [fact(one, 'apiVersion', one.apiVersion, served)],
				offers: [
					{
						remedy: 'rewrite-version' as const,
						title: `Write it as ${served!}`,
						given: {name: one.metadata.name, apiVersion: served!},
					},
				],
			}));
	},
};
