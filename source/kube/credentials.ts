import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import {type Connection} from './connection.js';
import {fail, type Outcome, succeed} from './errors.js';
import {type PluginCredentials, runExecPlugin} from './exec-plugin.js';
import {type Environment} from './kubeconfig.js';
import {fetchProviderToken} from './oidc.js';

/**
What goes with a request. Never logged.
*/
export type Credentials = {
	/**
	Value of the Authorization header.
	*/
	readonly authorization?: string;
	/**
	PEM of the client certificate and its key.
	*/
	readonly certificate?: string;
	readonly key?: string;
};

/**
Where a connection's credentials come from.
*/
export type CredentialSource = {
	/**
	The credentials to use now; cached as long as they are good.
	*/
	get(): Promise<Outcome<Credentials>>;
	/**
	Forgets what is cached: the server refused it. The next `get` asks anew.
	*/
	invalidate(): void;
	/**
	Whether asking anew may bring other credentials.
	*/
	readonly canRefresh: boolean;
};

type Cached = {
	readonly credentials: Credentials;
	readonly expiresAt: number;
};

const tokenFileLife = 10_000;
const expirySlack = 5000;

const readText = async (
	file: string,
	what: string,
): Promise<Outcome<string>> => {
	try {
		return succeed(await readFile(file, 'utf8'));
	} catch (error) {
		return fail(
			'credentials',
			`The ${what} ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`,
		);
	}
};

const readPem = async (
	data: string | undefined,
	file: string | undefined,
	what: string,
): Promise<Outcome<string | undefined>> => {
	if (data !== undefined) {
		return succeed(Buffer.from(data, 'base64').toString('utf8'));
	}

	return file === undefined ? succeed(undefined) : readText(file, what);
};

const readClientCertificate = async ({
	user,
}: Connection): Promise<Outcome<Credentials>> => {
	const certificate = await readPem(
		user.clientCertificateData,
		user.clientCertificate,
		'client certificate',
	);
	const key = await readPem(user.clientKeyData, user.clientKey, 'client key');
	if (!certificate.ok) {
		return certificate;
	}

	if (!key.ok) {
		return key;
	}

	if (certificate.value === undefined && key.value === undefined) {
		return succeed({});
	}

	return certificate.value === undefined || key.value === undefined
		? fail(
				'config',
				'A client certificate needs its key, and a key its certificate: give both.',
			)
		: succeed({certificate: certificate.value, key: key.value});
};

const bearer = (token: string): Credentials => ({
	authorization: `Bearer ${token}`,
});

const ofPlugin = (given: PluginCredentials): Cached => ({
	credentials: {
		...(given.token !== undefined && bearer(given.token)),
		...(given.certificate !== undefined &&
			given.key !== undefined && {
				certificate: given.certificate,
				key: given.key,
			}),
	},
	expiresAt:
		given.expiresAt === undefined ? Infinity : given.expiresAt - expirySlack,
});

/**
Credentials of a connection's user: client certificate, token, token file (read again every 10 s), basic authentication, credential
plugin (cached until it expires), or the auth provider `oidc`.
*/
export const createCredentialSource = (
	connection: Connection,
	options: {
		readonly env: Environment;
		readonly now: () => number;
		/**
		How long a plugin may take, in milliseconds.
		*/
		readonly pluginTimeLimit: number;
	},
): CredentialSource => {
	const {user} = connection;
	const forever = Infinity;
	let cached: Cached | undefined;
	let running: Promise<Outcome<Credentials>> | undefined;

	const ask = async (): Promise<Outcome<Cached>> => {
		if (user.tokenFile !== undefined) {
			const text = await readText(user.tokenFile, 'token file');
			if (!text.ok && user.token === undefined) {
				return text;
			}

			// The token beside a file is what the file once held (Kubernetes: client-go, rest config).
			const token = text.ok ? text.value.trim() : (user.token ?? '');
			return succeed({
				credentials: bearer(token),
				expiresAt: options.now() + tokenFileLife,
			});
		}

		if (user.token !== undefined) {
			return succeed({credentials: bearer(user.token), expiresAt: forever});
		}

		if (user.exec) {
			const given = await runExecPlugin(user.exec, connection, {
				env: options.env,
				timeLimit: options.pluginTimeLimit,
			});
			return given.ok ? succeed(ofPlugin(given.value)) : given;
		}

		if (user.authProvider) {
			const token = await fetchProviderToken(connection, user.authProvider);
			return token.ok
				? succeed({
						credentials: bearer(token.value),
						// The provider keeps its own count and is cheap to ask.
						expiresAt: options.now() + tokenFileLife,
					})
				: token;
		}

		if (user.username !== undefined) {
			const pair = `${user.username}:${user.password ?? ''}`;
			return succeed({
				credentials: {
					authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
				},
				expiresAt: forever,
			});
		}

		return succeed({credentials: {}, expiresAt: forever});
	};

	const collect = async (): Promise<Outcome<Credentials>> => {
		const certificate = await readClientCertificate(connection);
		if (!certificate.ok) {
			return certificate;
		}

		const asked = await ask();
		if (!asked.ok) {
			return asked;
		}

		const {authorization = ''} = asked.value.credentials;
		if (/[\P{ASCII}\p{Control}]/v.test(authorization)) {
			return fail(
				'credentials',
				`The token of ${connection.title} holds a line break or another character that no token has: check where it comes from.`,
			);
		}

		cached = {
			credentials: {...certificate.value, ...asked.value.credentials},
			expiresAt: asked.value.expiresAt,
		};
		return succeed(cached.credentials);
	};

	return {
		async get() {
			if (cached && cached.expiresAt > options.now()) {
				return succeed(cached.credentials);
			}

			// One plugin at a time, however many requests wait for it.
			running ??= collect().finally(() => {
				running = undefined;
			});
			return running;
		},
		invalidate() {
			cached = undefined;
		},
		canRefresh:
			user.tokenFile !== undefined ||
			(user.token === undefined &&
				(user.exec !== undefined ||
					user.authProvider !== undefined ||
					user.clientCertificate !== undefined)),
	};
};
