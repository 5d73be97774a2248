import {type Condition, type ContainerStatus, type Pod} from './model.js';
import {type Level} from './rows/row.js';

// Asked for every pod of a cluster when rows are sorted or filtered: loops, because closures cost twice as much here.
const conditionOf = (pod: Pod, type: string): Condition | undefined => {
	for (const condition of pod.status.conditions) {
		if (condition.type === type) {
			return condition;
		}
	}

	return undefined;
};

const harmlessStates: ReadonlySet<string | undefined> = new Set([
	undefined,
	'running',
	'Completed',
	'ContainerCreating',
	'PodInitializing',
]);

/**
Whether a container waits or ended for a reason that somebody has to look at.
*/
const isFailing = (status: ContainerStatus): boolean =>
	!harmlessStates.has(status.state);

const failingContainer = (pod: Pod): ContainerStatus | undefined => {
	for (const status of pod.status.containerStatuses) {
		if (isFailing(status)) {
			return status;
		}
	}

	return undefined;
};

const stoppedContainer = (pod: Pod): ContainerStatus | undefined => {
	for (const status of pod.status.containerStatuses) {
		if (status.state !== undefined && status.state !== 'running') {
			return status;
		}
	}

	return undefined;
};

/**
The words of kubectl's STATUS column: the reason of the first container that does not run, else that of the pod, else its phase.
*/
export const podStatus = (pod: Pod): string => {
	const {status, metadata} = pod;
	if (metadata.deletionTimestamp !== undefined) {
		return status.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
	}

	const waiting = stoppedContainer(pod);
	const phase = status.phase ?? 'Unknown';
	if (phase === 'Pending' || phase === 'Running') {
		const reason = status.reason ?? waiting?.state;
		if (reason !== undefined && reason !== 'Completed') {
			return reason;
		}

		return phase === 'Pending' && (pod.spec.schedulingGates?.length ?? 0) > 0
			? 'SchedulingGated'
			: phase;
	}

	return phase === 'Succeeded'
		? 'Completed'
		: (status.reason ??
				waiting?.state ??
				(phase === 'Failed' ? 'Error' : phase));
};

const isUnschedulable = (pod: Pod): boolean =>
	conditionOf(pod, 'PodScheduled')?.status === 'False';

/**
The level of a pending pod: an error once the scheduler or the virtual kubelet has said no, else still on its way.
*/
const pendingLevel = (pod: Pod): Level => {
	if (isUnschedulable(pod)) {
		return 'error';
	}

	return pod.status.reason !== undefined || failingContainer(pod) !== undefined
		? 'error'
		: 'progress';
};

/**
How a pod stands, judged by what it says itself.
*/
export const podLevel = (pod: Pod): Level => {
	if (pod.defects !== undefined) {
		return 'warning';
	}

	if (pod.metadata.deletionTimestamp !== undefined) {
		return 'progress';
	}

	switch (pod.status.phase) {
		case 'Pending': {
			return pendingLevel(pod);
		}

		case 'Running': {
			if (failingContainer(pod) !== undefined) {
				return 'warning';
			}

			return conditionOf(pod, 'Ready')?.status === 'False'
				? 'progress'
				: 'fine';
		}

		case 'Succeeded': {
			return 'fine';
		}

		case 'Failed': {
			return 'error';
		}

		case undefined:
		default: {
			return 'warning';
		}
	}
};

/**
Short reason why a pod does not run as it should, in the words of whoever said so; empty when it does.

The scheduler's message names every kind of node it refused; a reason from the virtual kubelet (`OffloadingBackOff`) stands
in the status (Liqo: what explains a pending pod).
*/
export const podReason = (pod: Pod): string => {
	const level = podLevel(pod);
	if (level === 'fine') {
		return '';
	}

	if (pod.defects !== undefined) {
		return `malformed: ${pod.defects[0]?.path ?? ''} ${pod.defects[0]?.problem ?? ''}`;
	}

	const scheduled = conditionOf(pod, 'PodScheduled');
	if (scheduled?.status === 'False') {
		return scheduled.message ?? scheduled.reason ?? 'not scheduled';
	}

	const {reason, message} = pod.status;
	if (reason !== undefined || message !== undefined) {
		return reason !== undefined && message !== undefined
			? `${reason}: ${message}`
			: (reason ?? message ?? '');
	}

	const failing = failingContainer(pod);
	if (failing) {
		return `${failing.name}: ${failing.state ?? ''}`;
	}

	if (pod.status.phase === 'Pending' && pod.spec.nodeName === undefined) {
		return 'not scheduled yet';
	}

	const ready = conditionOf(pod, 'Ready');
	return ready?.status === 'False' ? (ready.message ?? '') : '';
};
