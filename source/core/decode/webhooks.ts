import {type Webhook} from '../kubernetes.js';
import {
	child,
	childOrEmpty,
	defined,
	emptyList,
	entries,
	type Place,
	text,
	whole,
} from './place.js';

const decodeWebhook = (webhook: Place): Webhook => {
	const config = childOrEmpty(webhook, 'clientConfig');
	const service = child(config, 'service');
	const bundle = text(config, 'caBundle');
	return defined({
		name: text(webhook, 'name') ?? '',
		failurePolicy: text(webhook, 'failurePolicy'),
		timeoutSeconds: whole(webhook, 'timeoutSeconds'),
		hasCaBundle: bundle !== undefined && bundle !== '',
		service:
			service &&
			defined({
				namespace: text(service, 'namespace') ?? '',
				name: text(service, 'name') ?? '',
				path: text(service, 'path'),
			}),
		url: text(config, 'url'),
		namespaceSelector: child(webhook, 'namespaceSelector')?.value,
	});
};

/**
Reads the webhooks of a webhook configuration, mutating or validating.
*/
export const decodeWebhooks = (root: Place): readonly Webhook[] =>
	entries(root, 'webhooks', decodeWebhook) ?? emptyList;
