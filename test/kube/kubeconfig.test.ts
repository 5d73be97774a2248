import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {
	type ConnectionFlags,
	resolveConnection,
} from '../../source/kube/connection.js';
import {readTimeout} from '../../source/kube/duration.js';
import {readInClusterConfig} from '../../source/kube/in-cluster.js';
import {loadKubeconfig} from '../../source/kube/kubeconfig.js';
import {base64} from './helpers.js';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'kubeconfig-'));
});
afterEach(async () => {
	await rm(folder, {recursive: true});
});

const write = async (name: string, text: string): Promise<string> => {
	const file = path.join(folder, name);
	await mkdir(path.dirname(file), {recursive: true});
	await writeFile(file, text);
	return file;
};

const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

const one = (name: string, more = ''): string => `
apiVersion: v1
kind: Config
current-context: ${name}
clusters:
- name: ${name}
  cluster: {server: "https://${name}.example:6443"}
users:
- name: ${name}
  user: {token: token-of-${name}}
contexts:
- name: ${name}
  context: {cluster: ${name}, user: ${name}, namespace: ns-${name}}
${more}`;

const load = async (env: Record<string, string>, explicit?: string) => {
	const loaded = await loadKubeconfig({env, explicit});
	if (!loaded.ok) {
		throw new Error(loaded.problem.message);
	}

	return loaded.value;
};

const resolve = async (
	text: string,
	flags: ConnectionFlags = {},
	env: Record<string, string> = {},
) => {
	const file = await write('config', text);
	return resolveConnection({config: await load({}, file), flags, env});
};

describe('kubeconfig files', () => {
	it('are merged: the first to name something wins, missing ones are skipped', async () => {
		const first = await write('first', one('a'));
		const second = await write(
			'second',
			`${one('b')}- name: a\n  context: {cluster: b, user: b}\n`,
		);
		const missing = path.join(folder, 'missing');
		const config = await load({
			KUBECONFIG: [missing, first, second, first].join(path.delimiter),
		});
		expect(config.currentContext).toBe('a');
		expect(config.contexts.get('a')).toEqual({
			cluster: 'a',
			user: 'a',
			namespace: 'ns-a',
		});
		expect(config.contexts.keys().toArray()).toEqual(['a', 'b']);
		expect(config.files).toEqual([first, second]);
		const home = path.join(folder, 'home');
		await write('home/.kube/config', one('c'));
		expect(await load({HOME: home, KUBECONFIG: ''})).toMatchObject({
			currentContext: 'c',
		});
		expect(await load({HOME: home, KUBECONFIG: path.delimiter})).toMatchObject({
			currentContext: '',
		});
	});

	it('give the first current-context that is set', async () => {
		const first = await write('first', 'clusters: []\ncurrent-context: ""\n');
		const second = await write('second', one('b'));
		const config = await load({
			KUBECONFIG: [first, second].join(path.delimiter),
		});
		expect(config.currentContext).toBe('b');
	});

	it('are looked for at home', async () => {
		await write('.kube/config', one('home'));
		const config = await load({HOME: folder});
		expect(config.currentContext).toBe('home');
	});

	it('may be empty or missing', async () => {
		const empty = await write('empty', '');
		expect(await load({KUBECONFIG: empty})).toMatchObject({currentContext: ''});
		expect(await load({HOME: path.join(folder, 'nobody')})).toMatchObject({
			files: [],
		});
	});

	it('have paths relative to themselves', async () => {
		const file = await write(
			'deep/config',
			'clusters:\n- name: a\n  cluster: {server: x, certificate-authority: ca.pem}\nusers:\n- name: a\n  user:\n    tokenFile: ../token\n    client-key: /abs/key\n    exec: {command: ./bin/plugin, apiVersion: client.authentication.k8s.io/v1}\n- name: b\n  user: {exec: {command: aws, apiVersion: client.authentication.k8s.io/v1}}\n',
		);
		const config = await load({}, file);
		expect(config.clusters.get('a')?.certificateAuthority).toBe(
			path.join(folder, 'deep', 'ca.pem'),
		);
		expect(config.users.get('a')).toMatchObject({
			tokenFile: path.join(folder, 'token'),
			clientKey: '/abs/key',
			exec: {command: path.join(folder, 'deep', 'bin', 'plugin')},
		});
		expect(config.users.get('b')?.exec?.command).toBe('aws');
	});

	it.each([
		['a: [1\nb: 2\n', /line \d/v],
		['just text', /holds no mapping/v],
		['clusters: 7', /clusters must be a list/v],
		['clusters: [7]', /clusters\[0\] must be a mapping/v],
		[
			'clusters: [{name: a, cluster: {server: [x]}}]',
			/clusters\[0\]\.cluster\.server must be text/v,
		],
		['users: [{name: a}, {name: a}]', /users holds the name "a" twice/v],
		[
			'clusters: [{name: a, cluster: {insecure-skip-tls-verify: maybe}}]',
			/insecure-skip-tls-verify must be true or false/v,
		],
	])('that are broken are named with the place: %j', async (text, wanted) => {
		const file = await write('broken', text);
		const loaded = await loadKubeconfig({env: {KUBECONFIG: file}});
		expect(loaded).toMatchObject({ok: false, problem: {kind: 'config'}});
		const message = loaded.ok ? '' : loaded.problem.message;
		expect(message).toMatch(wanted);
		expect(message).toContain(file);
		expect(message.split('\n')).toHaveLength(1);
	});

	it('named by --kubeconfig must be there', async () => {
		const file = path.join(folder, 'nowhere');
		expect(await loadKubeconfig({env: {}, explicit: file})).toMatchObject({
			ok: false,
			problem: {
				message: `The kubeconfig ${file} cannot be read: there is no such file.`,
			},
		});
	});

	it('are never written', async () => {
		const text = one('a');
		const file = await write('config', text);
		await load({}, file);
		expect(await readFile(file, 'utf8')).toBe(text);
	});
});

