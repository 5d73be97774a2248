import {type ClusterView} from '../../core/world.js';
import {systemClock} from '../../kube/clock.js';
import {type Outcome, type Problem} from '../../kube/errors.js';
import {type Store} from '../../store/store.js';
import {type Log} from './log.js';
import {
	openCluster,
	type OpenCluster,
	type OpenOptions,
	providerKinds,
	watchCluster,
} from './open-clusters.js';
import {type ProviderSource} from './provider-sources.js';

/**
Keeps the connections to providers: opens them in the background, again and again until it works, and each by itself.
*/
export type Providers = {
	/**
	One that leads to a cluster which another one leads to already is not used, as long as that one is there.
	*/
	add(source: ProviderSource): void;
	/**
	Hangs up for good.
	*/
	remove(title: string): void;
	/**
	The connection to a provider, once there is one.
	*/
	get(cluster: string): OpenCluster | undefined;
	/**
	Why there is none.
	*/
	reason(cluster: string): string;
	/**
	The providers that are not connected, each with its reason.
	*/
	problems(): readonly string[];
	/**
	Whether only the consumer's side is ours there: the connection is that of a tenant.
	*/
	isTenant(cluster: string): boolean;
	close(): Promise<void>;
};

const firstPause = 1000;
const longestPause = 30_000;

type Provider = {
	source: ProviderSource;
	open?: OpenCluster;
	stop?: () => void;
	reason: string;
	/**
	Another one leads to the same cluster.
	*/
	isSuperfluous: boolean;
};

