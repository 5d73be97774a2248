import {definitionsOf} from '../../source/sandbox/crds/index.js';
import {runLine} from '../commands/helpers/run-line.js';
import {clusterIdConfigMap} from '../helpers/cluster-id-config-map.js';
import {type Recorded, type Verdict} from './case-types.js';
import {differences} from './compare.js';
import {fixtureObjects, namespaceObject, nodeOf} from './fixtures.js';
import {apiVersionOf} from './http-stage.js';
import {observeNamespace} from './observe.js';
import {namespaceLabelsOf, podObject} from './play-pods.js';

const verdictOf = (found: readonly string[]): Verdict =>
	found.length === 0
		? {state: 'passed'}
		: {state: 'failed', differences: found};

type Ran = {
	readonly code: number;
	readonly document: Recorded;
	readonly stderr: string;
};

/**
Runs a command on objects in a file, as a user would.
*/
const runOn = async (
	objects: readonly Recorded[],
	generation: 1 | 2,
	...line: readonly string[]
): Promise<Ran> => {
	const {code, stdout, stderr} = await runLine(
		[...line, '-f', '-', '-o', 'json', '--rules', 'upstream'],
		{
			stdin: JSON.stringify({
				apiVersion: 'v1',
				kind: 'List',
				items: [
					...definitionsOf(generation === 1 ? 'v0.3' : 'v1beta1'),
					...objects,
				],
			}),
		},
	);
	return {
		code,
		document: stdout === '' ? undefined : JSON.parse(stdout),
		stderr,
	};
};

const offloadingOf = (
	spec: Recorded,
	namespace: string,
	generation: 1 | 2,
): readonly Recorded[] => {
	if (!spec) {
		return [];
	}

	const {name = 'offloading', deletionTimestamp, ...rest} = spec;
	return [
		{
			apiVersion: apiVersionOf('NamespaceOffloading', generation),
			kind: 'NamespaceOffloading',
			metadata: {
				name,
				namespace,
				...(deletionTimestamp && {
					deletionTimestamp: '2026-01-01T00:00:00Z',
					finalizers: ['example.com/held'],
				}),
			},
			// What an API server fills in, so that the file is as one saved from it.
			spec: {namespaceMappingStrategy: 'DefaultName', ...rest},
		},
	];
};

const admitted = ({document}: Ran): Recorded => {
	if (document?.kind === 'AdmissionDenial') {
		return {message: document.message};
	}

	const {containers, ...spec} = document.spec;
	return {spec};
};

/**
Plays a case about one pod: `admit`.
*/
const playPod = async (
	recorded: Recorded,
	generation: 1 | 2,
): Promise<Verdict> => {
	const {given, pod, response} = recorded;
	if (/webhook process down/v.test(recorded.title) || given.failurePolicy) {
		return {
			state: 'skipped',
			why: 'admit answers as a webhook that is reached, under the policy of the chart',
		};
	}

	const ran = await runOn(
		[
			namespaceObject(recorded.id, namespaceLabelsOf(given)),
			...offloadingOf(
				given.namespaceOffloadingStored ?? given.namespaceOffloading,
				recorded.id,
				generation,
			),
			podObject('p', recorded.id, pod),
		],
		generation,
		'admit',
	);
	return verdictOf(
		differences(
			'pod',
			response.httpStatus === 201
				? {spec: recorded.observed}
				: {message: response.message},
			admitted(ran),
		),
	);
};

/**
Plays a scheduling case: the pod through `admit`, and what comes out through `explain pod`.
*/
const playScheduling = async (
	recorded: Recorded,
	fixture: Recorded,
): Promise<Verdict> => {
	const {given, observed, failedSchedulingEvents, createResponse} = recorded;
	const {_req: requests = {cpu: '500m', memory: '256Mi'}, ...pod} =
		recorded.pod;
	const labels = given.podsCreatedBeforeOffloading
		? {}
		: (given.namespaceLabels ?? {});
	const around = [
		namespaceObject(recorded.id, labels),
		...offloadingOf(given.namespaceOffloading, recorded.id, 2),
		...fixture.nodes.map((node: Recorded) => {
			const raw = nodeOf(node) as Recorded;
			const patch = given.nodePatches?.[node.name];
			return patch ? {...raw, spec: {...raw.spec, ...patch.spec}} : raw;
		}),
	];
	const first = await runOn(
		[
			...around,
			podObject('p0', recorded.id, {
				containers: [{name: 'c', image: 'c', resources: {requests}}],
				...pod,
			}),
		],
		2,
		'admit',
	);
	if ((createResponse?.httpStatus ?? 201) !== 201) {
		return verdictOf(
			differences(
				'message',
				createResponse.message,
				first.document?.kind === 'AdmissionDenial'
					? first.document.message
					: 'admitted',
			),
		);
	}

	const {document} = await runOn(
		[...around, first.document],
		2,
		'explain',
		'pod',
		`${recorded.id}/p0`,
	);
	const feasible: readonly string[] = document.nodes
		.filter((node: Recorded) => node.feasible)
		.map((node: Recorded) => node.name);
	const isPreferring = JSON.stringify(recorded.pod).includes('preferred');
	return verdictOf([
		...(isPreferring
			? observed.nodesUsed
					.filter((name: string) => !feasible.includes(name))
					.map((name: string) => `${name} was used and is not feasible here`)
			: differences(
					'nodesUsed',
					observed.nodesUsed,
					feasible.toSorted((one, other) => one.localeCompare(other)),
				)),
		...(failedSchedulingEvents.length > 0
			? differences('message', failedSchedulingEvents[0], document.message)
			: []),
	]);
};

