import {
	type Diagnosis,
	diagnosisOf,
	findInWorld,
	modesOf,
	searchNamespace,
} from '../../core/findings/diagnose.js';
import {type WorldScope} from '../../core/findings/facts.js';
import {type Finding} from '../../core/findings/finding.js';
import {createRanking} from '../../core/findings/ranking.js';
import {worldScope} from '../../core/findings/scope.js';
import {unseenOf} from '../../core/findings/unseen.js';
import {type KindName} from '../../core/model.js';
import {type Steps} from '../../core/steps.js';
import {type Store, type Touch} from '../../store/store.js';
import {namespacesChanged} from '../panes/pane-rules.js';
import {createArrival} from '../arrival.js';
import {createRevision, type Revision} from '../revision.js';
import {namespaceOf} from '../namespace-of.js';
import {nodeReach} from './node-reach.js';
import {localNamespaces} from './local-namespaces.js';

/**
The diagnosis, kept up with the world: only the namespaces that an event touches are looked at again, in slices of a few milliseconds.
*/
export type FindingsTracker = Revision & {
	diagnosis(): Diagnosis;
	/**
	The worst finding about a namespace, itself or by a cause elsewhere.
	*/
	worstIn(namespace: string): Finding | undefined;
	/**
	All findings about a namespace, worst first.
	*/
	findingsIn(namespace: string): readonly Finding[];
	/**
	Whether everything known has been looked at.
	*/
	isSettled(): boolean;
	close(): void;
};

const sliceTime = 8;

/**
Between two slices, in milliseconds: keys, frames and watches come first.
*/
const pauseTime = 4;

/**
Least time between two rounds, in milliseconds: a burst of events is one round.
*/
const roundTime = 150;

const namespaced: ReadonlySet<KindName> = new Set<KindName>([
	'NamespaceOffloading',
	'Pod',
	'PersistentVolumeClaim',
	'DaemonSet',
	'ReplicaSet',
	'StatefulSet',
	'Job',
	'Event',
]);

/**
Kinds whose being seen or not decides what may be claimed.
*/
const watched: readonly KindName[] = [
	'NamespaceOffloading',
	'NamespaceMap',
	'VirtualNode',
	'Node',
	'Namespace',
	'Pod',
	'ForeignCluster',
	'ShadowPod',
	'Event',
	'Deployment',
	'ConfigMap',
];

/**
One look at everything that was touched, in slices. Its facts are those of its beginning: what namespaces share is found once.
*/
type Round = {
	readonly scope: WorldScope;
	readonly modes: ReturnType<typeof modesOf>;
	readonly isOfWorld: boolean;
	readonly found: Map<string, readonly Finding[]>;
	/**
	Does a piece of what is still to be done, each time it is asked.
	*/
	readonly pieces: Steps;
};

const empty: Diagnosis = diagnosisOf(undefined, []);

