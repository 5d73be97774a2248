import http from 'node:http';
import https from 'node:https';
import {setTimeout as delay} from 'node:timers/promises';
import type {Child} from './child.js';
import {ControlPlaneError} from './control-plane-error.js';

export type Probe = Readonly<{
	url: string;
	certificateAuthority?: string;
	token?: string;
}>;

const pollInterval = 100;

const isAnswering = async (probe: Probe, timeout: number): Promise<boolean> =>
	new Promise((resolve) => {
		const headers =
			probe.token === undefined ? {} : {authorization: `Bearer ${probe.token}`};
		const options = {headers, timeout, agent: false};
		const onResponse = (response: http.IncomingMessage) => {
			response.resume();
			resolve(response.statusCode === 200);
		};

		const request = probe.url.startsWith('https:')
			? https.get(
					probe.url,
					{...options, ca: probe.certificateAuthority},
					onResponse,
				)
			: http.get(probe.url, options, onResponse);
		request.once('timeout', () => {
			request.destroy();
		});
		request.once('error', () => {
			resolve(false);
		});
	});

const hasBecomeReady = async (
	child: Child,
	probe: Probe,
	until: number,
): Promise<boolean> => {
	// eslint-disable-next-line no-await-in-loop -- polling
	while (!(await isAnswering(probe, 5000))) {
		if (child.hasExited() || Date.now() > until) {
			return false;
		}

		await delay(pollInterval); // eslint-disable-line no-await-in-loop -- polling
	}

	return true;
};

/**
Polls until every probe answers 200, in their order.

@throws ControlPlaneError when the process ends first or `deadline` milliseconds pass, with the last lines of its log; the
process is ended then.
*/
export const waitUntilReady = async (
	child: Child,
	probes: readonly Probe[],
	deadline: number,
): Promise<void> => {
	const until = Date.now() + deadline;
	for (const probe of probes) {
		// eslint-disable-next-line no-await-in-loop -- one after the other
		if (!(await hasBecomeReady(child, probe, until))) {
			const what = child.hasExited()
				? 'ended before it was ready'
				: `was not ready within ${deadline / 1000} s`;
			await child.stop('SIGKILL'); // eslint-disable-line no-await-in-loop -- the end of it
			throw new ControlPlaneError(
				`${child.name} ${what}; its last words:\n${child.lastWords()}`,
			);
		}
	}
};
