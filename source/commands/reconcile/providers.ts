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
	add(source: ProviderSource): void;
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
			log.warn(
				`provider ${source.title}: ${cluster} is already reached through ${other.source.title}`,
			);
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
		provider.stop?.();
		await provider.open?.transport.close();
	};

	return {
		add(source) {
			const known = byTitle.get(source.title);
			if (known?.source.revision === source.revision) {
				return;
			}

			const provider: Provider = {source, reason: 'not connected yet'};
			byTitle.set(source.title, provider);
			if (known !== undefined) {
				log.info('credentials of a provider changed', {title: source.title});
				for (const [cluster, held] of byCluster) {
					if (held === known) {
						byCluster.delete(cluster);
					}
				}

				void drop(known);
			}

			if (source.clusterId !== undefined) {
				announce(source.clusterId, source);
				setStale(source.clusterId, source, provider.reason);
			}

			void keepConnecting(provider);
		},
		get: (cluster) => byCluster.get(cluster)?.open,
		problems: () =>
			byTitle
				.values()
				.filter(({open}) => open === undefined)
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
