import {buildGeneration, type GenerationTraits} from './build-generation.js';
import {type Generation} from './generation.js';

const build = (
	title: string,
	traits: {readonly hasOffloadingStatus: boolean},
	rules: Pick<
		Generation['rules'],
		| 'controllers'
		| 'hasVirtualNodeResource'
		| 'hasSelectedName'
		| 'hasQuickOffloading'
	>,
): Generation => {
	const whole: GenerationTraits = {
		id: 'v1alpha1',
		title,
		groups: {
			NamespaceMap: 'virtualkubelet.liqo.io',
			ForeignCluster: 'discovery.liqo.io',
			VirtualNode: 'virtualkubelet.liqo.io',
		},
		version: 'v1alpha1',
		...traits,
		hasMapStatus: true,
		clusterIdField: 'clusterIdentity',
		rules: {
			...rules,
			remoteNameSuffix: 'cluster-name-and-hash',
			conditionKey: 'namespacemap-name',
		},
	};
	return buildGeneration(whole);
};

/**
Liqo v0.4: the provider makes the remote namespaces, but status and quick offloading are still those of v0.3 (Liqo: versions
in between).
*/
export const v04 = build(
	'v1alpha1 (Liqo 0.4)',
	{hasOffloadingStatus: false},
	{
		controllers: 'v0.3',
		hasVirtualNodeResource: false,
		hasSelectedName: false,
		hasQuickOffloading: true,
	},
);

/**
Liqo v0.5 to v0.8: the controllers of v1, without VirtualNode resources.
*/
export const v05 = build(
	'v1alpha1 (Liqo 0.5 to 0.8)',
	{hasOffloadingStatus: true},
	{
		controllers: 'v1',
		hasVirtualNodeResource: false,
		hasSelectedName: false,
		hasQuickOffloading: false,
	},
);

/**
Liqo v0.9 to v0.11. SelectedName came with v0.10.2; its absence before shows only in the schema.
*/
export const v1alpha1 = build(
	'v1alpha1 (Liqo 0.9 to 0.11)',
	{hasOffloadingStatus: true},
	{
		controllers: 'v1',
		hasVirtualNodeResource: true,
		hasSelectedName: true,
		hasQuickOffloading: false,
	},
);
