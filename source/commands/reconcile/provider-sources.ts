import {Buffer} from 'node:buffer';
import {isJsonObject, type JsonObject} from '../../core/json.js';
import {keys} from '../../core/keys.js';
import {
	type Connection,
	type ConnectionFlags,
	resolveConnection,
} from '../../kube/connection.js';
import {fetchJson} from '../../kube/discovery.js';
import {fail, type Outcome, succeed} from '../../kube/errors.js';
import {readKubeconfigText} from '../../kube/kubeconfig-entries.js';
import {type Environment, type Kubeconfig} from '../../kube/kubeconfig.js';
import {type Transport} from '../../kube/transport.js';
import {providerFlagsOf, splitProvider} from '../connection-options.js';

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
	The Secret it comes from, without its data (and without annotations that may repeat it).
	*/
	readonly secret?: JsonObject;
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
	const {context, clusterId} = splitProvider(text);
	return {
		title: context,
		...(clusterId !== undefined && {clusterId}),
		revision: '',
		resolve: async () =>
			resolveConnection({
				config,
				env,
				flags: providerFlagsOf(flags, context),
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

/**
What a Secret's kubeconfig may not ask for: whoever can write it would have this process run programs and read files.
*/
const outsideParts = (config: Kubeconfig): readonly string[] => [
	...config.users
		.values()
		.flatMap((user) => [
			...(user.exec === undefined ? [] : ['a credential plugin']),
			...(user.authProvider === undefined ? [] : ['an auth provider']),
			...(user.tokenFile === undefined ? [] : ['a token file']),
			...(user.clientCertificate === undefined && user.clientKey === undefined
				? []
				: ['certificate files']),
		]),
	...config.clusters
		.values()
		.flatMap(({certificateAuthority}) =>
			certificateAuthority === undefined ? [] : ['a file of authorities'],
		),
];

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
		secret: {
			apiVersion: 'v1',
			kind: 'Secret',
			metadata: {
				...metadata,
				annotations:
					tenantNamespace === ''
						? {}
						: {[keys.remoteTenantNamespace]: tenantNamespace},
			},
		},
		revision: textAt(secret, 'metadata', 'resourceVersion'),
		async resolve() {
			const config = readKubeconfigText(
				Buffer.from(encoded, 'base64').toString('utf8'),
				`/secrets/${place}`,
			);
			if (!config.ok) {
				return config;
			}

			const [outside] = outsideParts(config.value);
			return outside === undefined
				? resolveConnection({config: config.value, env})
				: fail(
						'config',
						`The kubeconfig in the Secret ${place} asks for ${outside}; only what it holds itself is used.`,
					);
		},
	};
};

const listSecrets = async (
	transport: Transport,
	namespace?: string,
): Promise<Outcome<readonly JsonObject[]>> => {
	const selector = encodeURIComponent(
		`${keys.identityType}=ControlPlane,${keys.remoteClusterId}`,
	);
	const place =
		namespace === undefined
			? ''
			: `/namespaces/${encodeURIComponent(namespace)}`;
	const list = await fetchJson(
		transport,
		`/api/v1${place}/secrets?labelSelector=${selector}`,
	);
	if (!list.ok) {
		return list;
	}

	const items: readonly unknown[] = Array.isArray(list.value.items)
		? list.value.items
		: [];
	return succeed(items.filter((item) => isJsonObject(item)));
};

/**
The providers whose kubeconfigs Liqo keeps in Secrets of tenant namespaces (Liqo: finding the remote cluster-id, credentials for the provider).
Where Secrets may not be read everywhere, each of the tenant namespaces is asked; those that may not be read either are passed over.
*/
export const findProviderSecrets = async (
	transport: Transport,
	env: Environment,
	tenantNamespaces: readonly string[],
): Promise<Outcome<readonly ProviderSource[]>> => {
	const everywhere = await listSecrets(transport);
	if (!everywhere.ok && everywhere.problem.kind !== 'forbidden') {
		return everywhere;
	}

	const lists = everywhere.ok
		? [everywhere]
		: await Promise.all(
				tenantNamespaces.map(async (namespace) =>
					listSecrets(transport, namespace),
				),
			);
	const found = lists.filter((list) => list.ok);
	if (found.length === 0 && !everywhere.ok) {
		return everywhere;
	}

	return succeed(
		found.flatMap(({value}) =>
			value.flatMap((secret) => {
				const source = providerFromSecret(secret, env);
				return source === undefined ? [] : [source];
			}),
		),
	);
};
