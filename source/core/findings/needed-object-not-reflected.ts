import {type KindName} from '../model.js';
import {type FailureMode} from './failure-mode.js';
import {offloadedPods, remoteSideOf} from './offloaded-pods.js';
import {fact, refOf} from './facts.js';

const pattern =
	/(?<word>configmap|secret)s? "(?<missing>[^"]+)" (?:not found|is forbidden)/iv;

const kinds: Readonly<Record<string, 'ConfigMap' | 'Secret'>> = {
	configmap: 'ConfigMap',
	secret: 'Secret',
};

export const neededObjectNotReflected: FailureMode = {
	id: 'needed-object-not-reflected',
	title: 'What a pod needs is not on its provider',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 374,
	explains: ['remote-pod-pending'],
	reads: [
		'NamespaceOffloading',
		'NamespaceMap',
		'Pod',
		'Node',
		'VirtualNode',
		'ConfigMap',
		'Secret',
	],
	readsOnProvider: ['Pod', 'Event', 'ConfigMap', 'Secret', 'ShadowPod'],
	symptom:
		'The pod waits on the provider: FailedMount or CreateContainerConfigError.',
	cause:
		'A ConfigMap or Secret is left out of the reflection, by policy or by a label.',
	proof:
		"The provider's event names an object that exists here and not in the twin.",
	remedies: ['set-annotation'],
	scope: 'namespace',
	find(scope) {
		const {all, name} = scope;
		return offloadedPods(scope).flatMap((entry) => {
			const {pod, cluster} = entry;
			const side = remoteSideOf(scope, entry);
			const provider =
				side && all.provider(cluster, 'Event', 'ConfigMap', 'Secret');
			const event =
				provider &&
				[...provider.list('Event', side.namespace)].find(
					({involvedObject, reason, message}) =>
						involvedObject.name === pod.metadata.name &&
						['FailedMount', 'Failed', 'CreateContainerConfigError'].includes(
							reason,
						) &&
						pattern.test(message),
				);
			const {word = '', missing = ''} =
				pattern.exec(event?.message ?? '')?.groups ?? {};
			const kind: KindName | undefined = kinds[word.toLowerCase()];
			const object =
				kind === undefined ? undefined : all.home.get(kind, name, missing);
			if (
				!provider ||
				!event ||
				kind === undefined ||
				!object ||
				provider.get(kind, side.namespace, missing)
			) {
				return [];
			}

			return [
				{
					object: refOf(pod),
					clusters: [cluster],
					message: `Pod ${pod.metadata.name} needs ${kind} "${missing}", which is here but was not brought to ${cluster}.`,
					consequence: 'Its container cannot start there.',
					evidence: [
						fact(event, 'message', event.message, undefined, provider.key),
						fact(
							object,
							'metadata.annotations["liqo.io/allow-reflection"]',
							object.metadata.annotations['liqo.io/allow-reflection'],
							'true',
						),
						fact(
							{
								apiVersion: 'v1',
								kind,
								namespace: side.namespace,
								name: missing,
							},
							'metadata.name',
							undefined,
							missing,
							provider.key,
						),
					],
					offers: [
						{
							remedy: 'set-annotation',
							title: `Have ${kind} "${missing}" reflected`,
							given: {
								kind,
								namespace: name,
								name: missing,
								key: 'liqo.io/allow-reflection',
								value: 'true',
							},
						},
					],
				},
			];
		});
	},
};
