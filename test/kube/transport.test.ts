import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	describe,
	expect,
	it,
	vi,
} from 'vitest';
import {
	type CertificateAuthority,
	createCertificateAuthority,
} from '../../source/sandbox/certificates.js';
import {type UserEntry} from '../../source/kube/kubeconfig-entries.js';
import {systemClock} from '../../source/kube/clock.js';
import {type Transport} from '../../source/kube/transport.js';
import {FakeApiServer, type Seen} from './fake-api-server.js';
import {base64, hastyClock, transportTo} from './helpers.js';

const get = {path: '/api/v1/configmaps'};
let open: Transport[] = [];
let servers: FakeApiServer[] = [];

const to = (...parameters: Parameters<typeof transportTo>): Transport => {
	const transport = transportTo(...parameters);
	open.push(transport);
	return transport;
};

const serve = async (
	...parameters: ConstructorParameters<typeof FakeApiServer>
): Promise<FakeApiServer> => {
	const server = await new FakeApiServer(...parameters).listen();
	servers.push(server);
	return server;
};

afterEach(async () => {
	await Promise.all(open.map(async (transport) => transport.close()));
	await Promise.all(servers.map(async (server) => server.close()));
	open = [];
	servers = [];
});

const refuse = (
	server: FakeApiServer,
	isRefused: (request: Seen) => boolean,
	code = 401,
): void => {
	server.intercept = (request, response) => {
		if (!isRefused(request)) {
			return false;
		}

		response.writeHead(code, {'content-type': 'application/json'});
		response.end(
			JSON.stringify({kind: 'Status', code, message: 'Unauthorized'}),
		);
		return true;
	};
};

describe('a request', () => {
	it('says who asks and for what', async () => {
		const server = await serve();
		const transport = to(`${server.url}/prefix`, {
			user: {token: 'secret-token'},
			impersonation: [
				['Impersonate-User', 'jane'],
				['Impersonate-Group', 'a'],
				['Impersonate-Group', 'b'],
			],
		});
		await transport.request({
			method: 'PATCH',
			path: '/x',
			body: '{}',
			contentType: 'application/merge-patch+json',
		});
		expect(server.seen[0]).toMatchObject({
			method: 'PATCH',
			url: '/prefix/x',
			body: '{}',
			headers: {
				'user-agent': 'liqoscope/1.2.3',
				authorization: 'Bearer secret-token',
				'accept-encoding': 'identity',
				'content-type': 'application/merge-patch+json',
				'impersonate-user': 'jane',
				'impersonate-group': 'a, b',
			},
		});
	});

	it('keeps its connections, up to a number of them', async () => {
		const server = await serve();
		const transport = to(server.url);
		const ports = new Set<number | undefined>();
		server.intercept = (_, response) => {
			ports.add(response.socket?.remotePort);
			return false;
		};

		await Promise.all(
			Array.from({length: 100}, async () => transport.request(get)),
		);
		await transport.request(get);
		expect(ports.size).toBeLessThanOrEqual(16);
	});

	it('gives up in time, and when told to', async () => {
		const server = await serve();
		server.intercept = () => true;
		const transport = to(server.url, {requestTimeout: 30});
		expect(await transport.request(get)).toMatchObject({
			problem: {
				kind: 'timeout',
				message: expect.stringContaining(
					'did not answer in time (list configmaps)',
				) as string,
			},
		});
		const controller = new AbortController();
		const asked = transport.request({
			...get,
			timeout: 0,
			signal: controller.signal,
		});
		controller.abort();
		expect(await asked).toMatchObject({problem: {kind: 'aborted'}});
	});

	it('does not read more than it should', async () => {
		const server = await serve();
		server.put('a', 'big', {text: 'x'.repeat(200_000)});
		const transport = to(server.url);
		expect(await transport.request({...get, maxBytes: 1000})).toMatchObject({
			problem: {kind: 'too-large'},
		});
	});

	it('waits out a 429 as long as asked, but not for ever', async () => {
		const server = await serve();
		const clock = hastyClock();
		let left = 2;
		server.intercept = (_, response) => {
			if (left-- <= 0) {
				return false;
			}

			response.writeHead(429, {'retry-after': '3'});
			response.end();
			return true;
		};

		const transport = to(server.url, {clock});
		expect(await transport.request(get)).toMatchObject({ok: true});
		expect(clock.waits).toEqual([3000, 3000]);
		left = 100;
		expect(await transport.request(get)).toMatchObject({
			problem: {kind: 'too-many-requests', retryAfter: 3000, code: 429},
		});
		expect(server.seen).toHaveLength(3 + 4);
	});

	it('hands on what the server warns of', async () => {
		const server = await serve();
		server.intercept = (_, response) => {
			response.writeHead(200, {warning: String.raw`299 - "spec.x is \"old\""`});
			response.end('{}');
			return true;
		};

		const answer = await to(server.url).request(get);
		expect(answer).toMatchObject({value: {warnings: ['spec.x is "old"']}});
	});

	it.each([
		['a closed port', 'ECONNREFUSED', /connection is refused/v],
		['an unknown host', 'ENOTFOUND', /host name/v],
		['a cut', 'cut', /connection was cut/v],
		['another protocol', 'ssh', /does not answer as an API server/v],
	])('names %s', async (_, what, wanted) => {
		const server = net.createServer((socket) => {
			socket.on('error', () => undefined);
			if (what === 'ssh') {
				socket.write('SSH-2.0-OpenSSH_9.9\r\n');
			} else {
				socket.once('data', () => {
					socket.resetAndDestroy();
				});
			}
		});
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		const {port} = server.address() as net.AddressInfo;
		if (what === 'ECONNREFUSED') {
			server.close();
		}

		const url =
			what === 'ENOTFOUND'
				? 'https://no-such-host.invalid'
				: `http://127.0.0.1:${port}`;
		const answer = await to(url).request(get);
		server.close();
		expect(answer).toMatchObject({
			ok: false,
			problem: {message: expect.stringMatching(wanted) as string},
		});
	});
});

