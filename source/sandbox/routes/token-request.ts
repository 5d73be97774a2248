import {type Bound, issuer} from '../access/tokens.js';
import {
	badRequest,
	conflict,
	type Failure,
	invalidObject,
	isFailure,
	notFound,
} from '../http/status.js';
import {groupVersionOf} from '../kinds/kind.js';
import {recordUpdate} from '../managed/managers.js';
import {acceptObject} from '../objects/accept.js';
import {timestamp} from '../objects/identity.js';
import {readEntry, type Target} from '../objects/target.js';
import {builtinType} from '../schema/parse-types.js';
import {invalid} from '../validation/field-error.js';
import {
	listAt,
	numberAt,
	textAt,
	treeAt,
	type Tree,
	type Value,
} from '../value.js';
import {read, type SubresourceAnswer} from './subresource-answer.js';

const group = 'authentication.k8s.io';
const kindName = 'TokenRequest';
const shortest = 600;
const longest = 2 ** 32;
const usual = 3600;

const invalidRequest = (
	name: string,
	field: string,
	value: Value,
	problem: string,
): Failure =>
	invalidObject({group, kind: kindName}, name, [
		invalid(field, value, problem),
	]);

const boundPlurals: Readonly<Record<string, string>> = {
	Pod: 'pods',
	Secret: 'secrets',
	Node: 'nodes',
};

/**
The object a token is bound to, so that it ends with it.
*/
const findBound = (
	{api, namespace, name: account}: Target,
	reference: Tree,
): Bound | Failure => {
	const kind = textAt(reference, 'kind');
	const apiVersion = textAt(reference, 'apiVersion');
	const name = textAt(reference, 'name');
	const plural = apiVersion.includes('/') ? undefined : boundPlurals[kind];
	if (plural === undefined) {
		const {group: other, version} = groupVersionOf(apiVersion);
		return badRequest(
			`cannot bind token to object of type ${other}/${version}, Kind=${kind}`,
		);
	}

	const home = kind === 'Node' ? '' : namespace;
	const found = api.registry.find('', 'v1', plural)!;
	const entry = api.storage.get(found.resource, home, name);
	if (!entry) {
		return notFound({group: '', resource: plural}, name);
	}

	const runsAs = textAt(readEntry(found, entry), 'spec', 'serviceAccountName');
	if (kind === 'Pod' && runsAs !== account) {
		return badRequest(
			`cannot bind token for serviceaccount ${JSON.stringify(account)} to pod running with different serviceaccount name.`,
		);
	}

	const uid = textAt(reference, 'uid');
	return uid === '' || uid === entry.uid
		? {
				resource: found.resource,
				claim: kind.toLowerCase(),
				namespace: home,
				name,
				uid: entry.uid,
			}
		: conflict(
				{group: '', resource: kind},
				name,
				`the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`,
			);
};

const checkPlace = (
	{name, namespace}: Target,
	request: Tree,
): Failure | undefined => {
	const placed = textAt(request, 'metadata', 'namespace');
	if (placed !== '' && placed !== namespace) {
		return badRequest(
			'the namespace of the provided object does not match the namespace sent on the request',
		);
	}

	const named = textAt(request, 'metadata', 'name');
	if (named !== '' && named !== name) {
		return invalidRequest(
			name,
			'metadata.name',
			named,
			'must match the service account name if specified',
		);
	}

	return undefined;
};

/**
POST serviceaccounts/NAME/token: a token that stands for the service account for a while.
*/
export const issueToken = (
	target: Target,
	body: Tree,
): SubresourceAnswer | Failure => {
	const {api, name, namespace, options, caller} = target;
	const kind = {
		...target.kind,
		group,
		kind: kindName,
		schema: builtinType(kindName),
		behaviour: {nameProblems: () => []},
	};
	const request = acceptObject(body, kind, options.fieldValidation, caller);
	if (isFailure(request)) {
		return request;
	}

	const misplaced = checkPlace(target, request);
	if (misplaced) {
		return misplaced;
	}

	const account = read(target);
	if (isFailure(account)) {
		return account;
	}

	const asked = listAt(request, 'spec', 'audiences').map(String);
	const audiences = asked.length > 0 ? asked : [issuer];
	const seconds = numberAt(request, 'spec', 'expirationSeconds') ?? usual;
	if (seconds < shortest || seconds > longest) {
		return invalidRequest(
			'',
			'spec.expirationSeconds',
			seconds,
			seconds < shortest
				? 'may not specify a duration less than 10 minutes'
				: 'may not specify a duration larger than 2^32 seconds',
		);
	}

	const reference = treeAt(request, 'spec', 'boundObjectRef');
	const bound = reference && findBound(target, reference);
	if (isFailure(bound)) {
		return bound;
	}

	const {metadata} = request;
	metadata.name = name;
	metadata.namespace = namespace;
	metadata.uid = account.metadata.uid;
	metadata.creationTimestamp = timestamp(api.now());
	const spec: Tree = {
		...treeAt(request, 'spec'),
		expirationSeconds: seconds,
	};
	// Of the two defaults only this one counts as the client's.
	request.spec = spec;
	recordUpdate(request, undefined, kind, {
		name: options.fieldManager,
		apiVersion: `${group}/v1`,
		subresource: 'token',
		time: timestamp(api.now()),
	});
	const from = Math.floor(api.now() / 1000);
	return {
		code: 201,
		body: {
			kind: kindName,
			apiVersion: `${group}/v1`,
			metadata: request.metadata,
			spec: {...spec, audiences},
			status: {
				token: api.tokens.issue({
					namespace,
					name,
					uid: account.metadata.uid,
					audiences,
					from,
					to: from + seconds,
					...(bound && {bound}),
				}),
				expirationTimestamp: timestamp((from + seconds) * 1000),
			},
		},
	};
};
