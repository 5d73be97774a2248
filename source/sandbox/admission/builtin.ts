import {type Json} from '../../core/json.js';
import {mergeTolerations} from '../../core/merge-tolerations.js';
import {type Api} from '../api.js';
import {failure, type Failure, forbidden, notFound} from '../http/status.js';
import {type Kind} from '../kinds/kind.js';
import {decodeBody} from '../storage/encoding.js';
import {protection} from '../controllers/volumes.js';
import {
	type ApiObject,
	listAt,
	numberAt,
	textAt,
	treeAt,
	treesAt,
	type Value,
} from '../value.js';

const evictionSeconds = 300;
const defaultTolerations = [
	'node.kubernetes.io/not-ready',
	'node.kubernetes.io/unreachable',
];

/**
The DefaultTolerationSeconds plugin: a pod stays five minutes on a node that is lost, unless it says otherwise.
*/
const addTolerations = (pod: ApiObject): void => {
	const spec = treeAt(pod, 'spec');
	if (!spec) {
		return;
	}

	const tolerations = listAt(spec, 'tolerations');
	for (const key of defaultTolerations) {
		const isTolerated = treesAt(spec, 'tolerations').some((toleration) => {
			const effect = textAt(toleration, 'effect');
			const tolerated = textAt(toleration, 'key');
			return (
				(tolerated === key || tolerated === '') &&
				(effect === 'NoExecute' || effect === '')
			);
		});
		if (!isTolerated) {
			tolerations.push({
				key,
				operator: 'Exists',
				effect: 'NoExecute',
				tolerationSeconds: evictionSeconds,
			});
		}
	}

	if (tolerations.length > 0) {
		spec.tolerations = tolerations;
	}
};

/**
The Priority plugin: the class's value and preemption policy.
*/
const setPriority = (api: Api, pod: ApiObject): Failure | undefined => {
	const spec = treeAt(pod, 'spec');
	if (!spec) {
		return undefined;
	}

	const name = textAt(spec, 'priorityClassName');
	const system: Readonly<Record<string, number>> = {
		'system-cluster-critical': 2_000_000_000,
		'system-node-critical': 2_000_001_000,
	};
	let priority = system[name] ?? 0;
	let policy = 'PreemptLowerPriority';
	if (name !== '' && system[name] === undefined) {
		const entry = api.storage.get(
			'scheduling.k8s.io/priorityclasses',
			'',
			name,
		);
		if (!entry) {
			return forbidden(
				{group: '', resource: 'pods'},
				pod.metadata.name,
				`no PriorityClass with name ${name} was found`,
			);
		}

		const priorityClass = decodeBody(entry.bytes);
		priority = numberAt(priorityClass, 'value') ?? 0;
		policy = textAt(priorityClass, 'preemptionPolicy') || policy;
	}

	spec.priority ??= priority;
	spec.preemptionPolicy ??= policy;
	return undefined;
};

/**
The RuntimeClass plugin: what the class adds to the pods that name it.
*/
const applyRuntimeClass = (api: Api, pod: ApiObject): Failure | undefined => {
	const spec = treeAt(pod, 'spec');
	const name = textAt(spec, 'runtimeClassName');
	if (!spec || name === '') {
		return undefined;
	}

	const entry = api.storage.get('node.k8s.io/runtimeclasses', '', name);
	if (!entry) {
		return forbidden(
			{group: '', resource: 'pods'},
			pod.metadata.name,
			`pod rejected: RuntimeClass "${name}" not found`,
		);
	}

	const runtimeClass = decodeBody(entry.bytes);
	const selector = treeAt(runtimeClass, 'scheduling', 'nodeSelector');
	const own = treeAt(spec, 'nodeSelector') ?? {};
	for (const [key, wanted] of Object.entries(selector ?? {})) {
		if (Object.hasOwn(own, key) && own[key] !== wanted) {
			return forbidden(
				{group: '', resource: 'pods'},
				pod.metadata.name,
				`conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${String(wanted)}; pod.spec.nodeSelector[${key}] = ${String(own[key])}`,
			);
		}
	}

	if (selector) {
		spec.nodeSelector = {...own, ...selector};
	}

	if (treeAt(runtimeClass, 'scheduling')) {
		const merged = mergeTolerations(
			listAt(spec, 'tolerations') as readonly Json[],
			listAt(runtimeClass, 'scheduling', 'tolerations') as readonly Json[],
		);
		if (merged.length > 0) {
			spec.tolerations = [...merged] as Value[];
		}
	}

	const overhead = treeAt(runtimeClass, 'overhead', 'podFixed');
	if (overhead) {
		spec.overhead = overhead;
	}

	return undefined;
};

/**
The NamespaceLifecycle plugin: nothing is created in a namespace that is not there or on its way out.
*/
const checkNamespace = (
	api: Api,
	kind: Kind,
	object: ApiObject,
): Failure | undefined => {
	const {namespace, name} = object.metadata;
	if (!kind.isNamespaced || namespace === undefined) {
		return undefined;
	}

	const entry = api.storage.get('/namespaces', '', namespace);
	if (!entry) {
		return notFound({group: '', resource: 'namespaces'}, namespace);
	}

	// The fields of the entry say it without reading the object.
	if (entry.fields?.['status.phase'] !== 'Terminating') {
		return undefined;
	}

	const refusal = forbidden(
		{group: kind.group, resource: kind.plural},
		name,
		`unable to create new content in namespace ${namespace} because it is being terminated`,
	);
	return failure(refusal.code, refusal.reason, refusal.message, {
		...refusal.details,
		causes: [
			{
				reason: 'NamespaceTerminating',
				message: `namespace ${namespace} is being terminated`,
				field: 'metadata.namespace',
			},
		],
	});
};

/**
The StorageObjectInUseProtection plugin: claims and volumes do not go while they are used.
*/
const protectVolume = (object: ApiObject): void => {
	const finalizer = (protection as Readonly<Record<string, string>>)[
		object.kind
	];
	const finalizers = object.metadata.finalizers ?? [];
	if (finalizer !== undefined && !finalizers.includes(finalizer)) {
		object.metadata.finalizers = [...finalizers, finalizer];
	}
};

/**
What the API server's own admission plugins make of an object to be created; changes it in place.
*/
export const admitCreate = (
	api: Api,
	kind: Kind,
	object: ApiObject,
): Failure | undefined => {
	const refusal = checkNamespace(api, kind, object);
	if (!kind.isCustom && kind.group === '') {
		protectVolume(object);
	}

	if (refusal || kind.kind !== 'Pod' || kind.isCustom) {
		return refusal;
	}

	const problem = setPriority(api, object);
	if (problem) {
		return problem;
	}

	addTolerations(object);
	return applyRuntimeClass(api, object);
};

/**
What they make of an object to be updated.
*/
export const admitUpdate = (
	kind: Kind,
	object: ApiObject,
	subresource: string,
): void => {
	if (kind.resource === '/pods' && subresource === '') {
		addTolerations(object);
	}
};
