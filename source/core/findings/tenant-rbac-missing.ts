import {type NamespaceMap} from '../model.js';
import {namespaceNameProblems} from '../names.js';
import {type FailureMode} from './failure-mode.js';
import {
	isAvailable,
	isClusterReady,
	liqoDeployment,
	remoteCopyOf,
} from './remotes.js';
import {fact, refOf, type WorldScope} from './facts.js';
import {controlPlaneSecrets, hasReplicationLabels} from './replication.js';
import {instruct} from './words.js';

/**
Whether nothing that can be seen at home keeps a map from its provider.
*/
const canReplicate = (
	all: WorldScope,
	map: NamespaceMap,
	cluster: string,
): boolean =>
	(!all.canSee('Secret') || controlPlaneSecrets(all, cluster).length === 1) &&
	isAvailable(liqoDeployment(all, 'crd-replicator')) &&
	hasReplicationLabels(map, cluster) &&
	map.metadata.finalizers.length > 0;

export const tenantRbacMissing: FailureMode = {
	id: 'tenant-rbac-missing',
	title: 'The provider took our permissions away',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 255,
	explains: ['premature-ready', 'pod-reflection-disabled'],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Node', 'Deployment'],
	readsOnProvider: ['Namespace', 'NamespaceMap'],
	symptom:
		'v0.3: CreationLoopBackOff; later: Creating for ever; the provider answers.',
	cause:
		'The identity that Liqo uses on the provider may not create namespaces, or not write its NamespaceMap.',
	proof:
		'The provider is reachable, nothing stands in the way, and still the namespace (later: the copy of the map) is not there. Proven only by asking the provider what this identity may do.',
	remedies: ['instruct'],
	scope: 'namespace',
	find({all, name, offloading, mappings}) {
		if (!offloading || offloading.metadata.deletionTimestamp !== undefined) {
			return [];
		}

		return mappings.flatMap(({cluster, map, desired, current}) => {
			const provider = all.provider(cluster, 'Namespace', 'NamespaceMap');
			if (
				!provider ||
				desired === undefined ||
				namespaceNameProblems(desired).length > 0 ||
				!isClusterReady(all, cluster) ||
				(all.since(offloading.metadata.creationTimestamp) ?? 0) < 30
			) {
				return [];
			}

			const copy = remoteCopyOf(all, provider, map);
			const isRefused = all.isFirst
				? current?.phase === 'CreationLoopBackOff' &&
					!provider.get('Namespace', '', desired)
				: current === undefined &&
					copy?.spec.desiredMapping[name] !== desired &&
					canReplicate(all, map, cluster);
			return isRefused
				? [
						{
							object: refOf(map),
							clusters: [cluster],
							certainty:
								all.isFirst || all.canSee('Secret')
									? ('likely' as const)
									: ('possible' as const),
							message: all.isFirst
								? `${cluster} answers, but the namespace "${desired}" is not created there: most likely we are not allowed to.`
								: `${cluster} answers, but the mapping does not reach it: most likely we are not allowed to write it there.`,
							consequence: `The namespace is not offloaded to ${cluster}, and nothing retries until something changes.`,
							evidence: [
								all.isFirst
									? fact(
											{apiVersion: 'v1', kind: 'Namespace', name: desired},
											'metadata.name',
											undefined,
											desired,
											provider.key,
										)
									: fact(
											copy ?? map,
											`spec.desiredMapping.${name}`,
											copy?.spec.desiredMapping[name],
											desired,
											provider.key,
										),
								fact(
									map,
									`status.currentMapping.${name}.phase`,
									current?.phase,
									'Accepted',
								),
							],
							offers: [
								instruct(
									'Renew the peering',
									`the owner of ${cluster}`,
									all.isFirst
										? `On ${cluster}: check the Capsule tenant (kubectl get tenant tenant-${all.localId ?? 'CLUSTER-ID'}) and that it owns what it should.`
										: `On ${cluster}: kubectl auth can-i create namespacemaps.offloading.liqo.io -n liqo-tenant-${all.localId ?? 'CLUSTER-ID'} --as-group ${all.localId ?? 'CLUSTER-ID'} --as x`,
									'Run the authentication again (liqoctl authenticate, or peer).',
									`Afterwards touch the map here: kubectl annotate namespacemap ${map.metadata.name} -n ${map.metadata.namespace} liqoscope.io/touched=now --overwrite`,
								),
							],
						},
					]
				: [];
		});
	},
};
