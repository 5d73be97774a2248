import {isJsonObject, type JsonObject} from '../core/json.js';
import {fetchJson} from './discovery.js';
import {type Problem} from './errors.js';
import {type Transport} from './transport.js';

export const defaultLiqoNamespace = 'liqo';

/**
Who the cluster is in Liqo's world.
*/
export type LocalIdentity = {
	/**
	Absent when it could not be found; `problem` or `note` says why.
	*/
	readonly clusterId: string | undefined;
	/**
	Only in v0.4 to v0.10, where names are made of it.
	*/
	readonly clusterName: string | undefined;
	readonly liqoNamespace: string;
	/**
	Why the cluster-id is not known, in a sentence.
	*/
	readonly note?: string;
	readonly problem?: Problem;
};

const selector = 'app.kubernetes.io/name=clusterid-configmap';

const itemsOf = (list: JsonObject): JsonObject[] =>
	Array.isArray(list.items)
		? list.items.filter((item) => isJsonObject(item))
		: [];

const textIn = (object: JsonObject, field: string, key: string): string => {
	const inner = object[field];
	const value = isJsonObject(inner) ? inner[key] : undefined;
	return typeof value === 'string' ? value : '';
};

const identityOf = (
	configMap: JsonObject,
	fallbackNamespace: string,
): LocalIdentity => {
	const namespace = textIn(configMap, 'metadata', 'namespace');
	const name = textIn(configMap, 'data', 'CLUSTER_NAME');
	const id = textIn(
		configMap,
		'data',
		textIn(configMap, 'data', 'CLUSTER_ID') === ''
			? 'cluster-id'
			: 'CLUSTER_ID',
	);
	return {
		clusterId: id === '' ? undefined : id,
		clusterName: name === '' ? undefined : name,
		liqoNamespace: namespace === '' ? fallbackNamespace : namespace,
		...(id === '' && {
			note: `The ConfigMap ${textIn(configMap, 'metadata', 'name')} has no CLUSTER_ID.`,
		}),
	};
};

/**
Finds the local cluster-id: the one ConfigMap labelled `app.kubernetes.io/name=clusterid-configmap`, in all namespaces where that is
permitted, else in the Liqo namespace; before v0.3.2 a ConfigMap called `cluster-id` (Liqo: finding the local and the remote
cluster-id). A missing ConfigMap or permission leaves the id unknown; it is no failure.
*/
export const findLocalIdentity = async (
	transport: Transport,
	liqoNamespace = defaultLiqoNamespace,
): Promise<LocalIdentity> => {
	const query = `?labelSelector=${encodeURIComponent(selector)}`;
	const unknown = {
		clusterId: undefined,
		clusterName: undefined,
		liqoNamespace,
	};
	const inNamespace = `/api/v1/namespaces/${encodeURIComponent(liqoNamespace)}/configmaps`;
	let list = await fetchJson(transport, `/api/v1/configmaps${query}`);
	if (!list.ok && list.problem.kind === 'forbidden') {
		list = await fetchJson(transport, `${inNamespace}${query}`);
	}

	if (!list.ok) {
		return {
			...unknown,
			note: `The local cluster-id is not known: ${list.problem.message}`,
			problem: list.problem,
		};
	}

	const found = itemsOf(list.value);
	const [first] = found;
	if (first && found.length === 1) {
		return identityOf(first, liqoNamespace);
	}

	if (found.length > 1) {
		const own = found.filter(
			(item) => textIn(item, 'metadata', 'namespace') === liqoNamespace,
		);
		return own.length === 1 && own[0]
			? identityOf(own[0], liqoNamespace)
			: {
					...unknown,
					note: `The local cluster-id is not known: ${found.length} ConfigMaps claim to hold it (label ${selector}).`,
				};
	}

	const old = await fetchJson(transport, `${inNamespace}/cluster-id`);
	return old.ok
		? identityOf(old.value, liqoNamespace)
		: {
				...unknown,
				note: `The local cluster-id is not known: no ConfigMap has the label ${selector}. Give it with --local-cluster-id.`,
			};
};
