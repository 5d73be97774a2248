import {type Generation, type GenerationId} from './generation.js';
import {v03} from './v0.3.js';
import {v04, v05, v1alpha1} from './v1alpha1.js';
import {v1beta1} from './v1beta1.js';

/**
All generations, newest first; the id of several is that of one API version with different rules behind it.
*/
export const generations: readonly Generation[] = [
	v1beta1,
	v1alpha1,
	v05,
	v04,
	v03,
];

const byId: Readonly<Record<GenerationId, Generation>> = {
	'v0.3': v03,
	v1alpha1,
	v1beta1,
};

export const generationById = (id: GenerationId): Generation => byId[id];

/**
What a server says it serves: for each `group/version` of Liqo's groups its resources, subresources included
(`namespaceoffloadings/status`).
*/
export type Discovery = ReadonlyMap<string, ReadonlySet<string>>;

/**
Tells the generations apart by what the server serves; absent when it does not serve NamespaceOffloadings
(Liqo: telling versions apart).
*/
export const detectGeneration = (
	discovery: Discovery,
): Generation | undefined => {
	if (discovery.has('offloading.liqo.io/v1beta1')) {
		return v1beta1;
	}

	const offloading = discovery.get('offloading.liqo.io/v1alpha1');
	if (offloading === undefined) {
		return undefined;
	}

	const kubelet = discovery.get('virtualkubelet.liqo.io/v1alpha1');
	if (!offloading.has('namespaceoffloadings/status')) {
		return kubelet?.has('namespacemaps/status') ? v04 : v03;
	}

	return kubelet?.has('virtualnodes') ? v1alpha1 : v05;
};

/**
The generation in whose form an object of this apiVersion is written; `v1alpha1` objects have one form in all of v0.3 to v0.11.
*/
export const generationOfApiVersion = (apiVersion: unknown): Generation =>
	typeof apiVersion === 'string' && apiVersion.endsWith('/v1alpha1')
		? v1alpha1
		: v1beta1;
