import {stringify} from 'yaml';
import {type Controller} from '../../controller/controller.js';
import {type Reader, type Writer} from '../../controller/writer.js';
import {type Store} from '../../store/store.js';
import {type CommandContext} from '../command.js';
import {startHealthServer} from './health-server.js';
import {formatAddress} from './listen-address.js';
import {type Log} from './log.js';
import {type Metrics} from './metrics.js';
import {type OpenCluster} from './open-clusters.js';
import {type Providers} from './providers.js';
import {type Settings} from './settings.js';
import {webhookConfigurations} from './webhook-configurations.js';
import {
	findOtherRegistration,
	installWebhooks,
	removeWebhooks,
} from './webhook-registration.js';
import {startWebhookServer} from './webhook-server.js';

/**
Everything one run of the command holds.
*/
export type Session = {
	readonly context: CommandContext;
	readonly settings: Settings;
	readonly log: Log;
	readonly metrics: Metrics;
	readonly home: OpenCluster;
	readonly store: Store;
	readonly providers: Providers;
	readonly writer: Writer;
	readonly reader: Reader;
};

const listenError = (what: string, error: unknown): string =>
	`${what} cannot listen: ${error instanceof Error ? error.message : String(error)}.`;

/**
Serves and registers the webhooks, if asked to. Returns what ends them.
*/
export const serveWebhooks = async (
	{settings, log, metrics, home, store, writer, reader, context}: Session,
	onFailure: (message: string) => void,
): Promise<(() => Promise<void>) | undefined> => {
	const {webhook, rules} = settings;
	if (webhook === undefined || home.generation === undefined) {
		return undefined;
	}

	let server: Awaited<ReturnType<typeof startWebhookServer>>;
	try {
		server = await startWebhookServer({
			listen: webhook.listen,
			hosts: webhook.hosts,
			review: {cluster: store.world.consumer, rules},
			onReview(path, status, milliseconds) {
				metrics.noteReview(path, status, milliseconds);
				log.debug('answered a review', {path, status, milliseconds});
			},
		});
	} catch (error) {
		onFailure(listenError('The webhooks', error));
		return undefined;
	}

	const target = webhook.target(server.address.port);
	const configurations = webhookConfigurations({
		generation: home.generation,
		target,
		authority: server.authority,
	});
	log.info('serving the webhooks', {address: formatAddress(server.address)});
	if (webhook.isPrinted) {
		context.stdout.write(
			configurations.map((item) => `---\n${stringify(item)}`).join(''),
		);
	}

	if (webhook.isInstalled) {
		const other = findOtherRegistration(store.world.consumer);
		const problem =
			other !== undefined && !settings.isForced
				? `MutatingWebhookConfiguration ${other} already sends pods to Liqo's webhook: remove it, or use --force.`
				: await installWebhooks(configurations, {writer, reader});
		if (problem === undefined) {
			log.info('registered the webhooks');
		} else {
			onFailure(`The webhooks are not registered: ${problem}`);
		}
	}

	return async () => {
		// Behind a Service another process may follow at once; an address of this process ends with it.
		if (webhook.isInstalled && target.kind === 'url') {
			await removeWebhooks(configurations, writer);
		}

		await server.close();
	};
};

/**
Serves health and metrics, if asked to. Returns what ends it.
*/
export const serveHealth = async (
	{settings, log, metrics}: Session,
	controller: Controller,
	problems: () => readonly string[],
	onFailure: (message: string) => void,
): Promise<(() => Promise<void>) | undefined> => {
	if (settings.listen === undefined) {
		return undefined;
	}

	try {
		const server = await startHealthServer(settings.listen, {
			problems,
			controller,
			metrics,
		});
		log.info('serving health and metrics', {
			address: formatAddress(server.address),
		});
		return server.close;
	} catch (error) {
		onFailure(listenError('Health and metrics', error));
		return undefined;
	}
};
