import {
	type ApiObject,
	isTree,
	listAt,
	numberAt,
	textAt,
	textsAt,
	treeAt,
	treesAt,
	type Value,
} from '../value.js';
import {groupVersionOf} from '../kinds/kind.js';
import {ageOf} from './age.js';
import {
	formatLabels,
	integer,
	none,
	numberPath,
	orNone,
	text,
	textPath,
	truth,
	wide,
} from './cells.js';
import {type Column} from './column.js';
import {ageColumn, nameColumn} from './columns.js';
import {podColumns} from './pod.js';
import {networkPrinters} from './network.js';
import {storagePrinters} from './storage.js';
import {workloadPrinters} from './workloads.js';

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

const quotaUse = (quota: ApiObject, isLimit: boolean): string => {
	const used = textsAt(quota, 'status', 'used');
	return Object.entries(textsAt(quota, 'status', 'hard'))
		.filter(([resource]) => resource.startsWith('limits.') === isLimit)
		.toSorted(([left], [right]) => (left < right ? -1 : 1))
		.map(([resource, hard]) => `${resource}: ${used[resource] ?? '0'}/${hard}`)
		.join(', ');
};

const revisionController = ({metadata}: ApiObject): string => {
	const owner = metadata.ownerReferences?.find(
		({controller}) => controller === true,
	);
	if (!owner) {
		return none;
	}

	const {group} = groupVersionOf(owner.apiVersion);
	return `${owner.kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${owner.name}`;
};

/**
The columns of built-in kinds, without descriptions.
*/
export const printers: Readonly<Record<string, readonly Column[]>> = {
	...workloadPrinters,
	...storagePrinters,
	...networkPrinters,
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
	PriorityClass: [
		nameColumn,
		integer('Value', numberPath('value')),
		truth('Global-Default', (object) => object.globalDefault === true),
		ageColumn,
		text('PreemptionPolicy', textPath('preemptionPolicy')),
	],
	RuntimeClass: [nameColumn, text('Handler', textPath('handler')), ageColumn],
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
	ResourceQuota: [
		nameColumn,
		text('Request', (quota) => quotaUse(quota, false)),
		text('Limit', (quota) => quotaUse(quota, true)),
		ageColumn,
	],
	ControllerRevision: [
		nameColumn,
		text('Controller', revisionController),
		integer('Revision', numberPath('revision')),
		ageColumn,
	],
};
