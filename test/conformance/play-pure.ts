import {
	applyRuntimeClass,
	mutatePod,
	runtimeClassConflict,
} from '../../source/core/admission.js';
import {decode} from '../../source/core/decode.js';
import {generationById} from '../../source/core/generations/index.js';
import {applyJsonPatch} from '../../source/core/json-patch.js';
import {isJsonObject} from '../../source/core/json.js';
import {podRefusal} from '../../source/core/pod-validation.js';
import {judgePod} from '../../source/core/scheduling.js';
import {createSnapshotWorld} from '../../source/core/snapshot-world.js';
import {type Recorded, type Verdict} from './case-types.js';
import {differences} from './compare.js';
import {nodeOf} from './fixtures.js';

const enabled = 'liqo.io/scheduling-enabled';

const offloadingOf = (spec: Recorded, generation: 1 | 2): Recorded => {
	const {name, deletionTimestamp, ...rest} = spec;
	const id = generation === 1 ? 'v0.3' : 'v1beta1';
	return name === undefined || name === 'offloading'
		? generationById(id).decode('NamespaceOffloading', {
				apiVersion: 'x',
				kind: 'NamespaceOffloading',
				metadata: {name: 'offloading', namespace: 'n'},
				spec: rest,
			})
		: undefined;
};

type Admitted = {readonly spec?: Recorded; readonly message?: string};

const admit = (pod: Recorded, given: Recorded, generation: 1 | 2): Admitted => {
	const spec = given.namespaceOffloadingStored ?? given.namespaceOffloading;
	const object = spec ? offloadingOf(spec, generation) : undefined;
	const raw = {metadata: {name: 'p'}, spec: pod};
	const conflict = generation === 2 ? runtimeClassConflict(raw) : undefined;
	if (conflict !== undefined) {
		return {message: conflict};
	}

	const before = generation === 2 ? applyRuntimeClass(raw) : raw;
	const labels = given.namespaceLabel ??
		given.namespaceLabels ?? {[enabled]: 'true'};
	const id = generation === 1 ? 'v0.3' : 'v1beta1';
	const result =
		labels[enabled] === 'true'
			? mutatePod(before, object, {
					generation: generationById(id),
					rules: 'upstream',
				})
			: ({outcome: 'admitted', pod: before} as const);
	if (result.outcome === 'denied') {
		return {message: result.message};
	}

	const message = podRefusal(result.pod);
	return message === undefined
		? {spec: isJsonObject(result.pod) ? result.pod.spec : {}}
		: {message};
};

/**
Plays a case about one pod through the mutation and the validation that follows it.
*/
export const playPodCase = (recorded: Recorded, generation: 1 | 2): Verdict => {
	const {given, pod, response} = recorded;
	const policy = given.failurePolicy ?? (generation === 1 ? 'Ignore' : 'Fail');
	const isWebhookLost =
		/webhook process down/v.test(recorded.title) ||
		(generation === 1 &&
			!(given.namespaceOffloadingStored ?? given.namespaceOffloading));
	// What a lost call comes to is the API server's part: nothing, or a refusal in words that hold an address.
	const actual = isWebhookLost
		? policy === 'Fail'
			? {message: 'failed calling webhook'}
			: {spec: pod}
		: admit(pod, given, generation);
	const expected =
		response.httpStatus === 201
			? {spec: recorded.observed}
			: {
					message: /failed calling webhook/v.test(response.message)
						? 'failed calling webhook'
						: response.message,
				};
	const found = differences('pod', expected, actual);
	return found.length === 0
		? {state: 'passed'}
		: {state: 'failed', differences: found};
};

const messageOf = (text: string): string => text;

