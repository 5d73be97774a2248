import {type Pod} from '../../core/model.js';
import {judgePod} from '../../core/scheduling.js';
import {timestamp} from '../objects/identity.js';
import {type ActorWorld} from './actor-world.js';
import {podEvent, podReference} from './object-event.js';
import {volumesAllow} from './volumes-allow.js';

const isWaiting = ({metadata, spec, status}: Pod): boolean =>
	(spec.nodeName ?? '') === '' &&
	metadata.deletionTimestamp === undefined &&
	(status.phase === undefined || status.phase === 'Pending') &&
	(spec.schedulingGates ?? []).length === 0 &&
	(spec.schedulerName ?? 'default-scheduler') === 'default-scheduler';

const knownMessage = ({status}: Pod): string | undefined =>
	status.conditions.find(
		({type, reason}) => type === 'PodScheduled' && reason === 'Unschedulable',
	)?.message;

const scheduler = 'default-scheduler';

export type RunningActor = {
	isSettled(): boolean;
	stop(): void;
};

/**
Gives the consumer's pods a node: the feasible one with the fewest pods; says in kube-scheduler's words why there is none. Looks again when a
pod or a node changes.
*/
export const runScheduler = (
	{world, stages, onTouch}: ActorWorld,
	now: () => number,
): RunningActor => {
	const view = world.consumer;
	const {access} = stages.get(view.key)!;
	let isBusy = false;
	let isDue = false;
	let isOver = false;

	const tell = async (
		pod: Pod,
		type: 'Normal' | 'Warning',
		reason: string,
		message: string,
	): Promise<void> => {
		await access.send(
			podEvent(pod, {cluster: view.key, type, reason, message}),
			scheduler,
		);
	};

	const bind = async (pod: Pod, node: string): Promise<void> => {
		const {namespace, name} = pod.metadata;
		const refusal = await access.send(
			{
				cluster: view.key,
				verb: 'create',
				object: podReference(pod.metadata.namespace, pod.metadata.name),
				subresource: 'binding',
				body: {
					apiVersion: 'v1',
					kind: 'Binding',
					metadata: {namespace, name},
					target: {apiVersion: 'v1', kind: 'Node', name: node},
				},
				reason: 'a node is feasible',
			},
			scheduler,
		);
		if (!refusal) {
			await tell(
				pod,
				'Normal',
				'Scheduled',
				`Successfully assigned ${namespace}/${name} to ${node}`,
			);
		}
	};

	const refuse = async (pod: Pod, message: string): Promise<void> => {
		await access.send(
			{
				cluster: view.key,
				verb: 'patch',
				patchType: 'strategic',
				object: podReference(pod.metadata.namespace, pod.metadata.name),
				subresource: 'status',
				body: {
					status: {
						conditions: [
							{
								type: 'PodScheduled',
								status: 'False',
								reason: 'Unschedulable',
								message,
								lastTransitionTime: timestamp(now()),
							},
						],
					},
				},
				reason: 'no node is feasible',
			},
			'kube-scheduler',
		);
		await tell(pod, 'Warning', 'FailedScheduling', message);
	};

	const place = async (pod: Pod): Promise<void> => {
		const verdict = judgePod({spec: pod.spec, uid: pod.metadata.uid}, view);
		const feasible = verdict.nodes.filter(({isFeasible}) => isFeasible);
		const [best] = feasible
			.filter(({name}) => {
				const node = view.get('Node', '', name);
				return node && volumesAllow(pod, node, view);
			})
			.map(({name}) => ({name, load: [...view.podsOnNode(name)].length}))
			.toSorted(
				(one, other) =>
					one.load - other.load || (one.name < other.name ? -1 : 1),
			);
		if (best) {
			await bind(pod, best.name);
			return;
		}

		const message =
			feasible.length === 0
				? verdict.message
				: `0/${verdict.nodes.length} nodes are available: ${feasible.length} node(s) didn't match PersistentVolume's node affinity.`;
		if (knownMessage(pod) !== message) {
			await refuse(pod, message);
		}
	};

	const schedule = async (): Promise<void> => {
		while (isDue && !isOver) {
			isDue = false;
			const waiting = [...view.list('Pod')].filter((pod) => isWaiting(pod));
			for (const {metadata} of waiting) {
				// It may have changed while the one before it was placed.
				const pod = view.get('Pod', metadata.namespace, metadata.name);
				if (pod && isWaiting(pod)) {
					await place(pod); // eslint-disable-line no-await-in-loop -- one pod after the other
				}
			}
		}

		isBusy = false;
	};

	const wake = (): void => {
		isDue = true;
		if (isBusy || isOver) {
			return;
		}

		isBusy = true;
		setImmediate(() => {
			void schedule();
		});
	};

	onTouch(({cluster, kind}) => {
		if (cluster === view.key && (kind === 'Pod' || kind === 'Node')) {
			wake();
		}
	});
	wake();
	return {
		isSettled: () => !isBusy,
		stop() {
			isOver = true;
		},
	};
};
