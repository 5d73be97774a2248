import {
	type Condition,
	type ContainerStatus,
	type Labels,
	type Metadata,
	type Namespace,
	type Node,
	type Pod,
	type PodSpec,
	type Taint,
} from '../../core/kubernetes.js';
import {createConditionReader} from './conditions.js';
import {createContainerStatusReader, SharedList} from './containers.js';
import {
	compact,
	createMapReader,
	createQuantityReader,
	emptyList,
	emptyMap,
} from './maps.js';
import {createMetadataReader} from './metadata.js';
import {createPodSpecReader} from './pod-spec.js';
import {createTimeReader} from './time.js';
import {type Scan, tableOf} from './wire.js';

/**
Reads one object from where the scan stands up to `end`.
*/
export type ObjectReader<T> = (end: number) => T;

const noMetadata: Metadata = {
	name: '',
	namespace: '',
	uid: '',
	resourceVersion: '',
	labels: emptyMap,
	annotations: emptyMap,
	finalizers: emptyList,
	ownerReferences: emptyList,
};

const filled = (text: string): string | undefined =>
	text === '' ? undefined : text;

const createPodStatusReader = (
	scan: Scan,
): ((limit: number) => Pod['status']) => {
	const readCondition = createConditionReader(scan);
	const readStatus = createContainerStatusReader(scan);
	const readTime = createTimeReader(scan);
	const conditions = new SharedList<Condition>();
	const statuses = new SharedList<ContainerStatus>();
	let phase = '';
	let message = '';
	let reason = '';
	let startTime: string | undefined;
	const fields = tableOf({
		1(limit) {
			phase = scan.text(limit);
		},
		2(limit) {
			conditions.push(readCondition(limit), scan.interner.lastHash);
		},
		3(limit) {
			message = scan.text(limit);
		},
		4(limit) {
			reason = scan.text(limit);
		},
		7(limit) {
			startTime = readTime(limit);
		},
		8(limit) {
			readStatus(limit, statuses);
		},
	});
	return (limit) => {
		phase = '';
		message = '';
		reason = '';
		startTime = undefined;
		scan.walk(scan.enter(limit), fields);
		const conditionList = conditions.take();
		const containerStatuses = statuses.take();
		return reason === '' && message === '' && startTime !== undefined
			? {phase, conditions: conditionList, containerStatuses, startTime}
			: compact<Pod['status']>({
					phase: filled(phase),
					reason: filled(reason),
					message: filled(message),
					conditions: conditionList,
					containerStatuses,
					startTime,
				});
	};
};

export const createPodReader = (scan: Scan): ObjectReader<Pod> => {
	const readMetadata = createMetadataReader(scan);
	const readSpec = createPodSpecReader(scan);
	const readStatus = createPodStatusReader(scan);
	const noSpec: PodSpec = {containers: emptyList};
	const noStatus = {conditions: emptyList, containerStatuses: emptyList};
	let metadata = noMetadata;
	let spec = noSpec;
	let status: Pod['status'] = noStatus;
	const fields = tableOf({
		1(limit) {
			metadata = readMetadata(limit);
		},
		2(limit) {
			spec = readSpec(limit);
		},
		3(limit) {
			status = readStatus(limit);
		},
	});
	return (end) => {
		metadata = noMetadata;
		spec = noSpec;
		status = noStatus;
		scan.walk(end, fields);
		return {kind: 'Pod', apiVersion: 'v1', metadata, spec, status};
	};
};

const createTaintReader = (scan: Scan): ((end: number) => Taint) => {
	const readTime = createTimeReader(scan);
	let key = '';
	let value = '';
	let effect = '';
	let timeAdded: string | undefined;
	const fields = tableOf({
		1(limit) {
			key = scan.text(limit);
		},
		2(limit) {
			value = scan.text(limit);
		},
		3(limit) {
			effect = scan.text(limit);
		},
		4(limit) {
			timeAdded = readTime(limit);
		},
	});
	return (end) => {
		key = '';
		value = '';
		effect = '';
		timeAdded = undefined;
		scan.walk(end, fields);
		return compact<Taint>({key, value: filled(value), effect, timeAdded});
	};
};

export const createNodeReader = (scan: Scan): ObjectReader<Node> => {
	const readMetadata = createMetadataReader(scan);
	const readTaint = createTaintReader(scan);
	const readCondition = createConditionReader(scan);
	const readValue = createQuantityReader(scan);
	const readCapacity = createMapReader(scan, 1, {readValue});
	const readAllocatable = createMapReader(scan, 2, {readValue});
	let metadata = noMetadata;
	let isUnschedulable = false;
	let taints: Taint[] = [];
	let capacity: Labels = emptyMap;
	let allocatable: Labels = emptyMap;
	let conditions: Condition[] = [];
	const specFields = tableOf(
		{
			5(limit) {
				taints.push(scan.shared(limit, readTaint));
			},
		},
		{
			4() {
				isUnschedulable = scan.reader.bool();
			},
		},
	);
	const statusFields = tableOf({
		1(limit) {
			capacity = readCapacity(limit);
		},
		2(limit) {
			allocatable = readAllocatable(limit);
		},
		4(limit) {
			conditions.push(readCondition(limit));
		},
	});
	const fields = tableOf({
		1(limit) {
			metadata = readMetadata(limit);
		},
		2(limit) {
			scan.walk(scan.enter(limit), specFields);
		},
		3(limit) {
			scan.walk(scan.enter(limit), statusFields);
		},
	});
	return (end) => {
		metadata = noMetadata;
		isUnschedulable = false;
		taints = [];
		capacity = emptyMap;
		allocatable = emptyMap;
		conditions = [];
		scan.walk(end, fields);
		const taintList = taints.length === 0 ? emptyList : taints;
		return {
			kind: 'Node',
			apiVersion: 'v1',
			metadata,
			spec: isUnschedulable
				? {unschedulable: true, taints: taintList}
				: {taints: taintList},
			status: {conditions, allocatable, capacity},
		};
	};
};

export const createNamespaceReader = (scan: Scan): ObjectReader<Namespace> => {
	const readMetadata = createMetadataReader(scan, {hasManagers: true});
	const readCondition = createConditionReader(scan);
	let metadata = noMetadata;
	let finalizers: string[] = [];
	let phase = '';
	let conditions: Condition[] = [];
	const specFields = tableOf({
		1(limit) {
			finalizers.push(scan.text(limit));
		},
	});
	const statusFields = tableOf({
		1(limit) {
			phase = scan.text(limit);
		},
		2(limit) {
			conditions.push(readCondition(limit));
		},
	});
	const fields = tableOf({
		1(limit) {
			metadata = readMetadata(limit);
		},
		2(limit) {
			scan.walk(scan.enter(limit), specFields);
		},
		3(limit) {
			scan.walk(scan.enter(limit), statusFields);
		},
	});
	return (end) => {
		metadata = noMetadata;
		finalizers = [];
		phase = '';
		conditions = [];
		scan.walk(end, fields);
		return {
			kind: 'Namespace',
			apiVersion: 'v1',
			metadata,
			spec: {finalizers},
			status: compact<Namespace['status']>({
				phase: filled(phase),
				conditions,
			}),
		};
	};
};
