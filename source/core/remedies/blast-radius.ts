import {type Change} from '../change.js';
import {absent, isJsonObject} from '../json.js';
import {createMemoryCluster, type MemoryCluster} from '../memory-cluster.js';
import {type Pod} from '../model.js';
import {isLocalMap, remoteClusterIdOf} from '../remote-clusters.js';
import {placementOf} from '../findings/pending-pods.js';
import {isSchedulable} from '../scheduling.js';
import {createSimulation} from '../simulation.js';
import {lastOf} from '../steps.js';
import {type ClusterView, type World} from '../world.js';

/**
A remote namespace that comes or goes.
*/
export type TwinChange = {
	readonly namespace: string;
	/**
	Cluster-id.
	*/
	readonly cluster: string;
	readonly remoteName: string;
	/**
	Pods of the local namespace on that cluster now.
	*/
	readonly pods: number;
	/**
	Volume claims in the twin; absent where the provider cannot be seen.
	*/
	readonly claims?: number;
};

/**
Who else is affected by a list of changes.
*/
export type BlastRadius = {
	readonly namespaces: readonly string[];
	readonly gained: readonly TwinChange[];
	/**
	These twins are deleted with all they hold.
	*/
	readonly lost: readonly TwinChange[];
	/**
	Pods deleted outright.
	*/
	readonly deletedPods: number;
	/**
	Pods replaced because the template of their workload changes.
	*/
	readonly restartedPods: number;
	/**
	Pods on clusters that lose their namespace: they fail and are started elsewhere, if their owner does so.
	*/
	readonly abortedPods: number;
	/**
	Waiting pods that find a node afterwards.
	*/
	readonly freedPods: number;
	/**
	Changes that would be refused, with the reason.
	*/
	readonly refused: readonly string[];
	/**
	Why this is not the whole story; empty when everything could be played through.
	*/
	readonly unknown: readonly string[];
};

const overlayOf = (view: ClusterView): MemoryCluster =>
	createMemoryCluster({
		key: view.key,
		role: view.role,
		title: view.title,
		clusterId: view.clusterId,
		generation: view.generation,
		liqoNamespace: view.liqoNamespace,
		base: view,
	});

type Twins = ReadonlyMap<
	string,
	{
		readonly namespace: string;
		readonly cluster: string;
		readonly remoteName: string;
		/**
		A provider has made it; one that was only asked for holds nothing.
		*/
		readonly isMade: boolean;
	}
>;

const twinsOf = (view: ClusterView): Twins => {
	const twins = new Map<
		string,
		{namespace: string; cluster: string; remoteName: string; isMade: boolean}
	>();
	for (const map of view.list('NamespaceMap')) {
		if (!isLocalMap(map)) {
			continue;
		}

		const cluster = remoteClusterIdOf(map) ?? map.metadata.name;
		for (const [namespace, remoteName] of Object.entries(
			map.spec.desiredMapping,
		)) {
			twins.set(`${namespace} ${cluster} ${remoteName}`, {
				namespace,
				cluster,
				remoteName,
				isMade: ['Accepted', 'Terminating'].includes(
					map.status.currentMapping[namespace]?.phase ?? '',
				),
			});
		}
	}

	return twins;
};

const podsOn = (
	view: ClusterView,
	namespace: string,
	cluster: string,
): number => {
	let number = 0;
	for (const node of view.virtualNodes()) {
		if (remoteClusterIdOf(node) === cluster) {
			for (const pod of view.podsOnNode(node.metadata.name)) {
				number += pod.metadata.namespace === namespace ? 1 : 0;
			}
		}
	}

	return number;
};

const workloadKinds = new Set([
	'Deployment',
	'ReplicaSet',
	'StatefulSet',
	'DaemonSet',
]);

const hasTemplate = ({body}: Change): boolean =>
	isJsonObject(body) &&
	isJsonObject(body.spec) &&
	body.spec.template !== undefined;

/**
Pods that a change of their workload's template replaces.
*/
const podsOfWorkload = (view: ClusterView, {object}: Change): number => {
	const owners = new Set([object.name]);
	const {namespace = ''} = object;
	for (const set of view.list('ReplicaSet', namespace)) {
		if (set.metadata.ownerReferences.some(({name}) => name === object.name)) {
			owners.add(set.metadata.name);
		}
	}

	let number = 0;
	for (const {metadata} of view.list('Pod', namespace)) {
		number += metadata.ownerReferences.some(({name}) => owners.has(name))
			? 1
			: 0;
	}

	return number;
};

const isWaiting = ({spec, status, metadata}: Pod): boolean =>
	(spec.nodeName ?? '') === '' &&
	(status.phase ?? 'Pending') === 'Pending' &&
	metadata.deletionTimestamp === undefined;

