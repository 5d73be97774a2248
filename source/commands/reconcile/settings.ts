import {type Rules} from '../../core/reconcilers/reconciler.js';
import {readTimeout} from '../../kube/duration.js';
import {type Flags} from '../flags.js';
import {type Result} from '../saved-objects.js';
import {
	formatAddress,
	type ListenAddress,
	readListenAddress,
} from './listen-address.js';
import {type LogFormat, type LogLevel} from './log.js';
import {type WebhookTarget} from './webhook-configurations.js';

export type WebhookSettings = {
	readonly listen: ListenAddress;
	/**
	Names and addresses the certificate is made for.
	*/
	readonly hosts: readonly string[];
	/**
	How the API server reaches it, given the port that is really listened on.
	*/
	target(port: number): WebhookTarget;
	readonly isInstalled: boolean;
	readonly isPrinted: boolean;
};

/**
The flags of `reconcile`, read.
*/
export type Settings = {
	readonly rules: Rules;
	/**
	Whether the controller of this id runs.
	*/
	isChosen(id: string): boolean;
	readonly isOnce: boolean;
	readonly isForced: boolean;
	readonly hasProviderSecrets: boolean;
	/**
	Milliseconds; absent: no limit.
	*/
	readonly timeout: number | undefined;
	readonly listen: ListenAddress | undefined;
	readonly webhook: WebhookSettings | undefined;
	/**
	Absent: no lease. The namespace is absent when it is that of Liqo.
	*/
	readonly lease:
		| {
				readonly namespace: string | undefined;
				readonly name: string;
				readonly duration: number;
		  }
		| undefined;
	readonly logFormat: LogFormat;
	readonly logLevel: LogLevel;
};

const defaultTimeout = 60_000;
const defaultLeaseDuration = 30_000;
const shortestLeaseDuration = 1000;

class SettingsError extends Error {}

const wrong = (message: string): never => {
	throw new SettingsError(message);
};

const readChoice = <Choice extends string>(
	flag: string,
	value: string | undefined,
	choices: readonly [Choice, ...Choice[]],
): Choice =>
	value === undefined
		? choices[0]
		: (choices.find((choice) => choice === value) ??
			wrong(`--${flag} takes ${choices.join(' or ')}, not "${value}".`));

const readDuration = (
	flag: string,
	value: string | undefined,
): number | undefined =>
	value === undefined
		? undefined
		: (readTimeout(value) ??
			wrong(`--${flag} takes a duration such as 30s or 2m, not "${value}".`));

const readAddress = (
	flag: string,
	value: string | undefined,
): ListenAddress | undefined =>
	value === undefined
		? undefined
		: (readListenAddress(value) ??
			wrong(
				`--${flag} takes HOST:PORT such as 127.0.0.1:8080, not "${value}".`,
			));

const readService = (
	value: string,
): {namespace: string; name: string; port: number} => {
	const {namespace, name, port} =
		/^(?<namespace>[\-0-9a-z]+)\/(?<name>[\-0-9a-z]+)(?::(?<port>\d{1,5}))?$/v.exec(
			value,
		)?.groups ?? {};
	return namespace === undefined || name === undefined
		? wrong(
				`--webhook-service takes NAMESPACE/NAME or NAMESPACE/NAME:PORT, not "${value}".`,
			)
		: {namespace, name, port: Number(port ?? 443)};
};

const readWebhook = (flags: Flags): WebhookSettings | undefined => {
	const listen = readAddress('webhook-listen', flags.webhookListen);
	if (listen === undefined) {
		const isOther =
			flags.webhookInstall ||
			flags.webhookPrint ||
			flags.webhookService !== undefined ||
			flags.webhookHost.length > 0;
		return isOther
			? wrong(
					'The flags --webhook-… need --webhook-listen ADDRESS: where to serve them.',
				)
			: undefined;
	}

	const service =
		flags.webhookService === undefined
			? undefined
			: readService(flags.webhookService);
	const isEverywhere = listen.host === '::' || listen.host === '0.0.0.0';
	const [host = isEverywhere ? 'localhost' : listen.host] = flags.webhookHost;
	return {
		listen,
		hosts: [
			...(service === undefined
				? []
				: [
						`${service.name}.${service.namespace}.svc`,
						`${service.name}.${service.namespace}`,
					]),
			...(flags.webhookHost.length > 0 ? flags.webhookHost : [host]),
			...(isEverywhere ? ['127.0.0.1', '::1'] : []),
		],
		target: (port) =>
			service === undefined
				? {kind: 'url', origin: `https://${formatAddress({host, port})}`}
				: {kind: 'service', ...service},
		isInstalled: flags.webhookInstall,
		isPrinted: flags.webhookPrint,
	};
};

const readLease = (flags: Flags): Settings['lease'] => {
	const duration =
		readDuration('lease-duration', flags.leaseDuration) ?? defaultLeaseDuration;
	if (duration < shortestLeaseDuration) {
		wrong('--lease-duration takes at least 1s.');
	}

	const {lease} = flags;
	if (lease === 'none') {
		return undefined;
	}

	if (lease === undefined) {
		return {namespace: undefined, name: 'liqoscope', duration};
	}

	const {namespace, name} =
		/^(?<namespace>[\-0-9a-z]+)\/(?<name>[\-.0-9a-z]+)$/v.exec(lease)?.groups ??
		{};
	return namespace === undefined || name === undefined
		? wrong(`--lease takes NAMESPACE/NAME or none, not "${lease}".`)
		: {namespace, name, duration};
};

/**
Reads the flags; what is wrong with them is one sentence.
*/
export const readSettings = (flags: Flags): Result<Settings> => {
	try {
		const isOnce = flags.once;
		const controllers = new Set(flags.controller);
		return {
			isOk: true,
			value: {
				rules: readChoice('rules', flags.rules, ['corrected', 'upstream']),
				isChosen: (id) => controllers.size === 0 || controllers.has(id),
				isOnce,
				isForced: flags.force,
				hasProviderSecrets: flags.providerSecrets,
				timeout:
					readDuration('timeout', flags.timeout) ??
					(isOnce ? defaultTimeout : undefined),
				listen: readAddress('listen', flags.listen),
				webhook: readWebhook(flags),
				lease: readLease(flags),
				logFormat: readChoice('log-format', flags.logFormat, [
					'logfmt',
					'json',
				]),
				logLevel: readChoice('log-level', flags.logLevel, [
					'info',
					'debug',
					'warn',
					'error',
				]),
			},
		};
	} catch (error) {
		if (error instanceof SettingsError) {
			return {isOk: false, message: error.message};
		}

		throw error;
	}
};
