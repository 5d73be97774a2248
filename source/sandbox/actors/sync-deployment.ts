import {type Json} from '../../core/json.js';
import {type ClusterView} from '../../core/world.js';
import {timestamp} from '../objects/identity.js';
import {
	type ApiObject,
	at,
	numberAt,
	textAt,
	treeAt,
	treesAt,
	type Tree,
} from '../value.js';
import {type ClusterAccess} from './cluster-access.js';
import {objectEvent} from './object-event.js';
import {nextStep} from './rollout.js';
import {
	hasNews,
	hashLabel,
	hashOf,
	isSameTemplate,
	ownerReference,
	replicasOf,
	revisionMark,
	revisionOf,
	templateOf,
} from './workload-objects.js';

const component = 'deployment-controller';

const referTo = ({apiVersion, kind, metadata}: ApiObject) => ({
	apiVersion,
	kind,
	namespace: metadata.namespace ?? '',
	name: metadata.name,
});

const limitAt = (
	deployment: ApiObject,
	key: string,
): number | string | undefined => {
	const limit = at(deployment, 'spec', 'strategy', 'rollingUpdate', key);
	return typeof limit === 'number' || typeof limit === 'string'
		? limit
		: undefined;
};

const count = (sets: readonly ApiObject[], key: string): number =>
	sets.reduce((sum, set) => sum + (numberAt(set, 'status', key) ?? 0), 0);

const createSet = async (
	deployment: ApiObject,
	{access, cluster}: {readonly access: ClusterAccess; readonly cluster: string},
	{replicas, revision}: {readonly replicas: number; readonly revision: number},
): Promise<void> => {
	const template = templateOf(deployment);
	const hash = hashOf(template);
	const {name, namespace = ''} = deployment.metadata;
	const head = treeAt(template, 'metadata') ?? {};
	const labels = {...treeAt(head, 'labels'), [hashLabel]: hash};
	await access.send(
		{
			cluster,
			verb: 'create',
			object: {
				apiVersion: 'apps/v1',
				kind: 'ReplicaSet',
				namespace,
				name: `${name}-${hash}`,
			},
			body: {
				metadata: {
					namespace,
					name: `${name}-${hash}`,
					labels,
					annotations: {[revisionMark]: String(revision)},
					ownerReferences: [ownerReference(deployment)],
				},
				spec: {
					replicas,
					selector: {
						...treeAt(deployment, 'spec', 'selector'),
						matchLabels: {
							...treeAt(deployment, 'spec', 'selector', 'matchLabels'),
							[hashLabel]: hash,
						},
					},
					template: {...template, metadata: {...head, labels}},
				},
			},
			reason: 'the template has no ReplicaSet yet',
		},
		component,
	);
};

const statusOf = (
	deployment: ApiObject,
	sets: readonly ApiObject[],
	current: ApiObject | undefined,
	now: number,
): Tree => {
	const desired = replicasOf(deployment);
	const available = count(sets, 'availableReplicas');
	const updated = current ? count([current], 'replicas') : 0;
	const replicas = count(sets, 'replicas');
	const isAvailable = available >= desired - Math.floor(desired / 4);
	const isComplete =
		updated === desired && replicas === desired && available === desired;
	const known = treesAt(deployment, 'status', 'conditions');
	const condition = (
		type: string,
		status: string,
		reason: string,
		message: string,
	): Tree => {
		const old = known.find((one) => one.type === type);
		const isOld = old?.status === status && old.reason === reason;
		return isOld
			? old
			: {
					type,
					status,
					reason,
					message,
					lastUpdateTime: timestamp(now),
					lastTransitionTime: timestamp(now),
				};
	};

	return {
		observedGeneration: deployment.metadata.generation ?? 1,
		replicas,
		updatedReplicas: updated,
		readyReplicas: count(sets, 'readyReplicas'),
		availableReplicas: available,
		unavailableReplicas: Math.max(0, desired - available),
		conditions: [
			condition(
				'Available',
				isAvailable ? 'True' : 'False',
				isAvailable ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
				isAvailable
					? 'Deployment has minimum availability.'
					: 'Deployment does not have minimum availability.',
			),
			condition(
				'Progressing',
				'True',
				isComplete ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
				`ReplicaSet "${current?.metadata.name ?? ''}" ${isComplete ? 'has successfully progressed.' : 'is progressing.'}`,
			),
		],
	};
};

