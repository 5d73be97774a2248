import {type Generation} from '../core/generations/generation.js';
import {type Clock} from './clock.js';
import {fetchServedResources, generationOfServer} from './discovery.js';
import {type Outcome, succeed} from './errors.js';
import {
	defaultLiqoNamespace,
	findLocalIdentity,
	type LocalIdentity,
} from './local-identity.js';
import {type Transport} from './transport.js';

/**
What a cluster is to Liqo.
*/
export type Identity = Pick<
	LocalIdentity,
	'clusterId' | 'clusterName' | 'liqoNamespace' | 'note'
> & {
	/**
	Absent where Liqo's API is not served.
	*/
	readonly generation: Generation | undefined;
};

/**
Finds out what a cluster is to Liqo, and looks again now and then as long as that is open: Liqo may be installed meanwhile.
*/
export type IdentityTracker = {
	/**
	The first look. A problem when the server cannot be asked at all.
	*/
	find(): Promise<Outcome<Identity>>;
	identity(): Identity;
	onChange(listener: (identity: Identity) => void): () => void;
	/**
	Something that should be there is not: looks again soon.
	*/
	doubt(): void;
	stop(): void;
};

const isSame = (a: Identity, b: Identity): boolean =>
	a.generation === b.generation &&
	a.clusterId === b.clusterId &&
	a.clusterName === b.clusterName &&
	a.liqoNamespace === b.liqoNamespace &&
	a.note === b.note;

export const createIdentityTracker = (
	options: Readonly<{
		transport: Transport;
		clock: Clock;
		/**
		Milliseconds between looks while something is open.
		*/
		recheck: number;
		liqoNamespace: string | undefined;
		localClusterId: string | undefined;
	}>,
): IdentityTracker => {
	const {transport, clock} = options;
	const listeners = new Set<(identity: Identity) => void>();
	const liqoNamespace = options.liqoNamespace ?? defaultLiqoNamespace;
	let current: Identity = {
		generation: undefined,
		clusterId: options.localClusterId,
		clusterName: undefined,
		liqoNamespace,
	};
	let timer: {stop(): void} | undefined;
	let isStopped = false;

	const look = async (): Promise<Outcome<Identity>> => {
		const [served, local] = await Promise.all([
			fetchServedResources(transport),
			findLocalIdentity(transport, liqoNamespace),
		]);
		// Who may not ask may still see some of it; without any other answer nothing can be said about Liqo.
		if (!served.ok && served.problem.kind !== 'forbidden') {
			return served;
		}

		const {clusterName, note} = local;
		const clusterId = options.localClusterId ?? local.clusterId;
		return succeed({
			generation: served.ok
				? generationOfServer(served.value)
				: current.generation,
			clusterId: clusterId ?? current.clusterId,
			clusterName,
			liqoNamespace: local.liqoNamespace,
			...(clusterId === undefined && note !== undefined && {note}),
		});
	};

	const take = (identity: Identity): void => {
		if (isSame(identity, current)) {
			return;
		}

		current = identity;
		for (const listener of listeners) {
			listener(identity);
		}
	};

	const schedule = (): void => {
		if (isStopped || timer !== undefined) {
			return;
		}

		timer = clock.startTimer(options.recheck * (1 + clock.random() / 4), () => {
			void again();
		});
	};

	const again = async (): Promise<void> => {
		const found = await look();
		timer = undefined;
		if (isStopped) {
			return;
		}

		if (found.ok) {
			take(found.value);
		}

		if (
			!found.ok ||
			current.generation === undefined ||
			current.clusterId === undefined
		) {
			schedule();
		}
	};

	return {
		async find() {
			const found = await look();
			if (found.ok) {
				take(found.value);
				if (
					current.generation === undefined ||
					current.clusterId === undefined
				) {
					schedule();
				}
			}

			return found;
		},
		identity: () => current,
		onChange(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		doubt: schedule,
		stop() {
			isStopped = true;
			timer?.stop();
			listeners.clear();
		},
	};
};
