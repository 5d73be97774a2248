import {type Level} from '../../core/rows/row.js';
import {type Explorer} from '../explorer.js';
import {type QueuedObject, type QueueStatus} from '../reconciler-queue.js';
import {nameCell, type View, type ViewRow} from './view.js';

/**
What to do where nobody reconciles.
*/
export const nobodyReconciles = ({session}: Explorer): string => {
	switch (session.source) {
		case 'live': {
			return session.isReadOnly
				? 'Nobody reconciles in this process: the session is read-only.'
				: "Nobody reconciles in this process. Start liqoscope with --reconcile to act as Liqo's controllers.";
		}

		case 'saved':
		case 'replay': {
			return 'Nobody reconciles saved objects; :plan shows what controllers would write.';
		}

		case 'sandbox': {
			return 'Nobody reconciles in this sandbox.';
		}
	}
};

const order: Readonly<Record<QueuedObject['state'], number>> = {
	running: 0,
	queued: 1,
	paused: 2,
	waiting: 3,
	idle: 4,
};

/**
What fails most comes first, then what is being done.
*/
const byUrgency = (a: QueuedObject, b: QueuedObject): number => {
	if (a.retries !== b.retries) {
		return b.retries - a.retries;
	}

	return a.state === b.state
		? a.key.localeCompare(b.key)
		: order[a.state] - order[b.state];
};

const levelOf = ({state, retries, lastError}: QueuedObject): Level => {
	if (retries > 0 || lastError !== undefined) {
		return 'error';
	}

	return state === 'paused'
		? 'warning'
		: state === 'waiting'
			? 'info'
			: 'progress';
};

const until = (time: number | undefined, now: number): string => {
	if (time === undefined) {
		return '';
	}

	const seconds = Math.max(0, Math.ceil((time - now) / 1000));
	return seconds < 120 ? `in ${seconds}s` : `in ${Math.round(seconds / 60)}m`;
};

const plural = (count: number, one: string): string =>
	`${count} ${one}${count === 1 ? '' : 's'}`;

const rowOf = (
	object: QueuedObject,
	homeKey: string,
	now: number,
): ViewRow => ({
	key: object.key,
	level: levelOf(object),
	text: object.namespace === '' ? object.name : object.namespace,
	target: {
		cluster: object.cluster,
		kind: object.namespace === '' ? 'Node' : 'Namespace',
		namespace: '',
		name: object.namespace === '' ? object.name : object.namespace,
	},
	namespace: object.namespace,
	cells: [
		nameCell(object),
		{text: object.reconciler},
		{text: object.cluster === homeKey ? '' : object.cluster},
		{text: object.state},
		{text: object.retries === 0 ? '' : String(object.retries)},
		{text: until(object.nextTry, now)},
		{text: object.lastError ?? ''},
	],
});

const blockedRows = ({blocked}: QueueStatus, now: number): readonly ViewRow[] =>
	blocked.map(({cluster, until: end, reason}) => ({
		key: `cluster ${cluster}`,
		level: 'warning',
		text: cluster,
		cells: [
			{text: `cluster ${cluster}`},
			{text: 'all writes'},
			{text: cluster},
			{text: 'held up'},
			{text: ''},
			{text: until(end, now)},
			{text: reason},
		],
	}));

/**
Paused namespaces in which nothing waits: they would be forgotten otherwise.
*/
const pausedRows = ({
	pausedNamespaces,
	objects,
}: QueueStatus): readonly ViewRow[] =>
	pausedNamespaces
		.filter((name) => objects.every(({namespace}) => namespace !== name))
		.map((name) => ({
			key: `paused ${name}`,
			level: 'warning',
			text: name,
			namespace: name,
			cells: [
				{text: name},
				{text: 'all'},
				{text: ''},
				{text: 'paused'},
				{text: ''},
				{text: ''},
				{text: 'nothing waits here'},
			],
		}));

/**
What the controllers of this process have to do: what failed first, with its last error.
*/
export const queueView: View = {
	id: 'queue',
	title: 'Queue',
	nothing: (explorer) =>
		explorer.ports.queue?.status().story ?? nobodyReconciles(explorer),
	notes(explorer) {
		const status = explorer.ports.queue?.status();
		if (status === undefined) {
			return [];
		}

		const {objects, isActing, isAllPaused, pausedNamespaces, story} = status;
		const failing = objects.filter(({retries}) => retries > 0).length;
		return [
			...(failing === 0 ? [] : [`${failing} failing`]),
			...(isAllPaused ? ['ALL PAUSED'] : []),
			...(pausedNamespaces.length === 0
				? []
				: [`${plural(pausedNamespaces.length, 'namespace')} paused`]),
			...(isActing || objects.length === 0 ? [] : [story]),
		];
	},
	columns: () => [
		{id: 'object', title: 'OBJECT', priority: 0, isName: true},
		{id: 'reconciler', title: 'RECONCILER', priority: 1},
		{id: 'cluster', title: 'CLUSTER', priority: 4},
		{id: 'state', title: 'STATE', priority: 0},
		{id: 'retries', title: 'RETRIES', align: 'right', priority: 1},
		{id: 'next', title: 'NEXT TRY', priority: 2, isVolatile: true},
		{id: 'error', title: 'LAST ERROR', priority: 1, isSentence: true},
	],
	rows({ports, world}) {
		const status = ports.queue?.status();
		if (status === undefined) {
			return [];
		}

		const now = ports.now();
		return [
			...blockedRows(status, now),
			...status.objects
				.toSorted(byUrgency)
				.map((object) => rowOf(object, world.consumer.key, now)),
			...pausedRows(status),
		];
	},
	sayOf: ({cells}) => [{text: cells[6]?.text ?? ''}],
};