/**
One step of a Deployment: the ReplicaSet of its template exists, each set has as many pods as the rollout allows now, and the status says how far
it has come (Kubernetes: Deployment controller).
*/
export const syncDeployment = async (
	deployment: ApiObject,
	view: ClusterView,
	access: ClusterAccess,
	now: number,
): Promise<void> => {
	const {uid, namespace = ''} = deployment.metadata;
	const cluster = view.key;
	const owned = [...view.list('ReplicaSet', namespace)].filter(({metadata}) =>
		metadata.ownerReferences.some((owner) => owner.uid === uid),
	);
	const read = await Promise.all(
		owned.map(
			async ({apiVersion, kind, metadata: {name}}) =>
				(await access.read({apiVersion, kind, namespace, name})) as
					ApiObject | undefined,
		),
	);
	const sets = read
		.filter((set) => set !== undefined)
		.toSorted((one, other) => revisionOf(one) - revisionOf(other));
	const template = templateOf(deployment);
	const current = sets.findLast((set) =>
		isSameTemplate(templateOf(set), template),
	);
	const newest = Math.max(sets.length, ...sets.map((set) => revisionOf(set)));
	const isPaused = at(deployment, 'spec', 'paused') === true;
	const others = sets.filter((set) => set !== current);
	const sizeOf = (set: ApiObject) => ({
		replicas: replicasOf(set),
		available: numberAt(set, 'status', 'availableReplicas') ?? 0,
	});
	const step = nextStep({
		desired: replicasOf(deployment),
		current: current ? sizeOf(current) : {replicas: 0, available: 0},
		others: others.map((set) => sizeOf(set)),
		strategy:
			textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate'
				? 'Recreate'
				: 'RollingUpdate',
		maxSurge: limitAt(deployment, 'maxSurge'),
		maxUnavailable: limitAt(deployment, 'maxUnavailable'),
		hasOldPods: count(others, 'replicas') > 0,
	});

	const change = async (
		object: ApiObject,
		body: Tree,
		subresource?: string,
	): Promise<void> => {
		await access.send(
			{
				cluster,
				verb: 'patch',
				patchType: 'merge',
				object: referTo(object),
				...(subresource !== undefined && {subresource}),
				body: body as Json,
				reason: 'the Deployment asks for it',
			},
			component,
		);
	};

	const tell = async (set: string, from: number, to: number): Promise<void> => {
		await access.send(
			objectEvent(
				{...referTo(deployment), namespace, uid},
				{
					cluster,
					type: 'Normal',
					reason: 'ScalingReplicaSet',
					message: `Scaled ${to > from ? 'up' : 'down'} replica set ${set} from ${from} to ${to}`,
				},
			),
			component,
		);
	};

	const scale = async (set: ApiObject, replicas: number): Promise<void> => {
		if (replicasOf(set) !== replicas) {
			await change(set, {spec: {replicas}});
			await tell(set.metadata.name, replicasOf(set), replicas);
		}
	};

	if (!current && !isPaused) {
		await createSet(
			deployment,
			{access, cluster},
			{replicas: step.current, revision: newest + 1},
		);
		await tell(
			`${deployment.metadata.name}-${hashOf(template)}`,
			0,
			step.current,
		);
	} else if (
		current &&
		(!isPaused || others.every((set) => replicasOf(set) === 0))
	) {
		if (others.length > 0 && revisionOf(current) < newest) {
			await change(current, {
				metadata: {annotations: {[revisionMark]: String(newest + 1)}},
			});
		}

		await scale(current, step.current);
	}

	if (!isPaused) {
		for (const [index, set] of others.entries()) {
			await scale(set, step.others[index] ?? 0); // eslint-disable-line no-await-in-loop -- in the order of the sets
		}
	}

	const revision = String(
		current ? Math.max(revisionOf(current), 1) : newest + 1,
	);
	if (
		!isPaused &&
		deployment.metadata.annotations?.[revisionMark] !== revision
	) {
		await change(deployment, {
			metadata: {annotations: {[revisionMark]: revision}},
		});
	}

	const status = statusOf(deployment, sets, current, now);
	if (hasNews(treeAt(deployment, 'status') ?? {}, status)) {
		await change(deployment, {status}, 'status');
	}
};
