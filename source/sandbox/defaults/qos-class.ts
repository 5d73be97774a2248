import {textsAt, treesAt, type Value} from '../value.js';

/**
How a pod is served when resources get short, from its requests and limits.
*/
export const qosClass = (pod: Value): string => {
	const containers = [
		...treesAt(pod, 'spec', 'containers'),
		...treesAt(pod, 'spec', 'initContainers'),
	];
	let hasAny = false;
	let isGuaranteed = true;
	for (const container of containers) {
		const requests = textsAt(container, 'resources', 'requests');
		const limits = textsAt(container, 'resources', 'limits');
		for (const resource of ['cpu', 'memory']) {
			const request = requests[resource];
			const limit = limits[resource];
			hasAny ||= request !== undefined || limit !== undefined;
			isGuaranteed &&= limit !== undefined && (request ?? limit) === limit;
		}
	}

	if (!hasAny) {
		return 'BestEffort';
	}

	return isGuaranteed ? 'Guaranteed' : 'Burstable';
};
