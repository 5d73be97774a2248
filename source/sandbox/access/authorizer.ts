import {type User} from '../api.js';
import {type Storage} from '../storage/storage.js';
import {decodeBody} from '../storage/encoding.js';
import {listAt, textAt, treesAt, type Tree} from '../value.js';

/**
What somebody wants to do: to a resource, or to a path that is none.
*/
export type Access = {
	readonly user: User;
	readonly verb: string;
	readonly group: string;
	readonly resource: string;
	readonly subresource: string;
	readonly namespace: string;
	readonly name: string;
	/**
	Of a request that is for no resource.
	*/
	readonly path?: string;
};

export type Rule = {
	readonly verbs: readonly string[];
	readonly apiGroups: readonly string[];
	readonly resources: readonly string[];
	readonly resourceNames: readonly string[];
	readonly nonResourceURLs: readonly string[];
};

export type Authorizer = {
	isAllowed(access: Access): boolean;
	/**
	All rules that hold for the user in the namespace.
	*/
	rulesFor(user: User, namespace: string): Rule[];
};

const rbac = 'rbac.authorization.k8s.io';
const roleResources = [
	'clusterroles',
	'clusterrolebindings',
	'roles',
	'rolebindings',
].map((plural) => `${rbac}/${plural}`);

const texts = (tree: Tree, key: string): string[] =>
	listAt(tree, key).map(String);

const readRule = (rule: Tree): Rule => ({
	verbs: texts(rule, 'verbs'),
	apiGroups: texts(rule, 'apiGroups'),
	resources: texts(rule, 'resources'),
	resourceNames: texts(rule, 'resourceNames'),
	nonResourceURLs: texts(rule, 'nonResourceURLs'),
});

const isSubject = (subject: Tree, user: User, namespace: string): boolean => {
	const name = textAt(subject, 'name');
	switch (textAt(subject, 'kind')) {
		case 'User': {
			return name === user.name;
		}

		case 'Group': {
			return user.groups.includes(name);
		}

		case 'ServiceAccount': {
			const home = textAt(subject, 'namespace') || namespace;
			return user.name === `system:serviceaccount:${home}:${name}`;
		}

		default: {
			return false;
		}
	}
};

const includes = (list: readonly string[], value: string): boolean =>
	list.includes('*') || list.includes(value);

const coversPath = (rule: Rule, path: string): boolean =>
	rule.nonResourceURLs.some(
		(url) =>
			url === '*' ||
			url === path ||
			(url.endsWith('*') && path.startsWith(url.slice(0, -1))),
	);

const coversResource = (rule: Rule, access: Access): boolean => {
	const {resource, subresource, name} = access;
	const wanted = subresource === '' ? resource : `${resource}/${subresource}`;
	return (
		includes(rule.apiGroups, access.group) &&
		(includes(rule.resources, wanted) ||
			(subresource !== '' && rule.resources.includes(`*/${subresource}`))) &&
		(rule.resourceNames.length === 0 || rule.resourceNames.includes(name))
	);
};

const covers = (rule: Rule, access: Access): boolean =>
	includes(rule.verbs, access.verb) &&
	(access.path === undefined
		? coversResource(rule, access)
		: coversPath(rule, access.path));

type Binding = {
	readonly namespace: string;
	readonly subjects: readonly Tree[];
	readonly rules: readonly Rule[];
};

/**
Decides by the cluster's own roles and bindings, as RBAC does; members of `system:masters` may do everything.
*/
export const createAuthorizer = (storage: Storage): Authorizer => {
	let bindings: readonly Binding[] | undefined;
	for (const resource of roleResources) {
		storage.listen(resource, () => {
			bindings = undefined;
		});
	}

	const rulesOf = (kind: string, name: string, namespace: string): Rule[] => {
		const entry =
			kind === 'Role'
				? storage.get(`${rbac}/roles`, namespace, name)
				: storage.get(`${rbac}/clusterroles`, '', name);
		return entry
			? treesAt(decodeBody(entry.bytes), 'rules').map((rule) => readRule(rule))
			: [];
	};

	const readBindings = (): Binding[] =>
		['clusterrolebindings', 'rolebindings'].flatMap((plural) =>
			[...storage.collection(`${rbac}/${plural}`).list()].map((entry) => {
				const binding = decodeBody(entry.bytes);
				return {
					namespace: entry.namespace,
					subjects: treesAt(binding, 'subjects'),
					rules: rulesOf(
						textAt(binding, 'roleRef', 'kind'),
						textAt(binding, 'roleRef', 'name'),
						entry.namespace,
					),
				};
			}),
		);

	const rulesFor = (user: User, namespace: string): Rule[] => {
		bindings ??= readBindings();
		return bindings
			.filter(
				(binding) =>
					(binding.namespace === '' || binding.namespace === namespace) &&
					binding.subjects.some((subject) =>
						isSubject(subject, user, binding.namespace),
					),
			)
			.flatMap(({rules}) => rules);
	};

	return {
		rulesFor,
		isAllowed: (access) =>
			access.user.groups.includes('system:masters') ||
			rulesFor(access.user, access.namespace).some((rule) =>
				covers(rule, access),
			),
	};
};

/**
Why an access is refused, in the API server's words.
*/
export const describeRefusal = ({
	user,
	verb,
	group,
	resource,
	subresource,
	namespace,
	path,
}: Access): string => {
	const who = `User ${JSON.stringify(user.name)} cannot ${verb}`;
	if (path !== undefined) {
		return `${who} path ${JSON.stringify(path)}`;
	}

	const what = subresource === '' ? resource : `${resource}/${subresource}`;
	const where =
		namespace === ''
			? 'at the cluster scope'
			: `in the namespace ${JSON.stringify(namespace)}`;
	return `${who} resource ${JSON.stringify(what)} in API group ${JSON.stringify(group)} ${where}`;
};
