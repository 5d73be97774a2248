import {
	type ApiObject,
	listAt,
	numberAt,
	textAt,
	textsAt,
	treeAt,
	treesAt,
} from '../value.js';
import {ageOf, humanDuration} from './age.js';
import {
	formatLabels,
	formatSelector,
	integer,
	none,
	numberPath,
	orNone,
	selectorColumn,
	templateColumns,
	text,
	textPath,
	truth,
	wide,
} from './cells.js';
import {type Column} from './column.js';
import {ageColumn, nameColumn} from './columns.js';

const readyOf = (object: ApiObject): string =>
	`${numberAt(object, 'status', 'readyReplicas') ?? 0}/${numberAt(object, 'spec', 'replicas') ?? 0}`;

const jobStatus = (job: ApiObject): string => {
	const found = ['Complete', 'Failed', 'Suspended'].find((type) =>
		treesAt(job, 'status', 'conditions').some(
			(condition) =>
				textAt(condition, 'type') === type &&
				textAt(condition, 'status') === 'True',
		),
	);
	return job.metadata.deletionTimestamp &&
		found !== 'Complete' &&
		found !== 'Failed'
		? 'Terminating'
		: (found ?? 'Running');
};

const jobDuration = (job: ApiObject, now: number): string => {
	const start = textAt(job, 'status', 'startTime');
	const end = textAt(job, 'status', 'completionTime');
	return start === ''
		? ''
		: humanDuration((end === '' ? now : Date.parse(end)) - Date.parse(start));
};

const replicaColumns: readonly Column[] = [
	nameColumn,
	integer('Desired', numberPath('spec', 'replicas')),
	integer('Current', numberPath('status', 'replicas')),
	integer('Ready', numberPath('status', 'readyReplicas')),
	ageColumn,
	...templateColumns(),
	selectorColumn,
];

/**
The columns of what owns pods.
*/
export const workloadPrinters: Readonly<Record<string, readonly Column[]>> = {
	Deployment: [
		nameColumn,
		text('Ready', readyOf),
		text('Up-to-date', numberPath('status', 'updatedReplicas')),
		text('Available', numberPath('status', 'availableReplicas')),
		ageColumn,
		...templateColumns(),
		selectorColumn,
	],
	DaemonSet: [
		nameColumn,
		integer('Desired', numberPath('status', 'desiredNumberScheduled')),
		integer('Current', numberPath('status', 'currentNumberScheduled')),
		integer('Ready', numberPath('status', 'numberReady')),
		integer('Up-to-date', numberPath('status', 'updatedNumberScheduled')),
		integer('Available', numberPath('status', 'numberAvailable')),
		text('Node Selector', (object) =>
			formatLabels(textsAt(object, 'spec', 'template', 'spec', 'nodeSelector')),
		),
		ageColumn,
		...templateColumns(),
		selectorColumn,
	],
	Job: [
		nameColumn,
		text('Status', jobStatus),
		text(
			'Completions',
			(job) =>
				`${numberAt(job, 'status', 'succeeded') ?? 0}/${numberAt(job, 'spec', 'completions') ?? 1}`,
		),
		text('Duration', jobDuration),
		ageColumn,
		...templateColumns(),
		selectorColumn,
	],
	CronJob: [
		nameColumn,
		text('Schedule', textPath('spec', 'schedule')),
		text('Timezone', (job) => orNone(textAt(job, 'spec', 'timeZone'))),
		truth('Suspend', (job) =>
			treeAt(job, 'spec')?.suspend === true ? 'True' : 'False',
		),
		integer('Active', (job) => listAt(job, 'status', 'active').length),
		text('Last Schedule', (job, now) => {
			const time = textAt(job, 'status', 'lastScheduleTime');
			return time === '' ? none : ageOf(time, now);
		}),
		ageColumn,
		...templateColumns(['spec', 'jobTemplate', 'spec', 'template', 'spec']),
		wide(
			text('Selector', (job) =>
				formatSelector(treeAt(job, 'spec', 'jobTemplate', 'spec', 'selector')),
			),
		),
	],
	StatefulSet: [
		nameColumn,
		text('Ready', readyOf),
		ageColumn,
		...templateColumns(),
	],
	PodTemplate: [
		nameColumn,
		...templateColumns(['template', 'spec']).map((column) => ({
			...column,
			priority: 0,
		})),
		text('Pod Labels', (object) =>
			formatLabels(textsAt(object, 'template', 'metadata', 'labels')),
		),
	],
	ReplicaSet: replicaColumns,
	ReplicationController: replicaColumns,
};
