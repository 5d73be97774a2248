import {
	type ApiObject,
	isTree,
	listAt,
	numberAt,
	textAt,
	textsAt,
	treeAt,
	treesAt,
	type Tree,
	type Value,
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
import {podColumns} from './pod.js';

const createdColumn: Column = {
	name: 'Created At',
	type: 'date',
	description:
		'CreationTimestamp is a timestamp representing the server time when this object was created.',
	cell: ({metadata}) => metadata.creationTimestamp,
};

const sizeOf = (value: Value): number =>
	isTree(value) ? Object.keys(value).length : 0;

const nodeStatus = (node: ApiObject): string => {
	const ready = treesAt(node, 'status', 'conditions').find(
		(condition) => textAt(condition, 'type') === 'Ready',
	);
	const status = ready
		? textAt(ready, 'status') === 'True'
			? 'Ready'
			: 'NotReady'
		: 'Unknown';
	return treeAt(node, 'spec')?.unschedulable === true
		? `${status},SchedulingDisabled`
		: status;
};

const rolePrefix = 'node-role.kubernetes.io/';

const nodeRoles = ({metadata}: ApiObject): string => {
	const roles = new Set<string>();
	for (const [key, value] of Object.entries(metadata.labels ?? {})) {
		if (key.startsWith(rolePrefix) && key !== rolePrefix) {
			roles.add(key.slice(rolePrefix.length));
		} else if (key === 'kubernetes.io/role' && value !== '') {
			roles.add(value);
		}
	}

	return orNone([...roles].toSorted().join(','));
};

const nodeAddress = (node: ApiObject, type: string): string =>
	orNone(
		textAt(
			treesAt(node, 'status', 'addresses').find(
				(address) => textAt(address, 'type') === type,
			),
			'address',
		),
	);

const nodeInfo = (name: string, key: string): Column =>
	wide(
		text(
			name,
			(node) => textAt(node, 'status', 'nodeInfo', key) || '<unknown>',
		),
	);

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

const servicePorts = (service: ApiObject): string =>
	orNone(
		treesAt(service, 'spec', 'ports')
			.map((port) => {
				const node = numberAt(port, 'nodePort');
				return `${numberAt(port, 'port') ?? 0}${node ? `:${node}` : ''}/${textAt(port, 'protocol')}`;
			})
			.join(','),
	);

const externalAddress = (service: ApiObject): string => {
	const type = textAt(service, 'spec', 'type');
	if (type === 'ExternalName') {
		return textAt(service, 'spec', 'externalName');
	}

	const ingress = treesAt(service, 'status', 'loadBalancer', 'ingress')
		.map((item) => textAt(item, 'ip') || textAt(item, 'hostname'))
		.join(',');
	const external = listAt(service, 'spec', 'externalIPs').join(',');
	return ingress || external || (type === 'LoadBalancer' ? '<pending>' : none);
};

const eventTime = (event: ApiObject, key: string): string =>
	textAt(event, key) || textAt(event, 'eventTime');

const timeCell = (time: string, now: number): string =>
	time === '' ? '<unknown>' : ageOf(time, now);

const eventSource = (event: ApiObject): string => {
	const component =
		textAt(event, 'source', 'component') || textAt(event, 'reportingComponent');
	const host =
		textAt(event, 'source', 'host') || textAt(event, 'reportingInstance');
	return [component, host].filter((part) => part !== '').join(', ');
};

const eventTarget = (event: ApiObject): string => {
	const kind = textAt(event, 'involvedObject', 'kind').toLowerCase();
	const name = textAt(event, 'involvedObject', 'name');
	return name === '' ? kind : `${kind}/${name}`;
};

const subjects = (kind: string) => (binding: ApiObject) =>
	treesAt(binding, 'subjects')
		.filter((subject) => textAt(subject, 'kind') === kind)
		.map((subject) =>
			kind === 'ServiceAccount'
				? `${textAt(subject, 'namespace')}/${textAt(subject, 'name')}`
				: textAt(subject, 'name'),
		)
		.join(', ');

const bindingColumns: readonly Column[] = [
	nameColumn,
	text(
		'Role',
		(binding) =>
			`${textAt(binding, 'roleRef', 'kind')}/${textAt(binding, 'roleRef', 'name')}`,
	),
	ageColumn,
	wide(text('Users', subjects('User'))),
	wide(text('Groups', subjects('Group'))),
	wide(text('ServiceAccounts', subjects('ServiceAccount'))),
];

const webhookColumns: readonly Column[] = [
	nameColumn,
	integer('Webhooks', (object) => listAt(object, 'webhooks').length),
	ageColumn,
];

const replicaColumns: readonly Column[] = [
	nameColumn,
	integer('Desired', numberPath('spec', 'replicas')),
	integer('Current', numberPath('status', 'replicas')),
	integer('Ready', numberPath('status', 'readyReplicas')),
	ageColumn,
	...templateColumns(),
	selectorColumn,
];

const accessModes: Readonly<Record<string, string>> = {
	ReadWriteOnce: 'RWO',
	ReadOnlyMany: 'ROX',
	ReadWriteMany: 'RWX',
	ReadWriteOncePod: 'RWOP',
};

const modes = (list: Value[]): string =>
	list.map((mode) => accessModes[String(mode)] ?? '').join(',');

const unsetOr = (value: string): string => value || '<unset>';

const sliceEndpoints = (slice: ApiObject): string =>
	treesAt(slice, 'endpoints')
		.flatMap((endpoint) => listAt(endpoint, 'addresses'))
		.slice(0, 3)
		.join(',') || '<unset>';

const printers: Readonly<Record<string, readonly Column[]>> = {
	Pod: podColumns,
	Node: [
		nameColumn,
		text('Status', nodeStatus),
		text('Roles', nodeRoles),
		ageColumn,
		text('Version', textPath('status', 'nodeInfo', 'kubeletVersion')),
		wide(text('Internal-IP', (node) => nodeAddress(node, 'InternalIP'))),
		wide(text('External-IP', (node) => nodeAddress(node, 'ExternalIP'))),
		nodeInfo('OS-Image', 'osImage'),
		nodeInfo('Kernel-Version', 'kernelVersion'),
		nodeInfo('Container-Runtime', 'containerRuntimeVersion'),
	],
	Namespace: [
		nameColumn,
		text('Status', textPath('status', 'phase')),
		ageColumn,
	],
	ConfigMap: [
		nameColumn,
		text('Data', (object) => sizeOf(object.data) + sizeOf(object.binaryData)),
		ageColumn,
	],
	Secret: [
		nameColumn,
		text('Type', textPath('type')),
		text('Data', (object) => sizeOf(object.data)),
		ageColumn,
	],
	ServiceAccount: [
		nameColumn,
		text('Secrets', (object) => listAt(object, 'secrets').length),
		ageColumn,
	],
	Event: [
		text('Last Seen', (event, now) =>
			timeCell(
				textAt(event, 'series', 'lastObservedTime') ||
					textAt(event, 'lastTimestamp') ||
					eventTime(event, 'firstTimestamp'),
				now,
			),
		),
		text('Type', textPath('type')),
		text('Reason', textPath('reason')),
		text('Object', eventTarget),
		wide(text('Subobject', textPath('involvedObject', 'fieldPath'))),
		wide(text('Source', eventSource)),
		text('Message', (event) => textAt(event, 'message').trim()),
		wide(
			text('First Seen', (event, now) =>
				timeCell(eventTime(event, 'firstTimestamp'), now),
			),
		),
		wide(
			text(
				'Count',
				(event) =>
					numberAt(event, 'series', 'count') ?? (numberAt(event, 'count') || 1),
			),
		),
		wide(nameColumn),
	],
	Deployment: [
		nameColumn,
		text('Ready', readyOf),
		text('Up-to-date', numberPath('status', 'updatedReplicas')),
		text('Available', numberPath('status', 'availableReplicas')),
		ageColumn,
		...templateColumns(),
		selectorColumn,
	],
	ReplicaSet: replicaColumns,
	ReplicationController: replicaColumns,
	StatefulSet: [
		nameColumn,
		text('Ready', readyOf),
		ageColumn,
		...templateColumns(),
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
	Service: [
		nameColumn,
		text('Type', textPath('spec', 'type')),
		text(
			'Cluster-IP',
			(service) => textAt(service, 'spec', 'clusterIP') || none,
		),
		text('External-IP', externalAddress),
		text('Port(s)', servicePorts),
		ageColumn,
		wide(
			text('Selector', (service) =>
				formatLabels(textsAt(service, 'spec', 'selector')),
			),
		),
	],
	Lease: [
		nameColumn,
		text('Holder', textPath('spec', 'holderIdentity')),
		ageColumn,
	],
	RoleBinding: bindingColumns,
	ClusterRoleBinding: bindingColumns,
	MutatingWebhookConfiguration: webhookColumns,
	ValidatingWebhookConfiguration: webhookColumns,
	StorageClass: [
		nameColumn,
		text('Provisioner', textPath('provisioner')),
		text('ReclaimPolicy', textPath('reclaimPolicy')),
		text('VolumeBindingMode', textPath('volumeBindingMode')),
		text(
			'AllowVolumeExpansion',
			(object) => object.allowVolumeExpansion === true,
		),
		ageColumn,
	],
	PersistentVolumeClaim: [
		nameColumn,
		text('Status', (claim) =>
			claim.metadata.deletionTimestamp
				? 'Terminating'
				: textAt(claim, 'status', 'phase'),
		),
		text('Volume', textPath('spec', 'volumeName')),
		text('Capacity', textPath('status', 'capacity', 'storage')),
		text('Access Modes', (claim) =>
			modes(listAt(claim, 'status', 'accessModes')),
		),
		text('StorageClass', textPath('spec', 'storageClassName')),
		text('VolumeAttributesClass', (claim) =>
			unsetOr(textAt(claim, 'spec', 'volumeAttributesClassName')),
		),
		ageColumn,
		wide(text('VolumeMode', textPath('spec', 'volumeMode'))),
	],
	PersistentVolume: [
		nameColumn,
		text('Capacity', textPath('spec', 'capacity', 'storage')),
		text('Access Modes', (volume) =>
			modes(listAt(volume, 'spec', 'accessModes')),
		),
		text('Reclaim Policy', textPath('spec', 'persistentVolumeReclaimPolicy')),
		text('Status', textPath('status', 'phase')),
		text('Claim', (volume) => {
			const claim: Tree | undefined = treeAt(volume, 'spec', 'claimRef');
			return claim
				? `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`
				: '';
		}),
		text('StorageClass', textPath('spec', 'storageClassName')),
		text('VolumeAttributesClass', (volume) =>
			unsetOr(textAt(volume, 'spec', 'volumeAttributesClassName')),
		),
		text('Reason', textPath('status', 'reason')),
		ageColumn,
		wide(text('VolumeMode', textPath('spec', 'volumeMode'))),
	],
	PriorityClass: [
		nameColumn,
		integer('Value', numberPath('value')),
		truth('Global-Default', (object) => object.globalDefault === true),
		ageColumn,
		text('PreemptionPolicy', textPath('preemptionPolicy')),
	],
	RuntimeClass: [nameColumn, text('Handler', textPath('handler')), ageColumn],
	EndpointSlice: [
		nameColumn,
		text('AddressType', textPath('addressType')),
		text('Ports', (slice) =>
			unsetOr(
				treesAt(slice, 'ports')
					.map((port) => String(numberAt(port, 'port') ?? '*'))
					.join(','),
			),
		),
		text('Endpoints', sliceEndpoints),
		ageColumn,
	],
	PodDisruptionBudget: [
		nameColumn,
		text('Min Available', (object) =>
			String(treeAt(object, 'spec')?.minAvailable ?? 'N/A'),
		),
		text('Max Unavailable', (object) =>
			String(treeAt(object, 'spec')?.maxUnavailable ?? 'N/A'),
		),
		integer('Allowed Disruptions', numberPath('status', 'disruptionsAllowed')),
		ageColumn,
	],
	NetworkPolicy: [
		nameColumn,
		text('Pod-Selector', (object) =>
			formatSelector(treeAt(object, 'spec', 'podSelector')),
		),
		ageColumn,
	],
};

/**
The columns of a built-in kind; kinds without their own show their name and when they were made.
*/
export const columnsOf = (kind: string): readonly Column[] =>
	printers[kind] ?? [nameColumn, createdColumn];
