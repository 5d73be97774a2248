import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {instruct, join} from './words.js';

export const prematureReady: FailureMode = {
	id: 'premature-ready',
	title: 'Ready is said too early',
	severity: 'info',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 820,
	explains: [],
	reads: ['NamespaceOffloading', 'NamespaceMap'],
	symptom:
		'The phase is Ready while a selected cluster is still being prepared.',
	cause:
		'Liqo counts clusters that are no longer selected (or ignores those that have not answered).',
	proof: 'Among the clusters that are asked for, one is not Accepted.',
	remedies: ['instruct'],
	scope: 'namespace',
	find({name, offloading, mappings}) {
		const waiting = mappings.filter(
			({desired, current}) =>
				desired !== undefined && current?.phase !== 'Accepted',
		);
		return offloading?.status.offloadingPhase === 'Ready' &&
			offloading.metadata.deletionTimestamp === undefined &&
			waiting.length > 0
			? [
					{
						object: refOf(offloading),
						clusters: waiting.map(({cluster}) => cluster),
						message: `The phase says Ready, but ${join(waiting.map(({cluster}) => cluster))} ${waiting.length === 1 ? 'is' : 'are'} not ready yet.`,
						consequence:
							'Pods sent there wait until the namespace exists on that cluster.',
						evidence: waiting.map(({map, current}) =>
							fact(
								map,
								`status.currentMapping.${name}.phase`,
								current?.phase,
								'Accepted',
							),
						),
						offers: [
							instruct(
								'Wait for the clusters that are still missing',
								'nobody: it settles by itself',
								`kubectl get namespaceoffloading offloading -n ${name} -w`,
								'If it does not within a minute, look at the connection to these clusters.',
							),
						],
					},
				]
			: [];
	},
};
