import {type FailureMode} from './failure-mode.js';
import {offloadedPods} from './offloaded-pods.js';
import {byOwner} from './pods.js';
import {fact} from './facts.js';
import {count, instruct} from './words.js';

export const daemonsetOnVirtualNode: FailureMode = {
	id: 'daemonset-on-virtual-node',
	title: 'A DaemonSet puts pods on virtual nodes',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 440,
	explains: ['pod-reflection-disabled'],
	reads: [
		'NamespaceOffloading',
		'NamespaceMap',
		'Pod',
		'Node',
		'VirtualNode',
		'DaemonSet',
	],
	symptom:
		'Pods of kube-proxy, a CNI or a log collector wait on virtual nodes.',
	cause:
		'The DaemonSet tolerates every taint, and its namespace is not offloaded.',
	proof:
		'A pod of a DaemonSet is bound to a virtual node; the namespace has no mapping there.',
	remedies: ['exclude-virtual-nodes', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, name} = scope;
		const lost = offloadedPods(scope).filter(
			({mapping, pod}) =>
				mapping?.current?.phase !== 'Accepted' &&
				pod.metadata.deletionTimestamp === undefined &&
				pod.metadata.ownerReferences.some(({kind}) => kind === 'DaemonSet'),
		);
		return byOwner(
			all.home,
			lost.map(({pod}) => pod),
		).flatMap(({owner, pods}) =>
			owner
				? [
						{
							object: owner.reference,
							clusters: [
								...new Set(
									lost
										.filter(({pod}) => pods.includes(pod))
										.map(({cluster}) => cluster),
								),
							],
							message: `DaemonSet ${owner.reference.name} puts ${count(pods.length, 'pod')} on virtual nodes, where ${name} is not offloaded.`,
							consequence:
								'They never start, and the DaemonSet never becomes ready.',
							evidence: pods
								.slice(0, 10)
								.map((pod) =>
									fact(pod, 'spec.nodeName', pod.spec.nodeName, 'a local node'),
								),
							offers: [
								owner.template
									? {
											remedy: 'exclude-virtual-nodes' as const,
											title: 'Keep it off virtual nodes',
											effect: 'restarts its pods one by one',
											given: {name: owner.reference.name},
										}
									: instruct(
											'Keep it off virtual nodes',
											'whoever administers this DaemonSet',
											'Give its template the required node affinity "liqo.io/type DoesNotExist".',
										),
							],
						},
					]
				: [],
		);
	},
};
