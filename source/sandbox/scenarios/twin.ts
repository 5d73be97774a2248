import {keys} from '../../core/keys.js';
import {type JsonObject} from '../../core/json.js';
import {capsuleBindings} from '../capsule-bindings.js';
import {isFirstGeneration, putNamespace} from './cluster.js';
import {type Draft, type Peer} from './draft.js';
import {remoteTenantNamespace} from './peering.js';

/**
The twin namespace on a provider, owned by the consumer's mapping, with its rolebindings.
*/
export const putTwin = (
	draft: Draft,
	peer: Peer,
	namespace: string,
	remote: string,
	age = 3595,
): void => {
	const tenant = remoteTenantNamespace(draft);
	const manager = {[keys.managedByNamespaceMap]: `${tenant}/${peer.map}`};
	const isFirst = isFirstGeneration(draft);
	putNamespace(draft, peer.handle, remote, {
		creationTimestamp: draft.ago(age),
		...(isFirst
			? {annotations: {[keys.remoteNamespace]: draft.localId}}
			: {
					annotations: {...manager, [keys.originalName]: namespace},
					labels: {[keys.remoteClusterId]: draft.localId},
				}),
	});
	if (isFirst) {
		for (const binding of capsuleBindings(remote, draft.localId)) {
			draft.put(peer.handle, binding as JsonObject);
		}

		return;
	}

	draft.put(peer.handle, {
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'RoleBinding',
		metadata: {
			namespace: remote,
			name: tenant,
			annotations: manager,
			labels: {
				'app.kubernetes.io/managed-by': 'liqo',
				[keys.remoteClusterId]: draft.localId,
			},
		},
		subjects: [
			{
				kind: 'Group',
				apiGroup: 'rbac.authorization.k8s.io',
				name: draft.localId,
			},
		],
		roleRef: {
			apiGroup: 'rbac.authorization.k8s.io',
			kind: 'ClusterRole',
			name: 'liqo-virtual-kubelet-remote',
		},
	});
};

/**
Marks a twin as being deleted, held up by an object with somebody else's finalizer.
*/
export const holdTwin = (
	draft: Draft,
	peer: Peer,
	remote: string,
	since: number,
): void => {
	draft.put(peer.handle, {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {
			namespace: remote,
			name: 'backup',
			finalizers: ['example.org/backup'],
		},
	});
	draft.edit(peer.handle, 'Namespace', remote, {
		metadata: {deletionTimestamp: draft.ago(since)},
		status: {
			phase: 'Terminating',
			conditions: [
				{
					type: 'NamespaceContentRemaining',
					status: 'True',
					reason: 'SomeResourcesRemain',
					message:
						'Some resources are remaining: configmaps. has 1 resource instances',
				},
				{
					type: 'NamespaceFinalizersRemaining',
					status: 'True',
					reason: 'SomeFinalizersRemain',
					message:
						'Some content in the namespace has finalizers remaining: example.org/backup in 1 resource instances',
				},
			],
		},
	});
};
