import {namespaceNameProblems} from '../names.js';
import {type NodeSelector, type SelectorTerm} from '../model.js';
import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {isClusterReady, twinOf} from './remotes.js';
import {offerRenaming} from './renaming.js';
import {fact, type NamespaceScope, refOf} from './facts.js';
import {offerSelector} from './selecting.js';
import {instruct, join} from './words.js';

/**
The selector without one cluster, whatever it was.
*/
const without = (
	selector: NodeSelector | undefined,
	clusters: readonly string[],
): NodeSelector => {
	const exclusion = {
		key: keys.remoteClusterId,
		operator: 'NotIn',
		values: clusters,
	};
	const terms: readonly SelectorTerm[] =
		selector && selector.nodeSelectorTerms.length > 0
			? selector.nodeSelectorTerms
			: [{}];
	return {
		nodeSelectorTerms: terms.map((term) => ({
			...term,
			matchExpressions: [...(term.matchExpressions ?? []), exclusion],
		})),
	};
};

type Conflict = {
	readonly cluster: string;
	readonly isProven: boolean;
	readonly evidence: ReturnType<typeof fact>;
};

const conflictsOf = (scope: NamespaceScope): readonly Conflict[] => {
	const {all, name, mappings} = scope;
	const isElsewhere = mappings.some(
		({current}) => current?.phase === 'Accepted',
	);
	return mappings.flatMap((mapping): readonly Conflict[] => {
		const {cluster, map, desired, current} = mapping;
		if (
			desired === undefined ||
			current?.phase !== 'CreationLoopBackOff' ||
			namespaceNameProblems(desired).length > 0
		) {
			return [];
		}

		const found = twinOf(all, map, desired);
		if (found) {
			return found.isOurs
				? []
				: [
						{
							cluster,
							isProven: true,
							evidence: fact(
								found.twin,
								`metadata.annotations["${found.annotation}"]`,
								found.owner,
								found.expectedOwner,
								found.provider.key,
							),
						},
					];
		}

		return !all.provider(cluster, 'Namespace') &&
			isClusterReady(all, cluster) &&
			(isElsewhere ||
				scope.offloading!.spec.namespaceMappingStrategy !== 'DefaultName')
			? [
					{
						cluster,
						isProven: false,
						evidence: fact(
							map,
							`status.currentMapping.${name}.phase`,
							current.phase,
							'Accepted',
						),
					},
				]
			: [];
	});
};

export const remoteNameConflict: FailureMode = {
	id: 'remote-name-conflict',
	title: 'The remote name is taken',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 240,
	explains: [
		'tenant-rbac-missing',
		'rolebindings-missing',
		'pod-reflection-disabled',
		'premature-ready',
	],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Node'],
	readsOnProvider: ['Namespace', 'NamespaceMap'],
	symptom: 'CreationLoopBackOff on one or some clusters; the name is legal.',
	cause:
		'A namespace of that name exists on the provider, and Liqo did not make it for this cluster.',
	proof:
		'The namespace on the provider has another owner in its annotation, or none. Without a connection to the provider it is only likely.',
	remedies: ['recreate-offloading', 'set-selector', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {offloading, mappings} = scope;
		if (!offloading || offloading.metadata.deletionTimestamp !== undefined) {
			return [];
		}

		const conflicts = conflictsOf(scope);
		if (conflicts.length === 0) {
			return [];
		}

		const clusters = conflicts.map(({cluster}) => cluster);
		const remote = mappings.find(
			({desired}) => desired !== undefined,
		)!.desired!;
		const isProven = conflicts.some((conflict) => conflict.isProven);
		const others = mappings.filter(
			({current}) => current?.phase === 'Accepted',
		);
		const renaming = offerRenaming(scope, {isSafe: others.length === 0});
		// V0.3 never takes a mapping back.
		const doingWithout = scope.all.isFirst
			? []
			: [
					offerSelector(
						scope,
						without(offloading.spec.clusterSelector, clusters),
						`Do without ${join(clusters)}`,
					),
				];
		return [
			{
				object: refOf(offloading),
				clusters,
				certainty: isProven ? 'proven' : 'likely',
				message: isProven
					? `On ${join(clusters)} a namespace "${remote}" exists already, and Liqo did not make it for this cluster.`
					: `On ${join(clusters)} the namespace "${remote}" could not be created, most likely because it exists and Liqo did not make it for this cluster.`,
				consequence: `The namespace is not offloaded to ${join(clusters)}${others.length > 0 ? `; ${join(others.map(({cluster}) => cluster))} ${others.length === 1 ? 'is' : 'are'} not affected` : ''}.`,
				evidence: conflicts.map(({evidence}) => evidence),
				offers: [
					// Safest first: to do without deletes nothing; a new name deletes the twins there are.
					...(others.length > 0
						? [...doingWithout, ...renaming]
						: [...renaming, ...doingWithout]),
					instruct(
						'Have the other namespace removed',
						`the owner of ${join(clusters, 'or')}`,
						`On ${join(clusters)}: kubectl get namespace ${remote} -o yaml, and see whether it is needed.`,
						`If it is not: kubectl delete namespace ${remote}. Liqo then creates its own within half a minute.`,
						'Do not adopt it by writing the annotation: it would be deleted with its content when the offloading ends.',
					),
				],
			},
		];
	},
};
