import {isIPv6} from 'node:net';

/**
Where a server listens.
*/
export type ListenAddress = {readonly host: string; readonly port: number};

/**
Reads `HOST:PORT`, `[IPv6]:PORT`, `:PORT` (all addresses) or `PORT` (loopback). Absent when it is none of them.
*/
export const readListenAddress = (text: string): ListenAddress | undefined => {
	const match =
		/^(?:\[(?<six>[^\]]+)\]|(?<host>[^:]*)):(?<port>\d+)$|^(?<only>\d+)$/v.exec(
			text,
		);
	const {six, host, port, only} = match?.groups ?? {};
	const digits = port ?? only;
	const number = Number(digits);
	if (
		digits === undefined ||
		number > 65_535 ||
		(six !== undefined && !isIPv6(six))
	) {
		return undefined;
	}

	const given = host === '' ? '::' : (host ?? '127.0.0.1');
	return {host: six ?? given, port: number};
};

/**
As it is written in a URL.
*/
export const formatAddress = ({host, port}: ListenAddress): string =>
	isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
