import {Buffer} from 'node:buffer';
import {type Client} from './client.js';
import {configMap, contract, core, pod} from './contract.js';

const account = (name: string) => ({
	apiVersion: 'v1',
	kind: 'ServiceAccount',
	metadata: {name},
});

const tokenRequest = (
	spec: Readonly<Record<string, unknown>> = {},
	more: Readonly<Record<string, unknown>> = {},
) => ({
	apiVersion: 'authentication.k8s.io/v1',
	kind: 'TokenRequest',
	...more,
	spec,
});

const pathOf = (namespace: string, name: string): string =>
	core(namespace, 'serviceaccounts', `${name}/token`);

/**
Asks for a token, and notes the answer without what differs from token to token.
*/
const ask = async (
	{namespace, request, note}: Client,
	body: unknown,
	{name = 'bob', query = ''} = {},
): Promise<string> => {
	const answer = await request('POST', `${pathOf(namespace, name)}${query}`, {
		body,
		isSilent: true,
	});
	const token = String(answer.body.status?.token ?? '');
	note({
		status: answer.status,
		body: token === '' ? answer.body : {...answer.body, status: {}},
	});
	return token;
};

const claimsOf = (token: string) => {
	const {exp, iat, nbf, ...claims} = JSON.parse(
		Buffer.from(token.split('.', 2)[1]!, 'base64url').toString(),
	) as Record<string, unknown>;
	return {
		...claims,
		seconds: Number(exp) - Number(iat),
		isFromNow: iat === nbf,
	};
};

const whoIs = async ({request}: Client, token: string) => {
	const {status, body} = await request(
		'POST',
		'/apis/authentication.k8s.io/v1/selfsubjectreviews',
		{
			user: 'none',
			headers: {authorization: `Bearer ${token}`},
			body: {
				apiVersion: 'authentication.k8s.io/v1',
				kind: 'SelfSubjectReview',
			},
			isSilent: true,
		},
	);
	return {status, user: body.status?.userInfo, message: body.message};
};

contract('tokens', {
	async 'of a service account'(client) {
		const {namespace, post, note, get} = client;
		await post(core(namespace, 'serviceaccounts'), account('bob'), {
			isSetup: true,
		});
		const token = await ask(client, tokenRequest());
		note(claimsOf(token));
		note(await whoIs(client, token));
		note(await whoIs(client, `${token.slice(0, -8)}AAAAAAAA`));
		await get(core(namespace, 'configmaps'), {
			user: 'none',
			headers: {authorization: `Bearer ${token}`},
		});
		const {body} = await post(
			'/apis/authentication.k8s.io/v1/tokenreviews',
			{
				apiVersion: 'authentication.k8s.io/v1',
				kind: 'TokenReview',
				spec: {token},
			},
			{isSetup: true},
		);
		note(body.status);
	},
	async 'end with the account'(client) {
		const {namespace, post, note} = client;
		const path = core(namespace, 'serviceaccounts');
		await post(path, account('bob'), {isSetup: true});
		const token = await ask(client, tokenRequest());
		await client.delete(`${path}/bob`);
		note((await whoIs(client, token)).status);
		await post(path, account('bob'), {isSetup: true});
		note((await whoIs(client, token)).status);
	},
	async 'for somebody else, or for long'(client) {
		const {namespace, post, note} = client;
		await post(core(namespace, 'serviceaccounts'), account('bob'), {
			isSetup: true,
		});
		const token = await ask(
			client,
			tokenRequest({audiences: ['x'], expirationSeconds: 700}),
		);
		note(claimsOf(token));
		note(await whoIs(client, token));
		await ask(client, tokenRequest({expirationSeconds: 599}));
		await ask(client, tokenRequest({expirationSeconds: 2 ** 33}));
		await ask(client, tokenRequest({expirationSeconds: 'x'}));
	},
	async 'bound to another object'(client) {
		const {namespace, post, note} = client;
		await post(core(namespace, 'serviceaccounts'), account('bob'), {
			isSetup: true,
		});
		const reference = (kind: string, more = {}) =>
			tokenRequest({
				boundObjectRef: {kind, apiVersion: 'v1', name: 'it', ...more},
			});
		await ask(client, reference('Secret'));
		await post(
			core(namespace, 'secrets'),
			{apiVersion: 'v1', kind: 'Secret', metadata: {name: 'it'}},
			{isSetup: true},
		);
		const token = await ask(client, reference('Secret'));
		note(claimsOf(token));
		// A token that was used before is believed for some seconds more.
		await client.delete(core(namespace, 'secrets', 'it'), undefined, {
			isSilent: true,
		});
		note((await whoIs(client, token)).status);
		await ask(client, reference('Pod'));
		await post(core(namespace, 'pods'), pod('it'), {isSetup: true});
		await ask(client, reference('Pod'));
		await post(core(namespace, 'configmaps'), configMap('it'), {
			isSetup: true,
		});
		await ask(client, reference('ConfigMap'));
		await ask(client, reference('Node'));
	},
	async 'that are asked for wrongly'(client) {
		const {namespace, post, get, put, request} = client;
		await post(core(namespace, 'serviceaccounts'), account('bob'), {
			isSetup: true,
		});
		await ask(client, {});
		await ask(client, configMap('x'));
		await ask(client, tokenRequest(), {name: 'nobody'});
		await ask(client, tokenRequest({}, {metadata: {name: 'x'}}));
		await ask(client, tokenRequest({}, {metadata: {namespace: 'x'}}));
		await ask(
			client,
			{...tokenRequest(), extra: 1},
			{
				query: '?fieldValidation=Strict',
			},
		);
		await ask(client, tokenRequest(), {query: '?dryRun=All'});
		await get(pathOf(namespace, 'bob'));
		await put(pathOf(namespace, 'bob'), tokenRequest());
		await request('DELETE', pathOf(namespace, 'bob'));
		await request('POST', pathOf(namespace, 'bob'), {
			user: 'viewer',
			body: tokenRequest(),
		});
	},
});
