import {type User} from '../api.js';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {builtinType} from '../schema/parse-types.js';
import {listAt, textAt, treeAt, type Tree, type Value} from '../value.js';
import {type Access, type Authorizer} from './authorizer.js';
import {issuer} from './tokens.js';

const reviews = [
	['authorization.k8s.io', 'SelfSubjectAccessReview', false],
	['authorization.k8s.io', 'SelfSubjectRulesReview', false],
	['authorization.k8s.io', 'SubjectAccessReview', false],
	['authorization.k8s.io', 'LocalSubjectAccessReview', true],
	['authentication.k8s.io', 'SelfSubjectReview', false],
	['authentication.k8s.io', 'TokenReview', false],
] as const;

/**
Kinds that are only ever created: the answer comes in the object, and nothing is stored.
*/
export const reviewKinds: readonly Kind[] = reviews.map(
	([group, kind, isNamespaced]): Kind => ({
		group,
		version: 'v1',
		kind,
		listKind: `${kind}List`,
		plural: `${kind.toLowerCase()}s`,
		singular: kind.toLowerCase(),
		shortNames: [],
		categories: [],
		isNamespaced,
		resource: `${group}/${kind.toLowerCase()}s`,
		isCustom: false,
		hasStatus: false,
		scale: undefined,
		hasGeneration: false,
		verbs: ['create'],
		get schema() {
			return builtinType(kind);
		},
		columns: [],
		selectableFields: new Set(),
		behaviour: {nameProblems: () => []},
	}),
);

export const isReview = ({resource}: Kind): boolean =>
	reviewKinds.some((kind) => kind.resource === resource);

const readAccess = (spec: Value, user: User): Access => {
	const resource = treeAt(spec, 'resourceAttributes');
	if (resource) {
		return {
			user,
			verb: textAt(resource, 'verb'),
			group: textAt(resource, 'group'),
			resource: textAt(resource, 'resource'),
			subresource: textAt(resource, 'subresource'),
			namespace: textAt(resource, 'namespace'),
			name: textAt(resource, 'name'),
		};
	}

	return {
		user,
		verb: textAt(spec, 'nonResourceAttributes', 'verb'),
		group: '',
		resource: '',
		subresource: '',
		namespace: '',
		name: '',
		path: textAt(spec, 'nonResourceAttributes', 'path'),
	};
};

const userStatus = (user: User): Tree => ({
	username: user.name,
	...(user.uid !== undefined && {uid: user.uid}),
	groups: [...user.groups],
	...(user.extra && {
		extra: Object.fromEntries(
			Object.entries(user.extra).map(([key, values]) => [key, [...values]]),
		),
	}),
});

const rulesStatus = (
	authorizer: Authorizer,
	user: User,
	namespace: string,
): Tree => {
	const rules = authorizer.rulesFor(user, namespace);
	return {
		resourceRules: rules
			.filter(({resources}) => resources.length > 0)
			.map(({verbs, apiGroups, resources, resourceNames}) => ({
				verbs: [...verbs],
				apiGroups: [...apiGroups],
				resources: [...resources],
				...(resourceNames.length > 0 && {resourceNames: [...resourceNames]}),
			})),
		nonResourceRules: rules
			.filter(({nonResourceURLs}) => nonResourceURLs.length > 0)
			.map(({verbs, nonResourceURLs}) => ({
				verbs: [...verbs],
				nonResourceURLs: [...nonResourceURLs],
			})),
		incomplete: false,
	};
};

/**
Answers a review: what the asker, or somebody named in it, is and may do.

@param kind
@param review
@param user
@param authorizer
@param findToken the user a bearer token stands for
*/
export const answerReview = (
	kind: Kind,
	review: Tree,
	user: User,
	authorizer: Authorizer,
	findToken: (token: string) => User | undefined,
): Tree => {
	const {spec} = review;
	const answer = (status: Tree): Tree => ({
		kind: kind.kind,
		apiVersion: apiVersionOf(kind),
		metadata: treeAt(review, 'metadata') ?? {},
		...(spec !== undefined && {spec}),
		status,
	});
	switch (kind.kind) {
		case 'SelfSubjectRulesReview': {
			return answer(rulesStatus(authorizer, user, textAt(spec, 'namespace')));
		}

		case 'SelfSubjectReview': {
			return answer({userInfo: userStatus(user)});
		}

		case 'TokenReview': {
			const found = findToken(textAt(spec, 'token'));
			return answer(
				found
					? {
							authenticated: true,
							user: userStatus(found),
							audiences: [issuer],
						}
					: {user: {}, error: 'the token is not known'},
			);
		}

		default: {
			const subject: User = kind.kind.startsWith('Self')
				? user
				: {
						name: textAt(spec, 'user'),
						groups: listAt(spec, 'groups').map(String),
					};
			const access = readAccess(spec, subject);
			return answer(
				authorizer.isAllowed(access) ? {allowed: true} : {allowed: false},
			);
		}
	}
};
