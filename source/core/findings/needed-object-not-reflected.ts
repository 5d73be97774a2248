import {type FailureMode} from './failure-mode.js';
import {type Claim} from './finding.js';
import {
	type OffloadedPod,
	offloadedPods,
	remoteSideOf,
} from './offloaded-pods.js';
import {fact, type NamespaceScope, refOf} from './facts.js';
import {instruct} from './words.js';

const pattern =
	/(?<word>configmap|secret)s? "(?<missing>[^"]+)" (?:not found|is forbidden)/iv;

const kinds: Readonly<Record<string, 'ConfigMap' | 'Secret'>> = {
	configmap: 'ConfigMap',
	secret: 'Secret',
};

const annotation = 'liqo.io/allow-reflection';

const reasons: ReadonlySet<string> = new Set([
	'FailedMount',
	'Failed',
	'CreateContainerConfigError',
]);

/**
The ConfigMap or Secret of which a provider's event says that a pod lacks it, unless it can be seen there.
*/
const missingObject = (scope: NamespaceScope, entry: OffloadedPod) => {
	const side = remoteSideOf(scope, entry);
	const provider = side && scope.all.provider(entry.cluster, 'Event');
	const event =
		provider &&
		[...provider.list('Event', side.namespace)].find(
			({involvedObject, reason, message}) =>
				involvedObject.name === entry.pod.metadata.name &&
				reasons.has(reason) &&
				pattern.test(message),
		);
	const {word = '', missing: name = ''} =
		pattern.exec(event?.message ?? '')?.groups ?? {};
	const kind = kinds[word.toLowerCase()];
	return !side ||
		!provider ||
		!event ||
		kind === undefined ||
		provider.get(kind, side.namespace, name)
		? undefined
		: {
				provider,
				event,
				reference: {apiVersion: 'v1', kind, namespace: side.namespace, name},
			};
};

export const neededObjectNotReflected: FailureMode = {
	id: 'needed-object-not-reflected',
	title: 'What a pod needs is not on its provider',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 374,
	explains: ['remote-pod-pending'],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Pod', 'Node', 'VirtualNode'],
	readsOnProvider: ['Pod', 'Event', 'ConfigMap', 'Secret', 'ShadowPod'],
	symptom:
		'The pod waits on the provider: FailedMount or CreateContainerConfigError.',
	cause:
		'A ConfigMap or Secret is left out of the reflection, by policy or by a label.',
	proof:
		"The provider's event names an object that exists here and not in the twin. Possible where ConfigMaps and Secrets are not read.",
	remedies: ['set-annotation', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all} = scope;
		return offloadedPods(scope).flatMap((entry): readonly Claim[] => {
			const need = missingObject(scope, entry);
			if (need === undefined) {
				return [];
			}

			const {pod, cluster} = entry;
			const {event, provider, reference} = need;
			const {kind, name} = reference;
			const here = all.home.get(kind, scope.name, name);
			// The event may be old: without the object only a pod that still waits is worth a word.
			if (!here && pod.status.phase !== 'Pending') {
				return [];
			}

			const command = kind.toLowerCase();
			return [
				{
					object: refOf(pod),
					clusters: [cluster],
					certainty: here
						? all.canSee(kind, provider)
							? 'proven'
							: 'likely'
						: 'possible',
					message: here
						? `Pod ${pod.metadata.name} needs ${kind} "${name}", which is here but was not brought to ${cluster}.`
						: `Pod ${pod.metadata.name} needs ${kind} "${name}", which is not on ${cluster}; here it is not seen.`,
					consequence: 'Its container cannot start there.',
					evidence: [
						fact(event, 'message', event.message, undefined, provider.key),
						...(here
							? [
									fact(
										here,
										`metadata.annotations["${annotation}"]`,
										here.metadata.annotations[annotation],
										'true',
									),
								]
							: []),
						fact(reference, 'metadata.name', undefined, name, provider.key),
					],
					offers: [
						here
							? {
									remedy: 'set-annotation',
									title: `Have ${kind} "${name}" reflected`,
									given: {
										kind,
										namespace: scope.name,
										name,
										key: annotation,
										value: 'true',
									},
								}
							: instruct(
									`Bring ${kind} "${name}" to ${cluster}`,
									'whoever may read it',
									`Is it here? kubectl get ${command} ${name} -n ${scope.name}`,
									`If so, have it reflected: kubectl annotate ${command} ${name} -n ${scope.name} ${annotation}=true`,
									'If not, create it: the pod needs it wherever it runs.',
								),
					],
				},
			];
		});
	},
};
