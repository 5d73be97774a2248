import {
	type ApiObject,
	at,
	numberAt,
	textAt,
	treeAt,
	treesAt,
	type Tree,
} from '../value.js';
import {ageOf} from './age.js';
import {orNone, text, wide} from './cells.js';
import {type Column} from './column.js';
import {ageColumn, nameColumn} from './columns.js';

type Summary = {
	readonly ready: string;
	readonly status: string;
	readonly restarts: string;
};

const hasCondition = (pod: ApiObject, type: string): boolean =>
	treesAt(pod, 'status', 'conditions').some(
		(condition) =>
			textAt(condition, 'type') === type &&
			textAt(condition, 'status') === 'True',
	);

const isRestartable = (container: Tree | undefined): boolean =>
	textAt(container, 'restartPolicy') === 'Always';

type Count = {ready: number; restarts: number; last: string};

const countRestarts = (status: Tree, count: Count): void => {
	count.restarts += numberAt(status, 'restartCount') ?? 0;
	const finished = textAt(status, 'lastState', 'terminated', 'finishedAt');
	if (finished > count.last) {
		count.last = finished;
	}
};

const terminatedReason = (terminated: Tree): string => {
	const reason = textAt(terminated, 'reason');
	if (reason !== '') {
		return reason;
	}

	const signal = numberAt(terminated, 'signal') ?? 0;
	return signal === 0
		? `ExitCode:${numberAt(terminated, 'exitCode') ?? 0}`
		: `Signal:${signal}`;
};

/**
How far the init containers are; undefined when they are through. Counts those that stay on as sidecars.
*/
const initStatus = (
	pod: ApiObject,
	all: Count,
	sidecars: Count,
): string | undefined => {
	const init = treesAt(pod, 'spec', 'initContainers');
	for (const [index, status] of treesAt(
		pod,
		'status',
		'initContainerStatuses',
	).entries()) {
		const container = init.find(({name}) => name === textAt(status, 'name'));
		countRestarts(status, all);
		if (isRestartable(container)) {
			countRestarts(status, sidecars);
		}

		const terminated = treeAt(status, 'state', 'terminated');
		if (terminated && (numberAt(terminated, 'exitCode') ?? 0) === 0) {
			continue;
		}

		if (isRestartable(container) && at(status, 'started') === true) {
			if (at(status, 'ready') === true) {
				all.ready++;
			}

			continue;
		}

		if (terminated) {
			return `Init:${terminatedReason(terminated)}`;
		}

		const waiting = textAt(status, 'state', 'waiting', 'reason');
		return waiting !== '' && waiting !== 'PodInitializing'
			? `Init:${waiting}`
			: `Init:${index}/${init.length}`;
	}

	return undefined;
};

const containerStatus = (
	pod: ApiObject,
	count: Count,
	before: string,
): string => {
	let reason = before;
	let hasRunning = false;
	for (const status of treesAt(
		pod,
		'status',
		'containerStatuses',
	).toReversed()) {
		countRestarts(status, count);
		const waiting = textAt(status, 'state', 'waiting', 'reason');
		const terminated = treeAt(status, 'state', 'terminated');
		if (waiting !== '') {
			reason = waiting;
		} else if (terminated) {
			reason = terminatedReason(terminated);
		} else if (
			at(status, 'ready') === true &&
			treeAt(status, 'state', 'running')
		) {
			hasRunning = true;
			count.ready++;
		}
	}

	if (reason === 'Completed' && hasRunning) {
		return hasCondition(pod, 'Ready') ? 'Running' : 'NotReady';
	}

	return reason;
};

/**
READY, STATUS and RESTARTS of a pod, as kubectl shows them.
*/
export const summarizePod = (pod: ApiObject, now: number): Summary => {
	const phase = textAt(pod, 'status', 'phase');
	const isGated = treesAt(pod, 'status', 'conditions').some(
		(condition) =>
			textAt(condition, 'type') === 'PodScheduled' &&
			textAt(condition, 'reason') === 'SchedulingGated',
	);
	let status = isGated
		? 'SchedulingGated'
		: textAt(pod, 'status', 'reason') || phase;
	const all: Count = {ready: 0, restarts: 0, last: ''};
	const sidecars: Count = {ready: 0, restarts: 0, last: ''};
	const initializing = initStatus(pod, all, sidecars);
	status = initializing ?? status;
	let count = all;
	if (initializing === undefined || hasCondition(pod, 'Initialized')) {
		count = {...sidecars, ready: all.ready};
		status = containerStatus(pod, count, status);
	}

	if (pod.metadata.deletionTimestamp) {
		if (textAt(pod, 'status', 'reason') === 'NodeLost') {
			status = 'Unknown';
		} else if (phase !== 'Succeeded' && phase !== 'Failed') {
			status = 'Terminating';
		}
	}

	const total =
		treesAt(pod, 'spec', 'containers').length +
		treesAt(pod, 'spec', 'initContainers').filter((container) =>
			isRestartable(container),
		).length;
	return {
		ready: `${count.ready}/${total}`,
		status,
		restarts:
			count.restarts !== 0 && count.last !== ''
				? `${count.restarts} (${ageOf(count.last, now)} ago)`
				: String(count.restarts),
	};
};

const gates = (pod: ApiObject): string => {
	const wanted = treesAt(pod, 'spec', 'readinessGates');
	const met = wanted.filter((gate) =>
		hasCondition(pod, textAt(gate, 'conditionType')),
	);
	return wanted.length === 0 ? '<none>' : `${met.length}/${wanted.length}`;
};

export const podColumns: readonly Column[] = [
	nameColumn,
	text('Ready', (pod, now) => summarizePod(pod, now).ready),
	text('Status', (pod, now) => summarizePod(pod, now).status),
	text('Restarts', (pod, now) => summarizePod(pod, now).restarts),
	ageColumn,
	wide(
		text('IP', (pod) =>
			orNone(textAt(treesAt(pod, 'status', 'podIPs')[0], 'ip')),
		),
	),
	wide(text('Node', (pod) => orNone(textAt(pod, 'spec', 'nodeName')))),
	wide(
		text('Nominated Node', (pod) =>
			orNone(textAt(pod, 'status', 'nominatedNodeName')),
		),
	),
	wide(text('Readiness Gates', gates)),
];
