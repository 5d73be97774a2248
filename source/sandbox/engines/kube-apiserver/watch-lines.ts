import https from 'node:https';
import {type ApiServer} from './api-server.js';

/**
Reads an endless answer line by line; settles when it ends, however that is.
*/
export const watchLines = async (
	cluster: ApiServer,
	url: string,
	onLine: (line: string) => void,
	signal: AbortSignal,
): Promise<void> =>
	new Promise((resolve) => {
		const request = https.get(
			new URL(url, cluster.url),
			{
				// A connection of its own for as long as it lasts.
				agent: false,
				ca: cluster.certificateAuthority,
				headers: {authorization: `Bearer ${cluster.token()}`},
				signal,
			},
			(response) => {
				let rest = '';
				response.setEncoding('utf8').on('data', (part: string) => {
					const lines = (rest + part).split('\n');
					rest = lines.pop() ?? '';
					for (const line of lines) {
						onLine(line);
					}
				});
				// An answer that is cut off does not end.
				response.once('error', () => undefined).once('close', resolve);
			},
		);
		request.once('error', () => {
			resolve();
		});
	});
