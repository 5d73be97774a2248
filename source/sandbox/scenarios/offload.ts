import {finalizers, keys} from '../../core/keys.js';
import {type JsonObject} from '../../core/json.js';
import {isFirstGeneration, liqoApi, putNamespace} from './cluster.js';
import {type Draft, mergeInto, type Peer} from './draft.js';
import {remoteTenantNamespace} from './peering.js';
import {putTwin} from './twin.js';

export type MappingPhase =
	'Accepted' | 'CreationLoopBackOff' | 'Terminating' | 'Creating';

export type Offloading = {
	/**
	Selector terms as the user writes them; `absent` leaves the field out.
	*/
	readonly terms?: readonly JsonObject[] | 'absent';
	readonly podStrategy?: 'Local' | 'Remote' | 'LocalAndRemote';
	readonly mappingStrategy?: 'DefaultName' | 'EnforceSameName' | 'SelectedName';
	readonly remoteNamespaceName?: string;
	/**
	Selected clusters by handle, and how far each got; all of them Accepted when absent.
	*/
	readonly on?: Readonly<Record<string, MappingPhase>>;
	/**
	Seconds since it was created.
	*/
	readonly age?: number;
	/**
	Overrides what the controllers would have done with the scheduling label.
	*/
	readonly isLabelled?: boolean;
};

export const region = (...values: readonly string[]): JsonObject => ({
	matchExpressions: [{key: 'region', operator: 'In', values}],
});

const defaultTerm = {
	matchExpressions: [
		{key: keys.type, operator: 'In', values: ['virtual-node']},
	],
};

const firstGenerationCondition = (phase: MappingPhase | undefined) => {
	switch (phase) {
		case 'Accepted': {
			return {
				type: 'Ready',
				status: 'True',
				reason: 'RemoteNamespaceCreated',
				message: 'Namespace correctly offloaded on this cluster',
			};
		}

		case 'CreationLoopBackOff': {
			return {
				type: 'Ready',
				status: 'False',
				reason: 'CreationLoopBackOff',
				message: 'Some problems occurred during remote Namespace creation',
			};
		}

		case 'Terminating': {
			return {
				type: 'Ready',
				status: 'False',
				reason: 'TerminatingNamespace',
				message: 'The remote Namespace is requested to be deleted',
			};
		}

		case 'Creating':
		case undefined: {
			return {
				type: 'OffloadingRequired',
				status: 'False',
				reason: 'ClusterNotSelected',
				message:
					'You have not selected this cluster through ClusterSelector fields',
			};
		}
	}
};

const readyReasons = {
	Accepted: [
		'NamespaceCreated',
		'Namespace correctly offloaded to the remote cluster',
	],
	CreationLoopBackOff: [
		'CreationLoopBackOff',
		'Some problems occurred during remote namespace creation',
	],
	Terminating: ['Terminating', 'The remote namespace is being deleted'],
	Creating: ['Creating', 'The remote namespace is being created'],
} as const;

const currentConditions = (phase: MappingPhase | undefined) => [
	{
		type: 'OffloadingRequired',
		status: phase === undefined ? 'False' : 'True',
		reason: phase === undefined ? 'ClusterNotSelected' : 'ClusterSelected',
		message: `The remote cluster has ${phase === undefined ? 'not ' : ''}been selected through the ClusterSelector field`,
	},
	...(phase === undefined
		? []
		: [
				{
					type: 'Ready',
					status: phase === 'Accepted' ? 'True' : 'False',
					reason: readyReasons[phase][0],
					message: readyReasons[phase][1],
				},
			]),
];

const phaseOf = (draft: Draft, phases: readonly MappingPhase[]): string => {
	const ready = phases.filter((phase) => phase === 'Accepted').length;
	const failed = phases.filter(
		(phase) => phase === 'CreationLoopBackOff',
	).length;
	if (isFirstGeneration(draft)) {
		if (ready + failed === 0) {
			return 'NoClusterSelected';
		}

		return ready === 0 ? 'AllFailed' : failed === 0 ? 'Ready' : 'SomeFailed';
	}

	if (phases.length === 0) {
		return 'NoClusterSelected';
	}

	if (ready === phases.length) {
		return 'Ready';
	}

	return failed === phases.length
		? 'AllFailed'
		: failed > 0
			? 'SomeFailed'
			: 'InProgress';
};

