import {keys, virtualNodeType} from '../../core/keys.js';
import {type ClusterView} from '../../core/world.js';
import {textAt, treesAt, type Tree} from '../value.js';

let nextAddress = 1;

export const runningStatus = (
	spec: Tree,
	address: string,
	now: string,
): Tree => ({
	phase: 'Running',
	startTime: now,
	podIP: address,
	podIPs: [{ip: address}],
	conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(
		(type) => ({type, status: 'True', lastTransitionTime: now}),
	),
	containerStatuses: treesAt(spec, 'containers').map((container) => ({
		name: textAt(container, 'name'),
		image: textAt(container, 'image'),
		imageID: '',
		ready: true,
		started: true,
		restartCount: 0,
		state: {running: {startedAt: now}},
	})),
});

export const remoteIdOf = (
	view: ClusterView,
	nodeName: string,
): string | undefined => {
	const labels = view.get('Node', '', nodeName)?.metadata.labels;
	return labels?.[keys.type] === virtualNodeType
		? (labels[keys.remoteClusterId] ?? '')
		: undefined;
};

/**
The namespace on a provider that stands for one at home, as far as it has come.
*/
export const findTwin = (
	view: ClusterView,
	clusterId: string,
	namespace: string,
): {readonly name: string; readonly isAccepted: boolean} | undefined => {
	for (const map of view.mapsOfCluster(clusterId)) {
		const current = map.status.currentMapping[namespace];
		if (current) {
			return {
				name: current.remoteNamespace,
				isAccepted: current.phase === 'Accepted',
			};
		}
	}

	return undefined;
};

// Unique in the process; nothing listens there.
export const createAddress = (): string => {
	nextAddress++;
	return `10.${200 + (Math.floor(nextAddress / 62_500) % 50)}.${Math.floor(nextAddress / 250) % 250}.${(nextAddress % 250) + 1}`;
};
