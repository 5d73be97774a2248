import {BlockList, isIP} from 'node:net';
import {fail, type Outcome, succeed} from './errors.js';
import {type Environment} from './kubeconfig.js';

const schemes: ReadonlySet<string> = new Set([
	'http:',
	'https:',
	'socks5:',
	'socks5h:',
	'socks:',
]);

const portOf = (url: URL): string => {
	if (url.port !== '') {
		return url.port;
	}

	return url.protocol === 'https:' ? '443' : '80';
};

const isInRange = (address: string, range: string): boolean => {
	const [base = '', bits = ''] = range.split('/', 2);
	const family = isIP(base);
	if (family === 0 || !/^\d+$/v.test(bits) || isIP(address) !== family) {
		return false;
	}

	const list = new BlockList();
	try {
		list.addSubnet(base, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
	} catch {
		return false;
	}

	return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
};

const isLoopback = (host: string): boolean =>
	host === 'localhost' || host === '::1' || host.startsWith('127.');

/**
Whether NO_PROXY exempts an address, as Go's http client reads it: `*`, names and their subdomains, `.suffix`, addresses,
ranges (CIDR), each with an optional port. Loopback is always exempt.
*/
export const isExempt = (url: URL, noProxy: string): boolean => {
	const host = url.hostname.replaceAll(/^\[|\]$/gv, '').toLowerCase();
	if (isLoopback(host)) {
		return true;
	}

	for (const raw of noProxy.split(/[\s,]+/v)) {
		let entry = raw.trim().toLowerCase();
		if (entry === '*') {
			return true;
		}

		const withPort = /^(?<name>\[[^\]]+\]|[^:]+):(?<port>\d+)$/v.exec(entry);
		if (withPort?.groups) {
			if (withPort.groups.port !== portOf(url)) {
				continue;
			}

			entry = withPort.groups.name ?? '';
		}

		entry = entry.replaceAll(/^\[|\]$/gv, '').replace(/^\*\./v, '.');
		if (entry === '') {
			continue;
		}

		const isSubdomain = host.endsWith(
			entry.startsWith('.') ? entry : `.${entry}`,
		);
		if (isSubdomain || host === entry || isInRange(host, entry)) {
			return true;
		}
	}

	return false;
};

const firstOf = (env: Environment, names: readonly string[]): string =>
	names
		.map((name) => env[name])
		.find((value) => value !== undefined && value !== '') ?? '';

/**
The proxy for a server: the cluster's own `proxy-url`, else HTTPS_PROXY or HTTP_PROXY unless NO_PROXY exempts the server.
*/
export const chooseProxy = (
	server: string,
	proxyUrl: string | undefined,
	env: Environment,
): Outcome<string | undefined> => {
	const url = new URL(server);
	const names =
		url.protocol === 'https:'
			? ['HTTPS_PROXY', 'https_proxy']
			: ['HTTP_PROXY', 'http_proxy'];
	const fromEnvironment = firstOf(env, names);
	const noProxy = firstOf(env, ['NO_PROXY', 'no_proxy']);
	const chosen = proxyUrl ?? (isExempt(url, noProxy) ? '' : fromEnvironment);
	if (chosen === '') {
		return succeed(undefined);
	}

	const withScheme = /^[a-z][\w+\-]*:\/\//iv.test(chosen)
		? chosen
		: `http://${chosen}`;
	const said =
		proxyUrl === undefined ? 'The proxy of the environment' : 'proxy-url';
	try {
		const parsed = new URL(withScheme);
		return schemes.has(parsed.protocol)
			? succeed(withScheme)
			: fail(
					'config',
					`${said} has the scheme "${parsed.protocol.replace(':', '')}": http, https and socks5 are supported.`,
				);
	} catch {
		return fail('config', `${said} is no address.`);
	}
};