/**
Plays a scheduling case: the pod through admission, then the judge on the nodes.
*/
export const playSchedulingCase = (
	recorded: Recorded,
	fixture: Recorded,
): Verdict => {
	const {given, observed, failedSchedulingEvents, then} = recorded;
	const {_req: requests = {cpu: '500m', memory: '256Mi'}, ...pod} =
		recorded.pod;
	const nodes = fixture.nodes.map((node: Recorded) => {
		const raw = nodeOf(node) as Recorded;
		const patch = given.nodePatches?.[node.name];
		return patch ? {...raw, spec: {...raw.spec, ...patch.spec}} : raw;
	});
	const admitted = admit(
		{containers: [{name: 'c', resources: {requests}}], ...pod},
		{
			namespaceOffloading: given.namespaceOffloading,
			namespaceLabel: given.podsCreatedBeforeOffloading
				? {}
				: (given.namespaceLabels ?? {}),
		},
		2,
	);
	const judge = (spec: Recorded, all: Recorded): Recorded => {
		const {consumer} = createSnapshotWorld({
			key: 'home',
			role: 'consumer',
			title: 'home',
			objects: all.map((node: Recorded) => decode('Node', node)),
		});
		return judgePod(decode('Pod', {metadata: {name: 'p'}, spec}), consumer);
	};

	if (admitted.spec === undefined) {
		const isExpected = (recorded.createResponse?.httpStatus ?? 201) !== 201;
		return isExpected
			? {state: 'passed'}
			: {state: 'failed', differences: [admitted.message ?? 'refused']};
	}

	const verdict = judge(admitted.spec, nodes);
	const feasible: string[] = verdict.nodes
		.filter((node: Recorded) => node.isFeasible)
		.map((node: Recorded) => node.name)
		.toSorted();
	// Preferences pick among feasible nodes, so that what was used is only a part of them.
	const isPreferring = JSON.stringify(recorded.pod).includes('preferred');
	const found = isPreferring
		? observed.nodesUsed
				.filter((name: string) => !feasible.includes(name))
				.map((name: string) => `${name} was used and is not feasible here`)
		: [...differences('nodesUsed', observed.nodesUsed, feasible)];
	if (failedSchedulingEvents.length > 0) {
		found.push(
			...differences(
				'message',
				messageOf(failedSchedulingEvents[0]),
				verdict.message,
			),
		);
	}

	if (recorded.mutatedPod) {
		const {containers, ...rest} = admitted.spec;
		found.push(
			...differences(
				'mutatedPod',
				recorded.mutatedPod,
				Object.fromEntries(
					Object.keys(rest)
						.filter((key) => key in recorded.mutatedPod)
						.map((key) => [key, rest[key]]),
				),
			),
		);
	}

	if (then) {
		found.push(...playFollowUp(admitted.spec, nodes, then, judge));
	}

	return found.length === 0
		? {state: 'passed'}
		: {state: 'failed', differences: found};
};

const playFollowUp = (
	spec: Recorded,
	nodes: Recorded,
	then: Recorded,
	judge: (spec: Recorded, nodes: Recorded) => Recorded,
): readonly string[] => {
	const {action, observed} = then;
	let after = spec;
	let cluster = nodes;
	for (const [key, value] of Object.entries<Recorded>(action)) {
		if (key === 'json-patch') {
			const isRefused = [then.response ?? []]
				.flat()
				.some(({httpStatus}: Recorded) => httpStatus >= 400);
			// The API server fills the list with tolerations of its own.
			const patched = applyJsonPatch(
				{spec: {tolerations: [], ...after}},
				value,
			);
			after =
				patched.isDone && !isRefused ? (patched.value as Recorded).spec : after;
		} else if (key.startsWith('patch nodes/')) {
			const name = key.replace('patch nodes/', '');
			cluster = cluster.map((node: Recorded) =>
				node.metadata.name === name
					? {
							...node,
							spec: {...node.spec, ...value.spec},
							metadata: {
								...node.metadata,
								labels: {...node.metadata.labels, ...value.metadata?.labels},
							},
						}
					: node,
			);
		} else {
			return [`unknown follow-up ${key}`];
		}
	}

	const verdict = judge(after, cluster);
	const feasible = verdict.nodes
		.filter((node: Recorded) => node.isFeasible)
		.map((node: Recorded) => node.name)
		.toSorted();
	// A few pods do not reach every feasible node.
	const used: string[] = observed.nodesUsed;
	return (used.length === 0) === (feasible.length === 0) &&
		used.every((name) => feasible.includes(name))
		? []
		: [
				`then (${then.title}): recorded ${used.join(', ')}, feasible here ${feasible.join(', ')}`,
			];
};
