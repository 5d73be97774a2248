import {Buffer} from 'node:buffer';
import {createHmac, randomBytes, randomUUID} from 'node:crypto';
import {type User} from '../caller.js';
import {type Storage} from '../storage/storage.js';
import {isTree, listAt, numberAt, textAt, type Tree} from '../value.js';

/**
Who issues the tokens of service accounts, and for whom they are when nobody else is named.
*/
export const issuer = 'https://kubernetes.default.svc';

/**
What is named in a token beside the service account; it is worth nothing once that is gone.
*/
export type Bound = {
	readonly resource: string;
	/**
	The key of the claim: `pod`, `node`, `secret`.
	*/
	readonly claim: string;
	readonly namespace: string;
	readonly name: string;
	readonly uid: string;
};

export type TokenWish = {
	readonly namespace: string;
	readonly name: string;
	readonly uid: string;
	readonly audiences: readonly string[];
	/**
	Epoch seconds.
	*/
	readonly from: number;
	readonly to: number;
	readonly bound?: Bound;
};

/**
Who stands behind a bearer token: the cluster's users, and service accounts with tokens issued here.
*/
export type Tokens = {
	find(token: string): User | undefined;
	issue(wish: TokenWish): string;
};

const boundResources: Readonly<Record<string, string>> = {
	pod: '/pods',
	secret: '/secrets',
	node: '/nodes',
};

const claimsKey = 'kubernetes.io';

const encode = (value: Tree): string =>
	Buffer.from(JSON.stringify(value)).toString('base64url');

const decode = (text: string): Tree => {
	const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
	return isTree(value) ? value : {};
};

/**
Tokens of one cluster. Those of service accounts are JSON Web Tokens, as the API server's are, but signed with a secret that dies with the cluster.

@param storage
@param known the users' tokens
@param now epoch milliseconds
*/
export const createTokens = (
	storage: Storage,
	known: ReadonlyMap<string, User>,
	now: () => number,
): Tokens => {
	const secret = randomBytes(32);
	const sign = (text: string): string =>
		createHmac('sha256', secret).update(text).digest('base64url');

	const isThere = (
		resource: string,
		namespace: string,
		subject: Tree | undefined,
	): boolean =>
		storage.get(resource, namespace, textAt(subject, 'name'))?.uid ===
		textAt(subject, 'uid');

	const userOf = (claims: Tree): User | undefined => {
		const own = claims[claimsKey];
		const namespace = textAt(own, 'namespace');
		const account = isTree(own) ? own.serviceaccount : undefined;
		const isValid =
			isTree(own) &&
			isTree(account) &&
			(numberAt(claims, 'exp') ?? 0) * 1000 > now() &&
			listAt(claims, 'aud').includes(issuer) &&
			isThere('/serviceaccounts', namespace, account) &&
			Object.entries(boundResources).every(([claim, resource]) => {
				const bound = own[claim];
				return (
					!isTree(bound) ||
					isThere(resource, claim === 'node' ? '' : namespace, bound)
				);
			});
		return isValid
			? {
					name: textAt(claims, 'sub'),
					uid: textAt(account, 'uid'),
					groups: [
						'system:serviceaccounts',
						`system:serviceaccounts:${namespace}`,
						'system:authenticated',
					],
					extra: {
						'authentication.kubernetes.io/credential-id': [
							`JTI=${textAt(claims, 'jti')}`,
						],
					},
				}
			: undefined;
	};

	return {
		find(token) {
			const user = known.get(token);
			if (user) {
				return {...user, groups: [...user.groups, 'system:authenticated']};
			}

			const [header = '', payload = '', signature] = token.split('.', 3);
			return signature === sign(`${header}.${payload}`)
				? userOf(decode(payload))
				: undefined;
		},
		issue({namespace, name, uid, audiences, from, to, bound}) {
			const unsigned = [
				{alg: 'HS256', typ: 'JWT'},
				{
					aud: [...audiences],
					exp: to,
					iat: from,
					iss: issuer,
					jti: randomUUID(),
					[claimsKey]: {
						namespace,
						...(bound && {[bound.claim]: {name: bound.name, uid: bound.uid}}),
						serviceaccount: {name, uid},
					},
					nbf: from,
					sub: `system:serviceaccount:${namespace}:${name}`,
				},
			]
				.map((part) => encode(part))
				.join('.');
			return `${unsigned}.${sign(unsigned)}`;
		},
	};
};
