import {Buffer} from 'node:buffer';
import {mutatePod} from '../../core/admission.js';
import {decode} from '../../core/decode.js';
import {generationById} from '../../core/generations/index.js';
import {type GenerationId} from '../../core/generations/generation.js';
import {isJsonObject, type JsonObject} from '../../core/json.js';
import {offloadingName} from '../../core/keys.js';
import {validateOffloading} from '../../core/offloading-admission.js';
import {type Rules} from '../../core/reconcilers/reconciler.js';
import {apiVersionOf, resourceOf} from '../../core/resources.js';
import {type LocalService} from '../admission/post-review.js';
import {isEqual, textAt, treeAt, type Tree} from '../value.js';
import {type ClusterAccess} from './cluster-access.js';
import {virtualNodeDefaults} from './virtual-node-parts.js';

const withoutPrefix = (message: string): string =>
	message.replace(/^admission webhook "[^"]*" denied the request: /v, '');

const deny = (code: number, message: string): Tree => ({
	allowed: false,
	status: {code, message, ...(code === 403 && {reason: 'Forbidden'})},
});

/**
Allows the object, with those parts of its spec replaced that are to be others.
*/
const allowWithSpec = (before: Tree, after: Tree): Tree => {
	const patch = Object.entries(after)
		.filter(([key, value]) => !isEqual(before[key], value))
		.map(([key, value]) => ({op: 'add', path: `/spec/${key}`, value}));
	return patch.length === 0
		? {allowed: true}
		: {
				allowed: true,
				patchType: 'JSONPatch',
				patch: Buffer.from(JSON.stringify(patch)).toString('base64'),
			};
};

/**
Liqo's webhooks of one cluster as a service in this process.

@param accessOf the way to the cluster, once it is there
@param generationId
@param rules
*/
export const createAdmissionService = (
	accessOf: () => ClusterAccess | undefined,
	generationId: GenerationId,
	rules: Rules,
): LocalService => {
	const generation = generationById(generationId);
	const resource = resourceOf('NamespaceOffloading', generation)!;

	const offloadingOf = async (namespace: string) => {
		const object = await accessOf()?.read({
			apiVersion: apiVersionOf(resource),
			kind: 'NamespaceOffloading',
			namespace,
			name: offloadingName,
		});
		return (
			object && decode('NamespaceOffloading', object as JsonObject, generation)
		);
	};

	const reviewPod = async (request: Tree): Promise<Tree> => {
		const pod = treeAt(request, 'object');
		if (!pod || textAt(request, 'operation') !== 'CREATE') {
			return {allowed: true};
		}

		const offloading = await offloadingOf(textAt(request, 'namespace'));
		if (offloading === undefined && generationId === 'v0.3') {
			// An error of the webhook itself: the policy of its configuration decides.
			throw new Error('unable to correctly mutate the request');
		}

		const admission = mutatePod(pod as JsonObject, offloading, {
			generation,
			rules,
		});
		if (admission.outcome === 'denied') {
			return deny(admission.status, withoutPrefix(admission.message));
		}

		return allowWithSpec(
			treeAt(pod, 'spec') ?? {},
			treeAt(admission.pod as Tree, 'spec') ?? {},
		);
	};

	const reviewVirtualNode = (request: Tree): Tree => {
		const object = treeAt(request, 'object');
		const spec = treeAt(object, 'spec') ?? {};
		return object && textAt(request, 'operation') === 'CREATE'
			? allowWithSpec(spec, {
					...virtualNodeDefaults(object),
					...spec,
				})
			: {allowed: true};
	};

	const reviewOffloading = (request: Tree): Tree => {
		const object = treeAt(request, 'object') as JsonObject | undefined;
		const old = treeAt(request, 'oldObject') as JsonObject | undefined;
		if (!isJsonObject(object)) {
			return {allowed: true};
		}

		const verdict = validateOffloading({
			object: decode('NamespaceOffloading', object, generation),
			...(isJsonObject(old) && {
				oldObject: decode('NamespaceOffloading', old, generation),
			}),
			generation,
			rules,
			reserved: new Set(['liqo']),
		});
		if (!verdict.isAllowed) {
			return deny(403, verdict.reason);
		}

		return verdict.warnings.length === 0
			? {allowed: true}
			: {allowed: true, warnings: [...verdict.warnings]};
	};

	return async (path, review) => {
		const kind = textAt(review, 'request', 'kind', 'kind');
		const request = treeAt(review, 'request') ?? {};
		const response =
			kind === 'VirtualNode'
				? reviewVirtualNode(request)
				: path.includes('pod')
					? await reviewPod(request)
					: reviewOffloading(request);
		return {
			apiVersion: 'admission.k8s.io/v1',
			kind: 'AdmissionReview',
			response: {uid: textAt(request, 'uid'), ...response},
		};
	};
};

const webhook = (
	name: string,
	path: string,
	policy: string,
	rule: Tree,
): Tree => ({
	name,
	failurePolicy: policy,
	sideEffects: 'None',
	admissionReviewVersions: ['v1'],
	clientConfig: {service: {namespace: 'liqo', name: 'liqo-webhook', path}},
	rules: [rule],
});

/**
The configurations under which an API server asks Liqo's webhooks.
*/
export const webhookConfigurations = (generation: GenerationId): Tree[] => {
	const isFirst = generation === 'v0.3';
	const pods: Tree = {
		...webhook(
			isFirst ? 'liqo-webhook.liqo.liqo-webhook' : 'pod.mutate.liqo.io',
			'/mutate/pod',
			isFirst ? 'Ignore' : 'Fail',
			{
				apiGroups: [''],
				apiVersions: ['v1'],
				operations: ['CREATE'],
				resources: ['pods'],
			},
		),
		...(isFirst && {timeoutSeconds: 5}),
		namespaceSelector: {matchLabels: {'liqo.io/scheduling-enabled': 'true'}},
	};
	const offloadings: Tree = {
		...webhook(
			'nsoff.validate.liqo.io',
			'/validate/namespace-offloading',
			'Fail',
			{
				apiGroups: ['offloading.liqo.io'],
				apiVersions: ['v1beta1'],
				operations: ['CREATE', 'UPDATE'],
				resources: ['namespaceoffloadings'],
			},
		),
		objectSelector: {
			matchExpressions: [
				{key: 'liqo.io/webhook-skip', operator: 'NotIn', values: ['true']},
			],
		},
	};
	const configuration = (
		kind: string,
		name: string,
		webhooks: Tree[],
	): Tree => ({
		apiVersion: 'admissionregistration.k8s.io/v1',
		kind,
		metadata: {name},
		webhooks,
	});
	const virtualNodes = webhook(
		'virtualnode.mutate.liqo.io',
		'/mutate/virtualnodes',
		'Fail',
		{
			apiGroups: ['offloading.liqo.io'],
			apiVersions: ['v1beta1'],
			operations: ['CREATE'],
			resources: ['virtualnodes'],
		},
	);
	return [
		configuration('MutatingWebhookConfiguration', 'liqo-webhook-pod', [pods]),
		...(isFirst
			? []
			: [
					configuration(
						'MutatingWebhookConfiguration',
						'liqo-webhook-virtualnode',
						[virtualNodes],
					),
					configuration(
						'ValidatingWebhookConfiguration',
						'liqo-webhook-nsoff',
						[offloadings],
					),
				]),
	];
};
