import {Buffer} from 'node:buffer';
import net from 'node:net';
import process from 'node:process';
import http from 'node:http';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {createCertificateAuthority} from '../../source/sandbox/certificates.js';
import {chooseProxy, isExempt} from '../../source/kube/proxy.js';
import {FakeApiServer} from './fake-api-server.js';
import {transportTo} from './helpers.js';

describe('NO_PROXY', () => {
	it.each([
		['https://api.corp.example', 'corp.example', true],
		['https://api.corp.example', '.corp.example', true],
		['https://api.corp.example', '*.corp.example', true],
		['https://corp.example', 'corp.example', true],
		['https://notcorp.example', 'corp.example', false],
		['https://10.1.2.3:6443', '10.0.0.0/8', true],
		['https://11.1.2.3', '10.0.0.0/8', false],
		['https://[fd00::5]', 'fd00::/16', true],
		['https://10.1.2.3:6443', '10.1.2.3:6443', true],
		['https://10.1.2.3:6443', '10.1.2.3:443', false],
		['https://10.1.2.3', '10.1.2.3:443', true],
		['https://anything.example', '*', true],
		['https://anything.example', 'a, b ,anything.example', true],
		['https://127.0.0.1:6443', '', true],
		['https://localhost', '', true],
		['https://api.example', '', false],
		['https://api.example', '10.0.0.0/99,bad/8', false],
	])('%s and %j: %s', (url, noProxy, wanted) => {
		expect(isExempt(new URL(url), noProxy)).toBe(wanted);
	});
});

describe('the choice of a proxy', () => {
	const server = 'https://api.example:6443';
	it.each([
		[undefined, {}, undefined],
		[undefined, {HTTPS_PROXY: 'http://p:3128'}, 'http://p:3128'],
		[undefined, {https_proxy: 'p:3128'}, 'http://p:3128'],
		[undefined, {HTTP_PROXY: 'http://p:3128'}, undefined],
		[undefined, {HTTPS_PROXY: 'http://p', NO_PROXY: 'example'}, undefined],
		['socks5://s:1080', {HTTPS_PROXY: 'http://p'}, 'socks5://s:1080'],
		['http://own', {NO_PROXY: '*'}, 'http://own'],
	])('proxy-url %s, environment %j: %s', (proxyUrl, env, wanted) => {
		expect(chooseProxy(server, proxyUrl, env)).toEqual({
			ok: true,
			value: wanted,
		});
	});

	it.each(['ftp://x', 'http://'])('%s is refused', (proxyUrl) => {
		expect(chooseProxy(server, proxyUrl, {})).toMatchObject({
			ok: false,
			problem: {kind: 'config'},
		});
	});
});

describe('a connection through a proxy', () => {
	let server: FakeApiServer;
	let authority: string;
	const closing: Array<() => void> = [];
	beforeEach(async () => {
		const ca = await createCertificateAuthority();
		const pair = await ca.issue({
			commonName: 'api',
			hosts: ['127.0.0.1', 'api.internal'],
		});
		authority = ca.certificate;
		server = await new FakeApiServer({
			cert: pair.certificate,
			key: pair.key,
		}).listen();
		server.put('a', 'one');
	});
	afterEach(async () => {
		for (const close of closing.splice(0)) {
			close();
		}

		await server.close();
	});

	const listen = async (proxy: net.Server): Promise<number> => {
		await new Promise<void>((resolve) => {
			proxy.listen(0, '127.0.0.1', resolve);
		});
		closing.push(() => {
			proxy.close();
		});
		return (proxy.address() as net.AddressInfo).port;
	};

	const join = (client: net.Socket, port: number): net.Socket => {
		const onward = net.connect(port, '127.0.0.1');
		for (const socket of [client, onward]) {
			socket.on('error', () => {
				client.destroy();
				onward.destroy();
			});
		}

		onward.pipe(client);
		client.pipe(onward);
		return onward;
	};

	it('goes through an HTTP proxy with CONNECT, with its credentials', async () => {
		const asked: Array<[string | undefined, string | undefined]> = [];
		const proxy = http.createServer();
		proxy.on('connect', (request, socket) => {
			asked.push([request.url, request.headers['proxy-authorization']]);
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			join(socket as net.Socket, server.port);
		});
		const port = await listen(proxy);
		const transport = transportTo('https://api.internal:6443', {
			authority,
			proxy: `http://me:secret@127.0.0.1:${port}`,
		});
		const answer = await transport.request({path: '/api/v1/configmaps'});
		await transport.close();
		expect(answer).toMatchObject({ok: true, value: {code: 200}});
		expect(asked).toEqual([
			[
				'api.internal:6443',
				`Basic ${Buffer.from('me:secret').toString('base64')}`,
			],
		]);
	});

	it('goes through a SOCKS5 proxy that looks the name up, without a word on the console', async () => {
		const warn = vi.spyOn(process, 'emitWarning');
		const asked: string[] = [];
		const proxy = net.createServer((socket) => {
			let step = 0;
			socket.on('error', () => undefined);
			socket.on('data', (data) => {
				if (step === 0) {
					step++;
					socket.write(Buffer.from([5, 0]));
				} else if (step === 1) {
					step++;
					socket.removeAllListeners('data');
					asked.push(data.subarray(5, 5 + data[4]!).toString());
					socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
					join(socket, server.port);
				}
			});
		});
		const port = await listen(proxy);
		const transport = transportTo('https://api.internal:6443', {
			authority,
			proxy: `socks5h://127.0.0.1:${port}`,
		});
		const answer = await transport.request({path: '/api/v1/configmaps'});
		await transport.close();
		expect(answer).toMatchObject({ok: true});
		expect(asked).toEqual(['api.internal']);
		expect(warn).not.toHaveBeenCalled();
	});

	it('says that the proxy refuses', async () => {
		const proxy = http.createServer();
		proxy.on('connect', (_, socket) => {
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
		});
		const port = await listen(proxy);
		const transport = transportTo('https://api.internal:6443', {
			authority,
			proxy: `http://127.0.0.1:${port}`,
		});
		const answer = await transport.request({path: '/version'});
		await transport.close();
		expect(answer).toMatchObject({
			ok: false,
			problem: {
				kind: 'unreachable',
				message: expect.stringContaining(
					'proxy refuses the way there (407)',
				) as string,
			},
		});
	});
});
