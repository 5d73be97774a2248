import {type Json} from '../json.js';
import {offloadingName} from '../keys.js';
import {apiVersionOf, resourceOf} from '../resources.js';
import {
	mappingStrategyInput,
	remoteNameInput,
	strategyProblem,
} from './naming.js';
import {changes, offloadingOf, refuse} from './planning.js';
import {type Remedy} from './remedy.js';
import {parseTerms} from './set-selector.js';
import {strategyInput} from './set-pod-strategy.js';

export const createOffloading: Remedy = {
	id: 'create-offloading',
	title: 'Offload the namespace',
	safety: 'confirm',
	inputs: [
		mappingStrategyInput,
		remoteNameInput,
		{...strategyInput, id: 'podStrategy'},
	],
	plan(finding, world, answers) {
		const {namespace = ''} = finding;
		const {generation} = world.consumer;
		const resource = resourceOf('NamespaceOffloading', generation);
		if (!generation || !resource) {
			return refuse("This cluster does not serve Liqo's API.");
		}

		if (offloadingOf(world, namespace)) {
			return refuse('The namespace has an offloading by now; look again.');
		}

		const mappingStrategy = answers.mappingStrategy ?? 'DefaultName';
		const podStrategy = answers.podStrategy ?? 'LocalAndRemote';
		const terms = parseTerms(answers.selector ?? '[]');
		const problem =
			mappingStrategyInput.check!(mappingStrategy, finding, world) ??
			strategyInput.check!(podStrategy, finding, world) ??
			strategyProblem(
				world,
				namespace,
				mappingStrategy,
				answers.remoteNamespaceName,
			) ??
			('problem' in terms ? terms.problem : undefined);
		if (problem !== undefined) {
			return refuse(problem);
		}

		const apiVersion = apiVersionOf(resource);
		const object = {
			apiVersion,
			kind: 'NamespaceOffloading',
			namespace,
			name: offloadingName,
		};
		return changes({
			cluster: 'home',
			verb: 'create',
			object,
			body: {
				apiVersion,
				kind: object.kind,
				metadata: {namespace, name: offloadingName},
				spec: {
					namespaceMappingStrategy: mappingStrategy,
					podOffloadingStrategy: podStrategy,
					...(mappingStrategy === 'SelectedName' && {
						remoteNamespaceName: answers.remoteNamespaceName!,
					}),
					clusterSelector: {nodeSelectorTerms: terms as unknown as Json},
				},
			},
			reason: `Offload namespace ${namespace}.`,
		});
	},
};
