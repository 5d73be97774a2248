import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {foreignClusterOf, namespacesSelecting} from './remotes.js';
import {clusterIdOf, fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const tenantNamespaceMissing: FailureMode = {
	id: 'tenant-namespace-missing',
	title: 'A peering has no tenant namespace',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 120,
	explains: [
		'namespacemap-missing',
		'namespacemap-count-mismatch',
		'scheduling-label-missing',
		'selector-not-in-force',
	],
	reads: ['Namespace', 'Node', 'VirtualNode', 'ForeignCluster', 'NamespaceMap'],
	symptom: 'There is a virtual node, but no NamespaceMap.',
	cause: 'The tenant namespace of the peering was deleted, or never made.',
	proof:
		'No namespace carries the labels of the tenant (v0.3: the ForeignCluster names none).',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		const clusters = [
			...new Set(all.candidates.map(({cluster}) => cluster)),
		].filter((id) => id !== '');
		const tenants = [...all.home.list('Namespace')];
		return clusters.flatMap((cluster) => {
			const foreign = foreignClusterOf(all, cluster);
			const named = foreign?.status.tenantNamespace?.local;
			const isThere = all.isFirst
				? named !== undefined &&
					named !== '' &&
					tenants.some(({metadata}) => metadata.name === named)
				: tenants.some(
						({metadata: {labels}}) =>
							labels[keys.remoteClusterId] === cluster &&
							Object.hasOwn(labels, keys.tenantNamespace),
					);
			if (isThere || all.maps.some((map) => clusterIdOf(map) === cluster)) {
				return [];
			}

			const expected = `liqo-tenant-${cluster}`;
			const object = {apiVersion: 'v1', kind: 'Namespace', name: expected};
			return [
				{
					object,
					clusters: [cluster],
					namespaces: namespacesSelecting(all, cluster),
					message: `The peering with ${cluster} has no tenant namespace.`,
					consequence: 'Nothing can be mapped to that cluster.',
					evidence: [
						all.isFirst && foreign
							? fact(
									refOf(foreign),
									'status.tenantNamespace.local',
									named,
									expected,
								)
							: fact(
									object,
									`metadata.labels["${keys.tenantNamespace}"]`,
									undefined,
									'true',
								),
					],
					offers: [
						instruct(
							'Repair the peering',
							'whoever administers the peerings of this cluster',
							`Peer with ${cluster} again; that makes the namespace ${expected} with its labels.`,
						),
					],
				},
			];
		});
	},
};
