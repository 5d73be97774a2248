import {absent, type Json} from '../json.js';
import {keys} from '../keys.js';
import {type KindMap, type PodSpec} from '../model.js';
import {type World} from '../world.js';
import {virtualNodeToleration} from '../admission.js';
import {changes, find, gone, patchOf, refuse} from './planning.js';
import {namesIn, podDeletions} from './pod-deletions.js';
import {type Remedy} from './remedy.js';

const workloadKinds = [
	'Deployment',
	'ReplicaSet',
	'StatefulSet',
	'DaemonSet',
] as const;

const workloadOf = (
	world: World,
	kind: string | undefined,
	namespace: string | undefined,
	name: string | undefined,
): KindMap[(typeof workloadKinds)[number]] | undefined => {
	const known = workloadKinds.find((one) => one === kind);
	return known === undefined ? undefined : find(world, known, namespace, name);
};

export const restartWorkload: Remedy = {
	id: 'restart-workload',
	title: 'Restart a workload',
	safety: 'confirm',
	inputs: [],
	irreversible: 'pods that were replaced do not come back',
	plan(finding, world, answers, {now}) {
		const {kind, name, namespace = finding.namespace} = answers;
		const workload = workloadOf(world, kind, namespace, name);
		return workload
			? changes(
					patchOf(
						workload,
						{
							spec: {
								template: {
									metadata: {
										annotations: {'kubectl.kubernetes.io/restartedAt': now},
									},
								},
							},
						},
						`Restart ${kind!} ${name!}: its pods are replaced one after the other.`,
					),
				)
			: gone(`${kind ?? 'The workload'} ${name ?? ''}`);
	},
};

export const deletePod: Remedy = {
	id: 'delete-pod',
	title: 'Delete pods, so that their owner makes them anew',
	safety: 'confirm',
	inputs: [],
	irreversible: 'a deleted pod does not come back; its owner makes another one',
	plan(finding, world, answers) {
		const deletions = podDeletions(
			world,
			finding.namespace,
			namesIn(answers.pods),
			{isRunning: answers.running === 'yes'},
		);
		return deletions.length > 0
			? changes(...deletions)
			: refuse('These pods are gone, or run by now; look again.');
	},
};

export const addToleration: Remedy = {
	id: 'add-toleration',
	title: 'Let pods onto virtual nodes',
	safety: 'automatic',
	inputs: [],
	irreversible: 'a toleration can be added to a pod, but not removed',
	plan(finding, world, answers) {
		const patches = namesIn(answers.pods).flatMap((name) => {
			const pod = find(world, 'Pod', finding.namespace, name);
			const hasList = (pod?.spec.tolerations ?? []).length > 0;
			return pod &&
				pod.spec.nodeName === undefined &&
				pod.metadata.deletionTimestamp === undefined
				? [
						patchOf(
							pod,
							[
								hasList
									? {
											op: 'add',
											path: '/spec/tolerations/-',
											value: {...virtualNodeToleration},
										}
									: {
											op: 'add',
											path: '/spec/tolerations',
											value: [{...virtualNodeToleration}],
										},
							],
							`Let pod ${name} onto virtual nodes.`,
							{patchType: 'json'},
						),
					]
				: [];
		});
		return patches.length > 0
			? changes(...patches)
			: refuse('These pods are gone, or bound by now; look again.');
	},
};

const requiredField = 'requiredDuringSchedulingIgnoredDuringExecution';

const withoutKey = (spec: PodSpec, key: string): Json => {
	const terms = spec.affinity?.nodeAffinity?.[requiredField]?.nodeSelectorTerms;
	const rest = terms
		?.map(({matchExpressions = [], matchFields = []}) => {
			const expressions = matchExpressions.filter(
				(requirement) => requirement.key !== key,
			);
			return {
				...(expressions.length > 0 && {matchExpressions: expressions}),
				...(matchFields.length > 0 && {matchFields}),
			};
		})
		.filter((term) => Object.keys(term).length > 0);
	return {
		...(spec.nodeSelector?.[key] !== undefined && {
			nodeSelector: {[key]: absent},
		}),
		...(rest && {
			affinity: {
				nodeAffinity: {
					[requiredField]:
						rest.length === 0
							? absent
							: {nodeSelectorTerms: rest as unknown as Json},
				},
			},
		}),
	};
};

export const relaxTemplate: Remedy = {
	id: 'relax-template',
	title: 'Drop a demand from the template of a workload',
	safety: 'confirm',
	inputs: [],
	plan(finding, world, answers) {
		const {kind, name, key = ''} = answers;
		const workload = workloadOf(world, kind, finding.namespace, name);
		const template = workload?.spec.template?.spec;
		if (!workload || !template) {
			return gone(`${kind ?? 'The workload'} ${name ?? ''}`);
		}

		const spec = withoutKey(template, key);
		return Object.keys(spec as object).length === 0
			? refuse(`The template does not ask for "${key}" any more.`)
			: changes(
					patchOf(
						workload,
						{spec: {template: {spec}}},
						`Drop the demand for "${key}"; the pods are replaced.`,
					),
				);
	},
};

export const excludeVirtualNodes: Remedy = {
	id: 'exclude-virtual-nodes',
	title: 'Keep a DaemonSet off virtual nodes',
	safety: 'confirm',
	inputs: [],
	plan(finding, world, answers) {
		const set = find(world, 'DaemonSet', finding.namespace, answers.name);
		const template = set?.spec.template?.spec;
		if (!set || !template) {
			return gone(`DaemonSet ${answers.name ?? ''}`);
		}

		const exclusion = {key: keys.type, operator: 'DoesNotExist'};
		const terms = template.affinity?.nodeAffinity?.[requiredField]
			?.nodeSelectorTerms ?? [{}];
		return changes(
			patchOf(
				set,
				{
					spec: {
						template: {
							spec: {
								affinity: {
									nodeAffinity: {
										[requiredField]: {
											nodeSelectorTerms: terms.map((term) => ({
												...term,
												matchExpressions: [
													...(term.matchExpressions ?? []),
													exclusion,
												],
											})) as unknown as Json,
										},
									},
								},
							},
						},
					},
				},
				'Keep its pods off virtual nodes.',
			),
		);
	},
};
