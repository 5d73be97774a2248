import {type Pod} from './model.js';
import {podLevel} from './pod-status.js';
import {type PodCounts} from './summaries.js';

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
