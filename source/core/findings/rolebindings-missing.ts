import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {remoteCopyOf, twinOf} from './remotes.js';
import {fact, refOf} from './facts.js';
import {instruct, joinOr} from './words.js';

const reflectionRole = 'liqo-virtual-kubelet-remote';

export const rolebindingsMissing: FailureMode = {
	id: 'rolebindings-missing',
	title: 'The twin lacks its role bindings',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 260,
	explains: ['pod-reflection-disabled', 'remote-pod-pending'],
	reads: ['NamespaceOffloading', 'NamespaceMap'],
	readsOnProvider: ['Namespace', 'NamespaceMap', 'RoleBinding'],
	symptom:
		'The namespace exists on the provider and is ours, still CreationLoopBackOff (v0.3), or its pods are refused as forbidden (later).',
	cause:
		'Capsule does not reconcile (v0.3), or somebody edited the binding (later versions do not repair it).',
	proof:
		'Fewer than three bindings of our tenant (v0.3); the binding named like the tenant namespace is missing, or binds somebody else or another role.',
	remedies: ['delete-rolebinding', 'instruct'],
	scope: 'namespace',
	find({all, offloading, mappings}) {
		if (!offloading || offloading.metadata.deletionTimestamp !== undefined) {
			return [];
		}

		return mappings.flatMap(({cluster, map, desired, current}) => {
			const found =
				desired === undefined ? undefined : twinOf(all, map, desired);
			const provider = all.provider(cluster, 'RoleBinding');
			if (
				!found?.isOurs ||
				!provider ||
				desired === undefined ||
				all.localId === undefined ||
				found.twin.metadata.deletionTimestamp !== undefined
			) {
				return [];
			}

			const bindings = [...provider.list('RoleBinding', desired)];
			if (all.isFirst) {
				const own = bindings.filter(
					({metadata}) =>
						metadata.labels[keys.capsuleTenant] === `tenant-${all.localId!}`,
				);
				return own.length >= 3 || current?.phase === 'Accepted'
					? []
					: [
							{
								object: refOf(map),
								clusters: [cluster],
								message: `On ${cluster} the namespace "${desired}" has ${own.length} of the 3 role bindings that Capsule makes.`,
								consequence: 'Pods cannot be reflected into it.',
								evidence: [
									fact(
										found.twin,
										`RoleBindings labelled ${keys.capsuleTenant}`,
										String(own.length),
										'3',
										provider.key,
									),
								],
								offers: [
									instruct(
										'Restart Capsule on the provider',
										`the owner of ${cluster}`,
										`On ${cluster}: kubectl rollout restart deployment -n ${provider.liqoNamespace} -l app.kubernetes.io/name=capsule`,
										`Then: kubectl get rolebindings -n ${desired}`,
									),
								],
							},
						];
			}

			const tenant = remoteCopyOf(all, provider, map)?.metadata.namespace;
			const binding = bindings.find(({metadata}) => metadata.name === tenant);
			const isRight =
				binding?.roleRef.name === reflectionRole &&
				binding.subjects.some(({name}) => name === all.localId);
			if (tenant === undefined || isRight) {
				return [];
			}

			return [
				{
					object: binding
						? refOf(binding)
						: {
								apiVersion: 'rbac.authorization.k8s.io/v1',
								kind: 'RoleBinding',
								namespace: desired,
								name: tenant,
							},
					clusters: [cluster],
					message: binding
						? `On ${cluster} the role binding of "${desired}" was changed: it binds ${joinOr(
								binding.subjects.map(({name}) => name),
								'nobody',
							)} to ${binding.roleRef.name}.`
						: `On ${cluster} the role binding of "${desired}" is missing.`,
					consequence:
						'The mapping looks Accepted, but pods cannot be reflected: they are refused as forbidden.',
					evidence: binding
						? [
								fact(
									binding,
									'roleRef.name',
									binding.roleRef.name,
									reflectionRole,
									provider.key,
								),
								fact(
									binding,
									'subjects',
									binding.subjects.map(({name}) => name).join(', '),
									all.localId,
									provider.key,
								),
							]
						: [
								fact(
									{
										apiVersion: 'rbac.authorization.k8s.io/v1',
										kind: 'RoleBinding',
										namespace: desired,
										name: tenant,
									},
									'metadata.name',
									undefined,
									tenant,
									provider.key,
								),
							],
					offers: binding
						? [
								{
									remedy: 'delete-rolebinding' as const,
									title: `Delete it on ${cluster}; Liqo makes it anew`,
									given: {
										cluster: provider.key,
										namespace: desired,
										name: tenant,
									},
								},
							]
						: [
								{
									remedy: 'touch-object' as const,
									title: `Touch the map on ${cluster}, so that Liqo makes it anew`,
									given: {
										cluster: provider.key,
										kind: 'NamespaceMap',
										namespace: tenant,
										name: map.metadata.name,
									},
								},
							],
				},
			];
		});
	},
};
