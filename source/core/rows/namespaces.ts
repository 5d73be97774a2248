import {type JsonObject} from '../json.js';
import {keys} from '../keys.js';
import {type Namespace} from '../model.js';
import {
	isLocalMap,
	type Mapping,
	mappingsOf,
	memoByVersion,
	remoteClustersOf,
} from '../remote-clusters.js';
import {formatAge, parseTime} from '../time.js';
import {isComplete, offloadingIn, type World} from '../world.js';
import {countText, knownCount} from './count-text.js';
import {defectText, type DescribedRowSet} from './described-row-set.js';
import {type Cell, type Column, type Level} from './row.js';

/**
How a namespace stands on one remote cluster.
*/
export type TwinState = {
	/**
	`Accepted`, `Terminating`, ..., in short words; `-` when it is neither asked for nor there.
	*/
	readonly text: string;
	readonly level: Level;
	/**
	Whether the provider was asked, or only the consumer's objects say so.
	*/
	readonly isProven: boolean;
};

const notThere: TwinState = {text: '-', level: 'none', isProven: false};

/**
Whether a twin is missing on a provider that can be seen; absent when it cannot.
*/
const isTwinMissing = (
	world: World,
	{clusterId, current}: Mapping,
): boolean | undefined => {
	const provider = world.providers.get(clusterId);
	if (
		provider === undefined ||
		current === undefined ||
		!isComplete(provider.access('Namespace'))
	) {
		return undefined;
	}

	return provider.get('Namespace', '', current.remoteNamespace) === undefined;
};

const stateOfMapping = (mapping: Mapping, world: World): TwinState => {
	const {desired, current} = mapping;
	const isMissing = isTwinMissing(world, mapping);
	const isProven = isMissing !== undefined;
	switch (current?.phase) {
		case 'Accepted': {
			if (isMissing) {
				return {text: 'missing', level: 'error', isProven};
			}

			return desired === undefined
				? {text: 'leaving', level: 'progress', isProven}
				: {text: 'Accepted', level: 'fine', isProven};
		}

		case 'CreationLoopBackOff': {
			return {text: 'LoopBack', level: 'error', isProven};
		}

		case 'Terminating': {
			return {text: 'Terminating', level: 'progress', isProven};
		}

		case undefined: {
			return {text: 'requested', level: 'progress', isProven};
		}

		default: {
			return {text: current?.phase ?? '', level: 'warning', isProven};
		}
	}
};

/**
How a namespace stands on one remote cluster, from the NamespaceMap and, where the provider is connected, from the twin itself.
*/
export const twinState = (
	namespace: string,
	clusterId: string,
	world: World,
): TwinState => {
	const mapping = mappingsOf(world.consumer, namespace).find(
		(candidate) => candidate.clusterId === clusterId,
	);
	return mapping ? stateOfMapping(mapping, world) : notThere;
};

/**
Local namespaces that have to do with offloading by another object than themselves.
*/
const involvedByOthers = memoByVersion(
	['NamespaceOffloading', 'NamespaceMap'],
	(view): ReadonlySet<string> => {
		const names = new Set<string>();
		for (const {metadata} of view.list('NamespaceOffloading')) {
			names.add(metadata.namespace);
		}

		for (const map of view.list('NamespaceMap')) {
			if (!isLocalMap(map)) {
				continue;
			}

			for (const name of Object.keys(map.spec.desiredMapping)) {
				names.add(name);
			}

			for (const name of Object.keys(map.status.currentMapping)) {
				names.add(name);
			}
		}

		return names;
	},
);

const isInvolved = ({metadata}: Namespace, world: World): boolean =>
	Object.hasOwn(metadata.labels, keys.schedulingEnabled) ||
	Object.hasOwn(metadata.labels, keys.enabled) ||
	involvedByOthers(world.consumer).has(metadata.name);

const remoteNameOf = (object: Namespace, world: World): string => {
	const mapping = mappingsOf(world.consumer, object.metadata.name)[0];
	return (
		mapping?.current?.remoteNamespace ??
		mapping?.desired ??
		offloadingIn(world.consumer, object.metadata.name)?.status
			.remoteNamespaceName ??
		'-'
	);
};

const badness: Readonly<Record<Level, number>> = {
	error: 0,
	warning: 1,
	progress: 2,
	fine: 3,
	info: 4,
	none: 5,
};

const levelOf = (object: Namespace, world: World): Level => {
	if (object.defects !== undefined) {
		return 'warning';
	}

	let level: Level =
		object.metadata.deletionTimestamp === undefined ? 'none' : 'progress';
	for (const mapping of mappingsOf(world.consumer, object.metadata.name)) {
		const state = stateOfMapping(mapping, world);
		if (badness[state.level] < badness[level]) {
			level = state.level;
		}
	}

	return level;
};

const clusterPrefix = 'cluster:';

/**
The remote cluster that a column is about; absent when it is about the namespace itself.
*/
export const clusterOfColumn = (column: string): string | undefined =>
	column.startsWith(clusterPrefix)
		? column.slice(clusterPrefix.length)
		: undefined;

