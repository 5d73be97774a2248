import {type Change} from '../core/change.js';
import {type Generation} from '../core/generations/generation.js';
import {type JsonObject} from '../core/json.js';
import {
	type AnyObject,
	type Event,
	type KindName,
	type ObjectReference,
} from '../core/model.js';
import {builtInResources, resourceOf} from '../core/resources.js';
import {type Clock, systemClock} from './clock.js';
import {type ConnectionFlags, resolveConnection} from './connection.js';
import {createCredentialSource} from './credentials.js';
import {fail, type Outcome, succeed} from './errors.js';
import {createEventRecorder} from './event-recorder.js';
import {
	type FetchOptions,
	fetchEventsOf,
	fetchFullObject,
	listFullObjects,
	listObjects,
} from './full-objects.js';
import {createIdentityTracker, type Identity} from './identity-tracker.js';
import {type Environment, loadKubeconfig} from './kubeconfig.js';
import {
	type Capabilities,
	defaultPatience,
	type ListWatch,
	type Patience,
} from './list-watch-options.js';
import {startKindWatch} from './kind-watch.js';
import {createPulse} from './pulse.js';
import {keepHeapSmall} from './heap-growth.js';
import {type Selection} from './resource-path.js';
import {createResourceFinder} from './resources.js';
import {
	type AccessRule,
	type Action,
	reviewAccess,
	reviewRules,
} from './reviews.js';
import {type Sent} from './sent.js';
import {type Sink} from './sink.js';
import {createTransport} from './transport.js';
import {unlessAborted} from './unless-aborted.js';
import {createWriter, type SendOptions} from './writer.js';

export type {ConnectionFlags} from './connection.js';
export type {Identity} from './identity-tracker.js';
export type {Sink} from './sink.js';
export {sinkOf} from './sink.js';

export type ConnectOptions = {
	readonly flags?: ConnectionFlags;
	readonly env: Environment;
	/**
	Sent as `liqoscope/VERSION`.
	*/
	readonly version: string;
	/**
	Refuses every request that could change something, for the life of the connection.
	*/
	readonly isReadOnly: boolean;
	/**
	Where Liqo runs, when not in `liqo`.
	*/
	readonly liqoNamespace?: string;
	/**
	Given by the user; wins over what is found.
	*/
	readonly localClusterId?: string;
	/**
	Milliseconds a credential plugin may take.

	@default 60000
	*/
	readonly pluginTimeLimit?: number;
	/**
	Gives up connecting; what is connected stays so.
	*/
	readonly signal?: AbortSignal;
	readonly clock?: Clock;
	readonly patience?: Partial<Patience>;
	/**
	Whether somebody is at the keys just now: what arrives is then read in shorter turns, with rests between them.
	*/
	readonly isAttended?: () => boolean;
};

export type KindWatchOptions = {
	readonly kind: KindName;
	readonly sink: Sink;
	/**
	Where to look when the whole cluster is forbidden (`-n`).
	*/
	readonly namespaces?: readonly string[];
	readonly selection?: Selection;
};

/**
One cluster, connected.
*/
export type ClusterConnection = {
	/**
	The context's name.
	*/
	readonly title: string;
	readonly server: string;
	/**
	The namespace meant when none is named.
	*/
	readonly namespace: string;
	readonly isReadOnly: boolean;
	/**
	Liqo's generation, cluster-id and namespace as known now.
	*/
	identity(): Identity;
	/**
	Called when they change, as when Liqo is installed meanwhile. Returns the function that unsubscribes.
	*/
	onIdentity(listener: (identity: Identity) => void): () => void;
	/**
	Keeps a sink equal to what the cluster has of a kind, until stopped.
	*/
	watch(options: KindWatchOptions): ListWatch;
	/**
	Lists a kind once, as the model has it.
	*/
	list(
		kind: KindName,
		selection?: Selection,
	): Promise<Outcome<readonly AnyObject[]>>;
	/**
	Lists a kind once, as the server has it.
	*/
	listFull(
		kind: KindName,
		selection?: Selection,
	): Promise<Outcome<readonly JsonObject[]>>;
	/**
	One object as the server has it; a Secret's values are masked.
	*/
	fetchObject(
		reference: ObjectReference,
		options?: FetchOptions,
	): Promise<Outcome<JsonObject>>;
	/**
	Events about one object, oldest first.
	*/
	fetchEvents(
		reference: ObjectReference & {readonly uid?: string},
	): Promise<Outcome<readonly Event[]>>;
	reviewAccess(
		action: Action,
	): Promise<Outcome<{readonly isAllowed: boolean; readonly reason: string}>>;
	reviewRules(namespace: string): Promise<
		Outcome<{
			readonly rules: readonly AccessRule[];
			readonly isIncomplete: boolean;
		}>
	>;
	/**
	Sends a change, its precondition with it; a precondition that no longer holds is a problem of kind `conflict`.
	*/
	send(change: Change, options?: SendOptions): Promise<Outcome<Sent>>;
	/**
	Ends all watches and connections.
	*/
	close(): Promise<void>;
};

