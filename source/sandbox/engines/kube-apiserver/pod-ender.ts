import {type ClusterAccess} from '../../actors/cluster-access.js';
import {longestGrace} from '../../controllers/pods.js';
import {type ApiObject} from '../../value.js';

/**
Ends pods that are asked to go, in the place of the kubelets that are not there: at the latest after a second.

@param access
@param isOurs whether a pod on this node is to be ended here
@returns a function that ends it
*/
export const runPodEnder = async (
	access: ClusterAccess,
	isOurs: (nodeLabels: Readonly<Record<string, string>>) => boolean,
): Promise<() => void> => {
	const nodes = new Map<string, Readonly<Record<string, string>>>();
	const timers = new Map<string, NodeJS.Timeout>();
	const stop = await access.follow(({kind, namespace, name, object}) => {
		if (kind === 'Node') {
			if (object) {
				nodes.set(name, (object as ApiObject).metadata.labels ?? {});
			} else {
				nodes.delete(name);
			}

			return;
		}

		const pod = object as ApiObject | undefined;
		const isDue =
			kind === 'Pod' && pod?.metadata.deletionTimestamp !== undefined;
		if (!isDue) {
			return;
		}

		const {uid, deletionGracePeriodSeconds = 0} = pod.metadata;
		const {nodeName} = pod.spec as {nodeName?: string};
		if (timers.has(uid) || !isOurs(nodes.get(nodeName ?? '') ?? {})) {
			return;
		}

		const timer = setTimeout(
			() => {
				timers.delete(uid);
				void access.send(
					{
						cluster: '',
						verb: 'delete',
						object: {apiVersion: 'v1', kind: 'Pod', namespace, name},
						precondition: {uid},
						gracePeriodSeconds: 0,
						reason: 'its containers have ended',
					},
					'kubelet',
				);
			},
			Math.min(deletionGracePeriodSeconds * 1000, longestGrace),
		);
		timers.set(uid, timer);
	});
	return () => {
		stop();
		for (const timer of timers.values()) {
			clearTimeout(timer);
		}
	};
};
