import {type Change} from '../../core/change.js';
import {decode, kindOf} from '../../core/decode.js';
import {
	type AnyObject,
	type KindName,
	type ObjectReference,
} from '../../core/model.js';
import {apiVersionOf, resourceOf} from '../../core/resources.js';
import {
	type ClusterConnection,
	type ConnectionFlags,
	sinkOf,
} from '../../kube/connect.js';
import {type ProblemKind} from '../../kube/errors.js';
import {listContexts, loadKubeconfig} from '../../kube/kubeconfig.js';
import {createStore} from '../../store/create-store.js';
import {type Store} from '../../store/store.js';
import {type Outcome, type Session} from '../../ui/ports.js';
import {type Target} from '../../ui/reducer/state.js';
import {type CommandContext} from '../command.js';
import {
	connectionFlagsOf,
	connectWith,
	providerFlagsOf,
} from '../connection-options.js';
import {exitCodes} from '../exit-code.js';
import {createAttention} from './attention.js';
import {joinProvider} from './join-providers.js';
import {objectYaml} from './object-yaml.js';
import {type OpenedResult} from './opened.js';
import {consumerKinds, providerKinds} from './watched-kinds.js';

const watchAll = (
	store: Store,
	cluster: string,
	connection: ClusterConnection,
	namespaces: readonly string[] | undefined,
): void => {
	const wanted =
		cluster === 'home'
			? consumerKinds
			: providerKinds.map((kind) => [kind] as const);
	for (const [kind, where] of wanted) {
		const {liqoNamespace} = connection.identity();
		connection.watch({
			kind,
			sink: sinkOf(store, cluster, kind),
			...(namespaces && {namespaces}),
			...(where === 'liqo' && {selection: {namespace: liqoNamespace}}),
		});
	}
};

/**
Problems after which a write may have happened all the same.
*/
const unanswered: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
	'unreachable',
	'timeout',
	'garbage',
	'aborted',
	'server',
]);

/**
The object of a write as it is on the server now.
*/
const readAgain = async (
	connection: ClusterConnection,
	{object}: Change,
): Promise<Outcome<AnyObject | undefined>> => {
	const answer = await connection.fetchObject(object);
	if (answer.ok) {
		const kind = kindOf(object.apiVersion, object.kind);
		const {generation} = connection.identity();
		return kind === undefined
			? {isOk: false, problem: `${object.kind} cannot be read here.`}
			: {isOk: true, value: decode(kind, answer.value, generation)};
	}

	return answer.problem.kind === 'not-found'
		? {isOk: true, value: undefined}
		: {isOk: false, problem: answer.problem.message};
};

/**
Where the clusters are, when not where the flags say.
*/
export type Place = {
	readonly flags: ConnectionFlags;
	/**
	As `--provider` takes them.
	*/
	readonly providers: readonly string[];
	readonly source: Session['source'];
	readonly title?: string;
};

const contextNames = async (
	{env}: CommandContext,
	flags: ConnectionFlags,
): Promise<readonly string[]> => {
	const config = await loadKubeconfig({env, explicit: flags.kubeconfig});
	return config.ok ? listContexts(config.value).map(({name}) => name) : [];
};

/**
Connects to the clusters and lets their objects stream in: this returns as soon as the consumer answered, rows follow.
*/
export const openLiveWorld = async (
	context: CommandContext,
	elsewhere?: Place,
): Promise<OpenedResult> => {
	const {flags} = context;
	const place: Place = elsewhere ?? {
		flags: connectionFlagsOf(flags),
		providers: flags.provider,
		source: 'live',
	};
	const {attend, isAttended} = createAttention();
	const home = await connectWith(context, place.flags, {
		localClusterId: flags.localClusterId,
		isAttended,
	});
	if (!home.ok) {
		return {
			isOk: false,
			message: home.problem.message,
			code: exitCodes.connection,
		};
	}

	const connections = new Map([['home', home.value]]);
	const identity = home.value.identity();
	const store = createStore({
		consumer: {
			key: 'home',
			role: 'consumer',
			title: place.title ?? home.value.title,
			clusterId: identity.clusterId,
			generation: identity.generation,
			liqoNamespace: identity.liqoNamespace,
		},
	});
	home.value.onIdentity(({clusterId, generation, liqoNamespace}) => {
		store.identify('home', {clusterId, generation, liqoNamespace});
	});
	const namespaces =
		flags.namespace === undefined ? undefined : [flags.namespace];
	watchAll(store, 'home', home.value, namespaces);

	const ending = new AbortController();
	for (const text of place.providers) {
		// One after the other: an error names the first provider that is wrong.
		// eslint-disable-next-line no-await-in-loop
		const problem = await joinProvider(text, {
			store,
			connections,
			connect: async (name) =>
				connectWith(context, providerFlagsOf(place.flags, name), {isAttended}),
			watch(key, connection) {
				watchAll(store, key, connection, undefined);
			},
			signal: ending.signal,
		});
		if (problem !== undefined) {
			ending.abort();
			// eslint-disable-next-line no-await-in-loop
			await home.value.close();
			return {
				isOk: false,
				message: `Provider ${text}: ${problem.message}`,
				code: exitCodes.connection,
			};
		}
	}

	const referenceOf = ({
		cluster,
		kind,
		namespace,
		name,
	}: Target): ObjectReference => {
		const generation = connections.get(cluster)?.identity().generation;
		const resource = resourceOf(kind as KindName, generation);
		return {
			apiVersion: resource ? apiVersionOf(resource) : 'v1',
			kind,
			...(namespace !== '' && {namespace}),
			name,
		};
	};

	const notConnected = (cluster: string) =>
		({isOk: false, problem: `There is no connection to ${cluster}.`}) as const;

	return {
		isOk: true,
		value: {
			store,
			session: {
				title: place.title ?? home.value.title,
				source: place.source,
				isReadOnly: flags.readonly,
				isReconciling: false,
				contexts: await contextNames(context, place.flags),
			},
			reads: {
				now: Date.now,
				async fetchYaml(target) {
					const connection = connections.get(target.cluster);
					if (!connection) {
						return notConnected(target.cluster);
					}

					const answer = await connection.fetchObject(referenceOf(target));
					return answer.ok
						? {isOk: true, value: objectYaml(answer.value)}
						: {isOk: false, problem: answer.problem.message};
				},
				async fetchEvents(target) {
					const connection = connections.get(target.cluster);
					if (!connection) {
						return notConnected(target.cluster);
					}

					const answer = await connection.fetchEvents(referenceOf(target));
					return answer.ok
						? {isOk: true, value: answer.value}
						: {isOk: false, problem: answer.problem.message};
				},
			},
			send: flags.readonly
				? undefined
				: async (change, isDryRun) => {
						const connection = connections.get(change.cluster);
						if (!connection) {
							return notConnected(change.cluster);
						}

						const answer = await connection.send(change, {
							dryRun: isDryRun ? 'server' : undefined,
						});
						if (answer.ok) {
							return {isOk: true};
						}

						const {kind, message} = answer.problem;
						return {
							isOk: false,
							problem: message,
							isConflict: kind === 'conflict',
							...(unanswered.has(kind) &&
								!isDryRun && {
									readAgain: async () => readAgain(connection, change),
								}),
						};
					},
			attend,
			where: {},
			async close() {
				ending.abort();
				await Promise.all(
					connections.values().map(async (connection) => connection.close()),
				);
				store.close();
			},
		},
	};
};
