import {type Change} from '../change.js';
import {keys} from '../keys.js';
import {type Namespace} from '../model.js';
import {namespaceOf} from '../world.js';
import {changes, gone, offloadingOf, patchOf, refuse} from './planning.js';
import {namesIn, podDeletions} from './pod-deletions.js';
import {type Input, type Remedy} from './remedy.js';

export const strategies = [
	{value: 'LocalAndRemote', note: 'any node: local ones and selected clusters'},
	{value: 'Remote', note: 'selected clusters only'},
	{value: 'Local', note: 'local nodes only'},
];

export const strategyInput: Input = {
	id: 'strategy',
	title: 'Pod strategy',
	kind: 'choice',
	options: () => strategies,
	check: (value) =>
		strategies.some((strategy) => strategy.value === value)
			? undefined
			: 'The pod strategy is one of LocalAndRemote, Remote and Local.',
};

export const setPodStrategy: Remedy = {
	id: 'set-pod-strategy',
	title: 'Change the pod strategy',
	safety: 'confirm',
	inputs: [strategyInput],
	plan(finding, world, answers) {
		const {namespace = ''} = finding;
		const offloading = offloadingOf(world, namespace);
		if (!offloading) {
			return gone(`The offloading of ${namespace}`);
		}

		const strategy = answers.strategy ?? '';
		const problem = strategyInput.check!(strategy, finding, world);
		if (problem !== undefined) {
			return refuse(problem);
		}

		if (offloading.spec.podOffloadingStrategy === strategy) {
			return refuse(`The pod strategy is ${strategy} already.`);
		}

		const object = namespaceOf(world.consumer, namespace);
		const isLabelDue =
			strategy !== 'Local' &&
			object !== undefined &&
			object.metadata.labels[keys.schedulingEnabled] !== 'true';
		const deletions = podDeletions(world, namespace, namesIn(answers.pods));
		const labelling = (of: Namespace): Change => {
			// The controller, woken by the first change, writes the same value: whoever is second changes nothing.
			const {precondition, ...change} = patchOf(
				of,
				{metadata: {labels: {[keys.schedulingEnabled]: 'true'}}},
				'Have new pods go through admission.',
			);
			return change;
		};

		return changes(
			patchOf(
				offloading,
				{spec: {podOffloadingStrategy: strategy}},
				`Set the pod strategy to ${strategy}.`,
			),
			// The controller sets it too, but the new pods must not be faster.
			...(isLabelDue && deletions.length > 0 ? [labelling(object)] : []),
			...deletions,
		);
	},
};
