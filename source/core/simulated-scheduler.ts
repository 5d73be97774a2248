import {type Change} from './change.js';
import {type MemoryCluster} from './memory-cluster.js';
import {type Pod} from './model.js';
import {type ObjectTouch} from './reconcilers/reconciler.js';
import {judgePod} from './scheduling.js';

export type Scheduling = {
	readonly change: Change;
	readonly touches: readonly ObjectTouch[];
};

const isWaiting = ({metadata, spec, status}: Pod): boolean =>
	(spec.nodeName ?? '') === '' &&
	metadata.deletionTimestamp === undefined &&
	(status.phase === undefined || status.phase === 'Pending') &&
	(spec.schedulingGates ?? []).length === 0;

const unscheduledMessage = ({status}: Pod): string | undefined =>
	status.conditions.find(
		({type, reason}) => type === 'PodScheduled' && reason === 'Unschedulable',
	)?.message;

const changeFor = (
	{metadata: {namespace, name}}: Pod,
	body: Change['body'],
	reason: string,
	subresource?: string,
): Change => ({
	cluster: 'home',
	verb: 'patch',
	patchType: 'merge',
	object: {apiVersion: 'v1', kind: 'Pod', namespace, name},
	...(subresource !== undefined && {subresource}),
	body: body ?? {},
	reason,
});

/**
Binds each pod that waits to the feasible node with the fewest pods, or writes down why there is none, in the scheduler's words.
*/
export const schedulePods = (
	cluster: MemoryCluster,
	now: string,
): readonly Scheduling[] => {
	const {view} = cluster;
	const results: Scheduling[] = [];
	const send = (change: Change): void => {
		const answer = cluster.send(change, now);
		if (answer.state === 'written' && answer.touches.length > 0) {
			results.push({change, touches: answer.touches});
		}
	};

	const waiting = [...view.list('Pod')].filter((pod) => isWaiting(pod));
	for (const pod of waiting) {
		const verdict = judgePod({spec: pod.spec, uid: pod.metadata.uid}, view);
		const [target] = verdict.nodes
			.filter(({isFeasible}) => isFeasible)
			.map(({name}) => ({
				name,
				load: [...view.podsOnNode(name)].length,
			}))
			.toSorted((one, other) => one.load - other.load);
		if (target !== undefined) {
			send(
				changeFor(
					pod,
					{spec: {nodeName: target.name}},
					`node ${target.name} is feasible`,
				),
			);
		} else if (unscheduledMessage(pod) !== verdict.message) {
			const condition = {
				type: 'PodScheduled',
				status: 'False',
				reason: 'Unschedulable',
				message: verdict.message,
				lastTransitionTime: now,
			};
			send(
				changeFor(
					pod,
					{status: {phase: 'Pending', conditions: [condition]}},
					'no node is feasible',
					'status',
				),
			);
		}
	}

	return results;
};