/**
A map with what its provider says of one namespace.
*/
const withAnswer = (
	object: Recorded,
	namespace: string,
	entries: Recorded,
): Recorded => {
	const answer =
		object.kind === 'NamespaceMap'
			? (entries?.[object.metadata.name] ??
				entries?.[object.metadata.labels?.['liqo.io/remote-cluster-id']])
			: undefined;
	return answer
		? {...object, status: {currentMapping: {[namespace]: answer}}}
		: object;
};

const offloadingsOf = (recorded: Recorded): readonly Recorded[] =>
	(recorded.actions ?? [])
		.filter(
			({op, object}: Recorded) =>
				op === 'create' && object?.kind === 'NamespaceOffloading',
		)
		.map(({object}: Recorded) => object);

/**
Plays a case that is one creation: `explain selector` says which clusters, `simulate` what becomes of everything.
*/
const playCreation = async (
	recorded: Recorded,
	fixture: Recorded,
	{
		generation,
		clusterId,
	}: {readonly generation: 1 | 2; readonly clusterId: string},
): Promise<Verdict> => {
	const actions: Recorded[] = recorded.actions ?? [];
	const [offloading, ...others] = offloadingsOf(recorded);
	// What the providers answered is in the maps from the start: the commands know no steps.
	const entries: Recorded = actions.find((action) => action.entries)?.entries;
	const isOneCreation =
		recorded.steps === undefined &&
		offloading !== undefined &&
		others.length === 0 &&
		actions.length === (entries === undefined ? 1 : 2) &&
		actions[0].response?.httpStatus === 201 &&
		!actions[0].response.warnings;
	if (!isOneCreation) {
		return {
			state: 'skipped',
			why: 'simulate and explain look at one set of objects, not at steps or refusals',
		};
	}

	const {namespace} = offloading.metadata;
	const objects = [
		clusterIdConfigMap(clusterId),
		...fixtureObjects(fixture, generation).map((object) =>
			withAnswer(object, offloading.metadata.namespace, entries),
		),
		{apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}},
		{
			...offloading,
			spec: {
				namespaceMappingStrategy: 'DefaultName',
				podOffloadingStrategy: 'LocalAndRemote',
				...offloading.spec,
			},
		},
	];
	const found: string[] = [];
	const isOffloading = offloading.metadata.name === 'offloading';
	if (generation === 2 && !isOffloading) {
		return {
			state: 'skipped',
			why: 'simulate starts every controller, and a start wakes misnamed objects too',
		};
	}

	// Without a selector every cluster matches; that nothing is mapped all the same is the controller's failure to write.
	const isJudged = generation === 1 || offloading.spec.clusterSelector;
	const selected: readonly string[] | undefined =
		recorded.selectedMaps ?? recorded.selectedClusters;
	if (
		isOffloading &&
		isJudged &&
		selected !== undefined &&
		!recorded.orderDependent
	) {
		const {document} = await runOn(
			objects,
			generation,
			'explain',
			'selector',
			namespace,
		);
		const clusters = [
			...new Set<string>(
				document.nodes
					.filter((node: Recorded) => node.matches)
					.map((node: Recorded) => node.cluster),
			),
		];
		// A syntax error stops Liqo at the node where it comes up; explain judges every node.
		if (recorded.observed?.events?.length === 0) {
			found.push(
				...differences(
					'explain selector',
					selected.toSorted((one, other) => one.localeCompare(other)),
					clusters.toSorted((one, other) => one.localeCompare(other)),
				),
			);
		}

		const [event] = recorded.observed?.events ?? [];
		if (event?.reason === 'Invalid') {
			found.push(
				...differences(
					'explain selector: error',
					event.message.replace('Invalid ClusterSelector: ', ''),
					document.error,
				),
			);
		}
	}

	const {document} = await runOn(objects, generation, 'simulate');
	const all: readonly Recorded[] = document.clusters.find(
		({role}: Recorded) => role === 'consumer',
	).objects;
	const actual = await observeNamespace(
		{
			find: async ({kind, namespace: space, name}) =>
				all.find(
					(object) =>
						object.kind === kind &&
						object.metadata.name === name &&
						(object.metadata.namespace ?? '') === (space ?? ''),
				),
			list: async (kind) => all.filter((object) => object.kind === kind),
		},
		namespace,
		generation,
		offloading.metadata.name,
	);
	const keys = Object.keys(recorded.observed).filter((key) => key in actual);
	found.push(
		...(recorded.orderDependent
			? []
			: differences(
					'simulate',
					Object.fromEntries(keys.map((key) => [key, recorded.observed[key]])),
					Object.fromEntries(keys.map((key) => [key, actual[key]])),
				)),
	);
	return verdictOf(found);
};

/**
Plays a case through the commands of the terminal, each on files.
*/
export const playThroughCommands = async (
	area: string,
	recorded: Recorded,
	fixture: Recorded,
	setting: {readonly generation: 1 | 2; readonly clusterId: string},
): Promise<Verdict> => {
	switch (area) {
		case 'pods': {
			return playPod(recorded, setting.generation);
		}

		case 'scheduling': {
			return playScheduling(recorded, fixture);
		}

		case 'selectors':
		case 'mappings':
		case 'status': {
			return playCreation(recorded, fixture, setting);
		}

		default: {
			return {
				state: 'skipped',
				why: 'the commands know no servers and no virtual kubelets',
			};
		}
	}
};