/**
Whether some node takes pods, each demand looked at once.
*/
const createJudge = (view: ClusterView): ((pod: Pod) => boolean) => {
	const known = new Map<string, boolean>();
	return ({spec}) => {
		const placement = placementOf(spec);
		const isVerdict = known.get(placement) ?? isSchedulable(spec, view);
		known.set(placement, isVerdict);
		return isVerdict;
	};
};

/**
How many waiting pods find a node afterwards; gives a step for each namespace.
*/
const freedIn = function* (
	before: ClusterView,
	after: ClusterView,
	namespaces: Iterable<string>,
): Generator<undefined, number> {
	const canRunNow = createJudge(before);
	const canRunThen = createJudge(after);
	const isFreed = (pod: Pod): boolean => {
		const {namespace, name} = pod.metadata;
		const later = isWaiting(pod)
			? after.get('Pod', namespace, name)
			: undefined;
		return later !== undefined && !canRunNow(pod) && canRunThen(later);
	};

	let number = 0;
	for (const namespace of namespaces) {
		for (const pod of before.list('Pod', namespace)) {
			number += isFreed(pod) ? 1 : 0;
		}

		yield;
	}

	return number;
};

/**
Plays changes through on an overlay of the world, with Liqo's controllers of that version at work, and says what came of it. The world itself is not touched.

`now` is RFC 3339. A step at a time, for whoever has something else to do in between: each gives how many requests of controllers were looked at.
*/
export const blastRadiusInSteps = function* (
	world: World,
	changes: readonly Change[],
	{now}: {readonly now: string},
): Generator<number, BlastRadius> {
	const consumer = overlayOf(world.consumer);
	const simulation = createSimulation({
		consumer,
		providers: new Map(
			Array.from(world.providers, ([id, view]) => [id, overlayOf(view)]),
		),
		rules: 'upstream',
		now: () => now,
		hasScheduler: false,
	});
	const refused: string[] = [];
	for (const change of changes) {
		let answer = simulation.send(change);
		if (
			answer.state === 'refused' &&
			answer.refusal.reason === 'AlreadyExists'
		) {
			yield* simulation.settleInSteps();
			answer = simulation.send(change);
			if (answer.state === 'refused') {
				// A provider out of sight cannot be seen to let go; its answer is taken as given.
				simulation.send({
					cluster: change.cluster,
					verb: 'patch',
					patchType: 'merge',
					object: change.object,
					body: {metadata: {finalizers: absent}},
					reason: 'the deletion is taken to end',
				});
				answer = simulation.send(change);
			}
		}

		if (answer.state === 'refused') {
			refused.push(`${change.reason} ${answer.refusal.message}`);
		}

		yield 0;
	}

	yield* simulation.settleInSteps();
	const before = twinsOf(world.consumer);
	const after = twinsOf(consumer.view);
	const describe = ({
		namespace,
		cluster,
		remoteName,
	}: Pick<TwinChange, 'namespace' | 'cluster' | 'remoteName'>): TwinChange => {
		const provider = world.providers.get(cluster);
		return {
			namespace,
			cluster,
			remoteName,
			pods: podsOn(world.consumer, namespace, cluster),
			...(provider && {
				claims: provider.count('PersistentVolumeClaim', remoteName),
			}),
		};
	};

	const lost = [...before]
		.filter(([key, {isMade}]) => isMade && !after.has(key))
		.map(([, twin]) => describe(twin));
	const gained = [...after]
		.filter(([key]) => !before.has(key))
		.map(([, twin]) => describe(twin));
	const touched = new Set([
		...[...lost, ...gained].map(({namespace}) => namespace),
		...changes.flatMap(({object, cluster}) =>
			cluster === 'home' && object.kind !== 'Node'
				? [object.namespace ?? (object.kind === 'Namespace' ? object.name : '')]
				: [],
		),
	]);
	touched.delete('');
	const unseen = [
		...new Set([...lost, ...gained].map(({cluster}) => cluster)),
	].filter((cluster) => !world.providers.has(cluster));
	const freeing = freedIn(world.consumer, consumer.view, touched);
	let freed = freeing.next();
	while (!freed.done) {
		yield touched.size;
		freed = freeing.next();
	}

	return {
		namespaces: [...touched],
		gained,
		lost,
		deletedPods: changes.filter(
			({verb, object}) => verb === 'delete' && object.kind === 'Pod',
		).length,
		restartedPods: changes
			.filter(
				(change) =>
					workloadKinds.has(change.object.kind) && hasTemplate(change),
			)
			.reduce((sum, change) => sum + podsOfWorkload(world.consumer, change), 0),
		abortedPods: lost.reduce((sum, {pods}) => sum + pods, 0),
		freedPods: freed.value,
		refused,
		unknown: unseen.map(
			(cluster) =>
				`what ${cluster} would answer, and what its twins hold, cannot be seen from here`,
		),
	};
};

/**
The same at once.
*/
export const blastRadius = (
	world: World,
	changes: readonly Change[],
	context: {readonly now: string},
): BlastRadius => lastOf(blastRadiusInSteps(world, changes, context));
