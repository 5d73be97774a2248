import {type Generation} from './generations/generation.js';
import {dnsLabelProblems, quote} from './label-syntax.js';
import {type NamespaceOffloading} from './model.js';
import {sha256} from './sha256.js';

/**
Who owns the local namespaces: the suffix of a default name is made from it.
*/
export type LocalCluster = {
	readonly id: string;
	/**
	Needed only where the suffix is made from the name (v0.4 to v0.10).
	*/
	readonly name?: string;
};

/**
The longest name a Namespace may have.
*/
export const longestNamespaceName = 63;

/**
What follows the local name in a default remote name, dash included (Liqo: remote namespace name).
*/
export const defaultNameSuffix = (
	cluster: LocalCluster,
	generation: Generation,
): string => {
	switch (generation.rules.remoteNameSuffix) {
		case 'cluster-id': {
			return `-${cluster.id}`;
		}

		case 'cluster-name-and-hash': {
			return `-${cluster.name ?? cluster.id}-${sha256(cluster.id).slice(0, 6)}`;
		}
	}
};

/**
The name that the twin of a namespace gets on every provider (Liqo: remote namespace name). An unknown strategy is treated as
`DefaultName`, as upstream does.
*/
export const remoteNamespaceName = (
	namespace: string,
	spec: Pick<
		NamespaceOffloading['spec'],
		'namespaceMappingStrategy' | 'remoteNamespaceName'
	>,
	cluster: LocalCluster,
	generation: Generation,
): string => {
	switch (spec.namespaceMappingStrategy) {
		case 'EnforceSameName': {
			return namespace;
		}

		case 'SelectedName': {
			return generation.rules.hasSelectedName
				? (spec.remoteNamespaceName ?? '')
				: namespace + defaultNameSuffix(cluster, generation);
		}

		default: {
			return namespace + defaultNameSuffix(cluster, generation);
		}
	}
};

/**
Why no API server would create a Namespace of this name, in Kubernetes' words; empty when it would.
*/
export const namespaceNameProblems = (name: string): readonly string[] =>
	name === ''
		? ['metadata.name: Required value: name or generateName is required']
		: dnsLabelProblems(name).map(
				(problem) => `metadata.name: Invalid value: ${quote(name)}: ${problem}`,
			);

/**
How long a local namespace's name may be for its default remote name to be legal; zero or less: no namespace can use it.
*/
export const longestLocalName = (
	cluster: LocalCluster,
	generation: Generation,
): number =>
	longestNamespaceName - defaultNameSuffix(cluster, generation).length;
