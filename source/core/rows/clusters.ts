import {type JsonObject} from '../json.js';
import {keys} from '../keys.js';
import {type Labels, type Node, type VirtualNode} from '../model.js';
import {hostedNamespaces, remoteClusterIdOf} from '../remote-clusters.js';
import {noPods} from '../summaries.js';
import {formatAge, parseTime} from '../time.js';
import {type World} from '../world.js';
import {countText, knownCount} from './count-text.js';
import {defectText, type DescribedRowSet} from './described-row-set.js';
import {type Cell, type Column, type Level} from './row.js';

/**
A virtual node, or the resource of one that has no node.
*/
export type ClusterRow = Node | VirtualNode;

/**
Empty when the row does not say.
*/
export const clusterIdOf = (row: ClusterRow): string =>
	(row.kind === 'VirtualNode' && row.spec.clusterID !== ''
		? row.spec.clusterID
		: remoteClusterIdOf(row)) ?? '';

const conditionOf = (node: Node, type: string) =>
	node.status.conditions.find((condition) => condition.type === type);

type State = {
	/**
	`yes`, `no`, or why it is neither.
	*/
	readonly text: string;
	readonly level: Level;
	readonly reason?: string;
};

const nodeState = (node: Node): State => {
	const ready = conditionOf(node, 'Ready');
	if (ready?.status !== 'True') {
		return {
			text:
				ready === undefined
					? 'unknown'
					: ready.status === 'False'
						? 'no'
						: 'unknown',
			level: 'warning',
			reason: ready?.message ?? ready?.reason,
		};
	}

	if (conditionOf(node, 'NetworkUnavailable')?.status === 'True') {
		return {
			text: 'no network',
			level: 'warning',
			reason: conditionOf(node, 'NetworkUnavailable')?.message,
		};
	}

	return node.spec.unschedulable
		? {text: 'cordoned', level: 'warning', reason: 'kubectl cordon'}
		: {text: 'yes', level: 'fine'};
};

const stateOf = (row: ClusterRow): State => {
	if (row.defects !== undefined) {
		return {text: defectText(row) ?? '', level: 'warning'};
	}

	if (row.metadata.deletionTimestamp !== undefined) {
		return {text: 'terminating', level: 'progress'};
	}

	if (row.kind === 'Node') {
		return nodeState(row);
	}

	return row.spec.createNode === false
		? {text: 'no node', level: 'info', reason: 'spec.createNode is false'}
		: {text: 'node missing', level: 'warning'};
};

const infrastructure =
	/^(?:[^\/]*\.)?(?:kubernetes\.io|k8s\.io|liqo\.io)\/|^kubernetes\.io\//v;

/**
Labels that say something about the cluster: not those that every node, or every virtual node, has. A zone or region is kept.
*/
export const clusterLabels = (row: ClusterRow): Labels => {
	const labels =
		row.kind === 'Node'
			? row.metadata.labels
			: {...row.spec.labels, ...row.metadata.labels};
	return Object.fromEntries(
		Object.entries(labels).filter(
			([key]) =>
				key !== keys.legacyClusterId &&
				(key.startsWith('topology.') || !infrastructure.test(key)),
		),
	);
};

const labelsText = (labels: Labels): string =>
	Object.entries(labels)
		.map(([key, value]) => (value === '' ? key : `${key}=${value}`))
		.join(' ');

const columns: readonly Column[] = [
	{id: 'cluster', title: 'CLUSTER', priority: 0, isName: true},
	{id: 'node', title: 'NODE', priority: 3, isName: true},
	{id: 'ready', title: 'READY', priority: 0},
	{id: 'namespaces', title: 'NS', align: 'right', priority: 1},
	{id: 'pods', title: 'PODS', align: 'right', priority: 1},
	{id: 'labels', title: 'LABELS', priority: 2},
	{id: 'cpu', title: 'CPU', align: 'right', isWide: true, priority: 5},
	{id: 'memory', title: 'MEMORY', align: 'right', isWide: true, priority: 5},
	{id: 'connection', title: 'CONNECTION', isWide: true, priority: 6},
	{
		id: 'age',
		title: 'AGE',
		align: 'right',
		isWide: true,
		priority: 4,
		isVolatile: true,
	},
];

const podsOn = (row: ClusterRow, world: World) =>
	world.consumer.summaries?.podsOnNode(row.metadata.name) ?? {
		...noPods,
		total: [...world.consumer.podsOnNode(row.metadata.name)].length,
	};

