import {type Webhook} from '../model.js';
import {type FailureMode} from './failure-mode.js';
import {type Evidence} from './finding.js';
import {liqoDeployment} from './remotes.js';
import {fact, refOf, type WorldScope} from './facts.js';
import {instruct} from './words.js';

const isPodWebhook = ({name}: Webhook): boolean =>
	name === 'pod.mutate.liqo.io' || /liqo.*webhook/v.test(name);

type Obstacle = {readonly message: string; readonly evidence: Evidence};

const obstacleOf = (all: WorldScope): Obstacle | undefined => {
	const {home} = all;
	const configurations = [...home.list('MutatingWebhookConfiguration')];
	const configuration = configurations.find(({webhooks}) =>
		webhooks.some((webhook) => isPodWebhook(webhook)),
	);
	const webhook = configuration?.webhooks.find((one) => isPodWebhook(one));
	if (!configuration || !webhook) {
		// Where Liqo's webhook is not installed at all, somebody else may answer in its place.
		return liqoDeployment(all, 'webhook')
			? {
					message: "The configuration of Liqo's pod webhook is missing.",
					evidence: fact(
						{
							apiVersion: 'admissionregistration.k8s.io/v1',
							kind: 'MutatingWebhookConfiguration',
							name: '*',
						},
						'webhooks[*].name',
						undefined,
						'pod.mutate.liqo.io',
					),
				}
			: undefined;
	}

	if (!webhook.hasCaBundle) {
		return {
			message: "Liqo's pod webhook has no certificate to be trusted by.",
			evidence: fact(
				configuration,
				`webhooks[${webhook.name}].clientConfig.caBundle`,
				undefined,
				'a certificate',
			),
		};
	}

	const {service} = webhook;
	if (!service) {
		return undefined;
	}

	const slices = [...home.list('EndpointSlice', service.namespace)].filter(
		({serviceName}) => serviceName === service.name,
	);
	const ready = slices.reduce(
		(sum, {readyAddresses}) => sum + readyAddresses,
		0,
	);
	return ready > 0
		? undefined
		: {
				message: `Nothing answers for Liqo's webhook: Service ${service.namespace}/${service.name} has no ready endpoint.`,
				evidence: fact(
					slices[0] ?? {
						apiVersion: 'discovery.k8s.io/v1',
						kind: 'EndpointSlice',
						namespace: service.namespace,
						name: service.name,
					},
					'endpoints',
					'0 ready',
					'at least 1 ready',
				),
			};
};

export const webhookUnavailable: FailureMode = {
	id: 'webhook-unavailable',
	title: "Liqo's webhook does not answer",
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 30,
	explains: [
		'pod-missing-toleration',
		'finalizer-left-by-webhook-outage',
		'offloading-stuck-terminating',
	],
	reads: [
		'MutatingWebhookConfiguration',
		'EndpointSlice',
		'Deployment',
		'Namespace',
		'NamespaceOffloading',
	],
	symptom:
		'Pod creations fail with "failed calling webhook"; with v0.3 pods are silently left unchanged.',
	cause:
		'The webhook Deployment is down, its certificate is missing, or the configuration is a left-over.',
	proof:
		'No ready endpoint behind its Service, an empty caBundle, or no configuration.',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		const {home} = all;
		const offloadings = [...home.list('NamespaceOffloading')];
		const obstacle = offloadings.length > 0 ? obstacleOf(all) : undefined;
		if (!obstacle) {
			return [];
		}

		const deployment = liqoDeployment(all, 'webhook');
		return [
			{
				object: deployment ? refOf(deployment) : obstacle.evidence.object,
				namespaces: offloadings.map(({metadata}) => metadata.namespace),
				message: obstacle.message,
				consequence: all.isFirst
					? 'New pods of offloaded namespaces are silently left as they are, and stay off the virtual nodes.'
					: 'New pods of offloaded namespaces are refused, and so are edits of offloadings.',
				evidence: [
					obstacle.evidence,
					...(deployment
						? [
								fact(
									deployment,
									'status.availableReplicas',
									String(deployment.status.availableReplicas ?? 0),
									'1',
								),
							]
						: []),
				],
				offers: [
					instruct(
						'Bring the webhook back',
						'whoever administers Liqo on this cluster',
						`kubectl describe deployment -n ${home.liqoNamespace} -l app.kubernetes.io/name=webhook`,
						`kubectl rollout restart deployment -n ${home.liqoNamespace} -l app.kubernetes.io/name=webhook`,
						'Where Liqo is not installed any more, delete the left-over MutatingWebhookConfiguration and ValidatingWebhookConfiguration.',
					),
				],
			},
		];
	},
};