/**
Where it stands on the first three clusters says more than what the twin is called.
*/
const remoteNamePriority = 4.5;

const columnsOf = memoByVersion(
	['Node', 'VirtualNode', 'NamespaceMap'],
	(view): readonly Column[] => [
		{id: 'local', title: 'LOCAL', priority: 0, isName: true},
		{id: 'remoteName', title: 'REMOTE NAME', priority: remoteNamePriority},
		...remoteClustersOf(view).map((id, index) => ({
			id: `${clusterPrefix}${id}`,
			title: id,
			priority: 2 + index,
		})),
		{
			id: 'pods',
			title: 'PODS',
			align: 'right' as const,
			isWide: true,
			priority: 900,
		},
		{
			id: 'age',
			title: 'AGE',
			align: 'right' as const,
			isWide: true,
			priority: 901,
			isVolatile: true,
		},
	],
);

const podsIn = (object: Namespace, world: World): number =>
	world.consumer.count('Pod', object.metadata.name);

type CellContext = {
	readonly world: World;
	readonly now: number;
	/**
	Those of the namespace, looked up once for all its cells.
	*/
	readonly mappings: readonly Mapping[];
};

const contextOf = (
	object: Namespace,
	world: World,
	now: number,
): CellContext => ({
	world,
	now,
	mappings: mappingsOf(world.consumer, object.metadata.name),
});

const twinCell = (
	mappings: readonly Mapping[],
	column: string,
	world: World,
): Cell => {
	const clusterId = column.slice(clusterPrefix.length);
	const mapping = mappings.find(
		(candidate) => candidate.clusterId === clusterId,
	);
	const {text, level} = mapping ? stateOfMapping(mapping, world) : notThere;
	return {text, level};
};

const cellOf = (
	object: Namespace,
	column: string,
	{world, now, mappings}: CellContext,
): Cell => {
	if (column.startsWith(clusterPrefix)) {
		return twinCell(mappings, column, world);
	}

	switch (column) {
		case 'local': {
			return {text: object.metadata.name};
		}

		case 'remoteName': {
			return {text: defectText(object) ?? remoteNameOf(object, world)};
		}

		case 'pods': {
			return {text: countText(world.consumer, 'Pod', podsIn(object, world))};
		}

		default: {
			return {text: formatAge(object.metadata.creationTimestamp, now)};
		}
	}
};

/**
Rows of the local namespaces that have to do with offloading, with a column for each remote cluster.
*/
export const namespaceRows: DescribedRowSet<Namespace> = {
	id: 'namespaces',
	title: 'Namespaces',
	documentKind: 'OffloadedNamespace',
	kinds: [
		'Namespace',
		'NamespaceMap',
		'NamespaceOffloading',
		'Node',
		'VirtualNode',
	],
	wideKinds: ['Pod'],
	columns: (world) => columnsOf(world.consumer),
	*list(world) {
		for (const object of world.consumer.list('Namespace')) {
			if (isInvolved(object, world)) {
				yield object;
			}
		}
	},
	keyOf: (object) => object.metadata.name,
	find(world, key) {
		const object = world.consumer.get('Namespace', '', key);
		return object && isInvolved(object, world) ? object : undefined;
	},
	cellsOf(object, world, now) {
		const context = contextOf(object, world, now);
		return columnsOf(world.consumer).map(({id}) => cellOf(object, id, context));
	},
	levelOf,
	valueOf(object, column, world) {
		switch (column) {
			case 'age': {
				return -(parseTime(object.metadata.creationTimestamp) ?? 0);
			}

			case 'pods': {
				return podsIn(object, world);
			}

			default: {
				return cellOf(object, column, contextOf(object, world, 0)).text;
			}
		}
	},
	textOf: (object, world) =>
		`${object.metadata.name} ${remoteNameOf(object, world)} ${mappingsOf(
			world.consumer,
			object.metadata.name,
		)
			.map((mapping) => stateOfMapping(mapping, world).text)
			.join(' ')}`,
	labelsOf: (object) => object.metadata.labels,
	dataOf(object, world): JsonObject {
		const {metadata} = object;
		const remoteName = remoteNameOf(object, world);
		return {
			name: metadata.name,
			level: levelOf(object, world),
			remoteNamespaceName: remoteName === '-' ? undefined : remoteName,
			isSchedulingEnabled: metadata.labels[keys.schedulingEnabled] === 'true',
			pods: knownCount(world.consumer, 'Pod', podsIn(object, world)),
			twins: mappingsOf(world.consumer, metadata.name).map((mapping) => {
				const {level, isProven} = stateOfMapping(mapping, world);
				return {
					cluster: mapping.clusterId,
					desired: mapping.desired,
					remoteNamespace: mapping.current?.remoteNamespace,
					phase: mapping.current?.phase,
					level,
					certainty: isProven ? 'proven' : 'inferred',
				};
			}),
			creationTimestamp: metadata.creationTimestamp,
			deletionTimestamp: metadata.deletionTimestamp,
			defects: object.defects?.map(({path, problem}) => ({path, problem})),
		};
	},
};
