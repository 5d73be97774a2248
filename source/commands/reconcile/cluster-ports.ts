import {type ObjectReference} from '../../core/model.js';
import {
	type ReadAnswer,
	type Reader,
	type WriteAnswer,
	type Writer,
} from '../../controller/writer.js';
import {systemClock} from '../../kube/clock.js';
import {fetchJson} from '../../kube/discovery.js';
import {type Problem, type ProblemKind} from '../../kube/errors.js';
import {createEventRecorder} from '../../kube/event-recorder.js';
import {pathOf} from '../../kube/resource-path.js';
import {createResourceFinder} from '../../kube/resources.js';
import {type Transport} from '../../kube/transport.js';
import {createWriter, type Writer as KubeWriter} from '../../kube/writer.js';
import {type OpenCluster} from './open-clusters.js';

const reasons: Partial<Readonly<Record<ProblemKind, string>>> = {
	conflict: 'Conflict',
	'already-exists': 'AlreadyExists',
	'not-found': 'NotFound',
	forbidden: 'Forbidden',
	invalid: 'Invalid',
	'too-many-requests': 'TooManyRequests',
	unauthorized: 'Unauthorized',
};

const codes: Partial<Readonly<Record<ProblemKind, number>>> = {
	conflict: 409,
	'already-exists': 409,
};

/**
A problem as the controller takes it.
*/
export const refusalOf = (problem: Problem): WriteAnswer => ({
	state: 'refused',
	status: codes[problem.kind] ?? problem.code ?? 0,
	reason: reasons[problem.kind] ?? 'Unreachable',
	message: problem.message,
	...(problem.retryAfter !== undefined && {retryAfter: problem.retryAfter}),
});

/**
Sends each change to the API server of its cluster.
*/
export const createClusterWriter = (options: {
	readonly home: OpenCluster;
	provider(cluster: string): OpenCluster | undefined;
	/**
	Why there is no connection to a provider.
	*/
	reason(cluster: string): string;
}): Writer => {
	const writers = new WeakMap<Transport, KubeWriter>();
	const writerOf = ({transport, generation}: OpenCluster): KubeWriter => {
		const known = writers.get(transport);
		if (known !== undefined) {
			return known;
		}

		const writer = createWriter({
			transport,
			resources: createResourceFinder(transport, () => generation),
			events: createEventRecorder(systemClock),
		});
		writers.set(transport, writer);
		return writer;
	};

	return {
		async send(change) {
			const open =
				change.cluster === 'home'
					? options.home
					: options.provider(change.cluster);
			if (open === undefined) {
				return {
					state: 'refused',
					status: 0,
					reason: 'Unreachable',
					message: options.reason(change.cluster),
				};
			}

			const outcome = await writerOf(open).send(change);
			if (!outcome.ok) {
				return refusalOf(outcome.problem);
			}

			const {object} = outcome.value;
			return {state: 'written', ...(object !== undefined && {object})};
		},
	};
};

/**
Reads objects of one cluster that are not watched.
*/
export const createClusterReader = ({
	transport,
	generation,
}: OpenCluster): Reader => {
	const finder = createResourceFinder(transport, () => generation);
	return {
		async read(object: ObjectReference): Promise<ReadAnswer> {
			const location = await finder.find(object);
			if (!location.ok) {
				return {state: 'failed', message: location.problem.message};
			}

			const found = await fetchJson(
				transport,
				pathOf(location.value, {
					...(location.value.isNamespaced && {namespace: object.namespace}),
					name: object.name,
				}),
			);
			if (found.ok) {
				return {state: 'found', object: found.value};
			}

			return found.problem.kind === 'not-found'
				? {state: 'missing'}
				: {state: 'failed', message: found.problem.message};
		},
	};
};
