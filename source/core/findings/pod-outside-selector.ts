import {isAntithetical, type PodTerm} from '../pod-terms.js';
import {askedText} from '../requirement-text.js';
import {evaluateTerm} from '../selector.js';
import {type FailureMode} from './failure-mode.js';
import {offerRelaxedTemplate, offerStrategy} from './pod-offers.js';
import {pendingPods} from './pending-pods.js';
import {describePods} from './pods.js';
import {isFrozen} from './pod-terms-frozen.js';
import {fact, type NamespaceScope, refOf} from './facts.js';
import {type Evidence} from './finding.js';
import {editSelector} from './selecting.js';
import {instruct} from './words.js';

/**
The first demand of the pod that a node does not meet, its own before those of the offloading.
*/
const failedDemand = (
	{all}: NamespaceScope,
	name: string,
	terms: readonly PodTerm[],
): Evidence | undefined => {
	const node = all.home.get('Node', '', name);
	const [term] = terms;
	if (!node || !term || terms.length > 1) {
		return undefined;
	}

	const failed = term.requirements
		.filter(({source}) => source === 'matchExpressions')
		.toSorted(
			(a, b) =>
				Number(a.origin === 'offloading') - Number(b.origin === 'offloading'),
		)
		.find(
			({key, operator, values}) =>
				!evaluateTerm(
					{matchExpressions: [{key, operator, ...(values && {values})}]},
					{name, labels: node.metadata.labels},
					0,
					'v1',
				).matches,
		);
	return (
		failed &&
		fact(
			node,
			`metadata.labels["${failed.key}"]`,
			node.metadata.labels[failed.key],
			askedText(failed),
		)
	);
};

export const podOutsideSelector: FailureMode = {
	id: 'pod-outside-selector',
	title: 'No present node satisfies the pod',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 340,
	explains: [],
	reads: ['NamespaceOffloading', 'Pod', 'Node', 'Namespace'],
	symptom:
		'Pods stay Pending; their demands do not contradict each other, but no node meets them all.',
	cause:
		'What the workload asks for exists only on nodes that the offloading rules out, or nowhere.',
	proof:
		'The per-node table: on every node the affinity or the node selector fails.',
	remedies: [
		'label-virtual-node',
		'set-pod-strategy',
		'relax-template',
		'set-selector',
		'instruct',
	],
	scope: 'namespace',
	find(scope) {
		const {all, offloading, strategy, selected} = scope;
		if (!offloading || strategy === 'Local') {
			return [];
		}

		return pendingPods(scope).flatMap((group) => {
			const {pods, owner, terms, verdict} = group;
			const isOutside =
				verdict.nodes.length > 0 &&
				verdict.nodes.every(
					({reasons}) =>
						reasons.some(({check}) => check === 'affinity') ||
						// A node that takes no pod of this kind anyway.
						reasons.some(({check}) => check === 'node-name'),
				);
			if (!isOutside || isAntithetical(terms) || isFrozen(scope, group)) {
				return [];
			}

			const own = terms
				.flatMap(({requirements}) => requirements)
				.find(
					({origin, operator}) => origin !== 'offloading' && operator === 'In',
				);
			const hasLocal =
				own?.values !== undefined &&
				verdict.nodes.some(
					({name, isVirtual}) =>
						!isVirtual &&
						own.values!.includes(
							all.home.get('Node', '', name)?.metadata.labels[own.key] ?? '',
						),
				);
			const nodes = all.candidates.filter(({cluster}) => selected.has(cluster));
			return [
				{
					object: refOf(pods[0]!),
					message: `No node satisfies ${describePods(pods, owner)}${own ? `: "${own.key}" ${own.operator} [${(own.values ?? []).join(', ')}] is found on ${hasLocal ? 'local nodes only' : 'no node that the offloading allows'}` : ''}.`,
					consequence: 'They stay Pending until such a node appears.',
					evidence: verdict.nodes
						.slice(0, 20)
						.map(
							({name, reasons}) =>
								failedDemand(scope, name, terms) ??
								fact(
									{apiVersion: 'v1', kind: 'Node', name},
									'what speaks against it',
									(
										reasons.find(({check}) => check === 'affinity') ??
										reasons[0]!
									).detail,
								),
						),
					offers: [
						...(hasLocal && strategy === 'Remote'
							? [offerStrategy('LocalAndRemote', pods, owner)]
							: []),
						...(own?.values?.[0] !== undefined &&
						!own.key.startsWith('liqo.io/')
							? nodes.slice(0, 3).map(({name, cluster}) => ({
									remedy: 'label-virtual-node' as const,
									title: `Label ${name} with ${own.key}=${own.values![0]!}`,
									effect: `lets them run on ${cluster}`,
									given: {node: name, key: own.key, value: own.values![0]!},
								}))
							: []),
						...offerRelaxedTemplate(own, owner),
						editSelector,
						instruct(
							'Change the workload',
							'the owner of the workload',
							`kubectl explain pod.spec.affinity; relax what ${owner ? `${owner.kind} ${owner.reference.name}` : 'the pod'} asks for.`,
						),
					],
				},
			];
		});
	},
};
