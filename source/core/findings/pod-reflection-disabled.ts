import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {offloadedPods} from './offloaded-pods.js';
import {describePods, ownerOf} from './pods.js';
import {fact, refOf} from './facts.js';
import {offerSelector} from './selecting.js';
import {instruct} from './words.js';

export const podReflectionDisabled: FailureMode = {
	id: 'pod-reflection-disabled',
	title: 'A pod is on a cluster where its namespace is not',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 345,
	explains: ['remote-pod-pending'],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Pod', 'Node', 'VirtualNode'],
	symptom:
		'A pod is bound to a virtual node, Pending, with reason OffloadingBackOff.',
	cause:
		'The namespace is not offloaded to that cluster (the pod was forced there), or the mapping is not ready.',
	proof: "The pod's reason, and the phase of the mapping.",
	remedies: ['set-selector', 'create-offloading', 'delete-pod', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, offloading, name} = scope;
		const stuck = offloadedPods(scope).filter(
			({pod, mapping}) =>
				pod.status.reason?.toLowerCase() === 'offloadingbackoff' &&
				mapping?.current?.phase !== 'Accepted' &&
				ownerOf(all.home, pod)?.kind !== 'DaemonSet',
		);
		const byCluster = Map.groupBy(stuck, ({cluster}) => cluster);
		return [...byCluster].map(([cluster, entries]) => {
			const {pod, mapping} = entries[0]!;
			const owner = ownerOf(all.home, pod);
			const selector = offloading?.spec.clusterSelector;
			return {
				object: refOf(pod),
				clusters: [cluster],
				message: offloading
					? `${describePods(
							entries.map((entry) => entry.pod),
							owner,
						)} landed on ${cluster}, where ${name} is ${mapping?.desired === undefined ? 'not offloaded to' : 'not ready yet'}.`
					: `${describePods(
							entries.map((entry) => entry.pod),
							owner,
						)} landed on ${cluster}, but ${name} is not offloaded at all.`,
				consequence:
					'It waits there without starting; it recovers by itself once the namespace exists on that cluster.',
				evidence: [
					fact(pod, 'status.reason', pod.status.reason),
					fact(pod, 'spec.nodeName', pod.spec.nodeName),
					...(mapping
						? [
								fact(
									mapping.map,
									`status.currentMapping.${name}.phase`,
									mapping.current?.phase,
									'Accepted',
								),
							]
						: []),
				],
				offers: [
					...(offloading && selector && mapping?.desired === undefined
						? [
								offerSelector(
									scope,
									{
										nodeSelectorTerms: [
											...selector.nodeSelectorTerms.filter(
												(term) => (term.matchExpressions ?? []).length > 0,
											),
											{
												matchExpressions: [
													{
														key: keys.remoteClusterId,
														operator: 'In',
														values: [cluster],
													},
												],
											},
										],
									},
									`Offload the namespace to ${cluster} too`,
								),
							]
						: []),
					...(offloading
						? []
						: [
								{
									remedy: 'create-offloading' as const,
									title: 'Offload the namespace',
									given: {
										mappingStrategy: 'DefaultName',
										podStrategy: 'LocalAndRemote',
									},
								},
							]),
					instruct(
						'Keep the pod off virtual nodes',
						'the owner of the workload',
						`Give ${owner ? `the template of ${owner.kind} ${owner.reference.name}` : 'the pod'} a required node affinity "${keys.type} DoesNotExist", and create the pod again.`,
					),
				],
			};
		});
	},
};
