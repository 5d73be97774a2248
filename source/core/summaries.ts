import {type Pod} from './model.js';
import {podLevel} from './pod-status.js';

/**
How many pods there are, by phase and by whether somebody has to look at them.
*/
export type PodCounts = {
	readonly total: number;
	readonly pending: number;
	readonly running: number;
	readonly succeeded: number;
	/**
	Failed, or with a phase that is none of the known ones.
	*/
	readonly failed: number;
	/**
	Levels `error` and `warning`.
	*/
	readonly attention: number;
};

export const noPods: PodCounts = Object.freeze({
	total: 0,
	pending: 0,
	running: 0,
	succeeded: 0,
	failed: 0,
	attention: 0,
});

/**
Counts kept by the event, never by a scan.
*/
export type ClusterSummaries = {
	/**
	Of the whole cluster, or of one namespace.
	*/
	pods(namespace?: string): PodCounts;
	podsOnNode(node: string): PodCounts;
	/**
	The few pods that somebody has to look at, of the whole cluster or of one namespace.
	*/
	podsNeedingAttention(namespace?: string): Iterable<Pod>;
};

export const isNeedingAttention = (pod: Pod): boolean => {
	const level = podLevel(pod);
	return level === 'error' || level === 'warning';
};

export type MutablePodCounts = {-readonly [K in keyof PodCounts]: number};

export const phaseField = (
	pod: Pod,
): 'pending' | 'running' | 'succeeded' | 'failed' => {
	switch (pod.status.phase) {
		case 'Pending': {
			return 'pending';
		}

		case 'Running': {
			return 'running';
		}

		case 'Succeeded': {
			return 'succeeded';
		}

		case undefined:
		default: {
			return 'failed';
		}
	}
};

/**
Adds a pod to counts, or with -1 takes it out again.
*/
export const countPod = (
	counts: MutablePodCounts,
	pod: Pod,
	step: 1 | -1,
): void => {
	counts.total += step;
	counts[phaseField(pod)] += step;
	if (isNeedingAttention(pod)) {
		counts.attention += step;
	}
};
