import {randomUUID} from 'node:crypto';
import {hostname} from 'node:os';
import {setInterval} from 'node:timers/promises';
import {decode} from '../core/decode.js';
import {keys} from '../core/keys.js';
import {createReconcilers} from '../core/reconcilers/index.js';
import {systemClock} from '../controller/clock.js';
import {type Controller} from '../controller/controller.js';
import {resolveConnection} from '../kube/connection.js';
import {chooseContext} from '../kube/connection-flags.js';
import {type Problem} from '../kube/errors.js';
import {loadKubeconfig} from '../kube/kubeconfig.js';
import {fieldManager} from '../kube/writer.js';
import {createStore} from '../store/create-store.js';
import {type CommandContext, type RunCommand} from './command.js';
import {splitProvider} from './connection-options.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {
	createClusterReader,
	createClusterWriter,
} from './reconcile/cluster-ports.js';
import {createLog} from './reconcile/log.js';
import {createMetrics} from './reconcile/metrics.js';
import {
	consumerKinds,
	openCluster,
	type OpenOptions,
	watchCluster,
} from './reconcile/open-clusters.js';
import {
	findProviderSecrets,
	providerFromContext,
} from './reconcile/provider-sources.js';
import {createProviders} from './reconcile/providers.js';
import {runControllers} from './reconcile/run-controllers.js';
import {serveHealth, serveWebhooks, type Session} from './reconcile/serve.js';
import {readSettings} from './reconcile/settings.js';

/**
What Liqo runs on the provider's own side.
*/
const providerSide: ReadonlySet<string> = new Set(['namespace-map']);

// Milliseconds between looks for new or renewed credentials.
const secretsPeriod = 30_000;

const followSecrets = async (
	{home, store, providers, log, context}: Session,
	signal: AbortSignal,
): Promise<void> => {
	let lastProblem: Problem | undefined;
	let titles: readonly string[] = [];
	const tenantNamespaces = () =>
		Iterator.from(store.world.consumer.list('Namespace'))
			.filter(({metadata}) => metadata.labels[keys.tenantNamespace] === 'true')
			.map(({metadata}) => metadata.name)
			.toArray();
	const look = async () => {
		const found = await findProviderSecrets(
			home.transport,
			context.env,
			tenantNamespaces(),
		);
		if (found.ok) {
			lastProblem = undefined;
			const gone = new Set(titles);
			titles = found.value.map(({title}) => title);
			for (const title of gone.difference(new Set(titles))) {
				providers.remove(title);
			}

			for (const source of found.value) {
				if (source.secret !== undefined) {
					// Where the copies of the maps go is written on it.
					store.upsert('home', decode('Secret', source.secret, undefined));
				}

				providers.add(source);
			}
		} else if (found.problem.message !== lastProblem?.message) {
			lastProblem = found.problem;
			log.warn(
				`cannot read the kubeconfigs of providers: ${found.problem.message}`,
			);
		}
	};

	await look();
	try {
		for await (const _ of setInterval(secretsPeriod, undefined, {
			signal,
			ref: false,
		})) {
			await look();
		}
	} catch {
		// The interval ends by being aborted.
	}
};

const run = async (
	session: Session,
	onController?: (controller: Controller) => void,
): Promise<ExitCode> => {
	const {settings, context, log, home, store, providers, metrics} = session;
	const {generation} = home;
	if (generation === undefined) {
		log.error(
			`${home.transport.title} does not serve NamespaceOffloadings: install Liqo's definitions, or choose another context.`,
		);
		return exitCodes.connection;
	}

	const ending = new AbortController();
	const signal = AbortSignal.any([context.signal, ending.signal]);
	let failure: string | undefined;
	const onFailure = (message: string) => {
		failure ??= message;
		log.error(message);
		ending.abort();
	};

	if (settings.hasProviderSecrets) {
		void followSecrets(session, signal);
	}

	const code = await runControllers({
		store,
		reconcilers: createReconcilers(generation, settings.rules).filter(({id}) =>
			settings.isChosen(id),
		),
		writer: session.writer,
		reader: session.reader,
		clock: systemClock,
		log,
		metrics,
		rules: settings.rules,
		ownManager: fieldManager,
		isOnce: settings.isOnce,
		isForced: settings.isForced,
		...(settings.timeout !== undefined && {timeout: settings.timeout}),
		...(settings.lease !== undefined && {
			lease: {
				namespace: settings.lease.namespace ?? home.liqoNamespace,
				name: settings.lease.name,
				identity: `${hostname()}_${randomUUID()}`,
				duration: settings.lease.duration,
			},
		}),
		signal,
		providerSide: generation.id === 'v0.3' ? new Set() : providerSide,
		isTenant: providers.isTenant,
		pending: providers.problems,
		async prepare(controller, problems) {
			onController?.(controller);
			const closers = [
				await serveHealth(session, controller, problems, onFailure),
				await serveWebhooks(session, onFailure),
			];
			return async () => {
				for (const close of closers) {
					// One after the other: the webhooks take their registration back first.
					// eslint-disable-next-line no-await-in-loop
					await close?.();
				}
			};
		},
	});
	ending.abort();
	return failure === undefined ? code : exitCodes.connection;
};

