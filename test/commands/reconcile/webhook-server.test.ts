import {Buffer} from 'node:buffer';
import {afterEach, describe, expect, it} from 'vitest';
import {Agent, request} from 'undici';
import {
	absent,
	isJsonObject,
	type JsonObject,
} from '../../../source/core/json.js';
import {generationById} from '../../../source/core/generations/index.js';
import {startWebhookServer} from '../../../source/commands/reconcile/webhook-server.js';
import {
	podWebhook,
	webhookConfigurations,
} from '../../../source/commands/reconcile/webhook-configurations.js';
import {createFakeClock} from '../../controller/fake-clock.js';
import {createFakeServer} from '../../controller/fake-server.js';
import {offloading} from '../../controller/objects.js';

const closers: Array<() => Promise<void>> = [];

afterEach(async () => {
	for (const close of closers.splice(0)) {
		await close();
	}
});

const start = async (
	rules: 'upstream' | 'corrected' = 'corrected',
	generation: 'v1beta1' | 'v0.3' = 'v1beta1',
) => {
	const clock = createFakeClock();
	const server = createFakeServer({clock, generation});
	server.echo = 0;
	const webhooks = await startWebhookServer({
		listen: {host: '127.0.0.1', port: 0},
		hosts: ['127.0.0.1', 'liqoscope.liqo.svc'],
		review: {cluster: server.store.world.consumer, rules},
	});
	// Trusts the authority it was given and nothing else, as the API server does with a caBundle.
	const agent = new Agent({connect: {ca: webhooks.authority}});
	closers.push(async () => {
		await agent.close();
		await webhooks.close();
	});
	const post = async (path: string, body: unknown, method = 'POST') => {
		const answer = await request(
			`https://127.0.0.1:${webhooks.address.port}${path}`,
			{
				method,
				dispatcher: agent,
				...(method === 'POST' && {
					body: typeof body === 'string' ? body : JSON.stringify(body),
				}),
			},
		);
		return {status: answer.statusCode, text: await answer.body.text()};
	};

	const review = async (path: string, of: JsonObject) => {
		const {status, text} = await post(path, reviewOf(of));
		expect(status).toBe(200);
		const answer = JSON.parse(text) as {
			apiVersion: string;
			kind: string;
			response: {
				uid: string;
				allowed: boolean;
				patch?: string;
				patchType?: string;
				warnings?: string[];
				status?: {code: number; message: string};
			};
		};
		expect(answer).toMatchObject({
			apiVersion: 'admission.k8s.io/v1',
			kind: 'AdmissionReview',
			response: {uid: 'abc'},
		});
		return answer.response;
	};

	return {server, post, review, webhooks};
};

const pod: JsonObject = {
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'web', namespace: 'shop'},
	spec: {containers: [{name: 'web', image: 'nginx'}]},
};

const podCreation: JsonObject = {
	operation: 'CREATE',
	resource: {group: '', version: 'v1', resource: 'pods'},
	namespace: 'shop',
	object: pod,
};

const reviewOf = (of: JsonObject): JsonObject => ({
	apiVersion: 'admission.k8s.io/v1',
	kind: 'AdmissionReview',
	request: {uid: 'abc', ...of},
});

