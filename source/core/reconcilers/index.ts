import {type Generation} from '../generations/generation.js';
import {createLegacyNamespaceMapReconciler} from './legacy-namespace-map.js';
import {createLegacyNamespaceOffloadingReconciler} from './legacy-namespace-offloading.js';
import {createLegacyVirtualNodeReconciler} from './legacy-virtual-node.js';
import {createNamespaceMapReconciler} from './namespace-map.js';
import {createNamespaceOffloadingReconciler} from './namespace-offloading.js';
import {createOffloadingStatusReconciler} from './offloading-status.js';
import {createQuickOffloadingReconciler} from './quick-offloading.js';
import {type ObjectTouch, type Reconciler, type Rules} from './reconciler.js';
import {createReplicationReconciler} from './replication.js';
import {createVirtualNodeReconciler} from './virtual-node.js';

/**
Ids of the controllers of any generation.
*/
export const reconcilerIds = [
	'namespace-map',
	'namespace-offloading',
	'offloading-status',
	'quick-offloading',
	'replication',
	'virtual-node',
] as const;

/**
All of Liqo's offloading controllers of a generation, in the order in which they act on a new object. `rules` decides what wakes them; what they do
follows the rules of each pass.
*/
export const createReconcilers = (
	generation: Generation,
	rules: Rules,
): readonly Reconciler[] =>
	generation.rules.controllers === 'v0.3'
		? [
				createLegacyVirtualNodeReconciler(rules),
				...(generation.rules.hasQuickOffloading
					? [createQuickOffloadingReconciler(rules)]
					: []),
				createLegacyNamespaceOffloadingReconciler(rules),
				...(generation.id === 'v0.3'
					? [createLegacyNamespaceMapReconciler(rules)]
					: [
							createNamespaceMapReconciler(rules),
							createReplicationReconciler(rules),
						]),
				createOffloadingStatusReconciler(rules),
			]
		: [
				...(generation.rules.hasVirtualNodeResource
					? [createVirtualNodeReconciler(rules)]
					: []),
				createNamespaceOffloadingReconciler(rules),
				createNamespaceMapReconciler(rules),
				createReplicationReconciler(rules),
			];

/**
The controllers in the order in which they see a change where one at a time is at work. Making a lost map anew takes the VirtualNode controller a
moment in which everybody else has seen that it is gone: it comes last then.
*/
export const inOrderOfSight = (
	reconcilers: readonly Reconciler[],
	touches: readonly ObjectTouch[],
): readonly Reconciler[] =>
	touches.some(
		({kind, after}) => kind === 'NamespaceMap' && after === undefined,
	)
		? reconcilers.toReversed()
		: reconcilers;
