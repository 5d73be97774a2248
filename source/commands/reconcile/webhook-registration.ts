import {isJsonObject, type Json, type JsonObject} from '../../core/json.js';
import {type ObjectReference} from '../../core/model.js';
import {type ClusterView} from '../../core/world.js';
import {type Reader, type Writer} from '../../controller/writer.js';
import {
	podWebhook,
	webhookConfigurationName,
} from './webhook-configurations.js';

const text = (value: Json | undefined): string =>
	typeof value === 'string' ? value : '';

const referTo = (configuration: JsonObject): ObjectReference => ({
	apiVersion: text(configuration.apiVersion),
	kind: text(configuration.kind),
	name: webhookConfigurationName,
});

/**
The configuration of somebody else that already sends pods to the same webhook; pods would be changed twice.
*/
export const findOtherRegistration = (
	cluster: ClusterView,
): string | undefined => {
	for (const {metadata, webhooks} of cluster.list(
		'MutatingWebhookConfiguration',
	)) {
		if (
			metadata.name !== webhookConfigurationName &&
			webhooks.some(
				({name, service, url}) =>
					name === podWebhook ||
					service?.path === '/mutate/pod' ||
					url?.endsWith('/mutate/pod') === true,
			)
		) {
			return metadata.name;
		}
	}

	return undefined;
};

/**
Creates the configurations, or brings those of an earlier run up to date. Returns what went wrong.
*/
export const installWebhooks = async (
	configurations: readonly JsonObject[],
	{writer, reader}: {readonly writer: Writer; readonly reader: Reader},
): Promise<string | undefined> => {
	const {signal} = new AbortController();
	for (const configuration of configurations) {
		const object = referTo(configuration);
		// One after the other: the first that fails is told.
		// eslint-disable-next-line no-await-in-loop
		const known = await reader.read(object, {signal});
		if (known.state === 'failed') {
			return known.message;
		}

		const held = known.state === 'found' ? known.object.metadata : undefined;
		const resourceVersion = isJsonObject(held)
			? held.resourceVersion
			: undefined;
		const metadata = isJsonObject(configuration.metadata)
			? configuration.metadata
			: {};
		// eslint-disable-next-line no-await-in-loop -- as above
		const answer = await writer.send(
			{
				cluster: 'home',
				verb: known.state === 'found' ? 'update' : 'create',
				object,
				body: {
					...configuration,
					metadata: {
						...metadata,
						...(resourceVersion !== undefined && {resourceVersion}),
					},
				},
				reason: 'The API server has to know where the webhooks are.',
			},
			{signal},
		);
		if (answer.state === 'refused') {
			return answer.message;
		}
	}

	return undefined;
};

/**
Takes the configurations away again, so that the API server does not wait for a webhook that has gone.
*/
export const removeWebhooks = async (
	configurations: readonly JsonObject[],
	writer: Writer,
): Promise<void> => {
	const {signal} = new AbortController();
	await Promise.all(
		configurations.map(async (configuration) =>
			writer.send(
				{
					cluster: 'home',
					verb: 'delete',
					object: referTo(configuration),
					reason: 'The webhooks are about to end.',
				},
				{signal},
			),
		),
	);
};
