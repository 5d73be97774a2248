import {Buffer} from 'node:buffer';
import {type Generation} from '../../core/generations/generation.js';
import {type JsonObject} from '../../core/json.js';
import {keys} from '../../core/keys.js';
import {offloadingWebhook} from '../../core/offloading-admission.js';
import {webhookPaths} from './admission-review.js';

/**
How the API server reaches the webhooks.
*/
export type WebhookTarget =
	| {readonly kind: 'url'; readonly origin: string}
	| {
			readonly kind: 'service';
			readonly namespace: string;
			readonly name: string;
			readonly port: number;
	  };

export const webhookConfigurationName = 'liqoscope';

/**
Name of the pod webhook, part of its refusals.
*/
export const podWebhook = 'pod.mutate.liqo.io';

/**
The registrations that make the API server ask, as Liqo of that generation registers its own: v0.3 has the pod webhook alone and lets pods pass
when it does not answer, later generations refuse.
*/
export const webhookConfigurations = ({
	generation,
	target,
	authority,
}: {
	readonly generation: Generation;
	readonly target: WebhookTarget;
	/**
	PEM.
	*/
	readonly authority: string;
}): readonly JsonObject[] => {
	const isFirst = generation.rules.controllers === 'v0.3';
	const clientConfig = (path: string): JsonObject => ({
		caBundle: Buffer.from(authority).toString('base64'),
		...(target.kind === 'url'
			? {url: `${target.origin}${path}`}
			: {
					service: {
						namespace: target.namespace,
						name: target.name,
						port: target.port,
						path,
					},
				}),
	});
	const metadata = {
		name: webhookConfigurationName,
		labels: {'app.kubernetes.io/managed-by': 'liqoscope'},
	};
	const pods: JsonObject = {
		apiVersion: 'admissionregistration.k8s.io/v1',
		kind: 'MutatingWebhookConfiguration',
		metadata,
		webhooks: [
			{
				name: podWebhook,
				clientConfig: clientConfig(webhookPaths.pod),
				rules: [
					{
						apiGroups: [''],
						apiVersions: ['v1'],
						operations: ['CREATE'],
						resources: ['pods'],
						scope: 'Namespaced',
					},
				],
				namespaceSelector: {matchLabels: {[keys.schedulingEnabled]: 'true'}},
				failurePolicy: isFirst ? 'Ignore' : 'Fail',
				timeoutSeconds: isFirst ? 5 : 10,
				reinvocationPolicy: 'Never',
				sideEffects: 'None',
				admissionReviewVersions: ['v1'],
			},
		],
	};
	const offloadings = generation.resources.NamespaceOffloading;
	if (offloadings === undefined || generation.id !== 'v1beta1') {
		return [pods];
	}

	return [
		pods,
		{
			apiVersion: 'admissionregistration.k8s.io/v1',
			kind: 'ValidatingWebhookConfiguration',
			metadata,
			webhooks: [
				{
					name: offloadingWebhook,
					clientConfig: clientConfig(webhookPaths.offloading),
					rules: [
						{
							apiGroups: [offloadings.group],
							apiVersions: [offloadings.version],
							operations: ['CREATE', 'UPDATE'],
							resources: [offloadings.plural],
							scope: 'Namespaced',
						},
					],
					objectSelector: {
						matchExpressions: [
							{key: keys.webhookSkip, operator: 'NotIn', values: ['true']},
						],
					},
					failurePolicy: 'Fail',
					timeoutSeconds: 10,
					sideEffects: 'None',
					admissionReviewVersions: ['v1'],
				},
			],
		},
	];
};