/**
Connects to the cluster that flags, environment and kubeconfig name, and finds out what Liqo it has. A server that cannot be
reached, or does not know the user, is a problem; missing rights and a missing Liqo are not.
*/
export const connectCluster = async (
	options: ConnectOptions,
): Promise<Outcome<ClusterConnection>> => {
	const {env, flags = {}, clock = systemClock, isReadOnly} = options;
	keepHeapSmall();
	const config = await loadKubeconfig({env, explicit: flags.kubeconfig});
	if (!config.ok) {
		return config;
	}

	const connection = await resolveConnection({
		config: config.value,
		flags,
		env,
	});
	if (!connection.ok) {
		return connection;
	}

	const transport = createTransport({
		connection: connection.value,
		credentials: createCredentialSource(connection.value, {
			env,
			now: () => clock.now(),
			pluginTimeLimit: options.pluginTimeLimit ?? 60_000,
		}),
		isReadOnly,
		version: options.version,
		clock,
	});
	const tracker = createIdentityTracker({
		transport,
		clock,
		recheck: options.patience?.recheck ?? 30_000,
		liqoNamespace: options.liqoNamespace,
		localClusterId: options.localClusterId,
	});
	const found = await unlessAborted(tracker.find(), options.signal);
	if (!found.ok) {
		tracker.stop();
		await transport.close();
		return found;
	}

	const generationNow = (): Generation | undefined =>
		tracker.identity().generation;
	const resources = createResourceFinder(transport, generationNow);
	const events = createEventRecorder(clock);
	const writer = createWriter({transport, resources, events});
	const pulse = createPulse(
		transport,
		clock,
		options.patience?.pulse ?? defaultPatience.pulse,
	);
	const capabilities: Capabilities = {hasWatchList: true, hasProtobuf: true};
	const watches = new Set<ListWatch>();

	const served = (kind: KindName) => {
		const generation = generationNow();
		const resource = resourceOf(kind, generation);
		return resource
			? succeed({resource, generation})
			: fail('not-found', `${transport.server} does not serve ${kind}.`);
	};

	return succeed({
		title: transport.title,
		server: transport.server,
		namespace: connection.value.namespace,
		isReadOnly,
		identity: () => tracker.identity(),
		onIdentity: (listener) => tracker.onChange(listener),
		watch(wanted) {
			const watch = startKindWatch({
				...wanted,
				transport,
				capabilities,
				pulse,
				tracker,
				clock,
				...(options.patience && {patience: options.patience}),
				...(options.isAttended && {isAttended: options.isAttended}),
			});
			const stoppable: ListWatch = {
				stop() {
					watch.stop();
					watches.delete(stoppable);
				},
			};
			watches.add(stoppable);
			return stoppable;
		},
		async list(kind, selection = {}) {
			const place = served(kind);
			return place.ok
				? listObjects({transport, kind, selection, ...place.value})
				: place;
		},
		async listFull(kind, selection = {}) {
			const place = served(kind);
			return place.ok
				? listFullObjects(transport, kind, place.value.resource, selection)
				: place;
		},
		fetchObject: async (reference, fetchOptions) =>
			fetchFullObject(transport, resources, reference, fetchOptions),
		fetchEvents: async (reference) =>
			fetchEventsOf(transport, builtInResources.Event, reference),
		reviewAccess: async (action) => reviewAccess(transport, action),
		reviewRules: async (namespace) => reviewRules(transport, namespace),
		send: async (change, sendOptions) => writer.send(change, sendOptions),
		async close() {
			tracker.stop();
			for (const watch of watches) {
				watch.stop();
			}

			await transport.close();
		},
	});
};
