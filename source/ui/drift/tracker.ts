import {createKnowingWorld} from '../../core/knowing-world.js';
import {type PlannedChange, planRequest} from '../../core/plan.js';
import {createReconcilers} from '../../core/reconcilers/index.js';
import {
	type Reconciler,
	type Request,
	type Rules,
} from '../../core/reconcilers/reconciler.js';
import {formatTime} from '../../core/time.js';
import {type KindName} from '../../core/model.js';
import {type Store, type Touch} from '../../store/store.js';
import {createArrival} from '../arrival.js';
import {createRevision, type Revision} from '../revision.js';
import {type DriftMarks, driftMarksOf, noMarks, textOfMarks} from './marks.js';

export type DriftChange = PlannedChange & {
	/**
	Set when the controllers of this process leave it to those of the cluster itself.
	*/
	readonly isLeft?: true;
};

/**
What the controllers would write, kept up with the world: only what an event can change is planned again, in slices of a few milliseconds.
*/
export type DriftTracker = Revision & {
	/**
	In the order of the controllers, all or only what concerns a namespace. What rests on something that is not known completely is left out.
	*/
	changes(namespace?: string): readonly DriftChange[];
	/**
	How many of them an offloading of a namespace waits for.
	*/
	countIn(namespace: string): number;
	/**
	What is marked in the panes beside offloadings.
	*/
	marks(): DriftMarks;
	/**
	Advances only when something gets or loses its mark, offloadings included.
	*/
	readonly marked: Revision;
	/**
	Why some of it cannot be told, a sentence; nothing when all can.
	*/
	doubt(): string | undefined;
	isSettled(): boolean;
	close(): void;
};

type Item = {
	readonly key: string;
	/**
	Place of the controller among all.
	*/
	readonly place: number;
	readonly reconciler: Reconciler;
	readonly request: Request;
};

type Planned = {
	readonly item: Item;
	readonly changes: readonly PlannedChange[];
	readonly doubt: string | undefined;
};

/**
Maps and virtual nodes belong to all namespaces at once: of what is done for them only the namespace itself counts.
*/
const isAbout = (
	{object}: PlannedChange,
	{reconciler, request}: Item,
	namespace: string,
): boolean => {
	if (reconciler.id.includes('offloading')) {
		return (
			request.namespace === namespace ||
			(request.namespace === '' && request.name === namespace)
		);
	}

	return object.kind === 'Namespace'
		? object.name === namespace
		: object.namespace === namespace;
};

const sliceTime = 8;

/**
Least time between two rounds, in milliseconds: what a controller is about to write anyway is no drift.
*/
const roundTime = 500;

const required: readonly KindName[] = [
	'NamespaceOffloading',
	'NamespaceMap',
	'Node',
	'Namespace',
];

const read: readonly KindName[] = [
	...required,
	'VirtualNode',
	'RoleBinding',
	'Pod',
	'Deployment',
	'ForeignCluster',
];