/**
Acts as Liqo's controllers on the cluster of the kubeconfig and its providers. Whoever runs it beside a screen is handed the controller, for its
queue: what waits, what failed and why, pause and resume.
*/
export const reconcileBeside = async (
	context: CommandContext,
	onController?: (controller: Controller) => void,
): Promise<ExitCode> => {
	const {flags, env, stderr} = context;
	const settings = readSettings(flags);
	if (!settings.isOk) {
		stderr.write(`${settings.message}\n`);
		return exitCodes.usage;
	}

	if (flags.readonly) {
		stderr.write('reconcile writes: it cannot be used with --readonly.\n');
		return exitCodes.usage;
	}

	const log = createLog({
		format: settings.value.logFormat,
		level: settings.value.logLevel,
		now: systemClock.now,
		write(line) {
			stderr.write(line);
		},
	});
	const config = await loadKubeconfig({env, explicit: flags.kubeconfig});
	if (!config.ok) {
		log.error(config.problem.message);
		return exitCodes.usage;
	}

	const connection = await resolveConnection({
		config: config.value,
		env,
		flags,
	});
	if (!connection.ok) {
		log.error(connection.problem.message);
		return exitCodes.connection;
	}

	for (const text of flags.provider) {
		const chosen = chooseContext(config.value, {
			context: splitProvider(text).context,
		});
		if (!chosen.ok) {
			log.error(`Provider ${text}: ${chosen.problem.message}`);
			return exitCodes.connection;
		}
	}

	const open: OpenOptions = {
		env,
		version: context.version,
		liqoNamespace: flags.liqoNamespace,
	};
	const opened = await openCluster(connection.value, open);
	if (!opened.ok) {
		log.error(opened.problem.message);
		return exitCodes.connection;
	}

	const home = opened.value;
	const clusterId = flags.localClusterId ?? home.clusterId;
	if (clusterId === undefined) {
		log.warn(home.note ?? 'The local cluster-id is not known.');
	}

	const store = createStore({
		consumer: {
			key: 'home',
			role: 'consumer',
			title: home.transport.title,
			clusterId,
			generation: home.generation,
			liqoNamespace: home.liqoNamespace,
		},
	});
	const providers = createProviders({
		store,
		log,
		open,
		generation: home.generation,
		signal: context.signal,
	});
	for (const text of flags.provider) {
		providers.add(
			providerFromContext(text, config.value, env, {
				requestTimeout: flags.requestTimeout,
			}),
		);
	}

	const stopWatching = watchCluster(
		store,
		'home',
		home,
		consumerKinds(home.liqoNamespace),
	);
	log.info('starting', {
		version: context.version,
		context: home.transport.title,
		server: home.transport.server,
		generation: home.generation?.id,
		clusterId,
		rules: settings.value.rules,
		providers: flags.provider.length,
	});
	try {
		return await run(
			{
				context,
				settings: settings.value,
				log,
				metrics: createMetrics({isServed: settings.value.listen !== undefined}),
				home,
				store,
				providers,
				writer: createClusterWriter({
					home,
					provider: providers.get,
					reason: providers.reason,
				}),
				reader: createClusterReader(home),
			},
			onController,
		);
	} finally {
		stopWatching();
		await providers.close();
		store.close();
		await home.transport.close();
	}
};

/**
`reconcile`: the same, headless.
*/
export const reconcile: RunCommand = async (context) =>
	reconcileBeside(context);

export {reconcile as run};
