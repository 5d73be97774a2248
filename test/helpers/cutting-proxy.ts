import {connect, createServer, type AddressInfo, type Socket} from 'node:net';

/**
A TCP relay in front of a server, to do to its connections what networks do.
*/
export type CuttingProxy = Readonly<{
	port: number;
	/**
	`https://127.0.0.1:PORT`
	*/
	url: string;
	/**
	Connections accepted so far, also those refused.
	*/
	accepted(): number;
	/**
	Connections open now.
	*/
	open(): number;
	/**
	Resets every open connection.
	*/
	cut(): void;
	/**
	Lets bytes through until `count` more have gone to the client, then resets that connection, as often as `times` says.
	*/
	cutAfter(count: number, times?: number): void;
	/**
	Holds back all bytes in both directions without closing anything, until `thaw`.
	*/
	freeze(): void;
	/**
	Freezes as soon as `count` more bytes have gone to clients.
	*/
	freezeAfter(count: number): void;
	thaw(): void;
	/**
	Resets new connections as soon as they come, until `admit`.
	*/
	refuse(): void;
	admit(): void;
	close(): Promise<void>;
}>;

export const startCuttingProxy = async (
	targetPort: number,
): Promise<CuttingProxy> => {
	const pairs = new Set<readonly [Socket, Socket]>();
	let isFrozen = false;
	let isRefusing = false;
	let acceptedCount = 0;
	let budget = Infinity;
	let cutSize = 0;
	let cutsLeft = 0;
	let freezeBudget = Infinity;

	const cutPair = (pair: readonly [Socket, Socket]) => {
		pairs.delete(pair);
		for (const socket of pair) {
			socket.resetAndDestroy();
		}
	};

	const freeze = () => {
		isFrozen = true;
		for (const [client, upstream] of pairs) {
			client.pause();
			upstream.pause();
		}
	};

	const server = createServer((client) => {
		acceptedCount++;
		client.on('error', () => undefined);
		if (isRefusing) {
			client.resetAndDestroy();
			return;
		}

		const upstream = connect(targetPort, '127.0.0.1');
		const pair = [client, upstream] as const;
		pairs.add(pair);
		upstream.on('error', () => undefined);
		client.pipe(upstream);
		upstream.on('data', (chunk: Uint8Array) => {
			budget -= chunk.length;
			freezeBudget -= chunk.length;
			if (freezeBudget <= 0) {
				freezeBudget = Infinity;
				freeze();
			}

			if (budget <= 0) {
				cutsLeft--;
				budget = cutsLeft > 0 ? cutSize : Infinity;
				cutPair(pair);
				return;
			}

			if (client.write(chunk)) {
				return;
			}

			upstream.pause();
			client.once('drain', () => {
				if (!isFrozen) {
					upstream.resume();
				}
			});
		});
		upstream.on('end', () => {
			client.end();
		});
		for (const socket of pair) {
			socket.once('close', () => {
				pairs.delete(pair);
				client.destroy();
				upstream.destroy();
			});
		}

		if (!isFrozen) {
			return;
		}

		client.pause();
		upstream.pause();
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const {port} = server.address() as AddressInfo;

	return {
		port,
		url: `https://127.0.0.1:${port}`,
		accepted: () => acceptedCount,
		open: () => pairs.size,
		cut() {
			for (const pair of pairs) {
				cutPair(pair);
			}
		},
		cutAfter(count, times = 1) {
			budget = count;
			cutSize = count;
			cutsLeft = times;
		},
		freeze,
		freezeAfter(count) {
			freezeBudget = count;
		},
		thaw() {
			isFrozen = false;
			for (const [client, upstream] of pairs) {
				client.resume();
				upstream.resume();
			}
		},
		refuse() {
			isRefusing = true;
		},
		admit() {
			isRefusing = false;
		},
		async close() {
			for (const pair of pairs) {
				cutPair(pair);
			}

			await new Promise<void>((resolve) => {
				server.close(() => {
					resolve();
				});
			});
		},
	};
};
