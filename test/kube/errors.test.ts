import {describe, expect, it} from 'vitest';
import {
	problemOfResponse,
	readRetryAfter,
	type RequestContext,
} from '../../source/kube/errors.js';
import {
	describeRule,
	describeTarget,
	readTarget,
} from '../../source/kube/request-target.js';

const context = (
	method = 'GET',
	path = '/api/v1/namespaces/shop/pods/web',
): RequestContext => ({
	method,
	path,
	server: 'https://api:6443',
	title: 'prod',
});

const status = (message: string, more: object = {}): string =>
	JSON.stringify({kind: 'Status', message, ...more});

describe('what a request is about', () => {
	it.each([
		['GET', '/api/v1/pods', 'list', '', 'pods', '', '', ''],
		['GET', '/api/v1/pods?watch=true', 'watch', '', 'pods', '', '', ''],
		['GET', '/api/v1/namespaces', 'list', '', 'namespaces', '', '', ''],
		['GET', '/api/v1/namespaces/a', 'get', '', 'namespaces', '', '', 'a'],
		[
			'PUT',
			'/api/v1/namespaces/a/finalize',
			'update',
			'',
			'namespaces',
			'finalize',
			'',
			'a',
		],
		[
			'PATCH',
			'/api/v1/namespaces/a/status',
			'patch',
			'',
			'namespaces',
			'status',
			'',
			'a',
		],
		['POST', '/api/v1/namespaces/a/pods', 'create', '', 'pods', '', 'a', ''],
		[
			'DELETE',
			'/apis/apps/v1/namespaces/a/deployments/d',
			'delete',
			'apps',
			'deployments',
			'',
			'a',
			'd',
		],
		[
			'DELETE',
			'/apis/apps/v1/namespaces/a/deployments',
			'deletecollection',
			'apps',
			'deployments',
			'',
			'a',
			'',
		],
		[
			'GET',
			'/api/v1/namespaces/a/pods/p%2Fq/log',
			'get',
			'',
			'pods',
			'log',
			'a',
			'p/q',
		],
		['GET', '/version', 'get', '', '', '', '', ''],
	])('%s %s', (...row) => {
		const [method, path, verb, group, resource, subresource, namespace, name] =
			row;
		expect(readTarget(method, path)).toMatchObject({
			verb,
			group,
			resource,
			subresource,
			namespace,
			name,
		});
	});

	it('is said in words, and as a rule', () => {
		const target = readTarget(
			'PATCH',
			'/apis/offloading.liqo.io/v1beta1/namespaces/shop/namespaceoffloadings/offloading/status',
		);
		expect(describeTarget(target)).toBe(
			'namespaceoffloadings.offloading.liqo.io/status "offloading" in namespace shop',
		);
		expect(describeRule(target, ['patch'])).toBe(
			'{apiGroups: ["offloading.liqo.io"], resources: ["namespaceoffloadings/status"], verbs: ["patch"]} (Role in namespace shop)',
		);
	});
});

describe('an answer that is no success', () => {
	it.each([
		[
			401,
			'unauthorized',
			/does not accept the credentials of prod .*log in again/v,
		],
		[404, 'not-found', /^Not there: pods "web" not found\.$/v],
		[409, 'conflict', /Somebody else changed pods "web" in namespace shop/v],
		[410, 'gone', /too old/v],
		[413, 'too-large', /too large/v],
		[415, 'unsupported', /does not support/v],
		[422, 'invalid', /does not accept this get/v],
		[429, 'too-many-requests', /overloaded/v],
		[500, 'server', /failed to get pods "web"/v],
		[503, 'server', /\(503\)/v],
		[504, 'timeout', /too long/v],
	])('%s is %s', (code, kind, wanted) => {
		const problem = problemOfResponse(
			code,
			status('pods "web" not found', {code}),
			context(),
		);
		expect(problem).toMatchObject({
			kind,
			code,
			message: expect.stringMatching(wanted) as string,
		});
	});

	it('names the rule that is missing', () => {
		const problem = problemOfResponse(
			403,
			status(
				'pods "web" is forbidden: User "eve" cannot delete resource "pods"',
			),
			context('DELETE'),
		);
		expect(problem).toMatchObject({
			kind: 'forbidden',
			rule: '{apiGroups: [""], resources: ["pods"], verbs: ["delete"]} (Role in namespace shop)',
			message: expect.stringMatching(
				/^No permission to delete pods "web"/v,
			) as string,
		});
	});

	it('does not take the veto of a webhook for a missing rule', () => {
		const problem = problemOfResponse(
			403,
			status(
				'admission webhook "nso.validate.liqo.io" denied the request: podOffloadingStrategy is immutable',
			),
			context('PATCH'),
		);
		expect(problem.rule).toBeUndefined();
		expect(problem.message).toMatch(/^Refused to patch .*immutable/v);
	});

	it('tells a name that is taken from a conflict, and an expired token from others', () => {
		expect(
			problemOfResponse(409, status('x', {reason: 'AlreadyExists'}), context()),
		).toMatchObject({kind: 'already-exists'});
		expect(
			problemOfResponse(400, status('x', {reason: 'Expired'}), context()),
		).toMatchObject({kind: 'gone'});
	});

	it('says the causes where the message says nothing, and quotes no whole objects', () => {
		expect(
			problemOfResponse(
				422,
				status('the server rejected our request due to an error', {
					details: {causes: [{message: 'unknown field'}, 7]},
				}),
				context('PATCH'),
			).message,
		).toContain('unknown field');
		const quoted = JSON.stringify(JSON.stringify({a: 'x'.repeat(300)}));
		expect(
			problemOfResponse(
				422,
				status(`patch: Invalid value: ${quoted}: unknown field "spec.foo"`),
				context('PATCH'),
			).message,
		).toMatch(/Invalid value: unknown field "spec\.foo"$/v);
	});

	it.each([
		['<html><body>502 Bad Gateway</body></html>', /\(502\)\.$/v],
		['upstream is down', /upstream is down/v],
		['', /\(502\)\.$/v],
		['[1]', /502/v],
		['{"kind":"Status","message":7}', /502/v],
	])('reads any body: %j', (body, wanted) => {
		expect(problemOfResponse(502, body, context()).message).toMatch(wanted);
	});

	it.each([
		['3', 3000],
		['0', 0],
		['', undefined],
		[undefined, undefined],
		['soon', undefined],
		['Sun, 22 Nov 2026 10:00:05 GMT', 5000],
		['Sun, 22 Nov 2026 09:00:00 GMT', 0],
	])('reads Retry-After %j', (header, wanted) => {
		expect(readRetryAfter(header, Date.parse('2026-11-22T10:00:00Z'))).toBe(
			wanted,
		);
	});
});
