import {briefOf} from '../findings/briefs.js';
import {type FindingId} from '../findings/ids.js';
import {type JsonObject} from '../json.js';
import {offloadingName} from '../keys.js';
import {type NamespaceOffloading} from '../model.js';
import {mappingsOf, remoteClustersOf} from '../remote-clusters.js';
import {formatAge, parseTime} from '../time.js';
import {isComplete, type World} from '../world.js';
import {
	defectText,
	type DescribedRowSet,
	findObject,
	keyOfObject,
} from './described-row-set.js';
import {type Cell, type Column, type Level} from './row.js';

/**
What is known to be wrong with a namespace's offloading, worst first.
*/
export type WorstFinding = {
	readonly id: FindingId;
	readonly severity: 'error' | 'warning' | 'info';
};

export type OffloadingRowsOptions = {
	/**
	When given, there is a column for it, and a row is never shown better than its worst finding.
	*/
	readonly worstFinding?: (
		namespace: string,
		name: string,
	) => WorstFinding | undefined;
	/**
	When given, the phase of those whose controllers have something to write is marked.
	*/
	readonly isDrifting?: (namespace: string) => boolean;
};

/**
Behind the phase of an offloading that drifts.
*/
export const driftMark = '*';

const phaseLevels: Readonly<Record<string, Level>> = {
	NoClusterSelected: 'error',
	AllFailed: 'error',
	SomeFailed: 'warning',
	InProgress: 'progress',
	Terminating: 'progress',
	Ready: 'fine',
};

const badness: Readonly<Record<Level, number>> = {
	error: 0,
	warning: 1,
	progress: 2,
	info: 3,
	none: 4,
	fine: 5,
};

const worse = (left: Level, right: Level): Level =>
	badness[left] <= badness[right] ? left : right;

/**
How many clusters are asked to host the namespace, and how many do. Read from the NamespaceMaps; where those cannot be seen,
from the conditions that Liqo wrote (Liqo: phases and conditions).
*/
export const clusterCounts = (
	object: NamespaceOffloading,
	world: World,
): {readonly ready: number; readonly required: number} => {
	const view = world.consumer;
	if (
		view.count('NamespaceMap') > 0 ||
		isComplete(view.access('NamespaceMap'))
	) {
		const mappings = mappingsOf(view, object.metadata.namespace);
		return {
			ready: mappings.filter(({current}) => current?.phase === 'Accepted')
				.length,
			required: mappings.filter(({desired}) => desired !== undefined).length,
		};
	}

	const conditions = Object.values(object.status.remoteNamespacesConditions);
	const has = (type: string, status?: string) =>
		conditions.filter((list) =>
			list.some(
				(condition) =>
					condition.type === type &&
					(status === undefined || condition.status === status),
			),
		).length;
	return {
		ready: has('Ready', 'True'),
		required:
			view.generation?.rules.controllers === 'v0.3'
				? has('Ready')
				: has('OffloadingRequired', 'True'),
	};
};

const clustersText = (object: NamespaceOffloading, world: World): string => {
	const {ready, required} = clusterCounts(object, world);
	return required === 0
		? `${ready}/0 of ${remoteClustersOf(world.consumer).length}`
		: `${ready}/${required}`;
};

const isIgnored = (object: NamespaceOffloading): boolean =>
	object.metadata.name !== offloadingName;

const phaseText = (object: NamespaceOffloading): string => {
	if (object.defects !== undefined) {
		return defectText(object) ?? '';
	}

	if (isIgnored(object)) {
		return `ignored: must be named ${offloadingName}`;
	}

	// Liqo writes the phase only once its controller has seen the deletion.
	return object.metadata.deletionTimestamp === undefined
		? (object.status.offloadingPhase ?? '-')
		: 'Terminating';
};

const ownLevel = (object: NamespaceOffloading): Level => {
	if (object.defects !== undefined || isIgnored(object)) {
		return 'warning';
	}

	const phase = object.status.offloadingPhase;
	const isDeleting = object.metadata.deletionTimestamp !== undefined;
	if (isDeleting || phase === undefined || phase === '') {
		return 'progress';
	}

	// An unknown phase is shown as it is and not believed (Liqo: versions in between).
	return Object.hasOwn(phaseLevels, phase)
		? (phaseLevels[phase] ?? 'warning')
		: 'warning';
};

const fixedColumns: readonly Column[] = [
	{id: 'namespace', title: 'NAMESPACE', priority: 0, isName: true},
	{id: 'phase', title: 'PHASE', priority: 0},
	{id: 'clusters', title: 'CLUSTERS', priority: 2},
	{id: 'podStrategy', title: 'POD STRATEGY', priority: 3},
	{id: 'mappingStrategy', title: 'MAPPING', isWide: true, priority: 5},
	{id: 'remoteName', title: 'REMOTE NAME', isWide: true, priority: 6},
];

