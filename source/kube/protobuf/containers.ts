/* eslint-disable no-bitwise -- hashing */
import {
	type Container,
	type ContainerPort,
	type ContainerStatus,
	type Labels,
} from '../../core/kubernetes.js';
import {ShareTable} from './interner.js';
import {
	compact,
	createMapReader,
	createQuantityReader,
	emptyList,
	emptyMap,
} from './maps.js';
import {type Scan, tableOf} from './wire.js';

const filled = (text: string): string | undefined =>
	text === '' ? undefined : text;

type Resources = NonNullable<Container['resources']>;

/**
A list under construction whose members are shared: equal lists give the same object.
*/
export class SharedList<T> {
	#items: T[] = [];
	#hash = 0;
	readonly #table = new ShareTable<readonly T[]>(
		(a, b) => a.length === b.length && a.every((item, at) => item === b[at]),
	);

	push(item: T, hash: number): void {
		this.#items.push(item);
		this.#hash = Math.imul(this.#hash ^ hash, 0x01_00_01_93);
	}

	/**
	The list so far; begins a new one.
	*/
	take(): readonly T[] {
		if (this.#items.length === 0) {
			return emptyList;
		}

		const list = this.#table.share(this.#items, this.#hash);
		this.#items = [];
		this.#hash = 0;
		return list;
	}
}

const createResourcesReader = (
	scan: Scan,
): ((end: number) => Resources | undefined) => {
	const readValue = createQuantityReader(scan);
	const readLimits = createMapReader(scan, 1, {readValue});
	const readRequests = createMapReader(scan, 2, {readValue});
	let limits: Labels = emptyMap;
	let requests: Labels = emptyMap;
	const fields = tableOf({
		1(limit) {
			limits = readLimits(limit);
		},
		2(limit) {
			requests = readRequests(limit);
		},
	});
	return (end) => {
		limits = emptyMap;
		requests = emptyMap;
		scan.walk(end, fields);
		return limits === emptyMap && requests === emptyMap
			? undefined
			: compact<Resources>({
					requests: requests === emptyMap ? undefined : requests,
					limits: limits === emptyMap ? undefined : limits,
				});
	};
};

const createPortReader = (scan: Scan): ((end: number) => ContainerPort) => {
	let hostPort = 0;
	let hostIP = '';
	let protocol = '';
	const fields = tableOf(
		{
			4(limit) {
				protocol = scan.text(limit);
			},
			5(limit) {
				hostIP = scan.text(limit);
			},
		},
		{
			2() {
				hostPort = scan.reader.int32();
			},
		},
	);
	return (end) => {
		hostPort = 0;
		hostIP = '';
		protocol = '';
		scan.walk(end, fields);
		return compact<ContainerPort>({
			hostPort: hostPort > 0 ? hostPort : undefined,
			hostIP: hostIP === '' ? undefined : hostIP,
			protocol: protocol === '' ? undefined : protocol,
		});
	};
};

/**
Reader of one container into a list. Environment, mounts and probes are stepped over unread.
*/
export const createContainerReader = (
	scan: Scan,
): ((limit: number, into: SharedList<Container>) => void) => {
	const readResources = createResourcesReader(scan);
	const readPort = createPortReader(scan);
	const table = new ShareTable<Container>(
		(a, b) =>
			a.name === b.name &&
			a.image === b.image &&
			a.resources === b.resources &&
			a.restartPolicy === b.restartPolicy &&
			a.ports === undefined &&
			b.ports === undefined,
	);
	let hash = 0;
	let name = '';
	let image = '';
	let restartPolicy = '';
	let resources: Resources | undefined;
	let ports: ContainerPort[] | undefined;
	const fields = tableOf({
		1(limit) {
			name = scan.text(limit);
			hash ^= scan.interner.lastHash;
		},
		2(limit) {
			image = scan.text(limit);
			hash = Math.imul(hash, 31) ^ scan.interner.lastHash;
		},
		6(limit) {
			const port = scan.shared(limit, readPort);
			if (port.hostPort !== undefined) {
				(ports ??= []).push(port);
			}
		},
		8(limit) {
			resources = scan.shared(limit, readResources);
			hash = Math.imul(hash, 31) ^ scan.interner.lastHash;
		},
		24(limit) {
			restartPolicy = scan.text(limit);
		},
	});
	return (limit, into) => {
		hash = 0;
		name = '';
		image = '';
		restartPolicy = '';
		resources = undefined;
		ports = undefined;
		scan.walk(scan.enter(limit), fields);
		const isPlain = image !== '' && restartPolicy === '' && ports === undefined;
		const container: Container =
			isPlain && resources !== undefined
				? {name, image, resources}
				: isPlain
					? {name, image}
					: compact<Container>({
							name,
							image: filled(image),
							restartPolicy: filled(restartPolicy),
							resources,
							ports,
						});
		into.push(table.share(container, hash), hash);
	};
};

/**
Reader of one container status into a list.
*/
export const createContainerStatusReader = (
	scan: Scan,
): ((limit: number, into: SharedList<ContainerStatus>) => void) => {
	const table = new ShareTable<ContainerStatus>(
		(a, b) =>
			a.name === b.name &&
			a.ready === b.ready &&
			a.restartCount === b.restartCount &&
			a.state === b.state &&
			a.started === b.started,
	);
	let name = '';
	let nameHash = 0;
	let isReady = false;
	let restartCount = 0;
	let state: string | undefined;
	let hasStarted: boolean | undefined;
	let reason = '';
	const reasonAt = (field: number) =>
		tableOf({
			[field](limit: number) {
				reason = scan.text(limit);
			},
		});
	const waitingFields = reasonAt(1);
	const terminatedFields = reasonAt(3);
	const stateFields = tableOf({
		1(limit) {
			reason = '';
			scan.walk(scan.enter(limit), waitingFields);
			state ??= reason === '' ? 'waiting' : reason;
		},
		2(limit) {
			scan.leave(limit);
			state = 'running';
		},
		3(limit) {
			reason = '';
			scan.walk(scan.enter(limit), terminatedFields);
			state ??= reason === '' ? 'terminated' : reason;
		},
	});
	const fields = tableOf(
		{
			1(limit) {
				name = scan.text(limit);
				nameHash = scan.interner.lastHash;
			},
			2(limit) {
				scan.walk(scan.enter(limit), stateFields);
			},
		},
		{
			4() {
				isReady = scan.reader.bool();
			},
			5() {
				restartCount = scan.reader.int32();
			},
			9() {
				hasStarted = scan.reader.bool();
			},
		},
	);
	return (limit, into) => {
		name = '';
		isReady = false;
		restartCount = 0;
		state = undefined;
		hasStarted = undefined;
		scan.walk(scan.enter(limit), fields);
		const hash = nameHash ^ (restartCount << 4) ^ (isReady ? 1 : 0);
		const status: ContainerStatus =
			state === undefined || hasStarted === undefined
				? compact<ContainerStatus>({
						name,
						ready: isReady,
						restartCount,
						state,
						started: hasStarted,
					})
				: {name, ready: isReady, restartCount, state, started: hasStarted};
		into.push(table.share(status, hash), hash);
	};
};