describe('webhook server', () => {
	it('answers a pod with the JSON patch that constrains it', async () => {
		const {server, review} = await start();
		server.put('home', offloading('shop'));
		const response = await review('/mutate/pod', {
			operation: 'CREATE',
			namespace: 'shop',
			object: pod,
		});
		expect(response).toMatchObject({allowed: true, patchType: 'JSONPatch'});
		const patch = JSON.parse(
			Buffer.from(response.patch!, 'base64').toString(),
		) as JsonObject[];
		expect(patch).toContainEqual({
			op: 'add',
			path: '/spec/tolerations',
			value: [
				{
					key: 'virtual-node.liqo.io/not-allowed',
					operator: 'Exists',
					effect: 'NoExecute',
				},
			],
		});
		expect(patch.every(({path}) => path !== '/spec/containers')).toBe(true);
	});

	it('reads the strategy live', async () => {
		const {server, review} = await start();
		server.put('home', offloading('shop'));
		server.merge('home', 'NamespaceOffloading', 'shop', 'offloading', {
			spec: {podOffloadingStrategy: 'Local'},
		});
		const response = await review('/mutate/pod', {
			operation: 'CREATE',
			namespace: 'shop',
			object: pod,
		});
		expect(response).toEqual({uid: 'abc', allowed: true});
	});

	it('refuses a pod of a labelled namespace without an offloading, as v1 does', async () => {
		const {review} = await start();
		const response = await review('/mutate/pod', {
			operation: 'CREATE',
			namespace: 'shop',
			object: pod,
		});
		expect(response).toEqual({
			uid: 'abc',
			allowed: false,
			status: {code: 500, message: 'failed retrieving NamespaceOffloading'},
		});
	});

	it('leaves the same pod to the failurePolicy, as v0.3 does', async () => {
		const {post} = await start('upstream', 'v0.3');
		const answer = await post('/mutate/pod', reviewOf(podCreation));
		expect(answer).toEqual({
			status: 500,
			text: 'unable to correctly mutate the request\n',
		});
	});

	it('leaves pods to the failurePolicy while the offloadings are not known', async () => {
		const {server, post} = await start();
		server.store.setAccess('home', 'NamespaceOffloading', {
			state: 'stale',
			since: 0,
			reason: 'connection lost',
		});
		const {status} = await post('/mutate/pod', reviewOf(podCreation));
		expect(status).toBe(500);
	});

	it.each<readonly [string, JsonObject]>([
		['UPDATE', {operation: 'UPDATE'}],
		['DELETE', {operation: 'DELETE', object: absent}],
		['CONNECT', {operation: 'CONNECT', subResource: 'exec'}],
		['a binding', {subResource: 'binding'}],
		['an eviction', {subResource: 'eviction'}],
		['another kind', {resource: {group: 'batch', resource: 'jobs'}}],
	])('leaves alone what it is not registered for: %s', async (_, change) => {
		const {server, review} = await start();
		server.put('home', offloading('shop'));
		const response = await review('/mutate/pod', {...podCreation, ...change});
		expect(response).toEqual({uid: 'abc', allowed: true});
	});

	it('answers a dry run as any other request', async () => {
		const {server, review} = await start();
		server.put('home', offloading('shop'));
		const response = await review('/mutate/pod', {
			...podCreation,
			dryRun: true,
		});
		expect(response.patch).toBeDefined();
	});

	const misnamed: JsonObject = {
		...offloading('shop'),
		metadata: {name: 'other', namespace: 'shop'},
	};

	it.each<readonly [string, JsonObject]>([
		['DELETE', {operation: 'DELETE', object: absent, oldObject: misnamed}],
		['CONNECT', {operation: 'CONNECT'}],
		['a status', {operation: 'UPDATE', subResource: 'status'}],
	])(
		'lets a misnamed offloading pass that it is not registered for: %s',
		async (_, change) => {
			const {review} = await start();
			const response = await review('/validate/namespace-offloading', {
				operation: 'CREATE',
				resource: {
					group: 'offloading.liqo.io',
					version: 'v1beta1',
					resource: 'namespaceoffloadings',
				},
				namespace: 'shop',
				object: misnamed,
				...change,
			});
			expect(response).toEqual({uid: 'abc', allowed: true});
		},
	);

	it.each([
		['/mutate/pod', {operation: 'CREATE'}],
		['/validate/namespace-offloading', {operation: 'CREATE'}],
		[
			'/validate/namespace-offloading',
			{operation: 'UPDATE', object: offloading('shop'), oldObject: absent},
		],
	])('refuses a request to %s without what it is about', async (path, of) => {
		const {review} = await start();
		expect(await review(path, of)).toEqual({
			uid: 'abc',
			allowed: false,
			status: {code: 400, message: 'there is no content to decode'},
		});
	});

	it('judges a creation by the new object alone', async () => {
		const {review} = await start();
		const response = await review('/validate/namespace-offloading', {
			operation: 'CREATE',
			object: offloading('shop'),
			oldObject: absent,
		});
		expect(response).toEqual({uid: 'abc', allowed: true});
	});

	it('refuses a change of the mapping strategy in Liqo’s words', async () => {
		const {review} = await start();
		const response = await review('/validate/namespace-offloading', {
			operation: 'UPDATE',
			namespace: 'shop',
			object: {
				...offloading('shop'),
				spec: {
					namespaceMappingStrategy: 'EnforceSameName',
					podOffloadingStrategy: 'LocalAndRemote',
				},
			},
			oldObject: offloading('shop'),
		});
		expect(response.status).toEqual({
			code: 403,
			reason: 'Forbidden',
			message:
				'The NamespaceMappingStrategy value cannot be modified after creation',
		});
	});

	it('warns when the strategy gets stricter', async () => {
		const {review} = await start();
		const response = await review('/validate/namespace-offloading', {
			operation: 'UPDATE',
			namespace: 'shop',
			object: {
				...offloading('shop'),
				spec: {
					namespaceMappingStrategy: 'DefaultName',
					podOffloadingStrategy: 'Remote',
				},
			},
			oldObject: offloading('shop'),
		});
		expect(response.allowed).toBe(true);
		expect(response.warnings).toHaveLength(1);
	});

	it.each([
		['/mutate/pod', 'nonsense', 400],
		['/mutate/pod', {kind: 'Pod'}, 400],
		[
			'/mutate/pod',
			{apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview'},
			400,
		],
		['/elsewhere', {}, 404],
		['/__proto__', {}, 404],
		['/mutate/pod', `"${'x'.repeat(9 * 1024 * 1024)}"`, 413],
	])('survives nonsense posted to %s', async (path, body, status) => {
		const {post} = await start();
		const first = await post(path, body).catch(() => ({status}));
		expect(first.status).toBe(status);
		const {status: next} = await post('/elsewhere', {});
		expect(next).toBe(404);
	});

	it('survives objects without form', async () => {
		const {server, review} = await start();
		server.put('home', offloading('shop'));
		for (const object of [
			{},
			{spec: 7},
			{spec: {affinity: 'x', tolerations: 'y'}},
			{metadata: []},
		] as JsonObject[]) {
			const response = await review('/mutate/pod', {
				operation: 'CREATE',
				namespace: 'shop',
				object,
			});
			expect(typeof response.allowed).toBe('boolean');
		}
	});

	it('wants posts', async () => {
		const {post} = await start();
		expect(await post('/mutate/pod', '', 'GET')).toMatchObject({status: 405});
	});

	it('registers what Liqo of the same generation registers', async () => {
		const target = {kind: 'url', origin: 'https://127.0.0.1:1'} as const;
		const authority = 'PEM';
		const [pods, offloadings, ...rest] = webhookConfigurations({
			generation: generationById('v1beta1'),
			target,
			authority,
		});
		expect(rest).toEqual([]);
		expect(pods).toMatchObject({
			kind: 'MutatingWebhookConfiguration',
			webhooks: [
				{
					name: podWebhook,
					failurePolicy: 'Fail',
					clientConfig: {
						url: 'https://127.0.0.1:1/mutate/pod',
						caBundle: Buffer.from('PEM').toString('base64'),
					},
				},
			],
		});
		expect(offloadings).toMatchObject({
			kind: 'ValidatingWebhookConfiguration',
			webhooks: [{name: 'nsoff.validate.liqo.io', failurePolicy: 'Fail'}],
		});
		const [legacy, ...others] = webhookConfigurations({
			generation: generationById('v0.3'),
			target: {
				kind: 'service',
				namespace: 'liqo',
				name: 'liqoscope',
				port: 443,
			},
			authority,
		});
		expect(others).toEqual([]);
		expect(isJsonObject(legacy)).toBe(true);
		expect(legacy).toMatchObject({
			webhooks: [
				{
					failurePolicy: 'Ignore',
					timeoutSeconds: 5,
					clientConfig: {
						service: {
							namespace: 'liqo',
							name: 'liqoscope',
							path: '/mutate/pod',
						},
					},
				},
			],
		});
	});
});