const findingColumn: Column = {
	id: 'finding',
	title: 'FINDING',
	priority: 1,
	isUniform: true,
};

const ageColumn: Column = {
	id: 'age',
	title: 'AGE',
	align: 'right',
	priority: 4,
	isVolatile: true,
};

/**
Rows of the NamespaceOffloadings.
*/
export const createOffloadingRows = ({
	worstFinding,
	isDrifting,
}: OffloadingRowsOptions = {}): DescribedRowSet<NamespaceOffloading> => {
	const columns = [
		...fixedColumns,
		...(worstFinding ? [findingColumn] : []),
		ageColumn,
	];

	const findingOf = ({metadata}: NamespaceOffloading) =>
		worstFinding?.(metadata.namespace, metadata.name);

	const levelOf = (object: NamespaceOffloading): Level =>
		worse(ownLevel(object), findingOf(object)?.severity ?? 'fine');

	const cellOf = (
		object: NamespaceOffloading,
		column: string,
		world: World,
		now: number,
	): Cell => {
		switch (column) {
			case 'namespace': {
				return {text: object.metadata.namespace};
			}

			case 'phase': {
				const mark =
					isDrifting?.(object.metadata.namespace) === true ? driftMark : '';
				return {text: `${phaseText(object)}${mark}`, level: ownLevel(object)};
			}

			case 'clusters': {
				return {text: clustersText(object, world)};
			}

			case 'podStrategy': {
				return {
					text: object.spec.podOffloadingStrategy,
					...(object.spec.podOffloadingStrategy === 'LocalAndRemote' && {
						short: 'Local+Remote',
					}),
				};
			}

			case 'mappingStrategy': {
				return {text: object.spec.namespaceMappingStrategy};
			}

			case 'remoteName': {
				return {text: object.status.remoteNamespaceName ?? '-'};
			}

			case 'finding': {
				const finding = findingOf(object);
				return finding
					? {
							text: finding.id,
							short: briefOf(finding.id),
							level: finding.severity,
						}
					: {text: ''};
			}

			default: {
				return {text: formatAge(object.metadata.creationTimestamp, now)};
			}
		}
	};

	return {
		id: 'offloadings',
		title: 'Offloadings',
		documentKind: 'Offloading',
		kinds: ['NamespaceOffloading', 'NamespaceMap', 'Node', 'VirtualNode'],
		columns: () => columns,
		list: (world) => world.consumer.list('NamespaceOffloading'),
		keyOf: keyOfObject,
		find: findObject('NamespaceOffloading'),
		cellsOf: (object, world, now) =>
			columns.map(({id}) => cellOf(object, id, world, now)),
		levelOf,
		valueOf(object, column, world) {
			if (column === 'age') {
				return -(parseTime(object.metadata.creationTimestamp) ?? 0);
			}

			if (column === 'clusters') {
				const {ready, required} = clusterCounts(object, world);
				return required === 0 ? -1 : ready / required;
			}

			return cellOf(object, column, world, 0).text;
		},
		textOf: (object) =>
			`${object.metadata.namespace} ${object.metadata.name} ${phaseText(object)} ${object.spec.podOffloadingStrategy} ${object.spec.namespaceMappingStrategy} ${findingOf(object)?.id ?? ''}`,
		labelsOf: (object) => object.metadata.labels,
		dataOf(object, world): JsonObject {
			const {metadata, spec, status} = object;
			return {
				namespace: metadata.namespace,
				name: metadata.name,
				level: levelOf(object),
				phase: status.offloadingPhase,
				podOffloadingStrategy: spec.podOffloadingStrategy,
				namespaceMappingStrategy: spec.namespaceMappingStrategy,
				remoteNamespaceName: status.remoteNamespaceName,
				clusters: {
					...clusterCounts(object, world),
					total: remoteClustersOf(world.consumer).length,
				},
				mappings: mappingsOf(world.consumer, metadata.namespace).map(
					({clusterId, desired, current}) => ({
						cluster: clusterId,
						desired,
						remoteNamespace: current?.remoteNamespace,
						phase: current?.phase,
					}),
				),
				finding: findingOf(object)?.id,
				creationTimestamp: metadata.creationTimestamp,
				deletionTimestamp: metadata.deletionTimestamp,
				defects: object.defects?.map(({path, problem}) => ({path, problem})),
			};
		},
	};
};

export const offloadingRows = createOffloadingRows();
