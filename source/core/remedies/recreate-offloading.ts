import {type Json} from '../json.js';
import {
	mappingStrategyInput,
	remoteNameInput,
	strategyProblem,
} from './naming.js';
import {
	changes,
	deletionOf,
	gone,
	offloadingOf,
	refTo,
	refuse,
	specOf,
} from './planning.js';
import {namesIn} from './pod-deletions.js';
import {type Remedy} from './remedy.js';

export const recreateOffloading: Remedy = {
	id: 'recreate-offloading',
	title: 'Delete the offloading and create it again',
	safety: 'confirm',
	inputs: [mappingStrategyInput, remoteNameInput],
	irreversible:
		'deleting the offloading deletes the twins that exist, with all they hold',
	plan(finding, world, answers) {
		const {namespace = ''} = finding;
		const offloading = offloadingOf(world, namespace, answers.name);
		if (!offloading) {
			return gone(`The offloading of ${namespace}`);
		}

		if (offloading.metadata.deletionTimestamp !== undefined) {
			return refuse(
				'The offloading is being deleted already; wait for its end.',
			);
		}

		const strategy =
			answers.mappingStrategy ?? offloading.spec.namespaceMappingStrategy;
		const chosen = answers.remoteNamespaceName;
		const problem =
			mappingStrategyInput.check!(strategy, finding, world) ??
			strategyProblem(world, namespace, strategy, chosen);
		if (problem !== undefined) {
			return refuse(problem);
		}

		const {remoteNamespaceName: _, ...spec} = specOf(offloading);
		const body: Json = {
			apiVersion: offloading.apiVersion,
			kind: offloading.kind,
			metadata: {namespace, name: offloading.metadata.name},
			spec: {
				...spec,
				namespaceMappingStrategy: strategy,
				...(strategy === 'SelectedName' && {remoteNamespaceName: chosen!}),
			},
		};
		const others = namesIn(answers.alongside).flatMap((other) => {
			const object = offloadingOf(world, other);
			return object && other !== namespace ? [object] : [];
		});
		return changes(
			...others.map((other) =>
				deletionOf(
					other,
					`Delete that of ${other.metadata.namespace} too: it holds the shared twin.`,
				),
			),
			deletionOf(
				offloading,
				'Delete the offloading: its mapping cannot be changed.',
			),
			{
				cluster: 'home',
				verb: 'create',
				object: refTo(offloading),
				body,
				reason: `Create it again with ${strategy}.`,
			},
			...others.map((other) => ({
				cluster: 'home',
				verb: 'create' as const,
				object: refTo(other),
				body: {
					apiVersion: other.apiVersion,
					kind: other.kind,
					metadata: {
						namespace: other.metadata.namespace,
						name: other.metadata.name,
					},
					spec: specOf(other),
				},
				reason: `Create that of ${other.metadata.namespace} again as it was.`,
			})),
		);
	},
};
