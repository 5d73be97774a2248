import {type KindName} from '../../core/model.js';
import {kindsReconciled} from '../../core/reconcilers/kinds-read.js';
import {resourceOf} from '../../core/resources.js';
import {type Access, type ClusterView} from '../../core/world.js';
import {systemClock} from '../../kube/clock.js';
import {type Connection} from '../../kube/connection.js';
import {createCredentialSource} from '../../kube/credentials.js';
import {
	fetchServedResources,
	generationOfServer,
} from '../../kube/discovery.js';
import {type Outcome, succeed} from '../../kube/errors.js';
import {type Environment} from '../../kube/kubeconfig.js';
import {type Capabilities} from '../../kube/list-watch-options.js';
import {startListWatch} from '../../kube/list-watch.js';
import {findLocalIdentity} from '../../kube/local-identity.js';
import {type Selection} from '../../kube/resource-path.js';
import {sinkOf, withAccess} from '../../kube/sink.js';
import {createTransport, type Transport} from '../../kube/transport.js';
import {type Store} from '../../store/store.js';

/**
A connection that is open, and what was learnt of the server.
*/
export type OpenCluster = {
	readonly transport: Transport;
	readonly generation: ClusterView['generation'];
	readonly clusterId: string | undefined;
	readonly liqoNamespace: string;
	/**
	Why the cluster-id is not known.
	*/
	readonly note?: string;
};

export type OpenOptions = {
	readonly env: Environment;
	readonly version: string;
	readonly liqoNamespace: string | undefined;
};

const pluginTimeLimit = 20_000;

const openTransport = (
	connection: Connection,
	{env, version}: OpenOptions,
): Transport =>
	createTransport({
		connection,
		credentials: createCredentialSource(connection, {
			env,
			now: systemClock.now,
			pluginTimeLimit,
		}),
		isReadOnly: false,
		version,
		clock: systemClock,
	});

/**
Connects, and asks who the cluster is.
*/
export const openCluster = async (
	connection: Connection,
	options: OpenOptions,
): Promise<Outcome<OpenCluster>> => {
	const transport = openTransport(connection, options);
	const served = await fetchServedResources(transport);
	if (!served.ok) {
		await transport.close();
		return served;
	}

	const identity = await findLocalIdentity(transport, options.liqoNamespace);
	return succeed({
		transport,
		generation: generationOfServer(served.value),
		clusterId: identity.clusterId,
		liqoNamespace: identity.liqoNamespace,
		...(identity.note !== undefined && {note: identity.note}),
	});
};

/**
What is watched of a kind.
*/
export type Watched = readonly [
	kind: KindName,
	selection?: Selection,
	/**
	Where several watches share a kind: whether an object is this one's, by its namespace.
	*/
	owns?: (namespace: string) => boolean,
];

/**
What the reconcilers read of the consumer, and what tells of Liqo's own controllers.
*/
export const consumerKinds = (liqoNamespace: string): readonly Watched[] => [
	...kindsReconciled.consumer.map(
		([kind, {isLiqos, ...selectors} = {}]): Watched => [
			kind,
			{...selectors, ...(isLiqos && {namespace: liqoNamespace})},
			kind === 'Pod' ? (namespace) => namespace !== liqoNamespace : undefined,
		],
	),
	['Pod', {namespace: liqoNamespace}],
	['MutatingWebhookConfiguration'],
];

/**
What they read of a provider. `tenantNamespace`: the only namespace in which NamespaceMaps may be read there.
*/
export const providerKinds = (
	liqoNamespace: string,
	tenantNamespace: string | undefined,
): readonly Watched[] => [
	['Namespace'],
	[
		'NamespaceMap',
		tenantNamespace === undefined ? {} : {namespace: tenantNamespace},
	],
	['RoleBinding'],
	['Deployment', {namespace: liqoNamespace}],
	['Pod', {namespace: liqoNamespace}],
];

/**
What is known of a kind that several watches bring: nothing for sure before all have said something; then what the first one says.
*/
const jointAccess = (accesses: readonly Access[]): Access =>
	accesses.find(({state}) => state === 'idle' || state === 'syncing') ??
	accesses[0] ?? {state: 'idle'};

/**
Feeds the store from watches until stopped.
*/
export const watchCluster = (
	store: Store,
	cluster: string,
	open: OpenCluster,
	kinds: readonly Watched[],
): (() => void) => {
	const capabilities: Capabilities = {hasWatchList: true, hasProtobuf: true};
	const accesses = new Map<string, Access[]>();
	const watches = kinds.flatMap(([kind, selection, owns]) => {
		const resource = resourceOf(kind, open.generation);
		if (resource === undefined) {
			store.setAccess(cluster, kind, {
				state: 'absent',
				reason: 'This version of Liqo does not have it.',
			});
			return [];
		}

		const ofKind = accesses.get(kind) ?? [];
		const place = ofKind.length;
		ofKind.push({state: 'idle'});
		accesses.set(kind, ofKind);
		return [
			startListWatch({
				kind,
				resource,
				generation: open.generation,
				transport: open.transport,
				capabilities,
				sink: withAccess(sinkOf(store, cluster, kind), (access) => {
					ofKind[place] = access;
					store.setAccess(cluster, kind, jointAccess(ofKind));
				}),
				...(owns !== undefined && {owns}),
				clock: systemClock,
				...(selection !== undefined && {selection}),
			}),
		];
	});
	return () => {
		for (const watch of watches) {
			watch.stop();
		}
	};
};
