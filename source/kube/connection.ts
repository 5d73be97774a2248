import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import {
	chooseCluster,
	chooseContext,
	chooseUser,
	type ConnectionFlags,
	whereFrom,
	withoutKeys,
} from './connection-flags.js';
import {readTimeout} from './duration.js';
import {fail, type Outcome, succeed} from './errors.js';
import {readInClusterConfig} from './in-cluster.js';
import {type ClusterEntry, type UserEntry} from './kubeconfig-entries.js';
import {type Environment, type Kubeconfig} from './kubeconfig.js';
import {chooseProxy} from './proxy.js';

export type {ConnectionFlags} from './connection-flags.js';

const defaultRequestTimeout = 30_000;

/**
Everything needed to talk to one cluster, with flags applied and files named (not yet the credentials themselves).
*/
export type Connection = {
	/**
	The context, or the server's address where there is none.
	*/
	readonly title: string;
	/**
	Empty when no context is used.
	*/
	readonly context: string;
	/**
	Address without a slash at its end; may have a path.
	*/
	readonly server: string;
	/**
	The namespace meant when none is named.
	*/
	readonly namespace: string;
	readonly cluster: ClusterEntry;
	/**
	Empty when no user is named.
	*/
	readonly username: string;
	readonly user: UserEntry;
	/**
	PEM of the authorities to trust; absent: those of the system.
	*/
	readonly authority?: string;
	readonly proxy?: string;
	/**
	`Impersonate-…` headers.
	*/
	readonly impersonation: ReadonlyArray<readonly [string, string]>;
	/**
	Milliseconds; 0: no limit.
	*/
	readonly requestTimeout: number;
};

/**
A header's value is written as it is, and the server reads UTF-8.
*/
const headerText = (text: string): string =>
	Buffer.from(text, 'utf8').toString('latin1');

/**
What may stand in a header's name; the rest is percent-encoded (Kubernetes: client-go, transport).
*/
const headerName = (text: string): string =>
	encodeURIComponent(text).replaceAll(
		/['\(\)]/gv,
		(sign) => `%${sign.codePointAt(0)!.toString(16)}`,
	);

const listImpersonation = (
	user: UserEntry,
): Outcome<ReadonlyArray<readonly [string, string]>> => {
	const headers: Array<readonly [string, string]> = Array.from(
		user.impersonateGroups ?? [],
		(group) => ['Impersonate-Group', headerText(group)],
	);

	if (user.impersonateUid !== undefined) {
		headers.push(['Impersonate-Uid', headerText(user.impersonateUid)]);
	}

	for (const [key, values] of Object.entries(user.impersonateExtra ?? {})) {
		for (const value of values) {
			headers.push([
				`Impersonate-Extra-${headerName(key.toLowerCase())}`,
				headerText(value),
			]);
		}
	}

	if (user.impersonate === undefined) {
		return headers.length === 0
			? succeed(headers)
			: fail(
					'config',
					'--as-group, --as-uid and --as-user-extra need --as: whom to act as.',
				);
	}

	return succeed([
		['Impersonate-User', headerText(user.impersonate)],
		...headers,
	]);
};

const checkAuthority = (pem: string, said: string): Outcome<string> =>
	pem.includes('-----BEGIN CERTIFICATE-----')
		? succeed(pem)
		: fail('config', `${said} holds no certificate in the PEM form.`);

const readAuthority = async (
	cluster: ClusterEntry,
): Promise<Outcome<string | undefined>> => {
	const {certificateAuthorityData: data, certificateAuthority: file} = cluster;
	if (data !== undefined) {
		return checkAuthority(
			Buffer.from(data, 'base64').toString('utf8'),
			'certificate-authority-data of the cluster',
		);
	}

	if (file === undefined) {
		return succeed(undefined);
	}

	try {
		return checkAuthority(
			await readFile(file, 'utf8'),
			`The certificate authority ${file}`,
		);
	} catch (error) {
		return fail(
			'config',
			`The certificate authority ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`,
		);
	}
};

/**
As kubectl: a bare HOST:PORT is one of plain HTTP.
*/
const readServer = (text: string): Outcome<string> => {
	let url: URL;
	try {
		url = new URL(
			/^[a-z][\w+\-.]*:\/\//iv.test(text) ? text : `http://${text}`,
		);
	} catch {
		return fail('config', `"${text}" is no address of an API server.`);
	}

	const {pathname, protocol} = url;
	if (protocol !== 'https:' && protocol !== 'http:') {
		return fail(
			'config',
			`"${text}" is no address of an API server: it must begin with https:// or http://.`,
		);
	}

	return succeed(
		url.origin + (pathname.endsWith('/') ? pathname.slice(0, -1) : pathname),
	);
};

/**
Chooses context, cluster and user as kubectl does, and applies its flags. Without a kubeconfig and without `--server` it is the
cluster this process runs in, if it does.
*/
export const resolveConnection = async (options: {
	readonly config: Kubeconfig;
	readonly flags?: ConnectionFlags;
	readonly env: Environment;
}): Promise<Outcome<Connection>> => {
	const {env, flags = {}} = options;
	let {config} = options;
	if (config.contexts.size === 0 && flags.server === undefined) {
		config = (await readInClusterConfig(env)) ?? config;
	}

	const timeout =
		flags.requestTimeout === undefined
			? defaultRequestTimeout
			: readTimeout(flags.requestTimeout);
	if (timeout === undefined) {
		return fail(
			'config',
			`--request-timeout takes a duration such as 10s or 1m, not "${flags.requestTimeout ?? ''}".`,
		);
	}

	const context = chooseContext(config, flags);
	if (!context.ok) {
		return context;
	}

	const {name, entry} = context.value;
	const clusterName = flags.cluster ?? entry.cluster;
	const cluster = chooseCluster(config, clusterName, flags);
	if (!cluster.ok) {
		return cluster;
	}

	if (cluster.value.server === '') {
		return fail(
			'config',
			clusterName === ''
				? `The context "${name}" of ${whereFrom(config)} names no cluster: give --cluster or --server.`
				: `The cluster "${clusterName}" of ${whereFrom(config)} has no server address.`,
		);
	}

	const username = flags.user ?? entry.user;
	const user = chooseUser(config, username, flags);
	if (!user.ok) {
		return user;
	}

	const server = readServer(cluster.value.server);
	if (!server.ok) {
		return server;
	}

	const authority = await readAuthority(cluster.value);
	if (!authority.ok) {
		return authority;
	}

	const impersonation = listImpersonation(user.value);
	if (!impersonation.ok) {
		return impersonation;
	}

	const proxy = chooseProxy(server.value, cluster.value.proxyUrl, env);
	if (!proxy.ok) {
		return proxy;
	}

	return succeed({
		title: name === '' ? server.value : name,
		context: name,
		server: server.value,
		namespace: flags.namespace ?? entry.namespace ?? 'default',
		cluster: cluster.value,
		username,
		// As kubectl: what is secret is not sent where everybody on the way can read it.
		user: server.value.startsWith('http:')
			? withoutKeys(user.value)
			: user.value,
		...(authority.value !== undefined && {authority: authority.value}),
		...(proxy.value !== undefined && {proxy: proxy.value}),
		impersonation: impersonation.value,
		requestTimeout: timeout,
	});
};
