import {type Container, type PodSpec} from '../../core/kubernetes.js';
import {compact} from './maps.js';

/**
What has been read of a pod's spec so far.
*/
export type PodSpecParts = {
	-readonly [K in keyof PodSpec]?: PodSpec[K] | undefined;
} & {containers: readonly Container[]};

/**
Literals for the forms that come by the hundred thousand, so that their fields lie inside the object.
*/
export const assemblePodSpec = (
	parts: PodSpecParts,
	hasRare: boolean,
): PodSpec => {
	const {
		nodeName,
		affinity,
		tolerations,
		containers,
		schedulerName,
		serviceAccountName,
		priority,
		terminationGracePeriodSeconds,
		imagePullSecrets,
	} = parts;
	if (
		hasRare ||
		nodeName === undefined ||
		tolerations === undefined ||
		schedulerName === undefined ||
		serviceAccountName === undefined ||
		priority === undefined ||
		terminationGracePeriodSeconds === undefined
	) {
		return compact<PodSpec>(parts);
	}

	if (imagePullSecrets !== undefined) {
		return affinity === undefined
			? {
					nodeName,
					tolerations,
					containers,
					schedulerName,
					serviceAccountName,
					priority,
					terminationGracePeriodSeconds,
					imagePullSecrets,
				}
			: {
					nodeName,
					affinity,
					tolerations,
					containers,
					schedulerName,
					serviceAccountName,
					priority,
					terminationGracePeriodSeconds,
					imagePullSecrets,
				};
	}

	return affinity === undefined
		? {
				nodeName,
				tolerations,
				containers,
				schedulerName,
				serviceAccountName,
				priority,
				terminationGracePeriodSeconds,
			}
		: {
				nodeName,
				affinity,
				tolerations,
				containers,
				schedulerName,
				serviceAccountName,
				priority,
				terminationGracePeriodSeconds,
			};
};