/**
Writes one namespace's entry into the map at home and its copy on the provider. An entry that is `Creating` has no outcome yet.
*/

export const putMapping = (
	draft: Draft,
	peer: Peer,
	namespace: string,
	remote: string,
	phase: MappingPhase,
): void => {
	const patch = {
		spec: {desiredMapping: {[namespace]: remote}},
		...(phase !== 'Creating' && {
			status: {
				currentMapping: {[namespace]: {remoteNamespace: remote, phase}},
			},
		}),
	};
	draft.edit(
		'home',
		'NamespaceMap',
		`${peer.tenantNamespace}/${peer.map}`,
		patch,
	);
	if (!isFirstGeneration(draft)) {
		draft.edit(
			peer.handle,
			'NamespaceMap',
			`${remoteTenantNamespace(draft)}/${peer.map}`,
			patch,
		);
	}
};

export const remoteNameOf = (
	draft: Draft,
	namespace: string,
	{mappingStrategy = 'DefaultName', remoteNamespaceName = ''}: Offloading,
): string =>
	mappingStrategy === 'DefaultName'
		? `${namespace}-${draft.localId}`
		: mappingStrategy === 'SelectedName'
			? remoteNamespaceName
			: namespace;

/**
An offloaded namespace at rest: the object with finalizer and status, the label, the mappings, and the twins of the accepted ones.
*/
export const offload = (
	draft: Draft,
	namespace: string,
	offloading: Offloading = {},
): void => {
	const {
		terms = [],
		podStrategy = 'LocalAndRemote',
		mappingStrategy = 'DefaultName',
		on = Object.fromEntries(
			draft.peers.keys().map((handle) => [handle, 'Accepted' as const]),
		),
		age = 3600,
	} = offloading;
	const isFirst = isFirstGeneration(draft);
	const remote = remoteNameOf(draft, namespace, offloading);
	const phases = Object.values(on);
	const isLabelled =
		offloading.isLabelled ??
		(isFirst ? phases.length > 0 : podStrategy !== 'Local');
	putNamespace(draft, 'home', namespace, {
		...(isLabelled && {labels: {[keys.schedulingEnabled]: 'true'}}),
	});
	const conditions: Record<string, JsonObject[]> = {};
	for (const peer of draft.peers.values()) {
		const phase = on[peer.handle];
		const list = isFirst
			? [firstGenerationCondition(phase)]
			: currentConditions(phase);
		conditions[isFirst ? peer.id : peer.map] = list.map((condition) =>
			mergeInto(condition, {lastTransitionTime: draft.ago(age - 10)}),
		);
		if (phase !== undefined) {
			putMapping(draft, peer, namespace, remote, phase);
		}

		if (phase === 'Accepted') {
			putTwin(draft, peer, namespace, remote, age - 5);
		}
	}

	draft.put('home', {
		apiVersion: liqoApi(draft.generation, 'NamespaceOffloading'),
		kind: 'NamespaceOffloading',
		metadata: {
			namespace,
			name: 'offloading',
			generation: 1,
			creationTimestamp: draft.ago(age),
			finalizers: [finalizers.namespaceOffloading],
		},
		spec: {
			namespaceMappingStrategy: mappingStrategy,
			podOffloadingStrategy: podStrategy,
			...(mappingStrategy === 'SelectedName' && {remoteNamespaceName: remote}),
			...(terms !== 'absent' && {
				clusterSelector: {
					nodeSelectorTerms:
						isFirst && terms.length === 0 ? [defaultTerm] : terms,
				},
			}),
		},
		status: {
			remoteNamespaceName: remote,
			offloadingPhase: phaseOf(draft, phases),
			...(!isFirst && {observedGeneration: 1}),
			remoteNamespacesConditions: conditions,
		},
	});
};
