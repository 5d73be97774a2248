import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createGate} from '../../source/kube/gate.js';
import {FakeApiServer} from './fake-api-server.js';
import {transportTo} from './helpers.js';

const reviews = [
	'/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
	'/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
];

describe('the gate of --readonly', () => {
	const gate = createGate(true);

	it('lets out reads and the two self-reviews', () => {
		expect(gate('GET', '/api/v1/pods?watch=true').ok).toBe(true);
		expect(gate('GET', '/version').ok).toBe(true);
		for (const review of reviews) {
			expect(gate('POST', review).ok).toBe(true);
			expect(gate('POST', `${review}?dryRun=All`).ok).toBe(true);
		}
	});

	it.each([
		['POST', '/api/v1/namespaces'],
		['POST', '/api/v1/namespaces?dryRun=All'],
		['PUT', reviews[0]],
		['POST', `${reviews[0]}/`],
		['POST', `${reviews[0]}/../../../../api/v1/namespaces`],
		['POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews'],
		[
			'POST',
			'/apis/authorization.k8s.io/v1/namespaces/a/localsubjectaccessreviews',
		],
		['post', reviews[0]],
		['PATCH', '/api/v1/nodes/n'],
		['DELETE', '/api/v1/nodes/n'],
		['HEAD', '/api/v1/nodes'],
		['OPTIONS', '/api/v1/nodes'],
		['CONNECT', '/api/v1/nodes'],
		['GET', '/api/v1/namespaces/a/pods/p/exec?command=rm'],
		['GET', '/api/v1/namespaces/a/pods/p/attach'],
		['GET', '/api/v1/namespaces/a/pods/p/portforward'],
		['GET', '/api/v1/namespaces/a/services/s/proxy/delete-all'],
		['GET', '/api/v1/nodes/n/proxy/run/a/b'],
		['GET', '/api/v1/namespaces/a/pods/../../../x'],
	])('refuses %s %s', (method, path) => {
		expect(gate(method, path!)).toMatchObject({
			ok: false,
			problem: {
				kind: 'refused-readonly',
				message: expect.stringMatching(
					/^Read-only: .* was not sent\.$/v,
				) as string,
			},
		});
	});

	it('refuses every other method on any path', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'Get', 'GET '),
					fc.string(),
				),
				fc.webPath(),
				(method, path) => {
					fc.pre(method !== 'GET' && !reviews.includes(path));
					expect(gate(method, path).ok).toBe(false);
				},
			),
		);
	});

	it('lets everything out when not read-only', () => {
		expect(createGate(false)('DELETE', '/api/v1/nodes/n').ok).toBe(true);
	});
});

describe('a read-only transport', () => {
	it('sends no write, by neither of its ways', async () => {
		const server = await new FakeApiServer().listen();
		const transport = transportTo(server.url, {isReadOnly: true});
		try {
			for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
				for (const way of ['request', 'stream'] as const) {
					const answer = await transport[way]({
						method,
						path: '/api/v1/namespaces/a/configmaps/x',
						body: '{}',
					});
					expect(answer).toMatchObject({
						ok: false,
						problem: {kind: 'refused-readonly'},
					});
				}
			}

			expect(server.seen).toEqual([]);
			expect(Object.isFrozen(transport) || transport.isReadOnly).toBe(true);
			await transport.request({path: '/api/v1/configmaps'});
			expect(server.seen.map(({method}) => method)).toEqual(['GET']);
		} finally {
			await transport.close();
			await server.close();
		}
	});
});
