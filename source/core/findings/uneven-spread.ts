import {type FailureMode} from './failure-mode.js';
import {byOwner} from './pods.js';
import {fact} from './facts.js';
import {instruct} from './words.js';

const fewest = 4;

export const unevenSpread: FailureMode = {
	id: 'uneven-spread',
	title: 'All pods went to the same side',
	severity: 'info',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 850,
	explains: [],
	reads: ['NamespaceOffloading', 'Pod', 'Node', 'VirtualNode'],
	symptom:
		'With strategy LocalAndRemote all pods of a workload run on one virtual node.',
	cause:
		'The scheduler prefers the emptiest node, and a virtual node looks huge. Not a fault.',
	proof: 'Where the pods of one workload run.',
	remedies: ['instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, strategy} = scope;
		if (strategy !== 'LocalAndRemote') {
			return [];
		}

		const running = scope.pods.filter(
			({status, spec}) =>
				status.phase === 'Running' &&
				(spec.topologySpreadConstraints ?? []).length === 0 &&
				(
					spec.affinity?.nodeAffinity
						?.preferredDuringSchedulingIgnoredDuringExecution ?? []
				).length === 0,
		);
		return byOwner(all.home, running).flatMap(({owner, pods}) => {
			const nodes = new Set(pods.map(({spec}) => spec.nodeName ?? ''));
			const [node = ''] = nodes;
			return owner &&
				owner.kind !== 'DaemonSet' &&
				pods.length >= fewest &&
				nodes.size === 1 &&
				all.candidates.some(({name}) => name === node)
				? [
						{
							object: owner.reference,
							certainty: 'likely' as const,
							message: `All ${pods.length} pods of ${owner.kind} ${owner.reference.name} run on ${node}: it looked emptiest to the scheduler.`,
							consequence: 'If that cluster goes away, all of them go with it.',
							evidence: pods
								.slice(0, 5)
								.map((pod) => fact(pod, 'spec.nodeName', pod.spec.nodeName)),
							offers: [
								instruct(
									'Spread them',
									'the owner of the workload',
									`Add topologySpreadConstraints (topologyKey kubernetes.io/hostname, or liqo.io/type) to ${owner.kind} ${owner.reference.name}, or a preferred node affinity.`,
								),
							],
						},
					]
				: [];
		});
	},
};
