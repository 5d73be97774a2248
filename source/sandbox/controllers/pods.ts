import {type Api} from '../api.js';
import {textAt} from '../value.js';
import {readEntry} from '../objects/target.js';

/**
Milliseconds that a pod gets to end, however long its grace period is.
*/
export const longestGrace = 1000;

/**
Ends pods that are asked to go, in the place of the kubelets that are not there: at the latest after a second.

@param api
@param isOurs whether a pod on a node with these labels is to be ended here

@returns a function that ends it
*/
export const runPodEnder = (
	api: Api,
	isOurs: (nodeLabels: Readonly<Record<string, string>>) => boolean,
): (() => void) => {
	const timers = new Set<NodeJS.Timeout>();
	const stop = api.storage.observe(({resource, entry}) => {
		if (resource !== '/pods' || !entry?.isTerminating) {
			return;
		}

		const {namespace, name, uid} = entry;
		const kind = api.registry.find('', 'v1', 'pods')!;
		const pod = readEntry(kind, entry);
		const grace = pod.metadata.deletionGracePeriodSeconds ?? 0;
		const node = api.storage.get('/nodes', '', textAt(pod, 'spec', 'nodeName'));
		if (!isOurs(node?.labels ?? {})) {
			return;
		}

		const timer = setTimeout(
			() => {
				timers.delete(timer);
				const current = api.storage.get('/pods', namespace, name);
				if (
					current?.uid === uid &&
					(readEntry(kind, current).metadata.finalizers ?? []).length === 0
				) {
					api.storage.remove('/pods', namespace, name);
				}
			},
			Math.min(grace * 1000, longestGrace),
		);
		timers.add(timer);
	});
	return () => {
		stop();
		for (const timer of timers) {
			clearTimeout(timer);
		}
	};
};