export const createProviders = (options: {
	readonly store: Store;
	readonly log: Log;
	readonly open: OpenOptions;
	/**
	The generation of the consumer, taken for a provider's until it answers.
	*/
	readonly generation: ClusterView['generation'];
	readonly signal: AbortSignal;
}): Providers => {
	const {store, log, signal} = options;
	const byTitle = new Map<string, Provider>();
	const byCluster = new Map<string, Provider>();

	const announce = (
		cluster: string,
		source: ProviderSource,
		open?: OpenCluster,
	) => {
		const identity = {
			clusterId: cluster,
			generation: open?.generation ?? options.generation,
			...(open !== undefined && {liqoNamespace: open.liqoNamespace}),
		};
		if (store.world.providers.has(cluster)) {
			store.identify(cluster, identity);
			return;
		}

		store.addCluster({
			key: cluster,
			role: 'provider',
			title: source.title,
			...identity,
		});
	};

	const setStale = (
		cluster: string,
		source: ProviderSource,
		reason: string,
	) => {
		for (const [kind] of providerKinds('', source.tenantNamespace)) {
			store.setAccess(cluster, kind, {
				state: 'stale',
				since: systemClock.now(),
				reason,
			});
		}
	};

	const connect = async (
		source: ProviderSource,
	): Promise<Outcome<OpenCluster>> => {
		const connection = await source.resolve();
		return connection.ok
			? openCluster(connection.value, options.open)
			: connection;
	};

	const noteSuperfluous = (
		provider: Provider,
		cluster: string,
		other: Provider,
	) => {
		provider.isSuperfluous = true;
		log.warn(
			`provider ${provider.source.title}: ${cluster} is already reached through ${other.source.title}`,
		);
	};

	const succeedWith = (provider: Provider, open: OpenCluster) => {
		const {source} = provider;
		const cluster = source.clusterId ?? open.clusterId;
		if (cluster === undefined || cluster === '') {
			provider.reason =
				'its cluster-id is not known: give it as --provider CONTEXT=CLUSTER-ID';
			log.error(`provider ${source.title}: ${provider.reason}`);
			return;
		}

		const other = byCluster.get(cluster);
		if (other !== undefined && other !== provider) {
			noteSuperfluous(provider, cluster, other);
			void open.transport.close();
			return;
		}

		provider.open = open;
		provider.reason = '';
		byCluster.set(cluster, provider);
		announce(cluster, source, open);
		provider.stop = watchCluster(
			store,
			cluster,
			open,
			providerKinds(open.liqoNamespace, source.tenantNamespace),
		);
		log.info('provider connected', {
			provider: cluster,
			title: source.title,
			server: open.transport.server,
			generation: open.generation?.id,
		});
	};

	const noteProblem = (provider: Provider, problem: Problem) => {
		const {source} = provider;
		if (provider.reason !== problem.message) {
			log.warn('provider cannot be reached, will try again', {
				provider: source.clusterId,
				title: source.title,
				error: problem.message,
			});
		}

		provider.reason = problem.message;
		if (source.clusterId !== undefined) {
			setStale(source.clusterId, source, problem.message);
		}
	};

	const keepConnecting = async (provider: Provider): Promise<void> => {
		const {source} = provider;
		let pause = firstPause;
		while (!signal.aborted && byTitle.get(source.title) === provider) {
			// eslint-disable-next-line no-await-in-loop -- until it works
			const opened = await connect(source);
			if (signal.aborted || byTitle.get(source.title) !== provider) {
				if (opened.ok) {
					// eslint-disable-next-line no-await-in-loop -- the end
					await opened.value.transport.close();
				}

				return;
			}

			if (opened.ok) {
				succeedWith(provider, opened.value);
				return;
			}

			noteProblem(provider, opened.problem);
			// eslint-disable-next-line no-await-in-loop -- until it works
			await systemClock.wait(pause, signal);
			pause = Math.min(pause * 2, longestPause);
		}
	};

	const drop = async (provider: Provider): Promise<void> => {
		for (const [cluster, held] of byCluster) {
			if (held === provider) {
				byCluster.delete(cluster);
				setStale(cluster, provider.source, 'no provider of that id is given');
			}
		}

		provider.stop?.();
		await provider.open?.transport.close();
	};

	const findRival = ({clusterId}: ProviderSource): Provider | undefined =>
		clusterId === undefined
			? undefined
			: (byCluster.get(clusterId) ??
				byTitle
					.values()
					.find(
						({source, isSuperfluous}) =>
							source.clusterId === clusterId && !isSuperfluous,
					));

	return {
		add(source) {
			const known = byTitle.get(source.title);
			if (known?.source.revision === source.revision) {
				return;
			}

			const provider: Provider = {
				source,
				reason: 'not connected yet',
				isSuperfluous: false,
			};
			byTitle.delete(source.title);
			if (known !== undefined) {
				log.info('credentials of a provider changed', {title: source.title});
				void drop(known);
			}

			const rival = findRival(source);
			byTitle.set(source.title, provider);
			if (rival !== undefined) {
				noteSuperfluous(provider, source.clusterId ?? '', rival);
				return;
			}

			if (source.clusterId !== undefined) {
				announce(source.clusterId, source);
				setStale(source.clusterId, source, provider.reason);
			}

			void keepConnecting(provider);
		},
		remove(title) {
			const provider = byTitle.get(title);
			if (provider === undefined) {
				return;
			}

			byTitle.delete(title);
			void drop(provider);
			log.warn('provider is not given any more', {title});
			for (const other of byTitle.values()) {
				if (
					other.isSuperfluous &&
					other.source.clusterId === provider.source.clusterId
				) {
					other.isSuperfluous = false;
					void keepConnecting(other);
					return;
				}
			}
		},
		get: (cluster) => byCluster.get(cluster)?.open,
		problems: () =>
			byTitle
				.values()
				.filter(({open, isSuperfluous}) => open === undefined && !isSuperfluous)
				.map(({source, reason}) => `provider ${source.title}: ${reason}`)
				.toArray(),
		isTenant: (cluster) =>
			byTitle
				.values()
				.some(
					({source}) =>
						source.clusterId === cluster &&
						source.tenantNamespace !== undefined,
				),
		reason(cluster) {
			const provider = byTitle
				.values()
				.find(({source}) => source.clusterId === cluster);
			return `${cluster} is not connected: ${provider?.reason ?? 'no provider of that id is given'}.`;
		},
		async close() {
			const all = byTitle.values().toArray();
			byTitle.clear();
			await Promise.all(all.map(async (provider) => drop(provider)));
		},
	};
};
