import {Buffer} from 'node:buffer';
import {stringify} from 'yaml';

export type KubeconfigEntry = Readonly<{
	/**
	Name of the context, of the cluster and, with the user's name, of the user.
	*/
	cluster: string;
	server: string;
	/**
	PEM
	*/
	certificateAuthority: string;
	user: string;
	token: string;
	namespace?: string;
}>;

const encode = (text: string): string => Buffer.from(text).toString('base64');

/**
A kubeconfig file with one context per entry; the first one is current.
*/
export const writeKubeconfig = (entries: readonly KubeconfigEntry[]): string =>
	stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': entries[0]?.cluster ?? '',
		clusters: entries.map(({cluster, server, certificateAuthority}) => ({
			name: cluster,
			cluster: {
				server,
				'certificate-authority-data': encode(certificateAuthority),
			},
		})),
		users: entries.map(({cluster, user, token}) => ({
			name: `${user}@${cluster}`,
			user: {token},
		})),
		contexts: entries.map(({cluster, user, namespace}) => ({
			name: cluster,
			context: {
				cluster,
				user: `${user}@${cluster}`,
				...(namespace !== undefined && {namespace}),
			},
		})),
	});
