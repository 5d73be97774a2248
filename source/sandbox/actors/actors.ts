import {type Rules} from '../../core/reconcilers/reconciler.js';
import {type GenerationId} from '../../core/generations/generation.js';
import {createActorWorld, type Stage} from './actor-world.js';
import {registerNodes} from './register-nodes.js';
import {runCapsule} from './run-capsule.js';
import {runKubelet} from './run-kubelet.js';
import {runReconcilers, type RunningReconcilers} from './run-reconcilers.js';
import {type RunningActor, runScheduler} from './run-scheduler.js';
import {runWorkloads} from './run-workloads.js';

export const actorNames = [
	'reconcilers',
	'admission',
	'replication',
	'scheduler',
	'virtual-kubelet',
	'workloads',
] as const;

/**
Who is at work on a sandbox. `admission` answers the API servers' webhooks; `replication` carries NamespaceMaps between clusters;
`workloads` makes the pods of Deployments.
*/
export type ActorName = (typeof actorNames)[number];

export const isActorName = (name: string): name is ActorName =>
	(actorNames as readonly string[]).includes(name);

export type ActorOptions = {
	readonly stages: readonly Stage[];
	readonly generation: GenerationId;
	readonly names: ReadonlySet<ActorName>;
	readonly rules: Rules;
	/**
	Keys of the clusters that do not answer.
	*/
	readonly unreachable: ReadonlySet<string>;
	/**
	Keys of the providers that refuse what the consumer's Liqo writes there.
	*/
	readonly refusing?: ReadonlySet<string>;
	/**
	Whether Liqo has been at work all along, and so looks only at what changes from now on.

	@default false
	*/
	readonly isLongAtWork?: boolean;
	/**
	Longest wait until something is looked at again, in milliseconds.

	@default ten seconds
	*/
	readonly longestDelay?: number;
	/**
	Whether Capsule is at work on providers of the first generation.

	@default false
	*/
	readonly hasCapsule?: boolean;
	readonly now: () => number;
};

export type Actors = {
	/**
	Nobody has anything to do at the moment.
	*/
	isSettled(): boolean;
	/**
	Switches one of Liqo's controllers off or on, by the id of its reconciler.
	*/
	setRunning(reconciler: string, isRunning: boolean): void;
	/**
	Liqo's controllers with their queue; absent when they are not among the actors.
	*/
	readonly reconcilers?: RunningReconcilers;
	stop(): void;
};

/**
Admission alone looks at nothing but what it is asked about.
*/
const observers = [
	'reconcilers',
	'replication',
	'scheduler',
	'workloads',
	'virtual-kubelet',
] as const;

const nobody: Actors = {
	isSettled: () => true,
	setRunning() {
		// No controller runs.
	},
	stop() {
		// Nor anything else.
	},
};

/**
Sets the actors to work, once they know what the clusters hold.
*/
export const startActors = async ({
	stages,
	generation,
	names,
	rules,
	unreachable,
	refusing = new Set(),
	isLongAtWork = false,
	longestDelay = 10_000,
	hasCapsule = false,
	now,
}: ActorOptions): Promise<Actors> => {
	if (observers.every((name) => !names.has(name))) {
		return nobody;
	}

	const actorWorld = await createActorWorld(stages, generation);
	const running: RunningActor[] = [];
	let reconcilers: RunningReconcilers | undefined;
	if (names.has('reconcilers') || names.has('replication')) {
		reconcilers = runReconcilers({
			actorWorld,
			rules,
			ids: (id) =>
				names.has(id === 'replication' ? 'replication' : 'reconcilers'),
			unreachable,
			refusing,
			isLongAtWork,
			longestDelay,
			now,
		});
		running.push(reconcilers);
	}

	if (hasCapsule && generation === 'v0.3' && names.has('reconcilers')) {
		running.push(runCapsule(actorWorld));
	}

	if (names.has('scheduler')) {
		running.push(runScheduler(actorWorld, now));
	}

	if (names.has('workloads')) {
		running.push(runWorkloads(actorWorld, now));
	}

	if (names.has('virtual-kubelet')) {
		running.push(
			runKubelet(actorWorld, {now, isLongAtWork}),
			registerNodes(actorWorld, now),
		);
	}

	return {
		...(reconcilers && {reconcilers}),
		isSettled: () => running.every((actor) => actor.isSettled()),
		setRunning(reconciler, isRunning) {
			reconcilers?.setRunning(reconciler, isRunning);
		},
		stop() {
			for (const actor of running) {
				actor.stop();
			}

			actorWorld.stop();
		},
	};
};
