import {keys} from '../core/keys.js';
import {type Tree} from './value.js';

// Two of the owner, one more for the virtual kubelet.
const roles = [
	'namespace-deleter',
	'namespace:admin',
	'liqo-virtual-kubelet-remote',
];

/**
The RoleBindings that Capsule keeps in a namespace which the tenant of `clusterId` owns (Liqo: gen 1 provider).
*/
export const capsuleBindings = (namespace: string, clusterId: string): Tree[] =>
	roles.map((name) => ({
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'RoleBinding',
		metadata: {
			namespace,
			name,
			labels: {[keys.capsuleTenant]: `tenant-${clusterId}`},
		},
		subjects: [
			{
				kind: 'User',
				apiGroup: 'rbac.authorization.k8s.io',
				name: clusterId,
			},
		],
		roleRef: {
			apiGroup: 'rbac.authorization.k8s.io',
			kind: 'ClusterRole',
			name,
		},
	}));
