import {type Pod} from '../model.js';
import {type FailureMode} from './failure-mode.js';
import {offloadedPods, remoteSideOf} from './offloaded-pods.js';
import {fact, refOf} from './facts.js';
import {instruct, join} from './words.js';

const troubled = new Set([
	'ImagePullBackOff',
	'ErrImagePull',
	'CreateContainerError',
	'RunContainerError',
]);

/**
Fields that the pod here has and its copy lacks.
*/
const missingFields = (pod: Pod, remote: Pod): readonly string[] => [
	...((pod.spec.imagePullSecrets ?? []).some(
		(name) => !(remote.spec.imagePullSecrets ?? []).includes(name),
	)
		? ['imagePullSecrets']
		: []),
	...(pod.spec.runtimeClassName !== undefined &&
	pod.spec.runtimeClassName !== 'liqo' &&
	remote.spec.runtimeClassName === undefined
		? ['runtimeClassName']
		: []),
	...(pod.spec.hostNetwork && !remote.spec.hostNetwork ? ['hostNetwork'] : []),
	...((pod.spec.initContainers ?? []).length >
	(remote.spec.initContainers ?? []).length
		? ['initContainers']
		: []),
];

export const remotePodSpecDiffers: FailureMode = {
	id: 'remote-pod-spec-differs',
	title: 'The copy of a pod lacks a field',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 370,
	explains: [],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Pod', 'Node', 'VirtualNode'],
	readsOnProvider: ['Pod', 'ShadowPod'],
	symptom:
		'A container of an offloaded pod waits (ImagePullBackOff or the like).',
	cause: 'This version of Liqo does not carry the field over.',
	proof:
		'The field is in the pod here and not in its copy; the container of the copy waits.',
	remedies: ['instruct'],
	scope: 'namespace',
	find(scope) {
		return offloadedPods(scope).flatMap((entry) => {
			const {pod, cluster} = entry;
			const side =
				pod.metadata.deletionTimestamp === undefined
					? remoteSideOf(scope, entry)
					: undefined;
			const remote = side?.remote;
			const waiting = remote?.status.containerStatuses.find(({state}) =>
				troubled.has(state ?? ''),
			);
			const missing = remote ? missingFields(pod, remote) : [];
			if (!side || !remote || !waiting || missing.length === 0) {
				return [];
			}

			return [
				{
					object: refOf(pod),
					clusters: [cluster],
					message: `The copy of pod ${pod.metadata.name} on ${cluster} lacks ${join(missing)}.`,
					consequence: `Its container "${waiting.name}" cannot start there (${waiting.state!}).`,
					evidence: [
						...missing.map((field) =>
							fact(
								remote,
								`spec.${field}`,
								undefined,
								'as in the pod here',
								side.provider.key,
							),
						),
						fact(
							remote,
							`status.containerStatuses[${waiting.name}].state`,
							waiting.state,
							'running',
							side.provider.key,
						),
					],
					offers: [
						instruct(
							'Provide it on the provider, or upgrade',
							`the owner of ${cluster}, or whoever administers Liqo`,
							...(missing.includes('imagePullSecrets')
								? [
										`On ${cluster}: add the pull secret to the service account of namespace ${side.namespace} (kubectl patch serviceaccount default -n ${side.namespace} -p '{"imagePullSecrets":[{"name":"..."}]}')`,
									]
								: []),
							'Later versions of Liqo carry more fields over.',
						),
					],
				},
			];
		});
	},
};
