import {isCorrected} from '../divergences.js';
import {keys} from '../keys.js';
import {type CurrentMapping, type Namespace} from '../model.js';
import {namespaceNameProblems} from '../names.js';
import {type ClusterView, namespaceOf} from '../world.js';
import {type MappingPhase} from './map-outcome.js';
import {type ReconcileContext} from './reconciler.js';
import {
	creationOf,
	deletionOf,
	describeFailure,
	failureOf,
	referTo,
	type Steps,
} from './writes.js';

// Two of the owner, one more for the virtual kubelet (Liqo: gen 1 NamespaceMap controller).
const neededBindings = 3;

export type LegacyPass = {
	readonly provider: ClusterView;
	readonly consumer: string;
	readonly clusterId: string;
	readonly context: ReconcileContext;
	readonly creations: Steps['changes'];
	readonly deletions: Steps['changes'];
	/**
	What makes the pass be tried again soon; an illegal or taken name does not.
	*/
	readonly retries: string[];
};

const isOwn = (twin: Namespace, consumer: string): boolean =>
	twin.metadata.annotations[keys.remoteNamespace] === consumer;

const countBindings = (
	{provider, consumer}: LegacyPass,
	remote: string,
): number =>
	[...provider.list('RoleBinding', remote)].filter(
		({metadata}) =>
			metadata.labels[keys.capsuleTenant] === `tenant-${consumer}`,
	).length;

const createTwin = (
	pass: LegacyPass,
	local: string,
	remote: string,
): MappingPhase => {
	const {provider, consumer, context, creations, retries} = pass;
	const isIllegal =
		isCorrected(context.rules, 'name-unchecked') &&
		namespaceNameProblems(remote).length > 0;
	if (isIllegal || remote === '') {
		return 'CreationLoopBackOff';
	}

	const change = creationOf(
		provider,
		referTo(provider, 'Namespace', '', remote),
		{
			metadata: {
				name: remote,
				annotations: {[keys.remoteNamespace]: consumer},
			},
		},
		`it is the twin of ${local}`,
	);
	const failure = failureOf(context, change);
	if (failure === undefined) {
		creations.push(change);
		retries.push(
			`not enough roleBinding in the remote namespace '${remote}'. Virtual kubelet will not have the necessary privileges`,
		);
	} else if (
		failure.reason !== 'Invalid' &&
		failure.reason !== 'AlreadyExists'
	) {
		retries.push(describeFailure(failure));
	}

	return 'CreationLoopBackOff';
};

export const ensureLegacyTwin = (
	pass: LegacyPass,
	local: string,
	remote: string,
): MappingPhase => {
	const {provider, consumer, context, retries} = pass;
	const twin = remote === '' ? undefined : namespaceOf(provider, remote);
	if (twin === undefined) {
		return createTwin(pass, local, remote);
	}

	if (!isOwn(twin, consumer)) {
		return 'CreationLoopBackOff';
	}

	if (
		twin.metadata.deletionTimestamp !== undefined &&
		isCorrected(context.rules, 'dying-twin-accepted')
	) {
		return 'Terminating';
	}

	if (countBindings(pass, remote) < neededBindings) {
		retries.push(
			`not enough roleBinding in the remote namespace '${remote}'. Virtual kubelet will not have the necessary privileges`,
		);
		return 'CreationLoopBackOff';
	}

	return 'Accepted';
};

export const removeLegacyTwin = (
	pass: LegacyPass,
	{remoteNamespace: remote}: CurrentMapping,
): MappingPhase | undefined => {
	const {provider, consumer, clusterId, context, deletions, retries} = pass;
	const twin = remote === '' ? undefined : namespaceOf(provider, remote);
	if (twin === undefined || !isOwn(twin, consumer)) {
		return undefined;
	}

	if (twin.metadata.deletionTimestamp === undefined) {
		const change = deletionOf(
			provider,
			twin,
			'the namespace is no longer mapped here',
		);
		const failure = failureOf(context, change);
		if (failure === undefined) {
			deletions.push(change);
		} else if (failure.status !== 404) {
			retries.push(describeFailure(failure));
		}
	}

	retries.push(
		`the remote namespace '${remote}' inside the cluster '${clusterId}' is undergoing graceful termination`,
	);
	return 'Terminating';
};
