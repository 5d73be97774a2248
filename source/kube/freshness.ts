import {type Access} from '../core/world.js';
import {type Clock} from './clock.js';
import {type Sink} from './sink.js';

/**
Tells a sink how far it can be believed, without telling it the same twice.
*/
export type Freshness = {
	/**
	A list is under way. Only the first one is told as such: while rows are shown and a list is done again, they are stale.
	*/
	syncing(seen: number, total: number | undefined): void;
	live(): void;
	/**
	The connection may be lost: stale if it is not live again after the grace time.
	*/
	suspect(reason: string): void;
	stale(reason: string): void;
	set(access: Access): void;
	stop(): void;
};

const tellEvery = 100;

export const createFreshness = (
	sink: Pick<Sink, 'setAccess'>,
	clock: Clock,
	grace: number,
): Freshness => {
	let state: Access['state'] = 'idle';
	let wasComplete = false;
	let isStopped = false;
	let staleSince: number | undefined;
	let staleReason = '';
	let toldAt = 0;
	let toldTotal: number | undefined;
	let timer: {stop(): void} | undefined;

	const tell = (access: Access): void => {
		if (isStopped) {
			return;
		}

		state = access.state;
		sink.setAccess(access);
	};

	const settle = (): void => {
		timer?.stop();
		timer = undefined;
	};

	const stale = (reason: string): void => {
		settle();
		staleSince ??= clock.now();
		if (state === 'stale' && reason === staleReason) {
			return;
		}

		staleReason = reason;
		tell({state: 'stale', since: staleSince, reason});
	};

	return {
		syncing(seen, total) {
			if (wasComplete) {
				return;
			}

			const now = clock.now();
			const isTold = total === toldTotal && now - toldAt < tellEvery;
			if (state === 'syncing' ? isTold : seen === 0 && state !== 'idle') {
				return;
			}

			toldAt = now;
			toldTotal = total;
			tell({
				state: 'syncing',
				seen,
				...(total !== undefined && {total: Math.max(total, seen)}),
			});
		},
		live() {
			settle();
			wasComplete = true;
			staleSince = undefined;
			if (state !== 'live') {
				tell({state: 'live'});
			}
		},
		suspect(reason) {
			if (state !== 'live' || timer) {
				return;
			}

			staleSince = clock.now();
			timer = clock.startTimer(grace, () => {
				timer = undefined;
				stale(reason);
			});
		},
		stale,
		set(access) {
			settle();
			wasComplete = false;
			staleSince = undefined;
			const isSame = state === access.state;
			if (!isSame) {
				tell(access);
			}
		},
		stop() {
			settle();
			isStopped = true;
		},
	};
};
