import {type Clock} from './clock.js';
import {type Transport} from './transport.js';

/**
Feels now and then whether a server still answers, on a connection of its own: a network that swallows everything (a VPN that went
down, a laptop that slept) leaves watches open that will never say a word again.
*/
export type Pulse = {
	/**
	Calls back when the server did not answer. Feeling goes on as long as somebody listens. Returns the function that unsubscribes.
	*/
	onMissed(listener: (reason: string) => void): () => void;
};

const answerTime = 5000;

export const createPulse = (
	transport: Transport,
	clock: Clock,
	interval: number,
): Pulse => {
	const listeners = new Set<(reason: string) => void>();
	let timer: {stop(): void} | undefined;
	let isAsking = false;

	const feel = async (): Promise<void> => {
		isAsking = true;
		const answer = await transport.request({
			path: '/version',
			timeout: answerTime,
			retries: 0,
		});
		isAsking = false;
		// Any answer is a sign of life, also a refusal.
		const isMissed =
			!answer.ok &&
			(answer.problem.kind === 'timeout' ||
				answer.problem.kind === 'unreachable');
		if (isMissed) {
			for (const listener of listeners) {
				listener(answer.problem.message);
			}
		}

		schedule();
	};

	const schedule = (): void => {
		if (isAsking || timer !== undefined || listeners.size === 0) {
			return;
		}

		timer = clock.startTimer(interval * (1 + clock.random() / 4), () => {
			timer = undefined;
			void feel();
		});
	};

	return {
		onMissed(listener) {
			listeners.add(listener);
			schedule();
			return () => {
				listeners.delete(listener);
				if (listeners.size > 0) {
					return;
				}

				timer?.stop();
				timer = undefined;
			};
		},
	};
};
