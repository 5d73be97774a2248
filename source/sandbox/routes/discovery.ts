import {apiVersionOf, groupVersionOf, type Kind} from '../kinds/kind.js';
import {type Registry} from '../kinds/registry.js';
import {type Tree} from '../value.js';

const statusVerbs = ['get', 'patch', 'update'];

type Resource = {
	readonly name: string;
	readonly kind: string;
	/**
	Of the answer, when it is not of the resource's own group.
	*/
	readonly apiVersion?: string;
	readonly isNamespaced: boolean;
	readonly verbs: readonly string[];
};

const subresourcesOf = (kind: Kind): Resource[] => {
	const {plural, isNamespaced} = kind;
	const resources: Resource[] = [];
	const add = (
		name: string,
		target: string,
		verbs: readonly string[],
		apiVersion?: string,
	): void => {
		resources.push({
			name: `${plural}/${name}`,
			kind: target,
			isNamespaced,
			verbs,
			...(apiVersion !== undefined && {apiVersion}),
		});
	};

	switch (kind.resource) {
		case '/namespaces': {
			add('finalize', 'Namespace', ['update']);

			break;
		}

		case '/pods': {
			add('binding', 'Binding', ['create']);
			add('eviction', 'Eviction', ['create'], 'policy/v1');
			add('log', 'Pod', ['get']);

			break;
		}

		case '/serviceaccounts': {
			add('token', 'TokenRequest', ['create'], 'authentication.k8s.io/v1');

			break;
		}
		// No default
	}

	if (kind.scale) {
		add('scale', 'Scale', statusVerbs, 'autoscaling/v1');
	}

	if (kind.hasStatus) {
		add('status', kind.kind, statusVerbs);
	}

	return resources;
};

const groupsOf = (registry: Registry): Map<string, Map<string, Kind[]>> => {
	const groups = new Map<string, Map<string, Kind[]>>();
	for (const kind of registry.all()) {
		const versions = groups.get(kind.group) ?? new Map<string, Kind[]>();
		groups.set(kind.group, versions);
		versions.set(kind.version, [...(versions.get(kind.version) ?? []), kind]);
	}

	return groups;
};

/**
Kubernetes' order of versions: v2 before v1 before v1beta1 before v1alpha1.
*/
const versionRank = (version: string): number => {
	const groups = /^v(?<major>\d+)(?:(?<stage>alpha|beta)(?<minor>\d+))?$/v.exec(
		version,
	)?.groups;
	if (!groups) {
		return -1;
	}

	const stage =
		groups.stage === undefined ? 2 : groups.stage === 'beta' ? 1 : 0;
	return (
		stage * 1_000_000 + Number(groups.major) * 1000 + Number(groups.minor ?? 0)
	);
};

const newestFirst = (versions: Iterable<string>): string[] =>
	[...versions].toSorted(
		(left, right) => versionRank(right) - versionRank(left),
	);

const groupTree = (name: string, versions: Iterable<string>): Tree => {
	const list = newestFirst(versions).map((version) => ({
		groupVersion: `${name}/${version}`,
		version,
	}));
	return {name, versions: list, preferredVersion: list[0] ?? {}};
};

const bootstrapOrder = new Set([
	'apps',
	'events.k8s.io',
	'authentication.k8s.io',
	'authorization.k8s.io',
	'batch',
]);

const groupRank = (group: string): string =>
	`${bootstrapOrder.has(group) ? 0 : 1}${group}`;

const namedGroups = (
	registry: Registry,
): Array<[string, Map<string, Kind[]>]> =>
	[...groupsOf(registry)]
		.filter(([group]) => group !== '')
		.toSorted(([left], [right]) =>
			groupRank(left) < groupRank(right) ? -1 : 1,
		);

export const apiGroupList = (registry: Registry): Tree => ({
	kind: 'APIGroupList',
	apiVersion: 'v1',
	groups: namedGroups(registry).map(([group, versions]) =>
		groupTree(group, versions.keys()),
	),
});

