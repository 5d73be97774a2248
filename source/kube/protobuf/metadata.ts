import {
	type FieldManager,
	type Labels,
	type Metadata,
	type OwnerReference,
} from '../../core/kubernetes.js';
import {compact, createMapReader, emptyList, emptyMap} from './maps.js';
import {createTimeReader} from './time.js';
import {type Scan, tableOf} from './wire.js';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

const createOwnerReader = (scan: Scan): ((end: number) => OwnerReference) => {
	let apiVersion = '';
	let kind = '';
	let name = '';
	let uid = '';
	let isController: boolean | undefined;
	const fields = tableOf(
		{
			1(limit) {
				kind = scan.text(limit);
			},
			3(limit) {
				name = scan.text(limit);
			},
			4(limit) {
				uid = scan.text(limit);
			},
			5(limit) {
				apiVersion = scan.text(limit);
			},
		},
		{
			6() {
				isController = scan.reader.bool();
			},
		},
	);
	return (end) => {
		apiVersion = '';
		kind = '';
		name = '';
		uid = '';
		isController = undefined;
		scan.walk(end, fields);
		return isController === undefined
			? {apiVersion, kind, name, uid}
			: {apiVersion, kind, name, uid, controller: isController};
	};
};

const createManagerReader = (scan: Scan): ((end: number) => FieldManager) => {
	const readTime = createTimeReader(scan);
	let manager = '';
	let operation = '';
	let subresource = '';
	let time: string | undefined;
	const fields = tableOf({
		1(limit) {
			manager = scan.text(limit);
		},
		2(limit) {
			operation = scan.text(limit);
		},
		4(limit) {
			time = readTime(limit);
		},
		8(limit) {
			subresource = scan.text(limit);
		},
	});
	return (end) => {
		manager = '';
		operation = '';
		subresource = '';
		time = undefined;
		scan.walk(end, fields);
		return compact<FieldManager>({
			manager,
			operation,
			subresource: subresource === '' ? undefined : subresource,
			time,
		});
	};
};

export type MetadataReader = (limit: number) => Metadata;

type Parts = {
	name: string;
	namespace: string;
	uid: string;
	resourceVersion: string;
	/**
	0: none.
	*/
	generation: number;
	creationTimestamp: string | undefined;
	deletionTimestamp: string | undefined;
	deletionGracePeriodSeconds: number | undefined;
	/**
	Empty: none.
	*/
	generateName: string;
	labels: Labels;
	annotations: Labels;
	finalizers: readonly string[];
	ownerReferences: readonly OwnerReference[];
	managers: FieldManager[] | undefined;
};

const nothing: Readonly<Parts> = {
	name: '',
	namespace: '',
	uid: '',
	resourceVersion: '',
	generation: 0,
	creationTimestamp: undefined,
	deletionTimestamp: undefined,
	deletionGracePeriodSeconds: undefined,
	generateName: '',
	labels: emptyMap,
	annotations: emptyMap,
	finalizers: emptyList,
	ownerReferences: emptyList,
	managers: undefined,
};

/**
Literals for the forms that come by the hundred thousand, so that their fields lie inside the object; the rest is put together.
*/
const assembleMetadata = (parts: Readonly<Parts>): Metadata => {
	const {creationTimestamp, generation, generateName} = parts;
	const isCommon =
		creationTimestamp !== undefined &&
		parts.deletionTimestamp === undefined &&
		parts.managers === undefined;
	if (!isCommon) {
		return compact<Metadata>({
			...parts,
			generation: generation === 0 ? undefined : generation,
			generateName: generateName === '' ? undefined : generateName,
		});
	}

	if (generation === 0 && generateName !== '') {
		// Pods, before Kubernetes 1.33 counted their generations.
		return {
			name: parts.name,
			namespace: parts.namespace,
			uid: parts.uid,
			resourceVersion: parts.resourceVersion,
			creationTimestamp,
			generateName,
			labels: parts.labels,
			annotations: parts.annotations,
			finalizers: parts.finalizers,
			ownerReferences: parts.ownerReferences,
		};
	}

	if (generation === 0) {
		return {
			name: parts.name,
			namespace: parts.namespace,
			uid: parts.uid,
			resourceVersion: parts.resourceVersion,
			creationTimestamp,
			labels: parts.labels,
			annotations: parts.annotations,
			finalizers: parts.finalizers,
			ownerReferences: parts.ownerReferences,
		};
	}

	return generateName === ''
		? {
				name: parts.name,
				namespace: parts.namespace,
				uid: parts.uid,
				resourceVersion: parts.resourceVersion,
				generation,
				creationTimestamp,
				labels: parts.labels,
				annotations: parts.annotations,
				finalizers: parts.finalizers,
				ownerReferences: parts.ownerReferences,
			}
		: {
				name: parts.name,
				namespace: parts.namespace,
				uid: parts.uid,
				resourceVersion: parts.resourceVersion,
				generation,
				creationTimestamp,
				generateName,
				labels: parts.labels,
				annotations: parts.annotations,
				finalizers: parts.finalizers,
				ownerReferences: parts.ownerReferences,
			};
};

/**
Reader of `ObjectMeta`: starts at its length, ends behind it.
*/
export const createMetadataReader = (
	scan: Scan,
	options: {readonly hasManagers?: boolean} = {},
): MetadataReader => {
	const {reader} = scan;
	const readTime = createTimeReader(scan);
	const readLabels = createMapReader(scan, 11);
	const readAnnotations = createMapReader(scan, 12, {
		isUnwanted: (key) => key === lastApplied,
	});
	const readOwner = createOwnerReader(scan);
	const readOnlyOwner = (end: number): readonly OwnerReference[] => [
		readOwner(end),
	];
	const readManager = createManagerReader(scan);
	const parts: Parts = {...nothing};
	const fields = tableOf(
		{
			1(limit) {
				parts.name = scan.uniqueText(limit);
			},
			2(limit) {
				parts.generateName = scan.text(limit);
			},
			3(limit) {
				parts.namespace = scan.text(limit);
			},
			5(limit) {
				parts.uid = scan.uniqueText(limit);
			},
			6(limit) {
				parts.resourceVersion = scan.uniqueText(limit);
			},
			8(limit) {
				parts.creationTimestamp = readTime(limit);
			},
			9(limit) {
				parts.deletionTimestamp = readTime(limit);
			},
			11(limit) {
				parts.labels = readLabels(limit);
			},
			12(limit) {
				parts.annotations = readAnnotations(limit);
			},
			13(limit) {
				// Nearly always one owner, whose list is then shared by all it owns.
				parts.ownerReferences =
					parts.ownerReferences.length === 0
						? scan.shared(limit, readOnlyOwner)
						: [...parts.ownerReferences, scan.shared(limit, readOwner)];
			},
			14(limit) {
				parts.finalizers = [...parts.finalizers, scan.text(limit)];
			},
			17: options.hasManagers
				? (limit) => {
						(parts.managers ??= []).push(readManager(scan.enter(limit)));
					}
				: undefined,
		},
		{
			7() {
				parts.generation = scan.whole();
			},
			10() {
				parts.deletionGracePeriodSeconds = reader.int32();
			},
		},
	);
	return (limit) => {
		Object.assign(parts, nothing);
		scan.walk(scan.enter(limit), fields);
		return assembleMetadata(parts);
	};
};
