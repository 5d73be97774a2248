import {randomInt} from 'node:crypto';
import {createServer} from 'node:net';
import {ControlPlaneError} from './control-plane-error.js';

// Below the range that Linux and macOS give to outgoing connections: while a server restarts, no client can take its port.
const lowest = 20_000;
const highest = 32_000;
const attempts = 50;

/**
Whether nobody listens on a TCP port of 127.0.0.1, and this program may.
*/
export const isFree = async (port: number): Promise<boolean> =>
	new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => {
			resolve(false);
		});
		server.listen(port, '127.0.0.1', () => {
			server.close(() => {
				resolve(true);
			});
		});
	});

/**
Finds a TCP port of 127.0.0.1 that nobody listens on.

@throws ControlPlaneError after 50 ports in use.
*/
export const findFreePort = async (): Promise<number> => {
	for (let attempt = 0; attempt < attempts; attempt++) {
		const port = randomInt(lowest, highest);
		// eslint-disable-next-line no-await-in-loop -- the next port is only tried when this one is taken
		if (await isFree(port)) {
			return port;
		}
	}

	throw new ControlPlaneError(
		`No free port found on 127.0.0.1 between ${lowest} and ${highest}: close some servers.`,
	);
};
