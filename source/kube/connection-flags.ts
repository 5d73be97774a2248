import {fail, type Outcome, succeed} from './errors.js';
import {
	type ClusterEntry,
	type ContextEntry,
	type UserEntry,
} from './kubeconfig-entries.js';
import {type Kubeconfig} from './kubeconfig.js';

/**
Kubectl's connection flags; what is absent was not given.
*/
export type ConnectionFlags = {
	readonly kubeconfig?: string | undefined;
	readonly context?: string | undefined;
	readonly cluster?: string | undefined;
	readonly user?: string | undefined;
	readonly namespace?: string | undefined;
	readonly server?: string | undefined;
	readonly tlsServerName?: string | undefined;
	readonly insecureSkipTlsVerify?: boolean | undefined;
	readonly certificateAuthority?: string | undefined;
	readonly clientCertificate?: string | undefined;
	readonly clientKey?: string | undefined;
	readonly token?: string | undefined;
	readonly as?: string | undefined;
	readonly asUid?: string | undefined;
	readonly asGroup?: readonly string[] | undefined;
	/**
	`key=value`, repeatable.
	*/
	readonly asUserExtra?: readonly string[] | undefined;
	/**
	`0` (none), seconds, or a Go duration such as `1m30s`.
	*/
	readonly requestTimeout?: string | undefined;
};

const listNames = (names: Iterable<string>): string => {
	const all = Iterator.from(names).toArray();
	const shown = all.slice(0, 10).map((name) => `"${name}"`);
	return all.length === 0
		? 'there are none'
		: `there are ${shown.join(', ')}${all.length > 10 ? ' and more' : ''}`;
};

export const whereFrom = (config: Kubeconfig): string =>
	config.files.length === 0
		? 'the kubeconfig'
		: `the kubeconfig (${config.files.join(', ')})`;

/**
The context named by the flags, or the current one; a nameless one when the flags say all that is needed.
*/
export const chooseContext = (
	config: Kubeconfig,
	flags: ConnectionFlags,
): Outcome<{name: string; entry: ContextEntry}> => {
	const name = flags.context ?? config.currentContext;
	const entry = config.contexts.get(name);
	if (entry) {
		return succeed({name, entry});
	}

	if (name !== '') {
		return fail(
			'config',
			`There is no context "${name}" in ${whereFrom(config)}: ${listNames(config.contexts.keys())}.`,
		);
	}

	return flags.server === undefined && flags.cluster === undefined
		? fail(
				'config',
				config.contexts.size === 0
					? 'No cluster to connect to: there is no kubeconfig. Set KUBECONFIG, or give --kubeconfig or --server.'
					: `No context is chosen in ${whereFrom(config)}: give --context (${listNames(config.contexts.keys())}).`,
			)
		: succeed({name: '', entry: {cluster: '', user: ''}});
};

/**
The cluster's entry with the flags' values over it.
*/
export const chooseCluster = (
	config: Kubeconfig,
	name: string,
	flags: ConnectionFlags,
): Outcome<ClusterEntry> => {
	const found = config.clusters.get(name);
	if (!found && name !== '' && flags.server === undefined) {
		return fail(
			'config',
			`There is no cluster "${name}" in ${whereFrom(config)}: ${listNames(config.clusters.keys())}.`,
		);
	}

	const {
		certificateAuthority: file,
		certificateAuthorityData: data,
		insecureSkipTlsVerify: isInsecure,
		tlsServerName,
		...rest
	} = found ?? {server: ''};
	const isInsecureNow =
		flags.insecureSkipTlsVerify ??
		(flags.certificateAuthority === undefined && isInsecure === true);
	const authority =
		flags.certificateAuthority === undefined
			? {
					...(file !== undefined && {certificateAuthority: file}),
					...(data !== undefined && {certificateAuthorityData: data}),
				}
			: {certificateAuthority: flags.certificateAuthority};
	// Another server goes by another name.
	const nameToExpect =
		flags.tlsServerName ??
		(flags.server === undefined ? tlsServerName : undefined);
	return succeed({
		...rest,
		...(flags.server !== undefined && {server: flags.server}),
		...(nameToExpect !== undefined && {tlsServerName: nameToExpect}),
		...(isInsecureNow ? {insecureSkipTlsVerify: true} : authority),
	});
};

/**
A user without what proves who it is: only whom it wants to act as.
*/
export const withoutKeys = (user: UserEntry): UserEntry => {
	const {impersonate, impersonateUid, impersonateGroups, impersonateExtra} =
		user;
	return {
		...(impersonate !== undefined && {impersonate}),
		...(impersonateUid !== undefined && {impersonateUid}),
		...(impersonateGroups !== undefined && {impersonateGroups}),
		...(impersonateExtra !== undefined && {impersonateExtra}),
	};
};

/**
The user's entry with the flags' values over it; a token replaces every other way to authenticate.
*/
export const chooseUser = (
	config: Kubeconfig,
	name: string,
	flags: ConnectionFlags,
): Outcome<UserEntry> => {
	let user = config.users.get(name);
	if (!user) {
		if (name !== '') {
			return fail(
				'config',
				`There is no user "${name}" in ${whereFrom(config)}: ${listNames(config.users.keys())}.`,
			);
		}

		user = {};
	}

	if (flags.token !== undefined) {
		user = {...withoutKeys(user), token: flags.token};
	}

	if (flags.clientCertificate !== undefined || flags.clientKey !== undefined) {
		const {
			clientCertificateData: _certificate,
			clientKeyData: _key,
			...rest
		} = user;
		user = {
			...rest,
			...(flags.clientCertificate !== undefined && {
				clientCertificate: flags.clientCertificate,
			}),
			...(flags.clientKey !== undefined && {clientKey: flags.clientKey}),
		};
	}

	const extra: Record<string, string[]> = {};
	for (const pair of flags.asUserExtra ?? []) {
		const [key = '', ...value] = pair.split('=');
		if (key === '' || value.length === 0) {
			return fail('config', `--as-user-extra takes KEY=VALUE, not "${pair}".`);
		}

		(extra[key] ??= []).push(value.join('='));
	}

	return succeed({
		...user,
		...(flags.as !== undefined && {impersonate: flags.as}),
		...(flags.asUid !== undefined && {impersonateUid: flags.asUid}),
		...(flags.asGroup !== undefined &&
			flags.asGroup.length > 0 && {impersonateGroups: flags.asGroup}),
		...(Object.keys(extra).length > 0 && {impersonateExtra: extra}),
	});
};
