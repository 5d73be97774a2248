import {type Connection} from './connection.js';
import {fail, type Outcome, succeed} from './errors.js';
import {type UserEntry} from './kubeconfig-entries.js';

type Provider = NonNullable<UserEntry['authProvider']>;

type HeaderOptions = {headers: Record<string, string>};

type Authenticator = {
	applyToHTTPSOptions(options: HeaderOptions): Promise<void>;
};

const sources = new WeakMap<Provider, Promise<Authenticator>>();

const createAuthenticator = async (
	provider: Provider,
): Promise<Authenticator> => {
	// Heavy, and rarely needed: loaded only for users of this old form.
	const {KubeConfig} = await import('@kubernetes/client-node');
	const config = new KubeConfig();
	config.loadFromOptions({
		// Never connected to: only the token is taken from it, and it would refuse an http:// address.
		clusters: [{name: 'cluster', server: 'https://cluster.invalid'}],
		users: [
			{
				name: 'user',
				// Refreshed tokens are written into this copy, never into the user's file.
				authProvider: {name: provider.name, config: {...provider.config}},
			},
		],
		contexts: [{name: 'context', cluster: 'cluster', user: 'user'}],
		currentContext: 'context',
	});
	return {
		async applyToHTTPSOptions(options) {
			await config.applyToHTTPSOptions(options);
		},
	};
};

const replacements: Readonly<Record<string, string>> = {
	gcp: 'gke-gcloud-auth-plugin',
	azure: 'kubelogin',
};

/**
Token of a user with an `auth-provider`. Only `oidc` still exists (Kubernetes: client-go dropped the others in 1.26); its token
is renewed with the refresh token when it has expired.
*/
export const fetchProviderToken = async (
	connection: Connection,
	provider: Provider,
): Promise<Outcome<string>> => {
	if (provider.name !== 'oidc') {
		const instead = replacements[provider.name];
		return fail(
			'credentials',
			`The user "${connection.username}" uses the auth-provider "${provider.name}", which Kubernetes no longer supports: use a credential plugin (exec)${instead === undefined ? '' : ` such as ${instead}`}.`,
		);
	}

	const source = sources.get(provider) ?? createAuthenticator(provider);
	sources.set(provider, source);
	const options: HeaderOptions = {headers: {}};
	try {
		const authenticator = await source;
		await authenticator.applyToHTTPSOptions(options);
	} catch {
		return fail(
			'credentials',
			`The OIDC token of the user "${connection.username}" cannot be renewed: log in again.`,
		);
	}

	const token = options.headers.Authorization?.replace(/^Bearer /v, '');
	return token === undefined
		? fail(
				'credentials',
				`The OIDC token of the user "${connection.username}" has expired and the kubeconfig has no refresh token: log in again.`,
			)
		: succeed(token);
};
