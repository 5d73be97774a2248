import {access, readFile} from 'node:fs/promises';
import path from 'node:path';
import {type Environment, type Kubeconfig} from './kubeconfig.js';

const defaultFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
The connection a pod has to its own cluster, as a kubeconfig: address from KUBERNETES_SERVICE_HOST and _PORT, token and
authority from the mounted service account. Absent when this process does not run in a pod.
*/
export const readInClusterConfig = async (
	env: Environment,
	folder = defaultFolder,
): Promise<Kubeconfig | undefined> => {
	const host = env.KUBERNETES_SERVICE_HOST;
	const port = env.KUBERNETES_SERVICE_PORT;
	if (host === undefined || host === '' || port === undefined) {
		return undefined;
	}

	const tokenFile = path.join(folder, 'token');

	try {
		await access(tokenFile);
	} catch {
		return undefined;
	}

	let namespace = '';
	try {
		const text = await readFile(path.join(folder, 'namespace'), 'utf8');
		namespace = text.trim();
	} catch {}

	const name = 'in-cluster';
	return {
		clusters: new Map([
			[
				name,
				{
					server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
					certificateAuthority: path.join(folder, 'ca.crt'),
				},
			],
		]),
		users: new Map([[name, {tokenFile}]]),
		contexts: new Map([
			[name, {cluster: name, user: name, ...(namespace !== '' && {namespace})}],
		]),
		currentContext: name,
		files: [],
	};
};
