import {plain} from '../../core/generations/encode.js';
import {generationById} from '../../core/generations/index.js';
import {finalizers, keys} from '../../core/keys.js';
import {type JsonObject} from '../../core/json.js';
import {remoteNamespaceName} from '../../core/names.js';
import {type MappingState, offloadingStatus} from '../../core/phase.js';
import {isFirstGeneration, liqoApi, putNamespace} from './cluster.js';
import {type Draft, type Peer} from './draft.js';
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

/**
What the phase says to Liqo's controllers: an entry that is `Creating` has no outcome yet.
*/
const mappingState = (
	key: string,
	phase: MappingPhase | undefined,
): MappingState => ({
	key,
	isRequested: phase !== undefined,
	...(phase !== undefined && phase !== 'Creating' && {phase}),
});

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
	const generation = generationById(draft.generation);
	const remote = remoteNamespaceName(
		namespace,
		{
			namespaceMappingStrategy: mappingStrategy,
			remoteNamespaceName: offloading.remoteNamespaceName,
		},
		{id: draft.localId},
		generation,
	);
	const isLabelled =
		offloading.isLabelled ??
		(isFirst ? Object.keys(on).length > 0 : podStrategy !== 'Local');
	putNamespace(draft, 'home', namespace, {
		...(isLabelled && {labels: {[keys.schedulingEnabled]: 'true'}}),
	});
	for (const peer of draft.peers.values()) {
		const phase = on[peer.handle];
		if (phase !== undefined) {
			putMapping(draft, peer, namespace, remote, phase);
		}

		if (phase === 'Accepted') {
			putTwin(draft, peer, namespace, remote, age - 5);
		}
	}

	const status = offloadingStatus({
		conditions: {},
		mappings: Array.from(draft.peers.values(), (peer) =>
			mappingState(isFirst ? peer.id : peer.map, on[peer.handle]),
		),
		isDeleting: false,
		now: draft.ago(age - 10),
		generation,
		rules: 'upstream',
	});
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
			offloadingPhase: status.phase,
			...(!isFirst && {observedGeneration: 1}),
			remoteNamespacesConditions: plain(status.conditions),
		},
	});
};
