import {BlockList, isIP, SocketAddress} from 'node:net';
import {type Environment} from '@marcbachmann/cel-js';
import {isSame, Opaque} from './cel-value.js';

class Address extends Opaque {
	readonly text: string;
	readonly family: 4 | 6;

	constructor(text: string) {
		super();
		const family = isIP(text);
		// An address in a zone, or one of IPv4 written as one of IPv6, is none to Kubernetes.
		if (family === 0 || text.includes('%') || /^::ffff:.*\./iv.test(text)) {
			throw new Error(
				`IP Address ${JSON.stringify(text)} parse error during conversion from string: ParseAddr(${JSON.stringify(text)}): unable to parse IP`,
			);
		}

		this.family = family === 4 ? 4 : 6;
		this.text = new SocketAddress({
			address: text,
			family: `ipv${this.family}`,
		}).address;
	}

	get type(): 'ipv4' | 'ipv6' {
		return this.family === 4 ? 'ipv4' : 'ipv6';
	}

	override toString(): string {
		return this.text;
	}
}

class Network extends Opaque {
	readonly address: Address;
	readonly length: number;

	constructor(text: string) {
		super();
		const [address = '', length = ''] = text.split('/', 2);
		try {
			this.address = new Address(address);
		} catch {
			throw networkProblem(text);
		}

		this.length = Number(length);
		const longest = this.address.family === 4 ? 32 : 128;
		if (!/^\d{1,3}$/v.test(length) || this.length > longest) {
			throw networkProblem(text);
		}
	}

	has({text, type, family}: Address): boolean {
		if (family !== this.address.family) {
			return false;
		}

		const list = new BlockList();
		list.addSubnet(this.address.text, this.length, type);
		return list.check(text, type);
	}

	override toString(): string {
		return `${this.address.text}/${this.length}`;
	}
}

function networkProblem(text: string): Error {
	return new Error(
		`network address parse error during conversion from string: netip.ParsePrefix(${JSON.stringify(text)}): no '/'`,
	);
}

const isReadable = (read: () => unknown): boolean => {
	try {
		read();
		return true;
	} catch {
		return false;
	}
};

const within = (networks: readonly string[]) => {
	const ranges = networks.map((text) => new Network(text));
	return (address: Address): boolean =>
		ranges.some((range) => range.has(address));
};

const isLoopback = within(['127.0.0.0/8', '::1/128']);
const isUnspecified = within(['0.0.0.0/32', '::/128']);
const isLinkLocalUnicast = within(['169.254.0.0/16', 'fe80::/10']);
const isLinkLocalMulticast = within(['224.0.0.0/24', 'ff02::/16']);
const isMulticast = within(['224.0.0.0/4', 'ff00::/8']);
const isBroadcast = within(['255.255.255.255/32']);

const isGlobalUnicast = (address: Address): boolean =>
	[
		isLoopback,
		isUnspecified,
		isLinkLocalUnicast,
		isMulticast,
		isBroadcast,
	].every((test) => !test(address));

/**
Kubernetes' IP addresses and networks in rules.
*/
export const registerAddresses = (environment: Environment): void => {
	const ip = 'net.IP';
	const cidr = 'net.CIDR';
	environment
		.registerType(ip, {ctor: Address, fields: {}})
		.registerType(cidr, {ctor: Network, fields: {}});
	for (const type of [ip, cidr]) {
		environment.registerOperator(`${type} == ${type}`, isSame);
	}

	const predicates = {
		isUnspecified,
		isLoopback,
		isLinkLocalMulticast,
		isLinkLocalUnicast,
		isGlobalUnicast,
	};
	for (const [name, test] of Object.entries(predicates)) {
		environment.registerFunction(`${ip}.${name}(): bool`, test);
	}

	environment
		.registerFunction(`ip(string): ${ip}`, (text: string) => new Address(text))
		.registerFunction('isIP(string): bool', (text: string) =>
			isReadable(() => new Address(text)),
		)
		.registerFunction(`${ip}.family(): int`, ({family}: Address) =>
			BigInt(family),
		)
		.registerFunction(`string(${ip}): string`, String)
		.registerFunction(
			`cidr(string): ${cidr}`,
			(text: string) => new Network(text),
		)
		.registerFunction('isCIDR(string): bool', (text: string) =>
			isReadable(() => new Network(text)),
		)
		.registerFunction(
			`${cidr}.containsIP(${ip}): bool`,
			(network: Network, address: Address) => network.has(address),
		)
		.registerFunction(
			`${cidr}.containsIP(string): bool`,
			(network: Network, text: string) => network.has(new Address(text)),
		)
		.registerFunction(
			`${cidr}.containsCIDR(${cidr}): bool`,
			(network: Network, other: Network) =>
				network.length <= other.length && network.has(other.address),
		)
		.registerFunction(
			`${cidr}.containsCIDR(string): bool`,
			(network: Network, text: string) => {
				const other = new Network(text);
				return network.length <= other.length && network.has(other.address);
			},
		)
		.registerFunction(`${cidr}.ip(): ${ip}`, ({address}: Network) => address)
		.registerFunction(`${cidr}.prefixLength(): int`, ({length}: Network) =>
			BigInt(length),
		)
		.registerFunction(`string(${cidr}): string`, String);
};
