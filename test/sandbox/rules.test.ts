import {afterEach, beforeEach, expect, test} from 'vitest';
import {type Cluster, startCluster} from '../../source/sandbox/cluster.js';

let cluster: Cluster;

beforeEach(async () => {
	cluster = await startCluster({name: 'home'});
});

afterEach(async () => {
	await cluster.stop();
});

const post = async (path: string, body: unknown) => {
	const response = await fetch(`${cluster.url}${path}`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${cluster.token}`,
			'content-type': 'application/json',
		},
		body: JSON.stringify(body),
	});
	return {
		status: response.status,
		warning: response.headers.get('warning') ?? '',
	};
};

const define = async (rule: string) =>
	post('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: 'tools.rules.test'},
		spec: {
			group: 'rules.test',
			scope: 'Namespaced',
			names: {plural: 'tools', kind: 'Tool'},
			versions: [
				{
					name: 'v1',
					served: true,
					storage: true,
					schema: {
						openAPIV3Schema: {
							type: 'object',
							properties: {
								version: {
									type: 'string',
									'x-kubernetes-validations': [{rule}],
								},
							},
						},
					},
				},
			],
		},
	});

const create = async (version: string) =>
	post('/apis/rules.test/v1/namespaces/default/tools', {
		apiVersion: 'rules.test/v1',
		kind: 'Tool',
		metadata: {name: 'hammer'},
		version,
	});

test('says which rule it cannot evaluate, and takes what the rule is about', async () => {
	const {status, warning} = await define('semver(self).major() == 1');
	expect(status).toBe(201);
	expect(warning).toContain(
		'x-kubernetes-validations[0].rule: this server does not know semver() and leaves the rule out',
	);
	const {status: created} = await create('2.0.0');
	expect(created).toBe(201);
});

test('says nothing of rules that it evaluates', async () => {
	const {status, warning} = await define("self.startsWith('1.')");
	expect(status).toBe(201);
	expect(warning).toBe('');
	const {status: refused} = await create('2.0.0');
	expect(refused).toBe(422);
	const {status: created} = await create('1.0.0');
	expect(created).toBe(201);
});