export const createDriftTracker = (
	store: Store,
	{
		rules,
		now,
		isLeft,
	}: {
		readonly rules: Rules;
		now(): number;
		/**
		Whether a controller of this process leaves an object to the cluster that holds it.

		@default never
		*/
		isLeft?(reconciler: string, cluster: string): boolean;
	},
): DriftTracker => {
	const {world} = store;
	const knowing = createKnowingWorld(world);
	const revision = createRevision();
	const marked = createRevision();
	let marks = noMarks;
	let marksText = textOfMarks([], noMarks);
	const planned = new Map<string, Planned>();
	let counts = new Map<string, number>();
	const dirty = new Map<string, Item>();
	let reconcilers: readonly Reconciler[] = [];
	let accesses = '';
	let timer: NodeJS.Timeout | undefined;
	const arrival = createArrival(world.consumer, read);

	const mark = (
		reconciler: Reconciler,
		place: number,
		requests: Iterable<Request>,
	) => {
		for (const request of requests) {
			const key = `${place}/${request.cluster}/${request.namespace}/${request.name}`;
			dirty.set(key, {key, place, reconciler, request});
		}
	};

	const touch = (event: Touch) => {
		const view =
			event.cluster === world.consumer.key
				? world.consumer
				: world.providers.get(event.cluster);
		if (
			read.includes(event.kind) &&
			view?.access(event.kind).state === 'syncing'
		) {
			// All is planned again when the list is complete.
			return;
		}

		for (const [place, reconciler] of reconcilers.entries()) {
			mark(reconciler, place, reconciler.requestsFor(event, world));
		}
	};

	/**
	What may be told depends on what can be seen.
	*/
	const accessText = (): string =>
		[world.consumer, ...world.providers.values()]
			.map(
				(view) =>
					`${view.key} ${view.generation?.id ?? ''} ${read
						.map((kind) => view.access(kind).state)
						.join(' ')}`,
			)
			.join('\n');

	/**
	Whether the list of a kind is still on its way: all would have to be planned again once it is there.
	*/
	const isArriving = (): boolean =>
		required.some((kind) => {
			const {state} = world.consumer.access(kind);
			return state === 'idle' || state === 'syncing';
		});

	const markAll = () => {
		const {generation} = world.consumer;
		// What wakes them is ours to choose: upstream every heartbeat of a node wakes everything.
		reconcilers =
			generation === undefined
				? []
				: createReconcilers(generation, 'corrected');
		for (const [place, reconciler] of reconcilers.entries()) {
			mark(reconciler, place, reconciler.requests(world));
		}

		for (const {item} of planned.values()) {
			dirty.set(item.key, item);
		}
	};

	const plan = (item: Item): Planned => {
		const time = formatTime(now());
		const {reconciler, request} = item;
		const {changes: wanted} = reconciler.reconcile(request, knowing.begin(), {
			now: time,
			rules,
			failures: [],
		});
		const doubt = knowing.doubt();
		return {
			item,
			doubt,
			changes:
				doubt !== undefined || wanted.length === 0
					? []
					: planRequest(reconciler, request, world, {now: time, rules}).changes,
		};
	};

	const finish = () => {
		counts = new Map();
		for (const {item, changes} of planned.values()) {
			const {namespace} = item.request;
			if (item.reconciler.id.includes('offloading') && changes.length > 0) {
				counts.set(namespace, (counts.get(namespace) ?? 0) + changes.length);
			}
		}

		marks = driftMarksOf(
			planned.values().flatMap(({changes}) => changes),
			world,
		);
		revision.advance();
		const text = textOfMarks(counts.keys(), marks);
		if (text !== marksText) {
			marksText = text;
			marked.advance();
		}
	};

	const work = () => {
		timer = undefined;
		if (arrival.isExpected()) {
			timer = setTimeout(work, roundTime);
			return;
		}

		const end = performance.now() + sliceTime;
		const items = [...dirty.values()];
		for (const item of items) {
			if (performance.now() > end) {
				timer = setTimeout(work, 0);
				return;
			}

			dirty.delete(item.key);
			const result = plan(item);
			if (result.changes.length === 0 && result.doubt === undefined) {
				planned.delete(item.key);
			} else {
				planned.set(item.key, result);
			}
		}

		finish();
	};

	const schedule = () => {
		const text = accessText();
		if (text !== accesses) {
			accesses = text;
			markAll();
		}

		if (dirty.size > 0 && !isArriving()) {
			timer ??= setTimeout(work, roundTime);
		}
	};

	const stopTouches = store.onTouch(touch);
	const stopFlushes = store.subscribe(schedule);
	schedule();
	return {
		changes: (namespace) =>
			planned
				.values()
				.toArray()
				.toSorted((a, b) => a.item.place - b.item.place)
				.flatMap(({item, changes}) => {
					const wanted =
						namespace === undefined
							? changes
							: changes.filter((change) => isAbout(change, item, namespace));
					return isLeft?.(item.reconciler.id, item.request.cluster) === true
						? wanted.map((change) => ({...change, isLeft: true as const}))
						: wanted;
				}),
		countIn: (namespace) => counts.get(namespace) ?? 0,
		marks: () => marks,
		marked,
		doubt: () => planned.values().find(({doubt}) => doubt !== undefined)?.doubt,
		isSettled: () => timer === undefined && dirty.size === 0,
		version: revision.version,
		subscribe: revision.subscribe,
		close() {
			clearTimeout(timer);
			stopTouches();
			stopFlushes();
			revision.close();
			marked.close();
		},
	};
};