export const createFindingsTracker = (
	store: Store,
	now: () => number,
): FindingsTracker => {
	const {world} = store;
	const ranking = createRanking();
	const revision = createRevision();
	let unseenText = '';
	let diagnosis = empty;
	let dirty = new Set<string>();
	let isAllDirty = true;
	let isWorldDirty = true;
	// Namespaces whose pods look for a node: which these are is found out when the round begins, once for many nodes.
	let isWaitingDirty = false;
	let accesses = '';
	let timer: NodeJS.Timeout | undefined;
	let round: Round | undefined;
	const arrival = createArrival(world.consumer, watched);

	// Everything of a kind is looked at when its list is complete: until then its objects ask for nothing.
	const isArriving = ({kind}: Touch): boolean =>
		world.consumer.access(kind).state === 'syncing';

	const lookAtAll = () => {
		isAllDirty = true;
		isWorldDirty = true;
	};

	const lookAt = (names: Iterable<string>, isOfWorld = false) => {
		isWorldDirty ||= isOfWorld;
		for (const name of names) {
			dirty.add(name);
		}
	};

	const touchOnProvider = (event: Touch) => {
		if (event.kind === 'NamespaceMap') {
			lookAt(namespacesChanged(event), true);
			return;
		}

		const remoteName = namespaceOf(event);
		if (remoteName === '') {
			lookAtAll();
			return;
		}

		const isOfTwin = event.kind === 'Pod' || event.kind === 'Event';
		lookAt(localNamespaces(world, event.cluster, remoteName), !isOfTwin);
	};

	const touchNode = (event: Touch) => {
		const reach = nodeReach(event);
		isAllDirty ||= reach === 'all';
		isWaitingDirty ||= reach === 'waiting';
		isWorldDirty = true;
	};

	const touch = (event: Touch) => {
		if (event.cluster !== world.consumer.key) {
			touchOnProvider(event);
		} else if (isArriving(event)) {
			// Nothing may be claimed of it yet.
		} else if (namespaced.has(event.kind)) {
			lookAt([event.namespace]);
		} else if (event.kind === 'Namespace') {
			lookAt([event.name]);
		} else if (event.kind === 'NamespaceMap') {
			lookAt(namespacesChanged(event), true);
		} else if (
			event.kind === 'Deployment' &&
			event.namespace !== world.consumer.liqoNamespace
		) {
			lookAt([event.namespace], true);
		} else if (event.kind === 'Node') {
			touchNode(event);
		} else {
			lookAtAll();
		}
	};

	/**
	What may be claimed depends on what can be seen.
	*/
	const accessText = (): string =>
		[world.consumer, ...world.providers.values()]
			.map((view) => watched.map((kind) => view.access(kind).state).join(' '))
			.join('\n');

	/**
	Listeners hear of it only when something is different: most events change no finding.
	*/
	const finish = ({scope, modes, found, isOfWorld}: Round) => {
		const isNew = ranking.update(
			found,
			isOfWorld ? findInWorld(scope, modes) : undefined,
		);
		const unseen = unseenOf(scope, modes);
		const unseenNow = JSON.stringify(unseen);
		if (!isNew && unseenText === unseenNow && diagnosis !== empty) {
			return;
		}

		unseenText = unseenNow;
		diagnosis = {
			generation: scope.generation.id,
			findings: ranking.findings(),
			unseen,
			summary: {
				errors: ranking.count('error'),
				warnings: ranking.count('warning'),
				infos: ranking.count('info'),
			},
		};
		revision.advance();
	};

	/**
	Offloaded namespaces with a pod that is Pending. Of the others only those with a finding can be about such a pod.
	*/
	const waiting = function* (): Iterable<string> {
		const {summaries} = world.consumer;
		for (const {metadata} of world.consumer.list('NamespaceOffloading')) {
			const {namespace} = metadata;
			if (summaries === undefined || summaries.pods(namespace).pending > 0) {
				yield namespace;
			}
		}

		for (const {metadata} of summaries?.podsNeedingAttention() ?? []) {
			yield metadata.namespace;
		}
	};

	/**
	What is touched from now on belongs to the next round.
	*/
	const beginRound = (scope: WorldScope): Round => {
		const names = isAllDirty
			? new Set([...scope.namespaces(), ...ranking.namespaces(), ...dirty])
			: isWaitingDirty
				? new Set([...waiting(), ...ranking.namespaces(), ...dirty])
				: dirty;
		const isOfWorld = isWorldDirty;
		const isOfMany = isAllDirty || isWaitingDirty;
		const modes = modesOf(scope);
		const found = new Map<string, readonly Finding[]>();
		dirty = new Set();
		isAllDirty = false;
		isWaitingDirty = false;
		isWorldDirty = false;
		const pieces = function* (): Steps {
			// The first verdict on a waiting pod asks what the pods of every node take, and would sum up all of them at once. After that only few change.
			const {summaries} = world.consumer;
			if (isOfMany && summaries && summaries.pods().pending > 0) {
				for (const {metadata} of world.consumer.list('Node')) {
					summaries.useOfNode(metadata.name);
					yield;
				}
			}

			for (const name of names) {
				found.set(name, yield* searchNamespace(scope.scopeOf(name), modes));
				// Where nothing may be judged, the search has no step of its own.
				yield;
			}
		};

		return {scope, modes, isOfWorld, found, pieces: pieces()};
	};

	const work = () => {
		timer = undefined;
		if (round === undefined) {
			if (arrival.isExpected()) {
				timer = setTimeout(work, roundTime);
				return;
			}

			const scope = worldScope(world, now());
			if (!scope) {
				return;
			}

			round = beginRound(scope);
		}

		const {pieces} = round;
		const end = performance.now() + sliceTime;
		while (!pieces.next().done) {
			if (performance.now() > end) {
				timer = setTimeout(work, pauseTime);
				return;
			}
		}

		const finished = round;
		round = undefined;
		finish(finished);
		schedule();
	};

	const schedule = () => {
		const text = accessText();
		if (text !== accesses) {
			accesses = text;
			lookAtAll();
		}

		if (isAllDirty || isWorldDirty || dirty.size > 0) {
			timer ??= setTimeout(work, roundTime);
		}
	};

	const stopTouches = store.onTouch(touch);
	const stopFlushes = store.subscribe(schedule);
	accesses = accessText();
	work();

	return {
		diagnosis: () => diagnosis,
		worstIn: ranking.worstIn,
		findingsIn: ranking.findingsIn,
		isSettled: () =>
			round === undefined &&
			timer === undefined &&
			!isAllDirty &&
			!isWorldDirty &&
			dirty.size === 0,
		version: revision.version,
		subscribe: revision.subscribe,
		close() {
			clearTimeout(timer);
			stopTouches();
			stopFlushes();
			revision.close();
		},
	};
};
