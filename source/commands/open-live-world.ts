import {type ClusterIdentity} from '../core/cluster-index.js';
import {type KindName} from '../core/model.js';
import {type ReadKind} from '../core/reconcilers/kinds-read.js';
import {type ClusterConnection, sinkOf} from '../kube/connect.js';
import {readTimeout} from '../kube/duration.js';
import {createStore} from '../store/create-store.js';
import {type Store} from '../store/store.js';
import {type CommandContext} from './command.js';
import {
	connectionFlagsOf,
	connectWith,
	providerFlagsOf,
	splitProvider,
} from './connection-options.js';
import {exitCodes} from './exit-code.js';
import {type Flags} from './flags.js';
import {type OpenOptions, type OpenResult} from './opened-world.js';
import {waitUntilKnown} from './until-known.js';

const notConnected = (
	message: string,
	isClusterMissing = false,
): OpenResult => ({
	isOk: false,
	message,
	code: exitCodes.connection,
	isClusterMissing,
});

const isClusterNamed = ({
	kubeconfig,
	context,
	cluster,
	server,
}: Flags): boolean =>
	[kubeconfig, context, cluster, server].some((flag) => flag !== undefined);

type OpenProvider = {
	readonly key: string;
	readonly connection: ClusterConnection;
};

const connectProviders = async (
	context: CommandContext,
): Promise<
	| {readonly isOk: true; readonly value: readonly OpenProvider[]}
	| {readonly isOk: false; readonly message: string}
> => {
	const results = await Promise.all(
		context.flags.provider.map(async (text) => {
			const {context: name, clusterId} = splitProvider(text);
			return {
				name,
				clusterId,
				result: await connectWith(
					context,
					providerFlagsOf(context.flags, name),
				),
			};
		}),
	);
	const providers: OpenProvider[] = [];
	let message: string | undefined;
	for (const {name, clusterId, result} of results) {
		if (!result.ok) {
			message ??= `Provider ${name}: ${result.problem.message}`;
			continue;
		}

		const connection = result.value;
		const key = clusterId ?? connection.identity().clusterId;
		if (key === undefined) {
			message ??= `Provider ${name}: its cluster-id cannot be read (${connection.identity().note ?? 'no ConfigMap of Liqo'}): give it as --provider ${name}=CLUSTER-ID.`;
		} else if (providers.some((other) => other.key === key)) {
			message ??= `Provider ${name}: there is another one with the cluster-id ${key}.`;
		}

		providers.push({key: key ?? '', connection});
	}

	if (message === undefined) {
		return {isOk: true, value: providers};
	}

	await Promise.all(providers.map(async ({connection}) => connection.close()));
	return {isOk: false, message};
};

const identityOf = (
	connection: ClusterConnection,
	key: string,
	role: 'consumer' | 'provider',
): ClusterIdentity => {
	const {clusterId, clusterName, generation, liqoNamespace} =
		connection.identity();
	return {
		key,
		role,
		title: connection.title,
		clusterId: role === 'provider' ? key : clusterId,
		clusterName,
		generation,
		liqoNamespace,
	};
};

const watch = (
	store: Store,
	key: string,
	connection: ClusterConnection,
	{
		kinds,
		inNamespace = [],
		namespaces,
	}: {
		readonly kinds: readonly ReadKind[];
		/**
		Kinds read only in the first of the namespaces.
		*/
		readonly inNamespace?: readonly KindName[];
		readonly namespaces?: readonly string[];
	},
): void => {
	const {liqoNamespace} = connection.identity();
	for (const [kind, {isLiqos, ...selectors} = {}] of kinds) {
		const namespace = isLiqos
			? liqoNamespace
			: inNamespace.includes(kind)
				? namespaces?.[0]
				: undefined;
		connection.watch({
			kind,
			sink: sinkOf(store, key, kind),
			...(namespaces && {namespaces}),
			selection: {namespace, ...selectors},
		});
	}
};

const readKinds = (
	kinds: ReadonlyArray<KindName | ReadKind> = [],
): readonly ReadKind[] =>
	kinds.map((one) => (typeof one === 'string' ? [one] : one));

const namesOf = (kinds: readonly ReadKind[]): readonly KindName[] =>
	kinds.map(([kind]) => kind);

/**
Milliseconds, `Infinity` for no limit; or what is wrong with the flag.
*/
const timeLimit = (text: string | undefined): number | string => {
	const limit = readTimeout(text ?? '0');
	if (limit === undefined) {
		return `--timeout takes a duration such as 30s or 2m, not "${text}".`;
	}

	return limit === 0 ? Infinity : limit;
};

/**
Connects to the cluster of the kubeconfig and to the providers, and waits until the wanted kinds have arrived or are known to
be out of reach.
*/
export const openLiveWorld = async (
	context: CommandContext,
	options: OpenOptions,
): Promise<OpenResult> => {
	const {flags, signal} = context;
	const limit = timeLimit(flags.timeout);
	if (typeof limit === 'string') {
		return {isOk: false, message: limit, code: exitCodes.usage};
	}

	const started = performance.now();
	const timeout =
		limit === Infinity
			? new AbortController().signal
			: AbortSignal.timeout(limit);
	const patient = {...context, signal: AbortSignal.any([signal, timeout])};
	const timedOut = (what: string): OpenResult => ({
		isOk: false,
		message: `Timed out: ${what} after ${flags.timeout}.`,
		code: exitCodes.timeout,
	});

	const home = await connectWith(patient, connectionFlagsOf(flags), {
		localClusterId: flags.localClusterId,
	});
	if (!home.ok) {
		return timeout.aborted
			? timedOut('the API server had not answered')
			: notConnected(
					home.problem.message,
					home.problem.kind === 'config' && !isClusterNamed(flags),
				);
	}

	const providers = await connectProviders(patient);
	if (!providers.isOk) {
		await home.value.close();
		return timeout.aborted
			? timedOut('the providers had not answered')
			: notConnected(providers.message);
	}

	const connections = new Map<string, ClusterConnection>([
		['home', home.value],
	]);
	const kinds = readKinds(options.kinds);
	const providerKinds = readKinds(options.providerKinds);
	const wanted = new Map([['home', namesOf(kinds)]]);
	const store = createStore({
		consumer: identityOf(home.value, 'home', 'consumer'),
	});
	home.value.onIdentity(() => {
		store.identify('home', identityOf(home.value, 'home', 'consumer'));
	});
	for (const {key, connection} of providers.value) {
		connections.set(key, connection);
		wanted.set(key, namesOf(providerKinds));
		store.addCluster(identityOf(connection, key, 'provider'));
		watch(store, key, connection, {kinds: providerKinds});
	}

	watch(store, 'home', home.value, {
		kinds,
		inNamespace: flags.allNamespaces ? [] : options.inNamespace,
		namespaces:
			flags.namespace === undefined
				? [home.value.namespace]
				: [flags.namespace],
	});

	const close = async (): Promise<void> => {
		await Promise.all(
			connections.values().map(async (connection) => connection.close()),
		);
		store.close();
	};

	const waited = await waitUntilKnown(store, wanted, {
		signal,
		...(limit !== Infinity && {
			limit: Math.max(0, limit - (performance.now() - started)),
		}),
	});
	if (waited.state === 'timeout') {
		await close();
		return timedOut(
			`${waited.missing.join(', ')} of ${home.value.title} had not arrived in full`,
		);
	}

	return {
		isOk: true,
		value: {
			store,
			world: store.world,
			isSaved: false,
			now: () => Date.now(),
			namespace: home.value.namespace,
			saved: new Map(),
			connections,
			close,
		},
	};
};
