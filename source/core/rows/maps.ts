import {type JsonObject} from '../json.js';
import {type NamespaceMap} from '../model.js';
import {isLocalMap, remoteClusterIdOf} from '../remote-clusters.js';
import {formatAge, parseTime} from '../time.js';
import {
	defectText,
	type DescribedRowSet,
	findObject,
	keyOfObject,
} from './described-row-set.js';
import {type Cell, type Column, type Level} from './row.js';

const columns: readonly Column[] = [
	{id: 'cluster', title: 'CLUSTER', priority: 0},
	{id: 'namespace', title: 'NAMESPACE', priority: 2},
	{id: 'name', title: 'NAME', priority: 1},
	{id: 'local', title: 'LOCAL', priority: 5},
	{id: 'desired', title: 'DESIRED', align: 'right', priority: 0},
	{id: 'accepted', title: 'ACCEPTED', align: 'right', priority: 0},
	{id: 'failed', title: 'FAILED', align: 'right', priority: 0},
	{id: 'terminating', title: 'TERMINATING', align: 'right', priority: 4},
	{id: 'namespaces', title: 'NAMESPACES', isWide: true, priority: 6},
	{id: 'age', title: 'AGE', align: 'right', priority: 3, isVolatile: true},
];

const countPhase = (map: NamespaceMap, phase: string): number =>
	Object.values(map.status.currentMapping).filter(
		(mapping) => mapping.phase === phase,
	).length;

/**
Every local namespace the map knows, with what is asked for and what there is.
*/
const entriesOf = (map: NamespaceMap) => {
	const names = new Set([
		...Object.keys(map.spec.desiredMapping),
		...Object.keys(map.status.currentMapping),
	]);
	return [...names].toSorted().map((namespace) => ({
		namespace,
		desired: Object.hasOwn(map.spec.desiredMapping, namespace)
			? map.spec.desiredMapping[namespace]
			: undefined,
		current: Object.hasOwn(map.status.currentMapping, namespace)
			? map.status.currentMapping[namespace]
			: undefined,
	}));
};

const levelOf = (map: NamespaceMap): Level => {
	if (map.defects !== undefined) {
		return 'warning';
	}

	if (countPhase(map, 'CreationLoopBackOff') > 0) {
		return 'error';
	}

	const isSettled = entriesOf(map).every(
		({desired, current}) =>
			desired !== undefined && current?.phase === 'Accepted',
	);
	return isSettled ? 'fine' : 'progress';
};

const cellOf = (map: NamespaceMap, column: string, now: number): Cell => {
	switch (column) {
		case 'cluster': {
			return {text: remoteClusterIdOf(map) ?? '-'};
		}

		case 'namespace': {
			return {text: map.metadata.namespace};
		}

		case 'name': {
			return {text: map.metadata.name};
		}

		case 'local': {
			return {text: isLocalMap(map) ? 'yes' : 'no'};
		}

		case 'desired': {
			return {text: String(Object.keys(map.spec.desiredMapping).length)};
		}

		case 'accepted': {
			return {text: String(countPhase(map, 'Accepted'))};
		}

		case 'failed': {
			const failed = countPhase(map, 'CreationLoopBackOff');
			return failed > 0 ? {text: String(failed), level: 'error'} : {text: '0'};
		}

		case 'terminating': {
			return {text: String(countPhase(map, 'Terminating'))};
		}

		case 'namespaces': {
			const entries = entriesOf(map).map(
				({namespace, current}) =>
					`${namespace}=${current?.phase ?? 'requested'}`,
			);
			return {text: defectText(map) ?? entries.join(',')};
		}

		default: {
			return {text: formatAge(map.metadata.creationTimestamp, now)};
		}
	}
};

const numeric: ReadonlySet<string> = new Set([
	'desired',
	'accepted',
	'failed',
	'terminating',
]);

/**
Rows of the NamespaceMaps; those that another consumer replicated here are marked as not local.
*/
export const mapRows: DescribedRowSet<NamespaceMap> = {
	id: 'maps',
	title: 'Maps',
	documentKind: 'NamespaceMap',
	kinds: ['NamespaceMap'],
	columns: () => columns,
	list: (world) => world.consumer.list('NamespaceMap'),
	keyOf: keyOfObject,
	find: findObject('NamespaceMap'),
	cellsOf: (map, _world, now) => columns.map(({id}) => cellOf(map, id, now)),
	levelOf,
	valueOf(map, column) {
		if (column === 'age') {
			return -(parseTime(map.metadata.creationTimestamp) ?? 0);
		}

		const {text} = cellOf(map, column, 0);
		return numeric.has(column) ? Number(text) : text;
	},
	textOf: (map) =>
		`${map.metadata.namespace}/${map.metadata.name} ${remoteClusterIdOf(map) ?? ''} ${Object.keys(map.spec.desiredMapping).join(' ')}`,
	labelsOf: (map) => map.metadata.labels,
	dataOf(map): JsonObject {
		return {
			namespace: map.metadata.namespace,
			name: map.metadata.name,
			cluster: remoteClusterIdOf(map),
			isLocal: isLocalMap(map),
			level: levelOf(map),
			mappings: entriesOf(map).map(({namespace, desired, current}) => ({
				namespace,
				desired,
				remoteNamespace: current?.remoteNamespace,
				phase: current?.phase,
			})),
			creationTimestamp: map.metadata.creationTimestamp,
			defects: map.defects?.map(({path, problem}) => ({path, problem})),
		};
	},
};
