import {type FailureMode} from './failure-mode.js';
import {pendingPods} from './pending-pods.js';
import {fact, refOf} from './facts.js';
import {
	editSelector,
	everyCluster,
	failedRequirements,
	offerRelaxations,
	offerSelector,
	offerStrategyToAll,
} from './selecting.js';
import {describeSelector} from './selector-repair.js';
import {count} from './words.js';

export const podRemoteNoMatch: FailureMode = {
	id: 'pod-remote-no-match',
	title: 'Pods must run remotely, and no cluster is selected',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 225,
	explains: [
		'pod-outside-selector',
		'restrictive-strategy-change',
		'pod-antithetical-terms',
		'scheduling-label-missing',
		'pod-terms-frozen',
	],
	reads: ['NamespaceOffloading', 'Node', 'VirtualNode', 'Pod'],
	symptom:
		'Strategy Remote and NoClusterSelected: pods stay Pending; with v0.3 they run locally.',
	cause:
		'No virtual node satisfies the selector as a whole, though each demand may be met by some.',
	proof: 'The selector evaluated on each virtual node: all false.',
	remedies: ['set-selector', 'set-pod-strategy'],
	scope: 'namespace',
	find(scope) {
		const {all, offloading, strategy, selected, errors} = scope;
		const selector = offloading?.spec.clusterSelector;
		if (
			!offloading ||
			!selector ||
			strategy !== 'Remote' ||
			selected.size > 0 ||
			errors.length > 0 ||
			offloading.metadata.deletionTimestamp !== undefined
		) {
			return [];
		}

		const pending = pendingPods(scope).reduce(
			(sum, {pods}) => sum + pods.length,
			0,
		);
		const local = scope.pods.filter(
			({spec, status}) =>
				status.phase === 'Running' &&
				spec.nodeName !== undefined &&
				all.candidates.every(({name}) => name !== spec.nodeName),
		).length;
		return [
			{
				object: refOf(offloading),
				message: `No virtual node satisfies the selector (${describeSelector(selector)}), and strategy Remote allows no other node.`,
				consequence: all.isFirst
					? `This version of Liqo then runs pods locally in silence${local > 0 ? `: ${count(local, 'pod')} now` : ''}.`
					: `New pods stay Pending${pending > 0 ? `: ${count(pending, 'pod')} now` : ''}.`,
				evidence: [
					fact(offloading, 'spec.podOffloadingStrategy', 'Remote'),
					...failedRequirements(scope),
				],
				offers: [
					...offerRelaxations(scope, selector),
					offerSelector(scope, everyCluster(scope.all), 'Select every cluster'),
					editSelector,
					offerStrategyToAll(
						scope,
						'LocalAndRemote',
						'Allow local nodes too (LocalAndRemote)',
					),
				],
			},
		];
	},
};
