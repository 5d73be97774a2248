import {type Pod} from '../../core/model.js';
import {judgePod} from '../../core/scheduling.js';
import {timestamp} from '../objects/identity.js';
import {bindPod} from '../routes/subresources.js';
import {type ActorWorld} from './actor-world.js';
import {recordEvent, sendChange, targetOf} from './send-change.js';

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
	const stage = stages.get(view.key)!;
	let isScheduled = false;
	let isOver = false;

	const event = (pod: Pod, type: string, reason: string, message: string) => {
		recordEvent(
			stage,
			{
				type,
				reason,
				message,
				involvedObject: {
					apiVersion: 'v1',
					kind: 'Pod',
					namespace: pod.metadata.namespace,
					name: pod.metadata.name,
					uid: pod.metadata.uid,
				},
			},
			scheduler,
		);
	};

	const reference = ({metadata: {namespace, name}}: Pod) => ({
		apiVersion: 'v1',
		kind: 'Pod',
		namespace,
		name,
	});

	const bind = (pod: Pod, node: string): void => {
		const target = targetOf(
			stage,
			{
				cluster: view.key,
				verb: 'create',
				object: reference(pod),
				reason: 'a node is feasible',
			},
			scheduler,
		);
		if ('isFailure' in target) {
			return;
		}

		const {namespace, name} = pod.metadata;
		bindPod(target, {target: {kind: 'Node', name: node}});
		event(
			pod,
			'Normal',
			'Scheduled',
			`Successfully assigned ${namespace}/${name} to ${node}`,
		);
	};

	const refuse = async (pod: Pod, message: string): Promise<void> => {
		await sendChange(
			stage,
			{
				cluster: view.key,
				verb: 'patch',
				patchType: 'strategic',
				object: reference(pod),
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
		event(pod, 'Warning', 'FailedScheduling', message);
	};

	const schedule = async (): Promise<void> => {
		const waiting = [...view.list('Pod')].filter((pod) => isWaiting(pod));
		for (const pod of waiting) {
			const verdict = judgePod({spec: pod.spec, uid: pod.metadata.uid}, view);
			const [best] = verdict.nodes
				.filter(({isFeasible}) => isFeasible)
				.map(({name}) => ({name, load: [...view.podsOnNode(name)].length}))
				.toSorted((one, other) => one.load - other.load);
			if (best) {
				bind(pod, best.name);
			} else if (knownMessage(pod) !== verdict.message) {
				await refuse(pod, verdict.message); // eslint-disable-line no-await-in-loop -- one pod after the other
			}
		}

		isScheduled = false;
	};

	const wake = (): void => {
		if (isScheduled || isOver) {
			return;
		}

		isScheduled = true;
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
		isSettled: () => !isScheduled,
		stop() {
			isOver = true;
		},
	};
};
