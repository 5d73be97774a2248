import {namespaceNameProblems, remoteNamespaceName} from '../names.js';
import {type World} from '../world.js';
import {type Input} from './remedy.js';

export const mappingStrategies = (hasSelectedName: boolean) => [
	{value: 'DefaultName', note: "local name and this cluster's id"},
	{value: 'EnforceSameName', note: 'the local name'},
	...(hasSelectedName
		? [{value: 'SelectedName', note: 'a name of your choice'}]
		: []),
];

export const mappingStrategyInput: Input = {
	id: 'mappingStrategy',
	title: 'Mapping strategy',
	kind: 'choice',
	options: (_, world) =>
		mappingStrategies(
			world.consumer.generation?.rules.hasSelectedName ?? false,
		),
	check(value, _, world) {
		const legal = mappingStrategies(
			world.consumer.generation?.rules.hasSelectedName ?? false,
		).map((strategy) => strategy.value);
		return legal.includes(value)
			? undefined
			: `The mapping strategy is one of ${legal.join(', ')}.`;
	},
};

/**
What is wrong with a remote name: illegal, or in use by another namespace or by a namespace of a connected provider.
*/
export const remoteNameProblem = (
	value: string,
	namespace: string | undefined,
	world: World,
): string | undefined => {
	const [problem] = namespaceNameProblems(value);
	if (problem !== undefined) {
		return value === ''
			? 'Type the name of the remote namespace.'
			: `"${value}" is not a legal namespace name: lower case letters, digits and dashes, at most 63 characters.`;
	}

	for (const map of world.consumer.list('NamespaceMap')) {
		for (const [other, remote] of Object.entries(map.spec.desiredMapping)) {
			if (remote === value && other !== namespace) {
				return `"${value}" is the remote name of namespace ${other} already.`;
			}
		}
	}

	for (const provider of world.providers.values()) {
		if (provider.get('Namespace', '', value)) {
			return `Cluster ${provider.title} has a namespace "${value}" already.`;
		}
	}

	return undefined;
};

export const remoteNameInput: Input = {
	id: 'remoteNamespaceName',
	title: 'Remote namespace name',
	kind: 'text',
	isUnique: true,
	options(finding, world) {
		const name = finding.namespace ?? '';
		return [name, `${name.slice(0, 55)}-remote`]
			.filter(
				(candidate) =>
					remoteNameProblem(candidate, finding.namespace, world) === undefined,
			)
			.map((value) => ({value}));
	},
	check: (value, finding, world) =>
		remoteNameProblem(value, finding.namespace, world),
};

/**
What is wrong with the remote name that a strategy gives.
*/
export const strategyProblem = (
	world: World,
	namespace: string,
	mappingStrategy: string,
	chosen: string | undefined,
): string | undefined => {
	const {generation, clusterId} = world.consumer;
	if (mappingStrategy === 'SelectedName') {
		return remoteNameProblem(chosen ?? '', namespace, world);
	}

	if (
		!generation ||
		(mappingStrategy === 'DefaultName' && clusterId === undefined)
	) {
		return undefined;
	}

	const remote = remoteNamespaceName(
		namespace,
		{namespaceMappingStrategy: mappingStrategy},
		{id: clusterId ?? ''},
		generation,
	);
	return namespaceNameProblems(remote).length > 0
		? `With ${mappingStrategy} the remote name would be "${remote}" (${remote.length} characters), which is not a legal namespace name.`
		: undefined;
};