export const apiGroup = (
	registry: Registry,
	group: string,
): Tree | undefined => {
	const versions = groupsOf(registry).get(group);
	return versions
		? {
				kind: 'APIGroup',
				apiVersion: 'v1',
				...groupTree(group, versions.keys()),
			}
		: undefined;
};

export const apiVersions = (address: string): Tree => ({
	kind: 'APIVersions',
	versions: ['v1'],
	serverAddressByClientCIDRs: [
		{clientCIDR: '0.0.0.0/0', serverAddress: address},
	],
});

/**
The resources of one group and version, their subresources among them.
*/
export const apiResourceList = (
	registry: Registry,
	groupVersion: string,
): Tree | undefined => {
	const kinds = [...registry.all()].filter(
		(kind) => apiVersionOf(kind) === groupVersion,
	);
	if (kinds.length === 0) {
		return undefined;
	}

	const resources = kinds
		.toSorted((left, right) => (left.plural < right.plural ? -1 : 1))
		.flatMap((kind): Tree[] => [
			{
				name: kind.plural,
				singularName: kind.singular,
				namespaced: kind.isNamespaced,
				kind: kind.kind,
				verbs: [...kind.verbs],
				...(kind.shortNames.length > 0 && {shortNames: [...kind.shortNames]}),
				...(kind.categories.length > 0 && {categories: [...kind.categories]}),
			},
			...subresourcesOf(kind).map((resource): Tree => {
				const [version, group] = (resource.apiVersion ?? '')
					.split('/')
					.toReversed();
				return {
					name: resource.name,
					singularName: '',
					namespaced: resource.isNamespaced,
					...(group !== undefined && {group, version}),
					kind: resource.kind,
					verbs: [...resource.verbs],
				};
			}),
		]);
	return {
		kind: 'APIResourceList',
		apiVersion: 'v1',
		groupVersion,
		resources,
	};
};

/**
Built-in kinds leave out their own group and version here.
*/
const responseKind = (kind: Kind, resource?: Resource): Tree => {
	const other = resource?.apiVersion;
	const {group, version} =
		other === undefined
			? kind.isCustom
				? kind
				: {group: '', version: ''}
			: groupVersionOf(other);
	return {group, version, kind: resource?.kind ?? kind.kind};
};

const aggregatedResource = (kind: Kind): Tree => ({
	resource: kind.plural,
	responseKind: responseKind(kind),
	scope: kind.isNamespaced ? 'Namespaced' : 'Cluster',
	singularResource: kind.singular,
	verbs: [...kind.verbs],
	...(kind.shortNames.length > 0 && {shortNames: [...kind.shortNames]}),
	...(kind.categories.length > 0 && {categories: [...kind.categories]}),
	...(subresourcesOf(kind).length > 0 && {
		subresources: subresourcesOf(kind).map((resource) => ({
			subresource: resource.name.split('/', 2)[1],
			responseKind: responseKind(kind, resource),
			verbs: [...resource.verbs],
		})),
	}),
});

/**
Aggregated discovery: everything of `/api` or `/apis` in one answer.
*/
export const aggregatedDiscovery = (
	registry: Registry,
	isLegacy: boolean,
): Tree => {
	const groups = isLegacy
		? [...groupsOf(registry)].filter(([group]) => group === '')
		: namedGroups(registry);
	return {
		kind: 'APIGroupDiscoveryList',
		apiVersion: 'apidiscovery.k8s.io/v2',
		metadata: {},
		items: groups.map(([group, versions]) => ({
			metadata: group === '' ? {} : {name: group},
			versions: newestFirst(versions.keys()).map((version) => ({
				version,
				freshness: 'Current',
				resources: (versions.get(version) ?? [])
					.toSorted((left, right) => (left.plural < right.plural ? -1 : 1))
					.map((kind) => aggregatedResource(kind)),
			})),
		})),
	};
};
