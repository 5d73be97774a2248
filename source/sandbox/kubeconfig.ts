import {Buffer} from 'node:buffer';
import {stringify} from 'yaml';

type Entry = {
	readonly name: string;
	readonly url: string;
	readonly token: string;
	readonly ca?: string;
	readonly tokens?: Readonly<Record<string, string>>;
};

/**
A kubeconfig for clusters: a context for each, named like it, and `NAME-USER` for its other users. The first one is current.
*/
export const kubeconfigOf = (clusters: readonly Entry[]): string => {
	const people = clusters.flatMap(({name, token, tokens = {}}) => [
		{context: name, cluster: name, token},
		...Object.entries(tokens).map(([user, own]) => ({
			context: `${name}-${user}`,
			cluster: name,
			token: own,
		})),
	]);
	return stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': clusters[0]?.name ?? '',
		clusters: clusters.map(({name, url, ca}) => ({
			name,
			cluster: {
				server: url,
				...(ca !== undefined && {
					'certificate-authority-data': Buffer.from(ca).toString('base64'),
				}),
			},
		})),
		users: people.map(({context, token}) => ({name: context, user: {token}})),
		contexts: people.map(({context, cluster}) => ({
			name: context,
			context: {cluster, user: context},
		})),
	});
};
