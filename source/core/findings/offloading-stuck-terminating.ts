import {type FailureMode} from './failure-mode.js';
import {type Evidence} from './finding.js';
import {twinOf} from './remotes.js';
import {fact, type NamespaceScope, refOf} from './facts.js';
import {instruct, join} from './words.js';

type Obstacle = {
	readonly message: string;
	readonly clusters: readonly string[];
	readonly evidence: readonly Evidence[];
	readonly isTouchable?: boolean;
};

/**
What holds the deletion up; the first that applies (Liqo: deletion order).
*/
const obstacleOf = ({
	all,
	name,
	offloading,
	mappings,
}: NamespaceScope): Obstacle => {
	const desired = mappings.filter((one) => one.desired !== undefined);
	if (desired.length > 0) {
		const clusters = desired.map(({cluster}) => cluster);
		return {
			message: `the mapping to ${join(clusters)} was never taken back`,
			clusters,
			evidence: desired.map((one) =>
				fact(one.map, `spec.desiredMapping.${name}`, one.desired, 'no entry'),
			),
			isTouchable: true,
		};
	}

	const left = mappings.filter(({current}) => current !== undefined);
	if (left.length > 0) {
		const clusters = left.map(({cluster}) => cluster);
		const twins = left.flatMap(({map, current}) => {
			const found = twinOf(all, map, current!.remoteNamespace);
			return found
				? found.twin.status.conditions
						.filter(({status}) => status === 'True')
						.map(({type, message}) =>
							fact(
								found.twin,
								`status.conditions[${type}]`,
								message,
								undefined,
								found.provider.key,
							),
						)
				: [];
		});
		return {
			message: `the twin on ${join(clusters)} is not gone yet`,
			clusters,
			evidence: [
				...left.map(({map, current}) =>
					fact(
						map,
						`status.currentMapping.${name}.phase`,
						current!.phase,
						'no entry',
					),
				),
				...twins,
			],
		};
	}

	return {
		message: 'nothing is in the way any more, but the finalizer is still there',
		clusters: [],
		evidence: [
			fact(
				offloading!,
				'metadata.finalizers',
				offloading!.metadata.finalizers.join(', '),
				'none',
			),
		],
		isTouchable: true,
	};
};

export const offloadingStuckTerminating: FailureMode = {
	id: 'offloading-stuck-terminating',
	title: 'The offloading does not end',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 264,
	explains: ['local-namespace-stuck-terminating', 'unoffload-data-loss'],
	reads: ['NamespaceOffloading', 'NamespaceMap'],
	readsOnProvider: ['Namespace', 'NamespaceMap'],
	symptom: 'Deleted more than a minute ago, still Terminating.',
	cause:
		'Controllers down, a mapping that cannot be taken back, or a twin that does not go away.',
	proof:
		'The first of: a mapping still asked for, an outcome still there, conditions or the finalizer left.',
	remedies: ['touch-object', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, name, offloading} = scope;
		const since = all.since(offloading?.metadata.deletionTimestamp);
		if (!offloading || since === undefined || since <= 60) {
			return [];
		}

		const obstacle = obstacleOf(scope);
		return [
			{
				object: refOf(offloading),
				clusters: obstacle.clusters,
				message: `Deleted ${Math.floor(since / 60)} minutes ago, and still there: ${obstacle.message}.`,
				consequence:
					'The offloading stays Terminating, and so would its namespace.',
				evidence: [
					fact(
						offloading,
						'metadata.deletionTimestamp',
						offloading.metadata.deletionTimestamp,
					),
					...obstacle.evidence,
				],
				offers: [
					...(obstacle.isTouchable
						? [
								{
									remedy: 'touch-object' as const,
									title: 'Touch the object, so that the controller tries again',
									given: {
										kind: 'NamespaceOffloading',
										namespace: name,
										name: offloading.metadata.name,
									},
									safety: 'automatic' as const,
								},
							]
						: []),
					instruct(
						'Remove what holds it',
						obstacle.clusters.length > 0
							? `the owner of ${join(obstacle.clusters, 'or')}`
							: 'whoever administers Liqo on this cluster',
						...(obstacle.clusters.length > 0
							? [
									`On the provider: kubectl get namespace ${scope.remoteName ?? name} -o yaml; remove what its conditions name.`,
								]
							: [
									"Check that Liqo's controllers run and that their webhook answers.",
								]),
						`Last resort, leaving twins behind: kubectl patch namespaceoffloading ${offloading.metadata.name} -n ${name} --type json -p '[{"op":"test","path":"/metadata/finalizers","value":${JSON.stringify(offloading.metadata.finalizers)}},{"op":"remove","path":"/metadata/finalizers"}]'`,
					),
				],
			},
		];
	},
};