describe('TLS', () => {
	let ca: CertificateAuthority;
	let other: CertificateAuthority;
	beforeAll(async () => {
		[ca, other] = await Promise.all([
			createCertificateAuthority(),
			createCertificateAuthority(),
		]);
	});

	const serveWith = async (
		request: Partial<Parameters<CertificateAuthority['issue']>[0]> = {},
		more: object = {},
	): Promise<FakeApiServer> => {
		const pair = await ca.issue({
			commonName: 'api',
			hosts: ['127.0.0.1'],
			...request,
		});
		return serve({cert: pair.certificate, key: pair.key, ...more});
	};

	it('trusts the authority of the cluster', async () => {
		const server = await serveWith();
		const answer = await to(server.url, {authority: ca.certificate}).request(
			get,
		);
		expect(answer.ok).toBe(true);
	});

	it.each([
		['another authority', {}, 'other', /authority/v],
		['no authority', {}, 'none', /authority|self-signed/v],
		[
			'a certificate that has expired',
			{notAfter: new Date(Date.now() - 1000)},
			'own',
			/expired/v,
		],
		[
			'a certificate that is not valid yet',
			{notBefore: new Date(Date.now() + 3_600_000)},
			'own',
			/not valid yet/v,
		],
		['another name', {hosts: ['api.internal']}, 'own', /tls-server-name/v],
	])('does not trust %s', async (_, request, authority, wanted) => {
		const server = await serveWith(request);
		const answer = await to(server.url, {
			...(authority !== 'none' && {
				authority: (authority === 'own' ? ca : other).certificate,
			}),
		}).request(get);
		expect(answer).toMatchObject({
			ok: false,
			problem: {
				kind: 'certificate',
				message: expect.stringMatching(wanted) as string,
			},
		});
		expect(server.seen).toEqual([]);
	});

	it('takes tls-server-name for the name to expect', async () => {
		const server = await serveWith({hosts: ['api.internal']});
		const answer = await to(server.url, {
			authority: ca.certificate,
			cluster: {server: server.url, tlsServerName: 'api.internal'},
		}).request(get);
		expect(answer.ok).toBe(true);
	});

	it('does not check when told not to', async () => {
		const server = await serveWith({hosts: ['elsewhere']});
		const answer = await to(server.url, {
			cluster: {server: server.url, insecureSkipTlsVerify: true},
		}).request(get);
		expect(answer.ok).toBe(true);
	});

	it('shows its client certificate, and says when it is not accepted', async () => {
		const server = await serveWith(
			{},
			{
				requestCert: true,
				rejectUnauthorized: true,
				ca: ca.certificate,
			},
		);
		const pair = await ca.issue({
			commonName: 'jane',
			organizations: ['devs'],
			usage: 'client',
		});
		const user: UserEntry = {
			clientCertificateData: base64(pair.certificate),
			clientKeyData: base64(pair.key),
		};
		const authority = ca.certificate;
		expect(await to(server.url, {authority, user}).request(get)).toMatchObject({
			ok: true,
		});
		const stranger = await other.issue({commonName: 'eve', usage: 'client'});
		expect(
			await to(server.url, {
				authority,
				user: {
					clientCertificateData: base64(stranger.certificate),
					clientKeyData: base64(stranger.key),
				},
			}).request(get),
		).toMatchObject({
			ok: false,
			problem: {
				kind: expect.stringMatching(/certificate|unreachable/v) as string,
			},
		});
		expect(
			await to(server.url, {
				authority,
				user: {clientCertificateData: base64(pair.certificate)},
			}).request(get),
		).toMatchObject({problem: {kind: 'config'}});
	});

	it.each([
		['no certificate', 'hello', /not in the PEM form/v],
		['the certificate of another key', 'other', /do not belong together/v],
	])('says when there is %s', async (_, certificate, wanted) => {
		const server = await serveWith();
		const [pair, another] = await Promise.all([
			ca.issue({commonName: 'jane', usage: 'client'}),
			ca.issue({commonName: 'jane', usage: 'client'}),
		]);
		const answer = await to(server.url, {
			authority: ca.certificate,
			user: {
				clientCertificateData: base64(
					certificate === 'other' ? another.certificate : certificate,
				),
				clientKeyData: base64(pair.key),
			},
		}).request(get);
		expect(answer).toMatchObject({
			problem: {
				kind: 'certificate',
				message: expect.stringMatching(wanted) as string,
			},
		});
	});

	it('says when there is no TLS', async () => {
		const server = await serve();
		const answer = await to(server.url.replace('http:', 'https:'), {
			authority: ca.certificate,
		}).request(get);
		expect(answer).toMatchObject({
			problem: {
				message: expect.stringContaining('does not speak TLS') as string,
			},
		});
	});
});

