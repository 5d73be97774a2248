import {
	type Container,
	type Pod,
	type PodSpec,
	type Quantities,
} from './model.js';
import {parseQuantity} from './quantity.js';

/**
Amounts by resource name: thousandths for `cpu`, whole units for everything else.
*/
export type Amounts = ReadonlyMap<string, bigint>;

type Sums = Map<string, bigint>;

const divideUp = (value: bigint, by: bigint): bigint => {
	const quotient = value / by;
	return value > 0n && value % by !== 0n ? quotient + 1n : quotient;
};

const read = (quantities: Quantities | undefined): Sums => {
	const sums: Sums = new Map();
	for (const [name, text] of Object.entries(quantities ?? {})) {
		const value = parseQuantity(text);
		if (value !== undefined) {
			sums.set(name, value);
		}
	}

	return sums;
};

const add = (sums: Sums, more: ReadonlyMap<string, bigint>): void => {
	for (const [name, value] of more) {
		sums.set(name, (sums.get(name) ?? 0n) + value);
	}
};

const raise = (sums: Sums, more: ReadonlyMap<string, bigint>): void => {
	for (const [name, value] of more) {
		if (value > (sums.get(name) ?? 0n)) {
			sums.set(name, value);
		}
	}
};

const toAmounts = (sums: ReadonlyMap<string, bigint>): Amounts =>
	new Map(
		[...sums].map(([name, value]) => [
			name,
			divideUp(value, name === 'cpu' ? 1_000_000n : 1_000_000_000n),
		]),
	);

const requestsOf = (container: Container): Sums =>
	read(container.resources?.requests);

const isSidecar = (container: Container): boolean =>
	container.restartPolicy === 'Always';

const sumRequests = (spec: PodSpec): Amounts => {
	const total: Sums = new Map();
	for (const container of spec.containers) {
		add(total, requestsOf(container));
	}

	const sidecars: Sums = new Map();
	const peak: Sums = new Map();
	for (const container of spec.initContainers ?? []) {
		const requests = requestsOf(container);
		if (isSidecar(container)) {
			add(total, requests);
			add(sidecars, requests);
			raise(peak, sidecars);
		} else {
			add(requests, sidecars);
			raise(peak, requests);
		}
	}

	raise(total, peak);
	add(total, read(spec.overhead));
	return toAmounts(total);
};

// Pods of one owner share their list of containers.
const summed = new WeakMap<PodSpec['containers'], Amounts>();

/**
What a pod asks of a node: its containers and sidecars together, or the most demanding moment of its start, plus overhead (Kubernetes: pod
requests of the scheduler).
*/
export const podRequests = (spec: PodSpec): Amounts => {
	if (spec.initContainers !== undefined || spec.overhead !== undefined) {
		return sumRequests(spec);
	}

	const amounts = summed.get(spec.containers) ?? sumRequests(spec);
	summed.set(spec.containers, amounts);
	return amounts;
};

/**
What pods occupy of a node together.
*/
export type NodeUse = {
	readonly pods: number;
	readonly requests: Amounts;
};

/**
Whether a pod occupies its node: those that have ended do not.
*/
export const isRunning = (pod: Pod): boolean =>
	pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed';

export const useOf = (pods: Iterable<Pod>): NodeUse => {
	const requests: Sums = new Map();
	let count = 0;
	for (const pod of pods) {
		if (isRunning(pod)) {
			count++;
			add(requests, podRequests(pod.spec));
		}
	}

	return {pods: count, requests};
};

const offered = new WeakMap<Quantities, Amounts>();

/**
What a node offers.
*/
export const nodeAmounts = (allocatable: Quantities): Amounts => {
	const known = offered.get(allocatable);
	if (known !== undefined) {
		return known;
	}

	const amounts = toAmounts(read(allocatable));
	offered.set(allocatable, amounts);
	return amounts;
};

export type HostPort = {
	readonly ip: string;
	readonly protocol: string;
	readonly port: number;
};

/**
The host ports a pod occupies on its node.
*/
export const hostPorts = (spec: PodSpec): readonly HostPort[] =>
	[
		...spec.containers,
		...(spec.initContainers ?? []).filter((container) => isSidecar(container)),
	].flatMap((container) =>
		(container.ports ?? []).flatMap(({hostPort, hostIP, protocol}) =>
			hostPort === undefined || hostPort <= 0
				? []
				: [
						{
							ip: hostIP === undefined || hostIP === '' ? '0.0.0.0' : hostIP,
							protocol:
								protocol === undefined || protocol === '' ? 'TCP' : protocol,
							port: hostPort,
						},
					],
		),
	);

export const isPortClash = (one: HostPort, other: HostPort): boolean =>
	one.port === other.port &&
	one.protocol === other.protocol &&
	(one.ip === other.ip || one.ip === '0.0.0.0' || other.ip === '0.0.0.0');