const resourcesOf = (row: ClusterRow) =>
	row.kind === 'Node' ? row.status.allocatable : row.spec.resourceQuota;

const connectionOf = (row: ClusterRow, world: World): string =>
	world.providers.get(clusterIdOf(row))?.title ?? 'not connected';

const cellOf = (
	row: ClusterRow,
	column: string,
	world: World,
	now: number,
): Cell => {
	switch (column) {
		case 'cluster': {
			const id = clusterIdOf(row);
			return {text: id === '' ? '-' : id};
		}

		case 'node': {
			return {text: row.metadata.name};
		}

		case 'ready': {
			const {text, level} = stateOf(row);
			return {text, level};
		}

		case 'namespaces': {
			return {
				text: countText(
					world.consumer,
					'NamespaceMap',
					hostedNamespaces(world.consumer, clusterIdOf(row)),
				),
			};
		}

		case 'pods': {
			return {text: countText(world.consumer, 'Pod', podsOn(row, world).total)};
		}

		case 'labels': {
			return {text: labelsText(clusterLabels(row))};
		}

		case 'cpu':
		case 'memory': {
			return {text: resourcesOf(row)[column] ?? '-'};
		}

		case 'connection': {
			return {text: connectionOf(row, world)};
		}

		default: {
			return {text: formatAge(row.metadata.creationTimestamp, now)};
		}
	}
};

/**
Resources of virtual nodes for which no node exists.
*/
const nodelessOf = (world: World): readonly VirtualNode[] =>
	[...world.consumer.list('VirtualNode')].filter(
		({metadata}) => !world.consumer.get('Node', '', metadata.name),
	);

/**
The key is the name of the node: a resource has the name of its node, and its row becomes the node's once that exists.
*/
const find = (world: World, key: string): ClusterRow | undefined => {
	const node = world.consumer.get('Node', '', key);
	if (node) {
		return node.metadata.labels[keys.type] === 'virtual-node'
			? node
			: undefined;
	}

	return nodelessOf(world).find(({metadata}) => metadata.name === key);
};

/**
Rows of the remote clusters, one per virtual node.
*/
export const clusterRows: DescribedRowSet<ClusterRow> = {
	id: 'clusters',
	title: 'Clusters',
	documentKind: 'Cluster',
	kinds: ['Node', 'VirtualNode', 'NamespaceMap', 'Pod'],
	columns: () => columns,
	*list(world) {
		yield* world.consumer.virtualNodes();
		yield* nodelessOf(world);
	},
	keyOf: (row) => row.metadata.name,
	find,
	cellsOf: (row, world, now) =>
		columns.map(({id}) => cellOf(row, id, world, now)),
	levelOf: (row) => stateOf(row).level,
	valueOf(row, column, world) {
		switch (column) {
			case 'age': {
				return -(parseTime(row.metadata.creationTimestamp) ?? 0);
			}

			case 'pods': {
				return podsOn(row, world).total;
			}

			case 'namespaces': {
				return hostedNamespaces(world.consumer, clusterIdOf(row));
			}

			default: {
				return cellOf(row, column, world, 0).text;
			}
		}
	},
	textOf: (row) =>
		`${clusterIdOf(row)} ${row.metadata.name} ${stateOf(row).text} ${labelsText(clusterLabels(row))}`,
	labelsOf: (row) =>
		row.kind === 'Node'
			? row.metadata.labels
			: {...row.spec.labels, ...row.metadata.labels},
	dataOf(row, world): JsonObject {
		const clusterId = clusterIdOf(row);
		const {text, level, reason} = stateOf(row);
		const {total, attention} = podsOn(row, world);
		return {
			clusterID: clusterId === '' ? undefined : clusterId,
			name: row.metadata.name,
			hasNode: row.kind === 'Node',
			level,
			ready: text,
			reason,
			namespaces: knownCount(
				world.consumer,
				'NamespaceMap',
				hostedNamespaces(world.consumer, clusterId),
			),
			pods: knownCount(world.consumer, 'Pod', {total, attention}),
			labels: {...clusterLabels(row)},
			allocatable: {...resourcesOf(row)},
			connection: world.providers.get(clusterId)?.title,
			creationTimestamp: row.metadata.creationTimestamp,
			defects: row.defects?.map(({path, problem}) => ({path, problem})),
		};
	},
};