describe('credentials', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'credentials-'));
	});
	afterEach(async () => {
		await rm(folder, {recursive: true});
	});

	const plugin = async (script: string): Promise<string> => {
		const file = path.join(folder, 'plugin');
		await writeFile(file, `#!/bin/sh\necho x >> ${folder}/runs\n${script}\n`);
		await chmod(file, 0o755);
		return file;
	};

	const runs = async (): Promise<number> => {
		const text = await readFile(path.join(folder, 'runs'), 'utf8');
		return text.trim().split('\n').length;
	};

	const exec = (
		command: string,
		more: Partial<NonNullable<UserEntry['exec']>> = {},
	): UserEntry => ({
		exec: {
			command,
			args: ['--arg'],
			env: [{name: 'FROM_CONFIG', value: 'yes'}],
			apiVersion: 'client.authentication.k8s.io/v1',
			provideClusterInfo: false,
			interactiveMode: 'IfAvailable',
			...more,
		},
	});

	const answerWith = (status: string): string =>
		`echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":${status}}'`;

	const authorizations = (server: FakeApiServer): unknown[] =>
		server.seen.map(({headers}) => headers.authorization);

	it('come from a plugin, once for many requests', async () => {
		const server = await serve();
		const user = exec(await plugin(answerWith('{"token":"one"}')));
		const transport = to(server.url, {user});
		await Promise.all([1, 2, 3].map(async () => transport.request(get)));
		await transport.request(get);
		expect(authorizations(server)).toEqual(
			Array.from({length: 4}, () => 'Bearer one'),
		);
		expect(await runs()).toBe(1);
	});

	it('are asked for again once, after a 401', async () => {
		const server = await serve();
		const user = exec(
			await plugin(
				`n=$(wc -l < ${folder}/runs | tr -d ' ')\n${answerWith('{"token":"t\'$n\'"}')}`,
			),
		);
		refuse(server, ({headers}) => headers.authorization === 'Bearer t1');
		const transport = to(server.url, {user});
		expect(await transport.request(get)).toMatchObject({ok: true});
		expect(authorizations(server)).toEqual(['Bearer t1', 'Bearer t2']);
		refuse(server, () => true);
		expect(await transport.request(get)).toMatchObject({
			problem: {
				kind: 'unauthorized',
				message: expect.stringContaining('log in again') as string,
			},
		});
		expect(await runs()).toBe(3);
	});

	it('are asked for again when they expire', async () => {
		const server = await serve();
		let now = Date.parse('2026-11-22T10:00:00Z');
		const user = exec(
			await plugin(
				answerWith(
					'{"token":"one","expirationTimestamp":"2026-11-22T10:10:00Z"}',
				),
			),
		);
		const transport = to(server.url, {
			user,
			clock: {...systemClock, now: () => now},
		});
		await transport.request(get);
		now += 9 * 60_000;
		await transport.request(get);
		expect(await runs()).toBe(1);
		now += 60_000;
		await transport.request(get);
		expect(await runs()).toBe(2);
	});

	it('are asked for away from the screen', async () => {
		const server = await serve();
		const user = exec(
			await plugin(
				`echo "$KUBERNETES_EXEC_INFO" > ${folder}/info\necho "$FROM_CONFIG $1" > ${folder}/given\n(: < /dev/tty) 2>/dev/null && echo tty > ${folder}/tty\n[ -t 0 ] || read line || echo closed > ${folder}/stdin\n${answerWith('{"token":"one"}')}`,
			),
			{provideClusterInfo: true},
		);
		const transport = to(server.url, {user, authority: 'PEM'});
		await transport.request(get);
		const text = async (name: string) =>
			readFile(path.join(folder, name), 'utf8');
		expect(JSON.parse(await text('info'))).toEqual({
			apiVersion: 'client.authentication.k8s.io/v1',
			kind: 'ExecCredential',
			spec: {
				interactive: false,
				cluster: {
					server: server.url,
					'certificate-authority-data': base64('PEM'),
				},
			},
		});
		expect(await text('given')).toBe('yes --arg\n');
		expect(await text('stdin')).toBe('closed\n');
		await expect(text('tty')).rejects.toThrow('ENOENT');
	});

	it.each<[string, string, Partial<NonNullable<UserEntry['exec']>>, RegExp]>([
		[
			'fails',
			'echo "session expired" >&2; exit 7',
			{},
			/failed with exit code 7: session expired\. Log in again/v,
		],
		[
			'fails in colour',
			String.raw`printf '\033[31mdenied\033[0m\n' >&2; exit 7`,
			{},
			/exit code 7: denied\. Log/v,
		],
		['prints no JSON', 'echo hello', {}, /did not answer with JSON/v],
		['prints something else', 'echo "{}"', {}, /ExecCredential/v],
		[
			'gives nothing',
			answerWith('{}'),
			{},
			/neither a token nor a client certificate/v,
		],
		[
			'wants to ask',
			'true',
			{interactiveMode: 'Always'},
			/interactiveMode: Always/v,
		],
		[
			'is of an old version',
			'true',
			{apiVersion: 'client.authentication.k8s.io/v1alpha1'},
			/v1alpha1/v,
		],
		[
			'answers in another version',
			answerWith('{"token":"t"}'),
			{apiVersion: 'client.authentication.k8s.io/v1beta1'},
			/set its apiVersion/v,
		],
		[
			'is missing',
			'',
			{command: '/nowhere/plugin', installHint: 'get it\nat example.com'},
			/is not installed: get it at example\.com/v,
		],
		['prints without end', 'yes', {}, /more than 1 MiB/v],
	])(
		'are a clear problem when the plugin %s',
		async (_, script, more, wanted) => {
			const server = await serve();
			const user = exec(await plugin(script), more);
			const answer = await to(server.url, {user}).request(get);
			expect(answer).toMatchObject({
				ok: false,
				problem: {
					kind: 'credentials',
					message: expect.stringMatching(wanted) as string,
				},
			});
			expect(server.seen).toEqual([]);
		},
	);

	it('are not waited for for ever', async () => {
		const server = await serve();
		const user = exec(await plugin('sleep 60 & wait'));
		const {runExecPlugin} = await import('../../source/kube/exec-plugin.js');
		const {connectionTo} = await import('./helpers.js');
		const started = Date.now();
		expect(
			await runExecPlugin(user.exec!, connectionTo(server.url), {
				env: {PATH: '/usr/bin:/bin'},
				timeLimit: 150,
			}),
		).toMatchObject({
			problem: {
				message: expect.stringContaining(
					'did not finish within 0.15 s',
				) as string,
			},
		});
		expect(Date.now() - started).toBeLessThan(5000);
	});

	it("take time of their own, not the server's", async () => {
		const server = await serve();
		const user = exec(
			await plugin(`sleep 0.3\n${answerWith('{"token":"one"}')}`),
		);
		const answer = await to(server.url, {user, requestTimeout: 250}).request(
			get,
		);
		expect(answer).toMatchObject({ok: true});
	});

	it('come from a file that is read again', async () => {
		const server = await serve();
		const tokenFile = path.join(folder, 'token');
		await writeFile(tokenFile, 'one\n');
		let now = 0;
		const transport = to(server.url, {
			user: {tokenFile},
			clock: {...systemClock, now: () => now},
		});
		await transport.request(get);
		await writeFile(tokenFile, 'two\n');
		await transport.request(get);
		now += 10_001;
		await transport.request(get);
		expect(authorizations(server)).toEqual([
			'Bearer one',
			'Bearer one',
			'Bearer two',
		]);
		await rm(tokenFile);
		now += 10_001;
		expect(await transport.request(get)).toMatchObject({
			problem: {kind: 'credentials'},
		});
		await writeFile(tokenFile, 'three\n');
	});

	it('come from the file of a token rather than from the token beside it', async () => {
		const server = await serve();
		const tokenFile = path.join(folder, 'token');
		await writeFile(tokenFile, 'new\n');
		await to(server.url, {user: {token: 'old', tokenFile}}).request(get);
		await rm(tokenFile);
		await to(server.url, {user: {token: 'old', tokenFile}}).request(get);
		expect(authorizations(server)).toEqual(['Bearer new', 'Bearer old']);
	});

	it('are refused when they can be no token', async () => {
		const server = await serve();
		const answer = await to(server.url, {user: {token: 'a\nb'}}).request(get);
		expect(answer).toMatchObject({
			problem: {
				kind: 'credentials',
				message: expect.stringContaining(
					'token of test holds a line break',
				) as string,
			},
		});
		expect(server.seen).toEqual([]);
	});

	it('may be basic', async () => {
		const server = await serve();
		await to(server.url, {user: {username: 'a', password: 'b'}}).request(get);
		expect(authorizations(server)).toEqual([`Basic ${base64('a:b')}`]);
	});

	it('come from the auth provider oidc, of which only this is left', async () => {
		const server = await serve();
		const jwt = (exp: number): string =>
			[{alg: 'none'}, {exp}, {}]
				.map((part) => base64(JSON.stringify(part)).replaceAll('=', ''))
				.join('.');
		const fresh = jwt(Date.now() / 1000 + 3600);
		const user = (name: string, config: Record<string, string>): UserEntry => ({
			authProvider: {name, config},
		});
		await to(server.url, {user: user('oidc', {'id-token': fresh})}).request(
			get,
		);
		expect(authorizations(server)).toEqual([`Bearer ${fresh}`]);
		const stale = await to(server.url, {
			user: user('oidc', {'id-token': jwt(1)}),
		}).request(get);
		expect(stale).toMatchObject({
			problem: {
				kind: 'credentials',
				message: expect.stringContaining('log in again') as string,
			},
		});
		const gone = await to(server.url, {user: user('gcp', {})}).request(get);
		expect(gone).toMatchObject({
			problem: {
				message: expect.stringContaining('gke-gcloud-auth-plugin') as string,
			},
		});
	}, 30_000);

	it('never appear in what is said', async () => {
		const server = await serve();
		refuse(server, () => true);
		const answer = await to(server.url, {
			user: {token: 'top-secret'},
		}).request(get);
		expect(JSON.stringify(answer)).not.toContain('top-secret');
	});
});

describe('a stream', () => {
	it('hands on what comes as it comes, and can be closed', async () => {
		const server = await serve();
		let isClosed = false;
		server.intercept = (_, response) => {
			response.writeHead(200, {'content-type': 'text/x'});
			response.write('first');
			response.once('close', () => {
				isClosed = true;
			});
			return true;
		};

		const answer = await to(server.url, {requestTimeout: 200}).stream(get);
		if (!answer.ok) {
			throw new Error(answer.problem.message);
		}

		expect(answer.value.contentType).toBe('text/x');
		const iterator = answer.value.body[Symbol.asyncIterator]();
		const first = await iterator.next();
		expect(String(first.value)).toBe('first');
		answer.value.close();
		await expect(iterator.next()).rejects.toThrow();
		await vi.waitFor(() => {
			expect(isClosed).toBe(true);
		});
	});
});

afterAll(() => {
	vi.restoreAllMocks();
});
