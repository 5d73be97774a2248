import {createServer} from 'node:http';
import {sanitize} from '../../core/sanitize.js';
import {type Controller} from '../../controller/controller.js';
import {type ListenAddress} from './listen-address.js';
import {type Metrics} from './metrics.js';
import {listen, type RunningServer} from './webhook-server.js';

/**
What the health endpoint tells about.
*/
export type Health = {
	/**
	Why it is not ready to act or to take over; empty when it is.
	*/
	problems(): readonly string[];
	readonly controller: Controller;
	readonly metrics: Metrics;
};

type Answer = {
	readonly status: number;
	readonly type: string;
	readonly body: string;
};

const plain = (status: number, lines: readonly string[]): Answer => ({
	status,
	type: 'text/plain; charset=utf-8',
	body: `${lines.join('\n')}\n`,
});

const queueAnswer = ({controller}: Health): Answer => ({
	status: 200,
	type: 'application/json',
	body: JSON.stringify({
		apiVersion: 'liqoscope/v1',
		kind: 'Queue',
		leading: controller.isLeading(),
		settled: controller.isSettled(),
		...controller.queue.counts(),
		paused: controller.queue.pausedNamespaces(),
		blocked: controller
			.blocked()
			.entries()
			.map(([cluster, {until, reason}]) => ({
				cluster,
				until: new Date(until).toISOString(),
				reason: sanitize(reason),
			}))
			.toArray(),
		objects: controller.queue
			.status()
			.map(({item, state, retries, lastError, nextTry}) => ({
				reconciler: item.reconciler,
				...item.request,
				state,
				retries,
				...(lastError !== undefined && {lastError: sanitize(lastError)}),
				...(nextTry !== undefined && {
					nextTry: new Date(nextTry).toISOString(),
				}),
			})),
	}),
});

const answer = async (path: string, health: Health): Promise<Answer> => {
	switch (path) {
		case '/healthz':
		case '/livez': {
			return plain(200, ['ok']);
		}

		case '/readyz': {
			const problems = health.problems();
			return problems.length === 0
				? plain(200, ['ok'])
				: plain(
						503,
						problems.map((problem) => sanitize(problem)),
					);
		}

		case '/metrics': {
			return {
				status: 200,
				type: health.metrics.contentType,
				body: await health.metrics.text(),
			};
		}

		case '/queue': {
			return queueAnswer(health);
		}

		default: {
			return plain(404, ['Here are /healthz, /readyz, /metrics and /queue.']);
		}
	}
};

/**
Serves `/healthz` (it runs), `/readyz` (it knows enough to act), `/metrics` (Prometheus) and `/queue` (JSON: what waits, and why).
*/
export const startHealthServer = async (
	address: ListenAddress,
	health: Health,
): Promise<RunningServer> => {
	const server = createServer((request, response) => {
		const {pathname} = new URL(request.url ?? '/', 'http://localhost');
		void (async () => {
			const {status, type, body} =
				request.method === 'GET' || request.method === 'HEAD'
					? await answer(pathname, health)
					: plain(405, ['Only GET is served here.']);
			response.writeHead(status, {'content-type': type});
			response.end(request.method === 'HEAD' ? undefined : body);
		})();
	});
	return listen(server, address);
};
