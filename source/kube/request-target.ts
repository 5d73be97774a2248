/**
What a request is about, as Kubernetes' authorizer sees it.
*/
export type RequestTarget = {
	/**
	RBAC verb: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
	*/
	readonly verb: string;
	/**
	Empty for the core group.
	*/
	readonly group: string;
	/**
	Plural; empty when the path is not one of a resource (`/version`).
	*/
	readonly resource: string;
	readonly subresource: string;
	readonly namespace: string;
	readonly name: string;
	readonly path: string;
};

const verbOf = (
	method: string,
	query: URLSearchParams,
	hasName: boolean,
): string => {
	const watch = query.get('watch');
	switch (method) {
		case 'GET': {
			if (watch === 'true' || watch === '1') {
				return 'watch';
			}

			return hasName ? 'get' : 'list';
		}

		case 'POST': {
			return 'create';
		}

		case 'PUT': {
			return 'update';
		}

		case 'DELETE': {
			return hasName ? 'delete' : 'deletecollection';
		}

		default: {
			return method.toLowerCase();
		}
	}
};

/**
Reads method and path as the API server does (Kubernetes: apiserver, request info resolver). A watch of one name stays `watch`.
*/
export const readTarget = (method: string, path: string): RequestTarget => {
	const [plainPath = '', search = ''] = path.split('?', 2);
	const parts = plainPath
		.split('/')
		.filter(Boolean)
		.map((part) => {
			try {
				return decodeURIComponent(part);
			} catch {
				return part;
			}
		});
	const query = new URLSearchParams(search);
	const none = {
		verb: method.toLowerCase(),
		group: '',
		resource: '',
		subresource: '',
		namespace: '',
		name: '',
		path: plainPath,
	};
	const isCore = parts[0] === 'api';
	if (!isCore && parts[0] !== 'apis') {
		return none;
	}

	const rest = parts.slice(isCore ? 2 : 3);
	if (rest.length === 0) {
		return none;
	}

	let namespace = '';
	if (
		rest[0] === 'namespaces' &&
		rest.length > 2 &&
		!['status', 'finalize'].includes(rest[2] ?? '')
	) {
		namespace = rest[1] ?? '';
		rest.splice(0, 2);
	}

	const [resource = '', name = '', subresource = ''] = rest;
	return {
		verb: verbOf(method, query, name !== ''),
		group: isCore ? '' : (parts[1] ?? ''),
		resource,
		subresource,
		namespace,
		name,
		path: plainPath,
	};
};

/**
`pods "web-1" in namespace shop`, `namespaceoffloadings.offloading.liqo.io in all namespaces`.
*/
export const describeTarget = (target: RequestTarget): string => {
	if (target.resource === '') {
		return target.path;
	}

	const resource = [
		target.group === ''
			? target.resource
			: `${target.resource}.${target.group}`,
		...(target.subresource === '' ? [] : [target.subresource]),
	].join('/');
	const name = target.name === '' ? '' : ` "${target.name}"`;
	const namespace =
		target.namespace === '' ? '' : ` in namespace ${target.namespace}`;
	return `${resource}${name}${namespace}`;
};

/**
The RBAC rule that would allow it, as a line of YAML, with the object it belongs into.
*/
export const describeRule = (
	target: Pick<
		RequestTarget,
		'group' | 'resource' | 'subresource' | 'namespace'
	>,
	verbs: readonly string[],
): string => {
	const quote = (values: readonly string[]) =>
		`[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
	const resource =
		target.subresource === ''
			? target.resource
			: `${target.resource}/${target.subresource}`;
	const place =
		target.namespace === ''
			? 'ClusterRole'
			: `Role in namespace ${target.namespace}`;
	return `{apiGroups: ${quote([target.group])}, resources: ${quote([resource])}, verbs: ${quote(verbs)}} (${place})`;
};

/**
The RBAC rule for all objects of a resource, in all namespaces or in one.
*/
export const describeCollectionRule = (
	resource: {readonly group: string; readonly plural: string},
	namespace: string | undefined,
	verbs: readonly string[],
): string =>
	describeRule(
		{
			group: resource.group,
			resource: resource.plural,
			subresource: '',
			namespace: namespace ?? '',
		},
		verbs,
	);
