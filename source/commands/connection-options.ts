import {
	type ClusterConnection,
	connectCluster,
	type ConnectionFlags,
	type ConnectOptions,
} from '../kube/connect.js';
import {type Outcome} from '../kube/errors.js';
import {type CommandContext} from './command.js';
import {type Flags} from './flags.js';

/**
Kubectl's connection flags as the connection takes them.
*/
export const connectionFlagsOf = (flags: Flags): ConnectionFlags => ({
	kubeconfig: flags.kubeconfig,
	context: flags.context,
	cluster: flags.cluster,
	user: flags.user,
	namespace: flags.namespace,
	server: flags.server,
	tlsServerName: flags.tlsServerName,
	// Not given leaves the kubeconfig's own wish.
	insecureSkipTlsVerify: flags.insecureSkipTlsVerify ? true : undefined,
	certificateAuthority: flags.certificateAuthority,
	clientCertificate: flags.clientCertificate,
	clientKey: flags.clientKey,
	token: flags.token,
	as: flags.as,
	asUid: flags.asUid,
	asGroup: flags.asGroup,
	asUserExtra: flags.asUserExtra,
	requestTimeout: flags.requestTimeout,
});

/**
What of the consumer's flags also holds for a provider: it is another cluster and another user, found in the same kubeconfig.
*/
export const providerFlagsOf = (
	{kubeconfig, requestTimeout}: ConnectionFlags,
	context: string,
): ConnectionFlags => ({kubeconfig, context, requestTimeout});

/**
The parts of `CONTEXT[=CLUSTER-ID]`. Contexts may have `=` in their names, cluster-ids may not.
*/
export const splitProvider = (
	text: string,
): {readonly context: string; readonly clusterId: string | undefined} => {
	const equals = text.lastIndexOf('=');
	return equals > 0 && equals < text.length - 1
		? {context: text.slice(0, equals), clusterId: text.slice(equals + 1)}
		: {context: text, clusterId: undefined};
};

/**
Connects to the cluster that `connection` leads to, with what else the flags say.
*/
export const connectWith = async (
	{env, version, flags, signal}: CommandContext,
	connection: ConnectionFlags,
	more: Pick<ConnectOptions, 'localClusterId' | 'isAttended'> = {},
): Promise<Outcome<ClusterConnection>> =>
	connectCluster({
		flags: connection,
		env,
		version,
		signal,
		isReadOnly: flags.readonly,
		...(flags.liqoNamespace !== undefined && {
			liqoNamespace: flags.liqoNamespace,
		}),
		...more,
	});
