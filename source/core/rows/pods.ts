import {type JsonObject} from '../json.js';
import {keys, virtualNodeType} from '../keys.js';
import {type Pod} from '../model.js';
import {podLevel, podReason, podStatus} from '../pod-status.js';
import {remoteClusterIdOf} from '../remote-clusters.js';
import {formatAge, parseTime} from '../time.js';
import {type World} from '../world.js';
import {
	type DescribedRowSet,
	findObject,
	keyOfObject,
} from './described-row-set.js';
import {type Cell, type Column} from './row.js';
import {shortReason} from './short-reason.js';

const columns: readonly Column[] = [
	{
		id: 'namespace',
		title: 'NAMESPACE',
		shortTitle: 'NS',
		priority: 0,
		isName: true,
	},
	{id: 'name', title: 'NAME', priority: 0, isName: true},
	{id: 'ready', title: 'READY', isWide: true, priority: 6},
	{id: 'status', title: 'STATUS', priority: 0},
	{
		id: 'restarts',
		title: 'RESTARTS',
		align: 'right',
		isWide: true,
		priority: 7,
	},
	{id: 'node', title: 'NODE', priority: 3, isName: true},
	{id: 'cluster', title: 'CLUSTER', priority: 4, isName: true},
	{id: 'age', title: 'AGE', align: 'right', priority: 5, isVolatile: true},
	// Of a pod one asks where it runs, or why it runs nowhere.
	{id: 'why', title: 'WHY', priority: 1, takesIn: 'node'},
];

/**
The remote cluster a pod runs on; empty when it runs here, absent when it is bound to no node that is known.
*/
export const clusterOfPod = (pod: Pod, world: World): string | undefined => {
	const name = pod.spec.nodeName;
	const node =
		name === undefined ? undefined : world.consumer.get('Node', '', name);
	if (node === undefined) {
		return undefined;
	}

	return node.metadata.labels[keys.type] === virtualNodeType
		? (remoteClusterIdOf(node) ?? '')
		: '';
};

const clusterText = (pod: Pod, world: World): string => {
	const cluster = clusterOfPod(pod, world);
	return cluster === undefined ? '-' : cluster === '' ? 'local' : cluster;
};

const readyCount = (pod: Pod): number =>
	pod.status.containerStatuses.filter(({ready}) => ready).length;

const restartCount = (pod: Pod): number =>
	pod.status.containerStatuses.reduce(
		(sum, {restartCount: count}) => sum + count,
		0,
	);

const cellOf = (pod: Pod, column: string, world: World, now: number): Cell => {
	switch (column) {
		case 'namespace': {
			return {text: pod.metadata.namespace};
		}

		case 'name': {
			return {text: pod.metadata.name};
		}

		case 'ready': {
			return {text: `${readyCount(pod)}/${pod.spec.containers.length}`};
		}

		case 'status': {
			return {text: podStatus(pod), level: podLevel(pod)};
		}

		case 'restarts': {
			return {text: String(restartCount(pod))};
		}

		case 'node': {
			return {text: pod.spec.nodeName ?? '-'};
		}

		case 'cluster': {
			return {text: clusterText(pod, world)};
		}

		case 'why': {
			const text = podReason(pod);
			return {text, short: shortReason(text)};
		}

		default: {
			return {text: formatAge(pod.metadata.creationTimestamp, now)};
		}
	}
};

/**
Rows of the pods of the consumer.
*/
export const podRows: DescribedRowSet<Pod> = {
	id: 'pods',
	title: 'Pods',
	documentKind: 'Pod',
	kinds: ['Pod', 'Node'],
	columns: () => columns,
	list: (world) => world.consumer.list('Pod'),
	keyOf: keyOfObject,
	find: findObject('Pod'),
	cellsOf: (pod, world, now) =>
		columns.map(({id}) => cellOf(pod, id, world, now)),
	levelOf: podLevel,
	valueOf(pod, column, world) {
		switch (column) {
			case 'age': {
				return -(parseTime(pod.metadata.creationTimestamp) ?? 0);
			}

			case 'restarts': {
				return restartCount(pod);
			}

			case 'ready': {
				return readyCount(pod) / Math.max(1, pod.spec.containers.length);
			}

			default: {
				return cellOf(pod, column, world, 0).text;
			}
		}
	},
	textOf: (pod, world) =>
		`${pod.metadata.namespace}/${pod.metadata.name} ${podStatus(pod)} ${pod.spec.nodeName ?? ''} ${clusterText(pod, world)} ${podReason(pod)}`,
	labelsOf: (pod) => pod.metadata.labels,
	dataOf(pod, world): JsonObject {
		const {metadata, spec, status} = pod;
		const cluster = clusterOfPod(pod, world);
		const reason = podReason(pod);
		return {
			namespace: metadata.namespace,
			name: metadata.name,
			level: podLevel(pod),
			status: podStatus(pod),
			phase: status.phase,
			node: spec.nodeName,
			isRemote: cluster === undefined ? undefined : cluster !== '',
			cluster: cluster === '' ? undefined : cluster,
			reason: reason === '' ? undefined : reason,
			containers: {ready: readyCount(pod), total: spec.containers.length},
			restarts: restartCount(pod),
			creationTimestamp: metadata.creationTimestamp,
			deletionTimestamp: metadata.deletionTimestamp,
			defects: pod.defects?.map(({path, problem}) => ({path, problem})),
		};
	},
};