describe('choosing a connection', () => {
	it('takes the current context with its namespace', async () => {
		expect(await resolve(one('a'))).toMatchObject({
			ok: true,
			value: {
				title: 'a',
				server: 'https://a.example:6443',
				namespace: 'ns-a',
				user: {token: 'token-of-a'},
				requestTimeout: 30_000,
			},
		});
	});

	it('puts the flags over it', async () => {
		const connection = await resolve(one('a'), {
			namespace: 'n',
			server: 'https://127.0.0.1:8001/prefix/',
			tlsServerName: 'other',
			token: 'mine',
			requestTimeout: '1m30s',
			as: 'jane',
			asUid: 'u-1',
			asGroup: ['devs', 'ops'],
			asUserExtra: ['Acme.com/Scope=a=b', 'Acme.com/Scope=c'],
		});
		expect(connection).toMatchObject({
			ok: true,
			value: {
				server: 'https://127.0.0.1:8001/prefix',
				namespace: 'n',
				cluster: {tlsServerName: 'other'},
				user: {token: 'mine'},
				requestTimeout: 90_000,
				impersonation: [
					['Impersonate-User', 'jane'],
					['Impersonate-Group', 'devs'],
					['Impersonate-Group', 'ops'],
					['Impersonate-Uid', 'u-1'],
					['Impersonate-Extra-acme.com%2Fscope', 'a=b'],
					['Impersonate-Extra-acme.com%2Fscope', 'c'],
				],
			},
		});
	});

	it('impersonates as the kubeconfig says', async () => {
		const text = one('a').replace(
			'{token: token-of-a}',
			'{token: t, as: jane, as-groups: [devs], as-uid: "7", as-user-extra: {k: [v]}}',
		);
		const connection = await resolve(text);
		expect(connection).toMatchObject({
			value: {
				impersonation: [
					['Impersonate-User', 'jane'],
					['Impersonate-Group', 'devs'],
					['Impersonate-Uid', '7'],
					['Impersonate-Extra-k', 'v'],
				],
			},
		});
	});

	it('lets a token replace a plugin, and a skipped check the authority', async () => {
		const text = one('a')
			.replace(
				'{token: token-of-a}',
				'{exec: {command: x, apiVersion: client.authentication.k8s.io/v1}}',
			)
			.replace(
				'6443"}',
				() => `6443", certificate-authority-data: ${base64(pem)}}`,
			);
		const plain = await resolve(text);
		expect(plain).toMatchObject({value: {authority: pem}});
		const connection = await resolve(text, {
			token: 't',
			insecureSkipTlsVerify: true,
		});
		expect(connection).toMatchObject({
			ok: true,
			value: {user: {token: 't'}, cluster: {insecureSkipTlsVerify: true}},
		});
		expect(connection.ok && connection.value.user.exec).toBeUndefined();
		expect(connection.ok && connection.value.authority).toBeUndefined();
	});

	it('needs no kubeconfig when --server says where', async () => {
		const config = await load({});
		const connection = await resolveConnection({
			config,
			flags: {server: 'https://localhost:8080', token: 't'},
			env: {},
		});
		expect(connection).toMatchObject({
			value: {title: 'https://localhost:8080', user: {token: 't'}},
		});
	});

	it.each(['http://127.0.0.1:8080', '127.0.0.1:8080'])(
		'sends nothing secret to %s',
		async (server) => {
			const text = one('a').replace(
				'{token: token-of-a}',
				'{exec: {command: x, apiVersion: client.authentication.k8s.io/v1}, as: jane}',
			);
			const connection = await resolve(text, {server, token: 't'});
			expect(connection).toMatchObject({
				value: {
					server: 'http://127.0.0.1:8080',
					impersonation: [['Impersonate-User', 'jane']],
				},
			});
			expect(connection.ok && connection.value.user).toEqual({
				impersonate: 'jane',
			});
		},
	);

	it('expects of another server none of the names of the cluster', async () => {
		const text = one('a').replace('6443"}', '6443", tls-server-name: b}');
		const of = async (flags: ConnectionFlags) => {
			const connection = await resolve(text, flags);
			return connection.ok && connection.value.cluster.tlsServerName;
		};

		const server = 'https://c';
		expect(await of({})).toBe('b');
		expect(await of({server})).toBeUndefined();
		expect(await of({server, tlsServerName: 'd'})).toBe('d');
	});

	it('writes names beyond ASCII as the UTF-8 that the server reads', async () => {
		const connection = await resolve(one('a'), {
			as: 'jürgen',
			asGroup: ['李'],
			asUserExtra: ["k(1)'=ü"],
		});
		expect(connection).toMatchObject({
			value: {
				impersonation: [
					['Impersonate-User', 'jÃ¼rgen'],
					['Impersonate-Group', 'æ\u{9D}\u{8E}'],
					['Impersonate-Extra-k%281%29%27', 'Ã¼'],
				],
			},
		});
	});

	it.each<[string, ConnectionFlags, RegExp]>([
		[one('a'), {context: 'b'}, /no context "b".*there are "a"/v],
		[one('a'), {cluster: 'b'}, /no cluster "b"/v],
		[one('a'), {user: 'b'}, /no user "b"/v],
		['', {}, /there is no kubeconfig/v],
		[one('a').replace('current-context: a', ''), {}, /give --context/v],
		[one('a'), {requestTimeout: 'soon'}, /--request-timeout/v],
		[one('a'), {asGroup: ['g']}, /need --as/v],
		[one('a'), {as: 'x', asUserExtra: ['k']}, /KEY=VALUE/v],
		[one('a'), {certificateAuthority: '/nowhere/ca'}, /\/nowhere\/ca/v],
		[one('a').replace('https://a.example:6443', ''), {}, /no server address/v],
		[one('a'), {server: 'https://'}, /no address/v],
		[one('a'), {server: 'ftp://a'}, /must begin with https/v],
		[
			one('a').replace('cluster: a, ', ''),
			{},
			/context "a" .* names no cluster/v,
		],
		[
			one('a').replace(
				'6443"}',
				() => `6443", certificate-authority-data: ${base64('PEM')}}`,
			),
			{},
			/holds no certificate/v,
		],
	])('says what is wrong (%#)', async (text, flags, wanted) => {
		const connection = await resolve(text, flags);
		expect(connection).toMatchObject({
			ok: false,
			problem: {
				kind: 'config',
				message: expect.stringMatching(wanted) as string,
			},
		});
	});

	it('falls back to the cluster this process runs in', async () => {
		await write('sa/token', 'in-cluster-token\n');
		await write('sa/ca.crt', pem);
		await write('sa/namespace', 'shop\n');
		const env = {
			KUBERNETES_SERVICE_HOST: 'fd00::1',
			KUBERNETES_SERVICE_PORT: '443',
		};
		const config = await readInClusterConfig(env, path.join(folder, 'sa'));
		const connection = await resolveConnection({config: config!, env: {}});
		expect(connection).toMatchObject({
			value: {
				server: 'https://[fd00::1]',
				namespace: 'shop',
				authority: pem,
				user: {tokenFile: path.join(folder, 'sa', 'token')},
			},
		});
		expect(await readInClusterConfig({}, folder)).toBeUndefined();
		expect(await readInClusterConfig(env, folder)).toBeUndefined();
	});
});

describe('--request-timeout', () => {
	it.each([
		['0', 0],
		['5', 5000],
		['10s', 10_000],
		['1m30s', 90_000],
		['1.5h', 5_400_000],
		['250ms', 250],
		['1000h', 2_147_483_647],
		['9999999999', 2_147_483_647],
		['', undefined],
		['10 s', undefined],
		['1.2.3s', undefined],
		['-5s', undefined],
	])('%j is %s ms', (text, wanted) => {
		expect(readTimeout(text)).toBe(wanted);
	});
});
