import {setTimeout as delay} from 'node:timers/promises';
import {type ClusterConnection, sinkOf} from '../../kube/connect.js';
import {type Problem, type ProblemKind} from '../../kube/errors.js';
import {type Store} from '../../store/store.js';
import {splitProvider} from '../connection-options.js';
import {providerKinds} from './watched-kinds.js';

/**
How long until a provider that did not answer is asked again, in milliseconds.
*/
const defaultPatience = 5000;

/**
Problems that pass by themselves: the provider is down, and to see that is what one is here for.
*/
const passing: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
	'unreachable',
	'timeout',
	'server',
]);

type Connected =
	| {readonly ok: true; readonly value: ClusterConnection}
	| {readonly ok: false; readonly problem: Problem};

export type JoinOptions = {
	readonly store: Store;
	/**
	Filled with those that answered.
	*/
	readonly connections: Map<string, ClusterConnection>;
	connect(context: string): Promise<Connected>;
	watch(cluster: string, connection: ClusterConnection): void;
	/**
	Aborted at the end: nobody is asked again.
	*/
	readonly signal: AbortSignal;
	readonly patience?: number;
};

const sleep = async (time: number, signal: AbortSignal): Promise<void> => {
	try {
		await delay(time, undefined, {signal, ref: false});
	} catch {
		// The end came first.
	}
};

/**
Asks a provider until it answers, and follows it from then on.
*/
const joinLater = async (
	context: string,
	cluster: string,
	{
		store,
		connections,
		connect,
		watch,
		signal,
		patience = defaultPatience,
	}: JoinOptions,
): Promise<void> => {
	for (;;) {
		/* eslint-disable no-await-in-loop -- one try after the other */
		await sleep(patience, signal);
		if (signal.aborted) {
			return;
		}

		const answer = await connect(context);
		if (!answer.ok) {
			continue;
		}

		if (signal.aborted) {
			await answer.value.close();
			return;
		}
		/* eslint-enable no-await-in-loop */

		const {clusterId, generation, liqoNamespace} = answer.value.identity();
		connections.set(cluster, answer.value);
		store.identify(cluster, {
			title: answer.value.title,
			generation,
			liqoNamespace,
			...(clusterId !== undefined && {clusterId}),
		});
		watch(cluster, answer.value);
		return;
	}
};

const sameClusterTwice = (clusterId: string): Problem => ({
	kind: 'config',
	message: `there is another one with the cluster-id ${clusterId}.`,
});

/**
Joins a provider given as `CONTEXT` or `CONTEXT=CLUSTER-ID`. One that is down is shown as such and asked again; what somebody has to
mend (an unknown context, wrong credentials, the same cluster twice) is returned.
*/
export const joinProvider = async (
	text: string,
	options: JoinOptions,
): Promise<Problem | undefined> => {
	const {store, connections, connect, watch} = options;
	const {context, clusterId} = splitProvider(text);
	const answer = await connect(context);
	if (answer.ok) {
		const found = answer.value.identity();
		const key = clusterId ?? found.clusterId ?? context;
		if (store.world.providers.has(key)) {
			await answer.value.close();
			return sameClusterTwice(key);
		}

		connections.set(key, answer.value);
		store.addCluster({
			key,
			role: 'provider',
			title: answer.value.title,
			clusterId: key,
			generation: found.generation,
			liqoNamespace: found.liqoNamespace,
		});
		watch(key, answer.value);
		return undefined;
	}

	if (!passing.has(answer.problem.kind)) {
		return answer.problem;
	}

	const key = clusterId ?? context;
	if (store.world.providers.has(key)) {
		return sameClusterTwice(key);
	}

	store.addCluster({
		key,
		role: 'provider',
		title: context,
		clusterId: key,
		generation: undefined,
	});
	for (const kind of providerKinds) {
		sinkOf(store, key, kind).setAccess({
			state: 'stale',
			since: Date.now(),
			reason: answer.problem.message,
		});
	}

	void joinLater(context, key, options);
	return undefined;
};
