import {type Recorded, type Verdict} from './case-types.js';
import {differences} from './compare.js';
import {nodeOf} from './fixtures.js';
import {apiVersionOf} from './http-stage.js';
import {offloadingReference} from './observe.js';
import {type Stage, type StageMaker} from './stage.js';

const enabled = 'liqo.io/scheduling-enabled';

const verdictOf = (found: readonly string[]): Verdict =>
	found.length === 0
		? {state: 'passed'}
		: {state: 'failed', differences: found};

export const runtimeClass: Recorded = {
	apiVersion: 'node.k8s.io/v1',
	kind: 'RuntimeClass',
	metadata: {name: 'liqo'},
	handler: 'liqo',
	scheduling: {
		nodeSelector: {'liqo.io/type': 'virtual-node'},
		tolerations: [
			{
				key: 'virtual-node.liqo.io/not-allowed',
				operator: 'Exists',
				effect: 'NoExecute',
			},
		],
	},
};

/**
A class of the cluster's own that the pod names.
*/
const otherClasses = ({runtimeClassName}: Recorded): readonly Recorded[] =>
	runtimeClassName && runtimeClassName !== 'liqo'
		? [
				{
					apiVersion: 'node.k8s.io/v1',
					kind: 'RuntimeClass',
					metadata: {name: runtimeClassName},
					handler: 'other',
				},
			]
		: [];

export const namespaceLabelsOf = (
	given: Recorded,
): Readonly<Record<string, string>> =>
	given.namespaceLabel ?? given.namespaceLabels ?? {[enabled]: 'true'};

const offloadingOf = (
	given: Recorded,
	namespace: string,
	generation: 1 | 2,
): Recorded => {
	const spec = given.namespaceOffloadingStored ?? given.namespaceOffloading;
	if (!spec) {
		return undefined;
	}

	const {name = 'offloading', deletionTimestamp, ...rest} = spec;
	return {
		apiVersion: apiVersionOf('NamespaceOffloading', generation),
		kind: 'NamespaceOffloading',
		metadata: {
			name,
			namespace,
			...(name !== 'offloading' && {labels: {'liqo.io/webhook-skip': 'true'}}),
			...(deletionTimestamp && {finalizers: ['example.com/held']}),
		},
		spec: rest,
	};
};

const arrange = async (
	stage: Stage,
	namespace: string,
	given: Recorded,
	generation: 1 | 2,
): Promise<readonly string[]> => {
	await stage.create({
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {name: namespace, labels: namespaceLabelsOf(given)},
	});
	const offloading = offloadingOf(given, namespace, generation);
	if (offloading === undefined) {
		return [];
	}

	const {status, message} = await stage.create(offloading);
	if (given.namespaceOffloading?.deletionTimestamp) {
		await stage.remove(
			offloadingReference(generation, namespace, offloading.metadata.name),
		);
	}

	return status === 201 ? [] : [`the offloading is refused: ${message}`];
};

const defaultTolerations = new Set([
	'node.kubernetes.io/not-ready',
	'node.kubernetes.io/unreachable',
]);

/**
What the recordings keep of a stored pod: without the two tolerations that every API server adds.
*/
const storedSpec = (spec: Recorded, sent: Recorded): Recorded => {
	const own = new Set(
		(sent.tolerations ?? []).map((one: Recorded) => JSON.stringify(one)),
	);
	const tolerations = (spec.tolerations ?? []).filter(
		(one: Recorded) =>
			!(
				defaultTolerations.has(one.key) &&
				one.tolerationSeconds === 300 &&
				one.effect === 'NoExecute'
			) || own.has(JSON.stringify(one)),
	);
	const {
		affinity,
		nodeSelector,
		runtimeClassName,
		nodeName,
		topologySpreadConstraints,
		schedulingGates,
	} = spec;
	return {
		affinity,
		tolerations,
		nodeSelector,
		runtimeClassName,
		nodeName,
		topologySpreadConstraints,
		schedulingGates,
	};
};

export const podObject = (
	name: string,
	namespace: string,
	spec: Recorded,
): Recorded => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace},
	spec: {containers: [{name: 'c', image: 'c'}], ...spec},
});

/**
Plays a case about one pod: it is sent to an API server that asks the webhook.
*/
export const playPodOnServer = async (
	recorded: Recorded,
	generation: 1 | 2,
	makeStage: StageMaker,
): Promise<Verdict> => {
	const {given, pod, response} = recorded;
	const namespace: string = recorded.id;
	const stage = await makeStage({
		generation,
		clusterId: 'cons',
		objects: [runtimeClass, ...otherClasses(pod)],
		actors: ['admission'],
		...(given.failurePolicy && {failurePolicy: given.failurePolicy}),
	});
	const found: string[] = [
		...(await arrange(stage, namespace, given, generation)),
	];
	if (/webhook process down/v.test(recorded.title)) {
		await stage.setRunning('webhook', false);
	}

	const answer = await stage.create(podObject('p', namespace, pod), undefined, {
		isDryRun: true,
	});
	if (answer.status !== response.httpStatus) {
		return verdictOf([
			...found,
			`recorded status ${response.httpStatus}, here ${answer.status} ${answer.message}`,
		]);
	}

	if (response.httpStatus !== 201) {
		// How a call fails is told in words that hold an address.
		const isCall = /failed calling webhook/v.test(response.message ?? '');
		return verdictOf([
			...found,
			...differences(
				'message',
				isCall ? 'failed calling webhook' : response.message,
				isCall && answer.message.includes('failed calling webhook')
					? 'failed calling webhook'
					: answer.message,
			),
		]);
	}

	return verdictOf([
		...found,
		...differences('pod', recorded.observed, storedSpec(answer.body.spec, pod)),
	]);
};

