import {absent} from '../../core/json.js';
import {
	badRequest,
	conflict,
	type Failure,
	failure,
	isFailure,
} from '../http/status.js';
import {deleteObject} from '../objects/delete.js';
import {readDeleteOptions} from '../objects/delete-options.js';
import {timestamp} from '../objects/identity.js';
import {store, type Target} from '../objects/target.js';
import {
	type ApiObject,
	listAt,
	numberAt,
	textAt,
	textsAt,
	treeAt,
	treesAt,
	type Tree,
} from '../value.js';
import {read, type SubresourceAnswer, success} from './subresource-answer.js';

const setScheduled = (pod: ApiObject, now: number): void => {
	const status = treeAt(pod, 'status') ?? {};
	const conditions = treesAt(status, 'conditions').filter(
		(condition) => textAt(condition, 'type') !== 'PodScheduled',
	);
	conditions.push({
		type: 'PodScheduled',
		status: 'True',
		lastProbeTime: absent,
		lastTransitionTime: timestamp(now),
	});
	pod.status = {...status, conditions};
};

/**
A body that speaks of another pod than its path.
*/
const otherName = (
	target: Target,
	body: Tree,
	kind: string,
): Failure | undefined => {
	const name = textAt(body, 'metadata', 'name');
	return name === '' || name === target.name
		? undefined
		: badRequest(`name in URL does not match name in ${kind} object`);
};

/**
POST pods/NAME/binding: gives a pod its node.
*/
export const bindPod = (
	target: Target,
	body: Tree,
): SubresourceAnswer | Failure => {
	const pod = read(target);
	if (isFailure(pod)) {
		return pod;
	}

	const wrongName = otherName(target, body, 'Binding');
	if (wrongName) {
		return wrongName;
	}

	const node = textAt(body, 'target', 'name');
	if (node === '') {
		return failure(500, undefined, 'target.name: Required value');
	}

	const bound = textAt(pod, 'spec', 'nodeName');
	const resource = {group: '', resource: 'pods/binding'};
	if (pod.metadata.deletionTimestamp) {
		return conflict(
			resource,
			target.name,
			`pod ${target.name} is being deleted, cannot be assigned to a host`,
		);
	}

	if (bound !== '') {
		return conflict(
			resource,
			target.name,
			`pod ${target.name} is already assigned to node "${bound}"`,
		);
	}

	const gates = listAt(pod, 'spec', 'schedulingGates');
	if (gates.length > 0) {
		return conflict(
			resource,
			target.name,
			`pod ${target.name} has non-empty .spec.schedulingGates`,
		);
	}

	(pod.spec as Tree).nodeName = node;
	const annotations = textsAt(body, 'metadata', 'annotations');
	if (Object.keys(annotations).length > 0) {
		pod.metadata.annotations = {...pod.metadata.annotations, ...annotations};
	}

	setScheduled(pod, target.api.now());
	store(target, pod);
	return success(201);
};

const isReady = (pod: ApiObject): boolean =>
	treesAt(pod, 'status', 'conditions').some(
		(condition) =>
			textAt(condition, 'type') === 'Ready' &&
			textAt(condition, 'status') === 'True',
	);

const refuseEviction = (message: string, isLater: boolean): Failure => ({
	...failure(
		429,
		'TooManyRequests',
		"Cannot evict pod as it would violate the pod's disruption budget.",
		{
			causes: [{reason: 'DisruptionBudget', message}],
			...(isLater && {retryAfterSeconds: 10}),
		},
	),
	...(isLater && {retryAfterSeconds: 10}),
});

const blockingBudget = (
	target: Target,
	pod: ApiObject,
): Failure | undefined => {
	const {api, namespace} = target;
	const phase = textAt(pod, 'status', 'phase');
	if (['Pending', 'Succeeded', 'Failed'].includes(phase)) {
		return undefined;
	}

	const labels = pod.metadata.labels ?? {};
	for (const entry of api.storage
		.collection('policy/poddisruptionbudgets')
		.list(namespace)) {
		const budget = JSON.parse(entry.bytes.toString()) as Tree;
		const isMatches = Object.entries(
			textsAt(budget, 'spec', 'selector', 'matchLabels'),
		).every(([key, value]) => labels[key] === value);
		if (!isMatches || !isReady(pod)) {
			continue;
		}

		const seen = numberAt(budget, 'status', 'observedGeneration') ?? 0;
		if (seen < (numberAt(budget, 'metadata', 'generation') ?? 0)) {
			return refuseEviction(
				`The disruption budget ${entry.name} is still being processed by the server.`,
				true,
			);
		}

		if ((numberAt(budget, 'status', 'disruptionsAllowed') ?? 0) <= 0) {
			return refuseEviction(
				`The disruption budget ${entry.name} does not allow evicting pods currently`,
				false,
			);
		}
	}

	return undefined;
};

/**
POST pods/NAME/eviction: a deletion that a disruption budget may refuse with 429.
*/
export const evictPod = async (
	target: Target,
	body: Tree,
): Promise<SubresourceAnswer | Failure> => {
	const pod = read(target);
	if (isFailure(pod)) {
		return pod;
	}

	const wrongName = otherName(target, body, 'Eviction');
	if (wrongName) {
		return wrongName;
	}

	const obstacle = blockingBudget(target, pod);
	if (obstacle) {
		return obstacle;
	}

	const options = readDeleteOptions(
		treeAt(body, 'deleteOptions') ?? {},
		new URLSearchParams(),
	);
	if (isFailure(options)) {
		return options;
	}

	const {uid, resourceVersion} = options.preconditions;
	const isMet =
		(uid === undefined || uid === pod.metadata.uid) &&
		(resourceVersion === undefined ||
			resourceVersion === pod.metadata.resourceVersion);
	if (isMet && !target.options.isDryRun) {
		const status = treeAt(pod, 'status') ?? {};
		pod.status = {
			...status,
			conditions: [
				...treesAt(status, 'conditions').filter(
					(condition) => textAt(condition, 'type') !== 'DisruptionTarget',
				),
				{
					type: 'DisruptionTarget',
					status: 'True',
					lastProbeTime: absent,
					lastTransitionTime: timestamp(target.api.now()),
					reason: 'EvictionByEvictionAPI',
					message: 'Eviction API: evicting',
				},
			],
		};
		store(target, pod);
	}

	const outcome = await deleteObject(target, options);
	return isFailure(outcome) ? outcome : success(201);
};
