import {Buffer} from 'node:buffer';
import {isJsonObject, type JsonObject} from '../../core/json.js';
import {keys} from '../../core/keys.js';
import {
	type Connection,
	type ConnectionFlags,
	resolveConnection,
} from '../../kube/connection.js';
import {fetchJson} from '../../kube/discovery.js';
import {type Outcome, succeed} from '../../kube/errors.js';
import {readKubeconfigText} from '../../kube/kubeconfig-entries.js';
import {type Environment, type Kubeconfig} from '../../kube/kubeconfig.js';
import {type Transport} from '../../kube/transport.js';

/**
How a provider is reached.
*/
export type ProviderSource = {
	/**
	For logs: the context, or the Secret.
	*/
	readonly title: string;
	/**
	Its cluster-id when it is known beforehand.
	*/
	readonly clusterId?: string;
	readonly tenantNamespace?: string;
	/**
	Changes when the credentials do.
	*/
	readonly revision: string;
	resolve(): Promise<Outcome<Connection>>;
};

/**
Reads `CONTEXT[=CLUSTER-ID]`.
*/
export const providerFromContext = (
	text: string,
	config: Kubeconfig,
	env: Environment,
	flags: ConnectionFlags,
): ProviderSource => {
	const equals = text.lastIndexOf('=');
	const context = equals > 0 ? text.slice(0, equals) : text;
	const clusterId = equals > 0 ? text.slice(equals + 1) : '';
	return {
		title: context,
		...(clusterId !== '' && {clusterId}),
		revision: '',
		resolve: async () =>
			resolveConnection({
				config,
				env,
				flags: {
					context,
					...(flags.requestTimeout !== undefined && {
						requestTimeout: flags.requestTimeout,
					}),
				},
			}),
	};
};

const textAt = (object: JsonObject, field: string, key: string): string => {
	const inner = object[field];
	const value = isJsonObject(inner) ? inner[key] : undefined;
	return typeof value === 'string' ? value : '';
};

const metadataOf = (object: JsonObject): JsonObject =>
	isJsonObject(object.metadata) ? object.metadata : {};

const providerFromSecret = (
	secret: JsonObject,
	env: Environment,
): ProviderSource | undefined => {
	const metadata = metadataOf(secret);
	const clusterId = textAt(metadata, 'labels', keys.remoteClusterId);
	const encoded = textAt(secret, 'data', 'kubeconfig');
	if (clusterId === '' || encoded === '') {
		return undefined;
	}

	const place = `${textAt(secret, 'metadata', 'namespace')}/${textAt(secret, 'metadata', 'name')}`;
	const tenantNamespace = textAt(
		metadata,
		'annotations',
		keys.remoteTenantNamespace,
	);
	return {
		title: `Secret ${place}`,
		clusterId,
		...(tenantNamespace !== '' && {tenantNamespace}),
		revision: textAt(secret, 'metadata', 'resourceVersion'),
		async resolve() {
			const config = readKubeconfigText(
				Buffer.from(encoded, 'base64').toString('utf8'),
				`/secrets/${place}`,
			);
			return config.ok
				? resolveConnection({config: config.value, env})
				: config;
		},
	};
};

/**
The providers whose kubeconfigs Liqo keeps in Secrets of tenant namespaces (Liqo: finding the remote cluster-id, credentials for the provider).
*/
export const findProviderSecrets = async (
	transport: Transport,
	env: Environment,
): Promise<Outcome<readonly ProviderSource[]>> => {
	const selector = encodeURIComponent(
		`${keys.identityType}=ControlPlane,${keys.remoteClusterId}`,
	);
	const list = await fetchJson(
		transport,
		`/api/v1/secrets?labelSelector=${selector}`,
	);
	if (!list.ok) {
		return list;
	}

	const items = Array.isArray(list.value.items) ? list.value.items : [];
	return succeed(
		items.flatMap((item: unknown) => {
			const source = isJsonObject(item)
				? providerFromSecret(item, env)
				: undefined;
			return source === undefined ? [] : [source];
		}),
	);
};