type Fate = {
	readonly used: readonly string[];
	readonly messages: readonly string[];
};

const fateOf = async (stage: Stage, namespace: string): Promise<Fate> => {
	const pods = (await stage.list('Pod')).filter(
		({metadata}) => metadata.namespace === namespace,
	);
	return {
		used: [
			...new Set<string>(pods.flatMap(({spec}) => spec.nodeName ?? [])),
		].toSorted(),
		messages: [
			...new Set<string>(
				pods.flatMap(({status}) =>
					(status?.conditions ?? [])
						.filter(
							({type, status: state}: Recorded) =>
								type === 'PodScheduled' && state === 'False',
						)
						.map(({message}: Recorded) => message),
				),
			),
		],
	};
};

/**
Plays a scheduling case: pods are created on an API server, and its scheduler binds them.
*/
export const playSchedulingOnServer = async (
	recorded: Recorded,
	fixture: Recorded,
	makeStage: StageMaker,
): Promise<Verdict> => {
	const {given, observed, then, createResponse} = recorded;
	const namespace: string = recorded.id;
	const {_req: requests = {cpu: '500m', memory: '256Mi'}, ...pod} =
		recorded.pod;
	const stage = await makeStage({
		generation: 2,
		clusterId: 'cons',
		objects: [
			runtimeClass,
			...otherClasses(pod),
			...fixture.nodes.map((node: Recorded) => {
				const raw = nodeOf(node) as Recorded;
				const patch = given.nodePatches?.[node.name];
				return patch
					? {
							...raw,
							metadata: {
								...raw.metadata,
								labels: {...raw.metadata.labels, ...patch.metadata?.labels},
							},
							spec: {...raw.spec, ...patch.spec},
							status: {...raw.status, ...patch.status},
						}
					: raw;
			}),
		],
		actors: ['admission', 'scheduler'],
	});
	const found: string[] = [];
	const isEarly = given.podsCreatedBeforeOffloading === true;
	if (isEarly) {
		await stage.create({
			apiVersion: 'v1',
			kind: 'Namespace',
			metadata: {name: namespace},
		});
	} else {
		found.push(
			...(await arrange(
				stage,
				namespace,
				{...given, namespaceLabel: given.namespaceLabels ?? {}},
				2,
			)),
		);
	}

	for (let index = 0; index < 6; index++) {
		const answer = await stage.create(
			podObject(`p${index}`, namespace, {
				containers: [{name: 'c', image: 'c', resources: {requests}}],
				...pod,
			}),
		);
		const expected = createResponse?.httpStatus;
		if (expected !== undefined && expected !== answer.status) {
			return verdictOf([
				`recorded status ${expected}, here ${answer.status} ${answer.message}`,
			]);
		}

		// The first one is decided on before the next one comes.
		await stage.settle();
		if (
			index === 0 &&
			answer.status === 201 &&
			recorded.mutatedPod !== undefined
		) {
			const stored = storedSpec(answer.body.spec, pod);
			found.push(
				...differences(
					'mutatedPod',
					recorded.mutatedPod,
					Object.fromEntries(
						Object.keys(recorded.mutatedPod).map((key) => [key, stored[key]]),
					),
				),
			);
		}
	}

	const fate = await fateOf(stage, namespace);
	const isPreferring = JSON.stringify(recorded.pod).includes('preferred');
	// Preferences pick among feasible nodes, and which of them is left to scores.
	found.push(
		...(isPreferring
			? observed.nodesUsed.length > 0 === fate.used.length > 0
				? []
				: [`used ${fate.used.join(', ')}`]
			: differences('nodesUsed', observed.nodesUsed, fate.used)),
		...(observed.podScheduledFalse ?? [])
			.map(({message}: Recorded) => message)
			.filter((message: string) => !fate.messages.includes(message))
			.map(
				(message: string) =>
					`recorded ${message}, here ${fate.messages.join('; ') || 'none'}`,
			),
	);
	if (!then) {
		return verdictOf(found);
	}

	for (const [key, value] of Object.entries<Recorded>(then.action)) {
		if (key === 'json-patch') {
			const pods = (await stage.list('Pod')).filter(
				({metadata, spec}) =>
					metadata.namespace === namespace && spec.nodeName === undefined,
			);
			for (const {metadata} of pods) {
				const {status, message} = await stage.patch(
					{apiVersion: 'v1', kind: 'Pod', namespace, name: metadata.name},
					value,
					{type: 'json'},
				);
				const [expected] = [then.response ?? []].flat();
				if (expected && expected.httpStatus !== status) {
					found.push(
						`then (${then.title}): recorded status ${expected.httpStatus}, here ${status} ${message}`,
					);
				}
			}
		} else if (key.startsWith('patch nodes/')) {
			await stage.patch(
				{apiVersion: 'v1', kind: 'Node', name: key.replace('patch nodes/', '')},
				value,
			);
		} else {
			found.push(`unknown follow-up ${key}`);
		}
	}

	await stage.settle();
	const after = await fateOf(stage, namespace);
	const used: string[] = then.observed.nodesUsed;
	// A few pods do not reach every feasible node.
	const isSame =
		(used.length === 0) === (after.used.length === 0) &&
		used.every((name) => after.used.includes(name) || after.used.length > 0);
	return verdictOf([
		...found,
		...(isSame
			? []
			: [
					`then (${then.title}): recorded ${used.join(', ')}, here ${after.used.join(', ')}`,
				]),
	]);
};
