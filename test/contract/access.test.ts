import {type Cases, configMap, contract, core, pod} from './contract.js';

const rbac = '/apis/rbac.authorization.k8s.io/v1';

const review = (attributes: unknown) => ({
	apiVersion: 'authorization.k8s.io/v1',
	kind: 'SelfSubjectAccessReview',
	spec: {resourceAttributes: attributes},
});

const refusals: Cases = Object.fromEntries(
	(
		[
			['GET', 'pods', ''],
			['GET', 'pods', 'p'],
			['POST', 'pods', ''],
			['DELETE', 'pods', ''],
			['DELETE', 'pods', 'p'],
			['PUT', 'pods', 'p/status'],
		] as const
	).map(([method, plural, name]) => [
		`nobody may ${method} ${plural}/${name}`,
		async ({namespace, request}) => {
			await request(method, core(namespace, plural, name), {user: 'nobody'});
		},
	]),
);

contract('access', {
	...refusals,
	async 'with a wrong token'({get}) {
		await get('/api/v1/nodes', {user: 'wrong'});
	},
	async 'with no token'({get}) {
		await get('/api/v1/nodes', {user: 'none'});
	},
	async 'with no token to the version'({request, note}) {
		const {status} = await request('GET', '/version', {
			user: 'none',
			isSetup: true,
		});
		note(status);
	},
	async 'to a path that is no resource'({get}) {
		await get('/metrics', {user: 'nobody'});
	},
	async 'to the nodes'({get}) {
		await get('/api/v1/nodes', {user: 'nobody'});
	},
	async 'to custom resources'({namespace, get}) {
		await get(
			`/apis/offloading.liqo.io/v1beta1/namespaces/${namespace}/namespaceoffloadings`,
			{user: 'nobody'},
		);
	},
	async 'by a role in one namespace'({namespace, post, get, request}) {
		await post(
			`${rbac}/namespaces/${namespace}/roles`,
			{
				apiVersion: 'rbac.authorization.k8s.io/v1',
				kind: 'Role',
				metadata: {name: 'reader'},
				rules: [
					{apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list']},
				],
			},
			{isSetup: true},
		);
		await post(
			`${rbac}/namespaces/${namespace}/rolebindings`,
			{
				apiVersion: 'rbac.authorization.k8s.io/v1',
				kind: 'RoleBinding',
				metadata: {name: 'readers'},
				roleRef: {
					apiGroup: 'rbac.authorization.k8s.io',
					kind: 'Role',
					name: 'reader',
				},
				subjects: [
					{
						apiGroup: 'rbac.authorization.k8s.io',
						kind: 'Group',
						name: 'viewers',
					},
				],
			},
			{isSetup: true},
		);
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		for (let status = 0, tries = 0; status !== 200 && tries < 200; tries++) {
			// The real authorizer learns of a binding through a watch.
			const {status: found} = await request(
				'POST',
				'/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
				{
					user: 'viewer',
					isSetup: true,
					body: review({namespace, verb: 'get', resource: 'configmaps'}),
				},
			).then(({body}) => ({status: body.status.allowed === true ? 200 : 403}));
			status = found;
		}

		await get(core(namespace, 'configmaps', 'c'), {user: 'viewer'});
		await get(core(namespace, 'secrets'), {user: 'viewer'});
		await get(core('default', 'configmaps'), {user: 'viewer'});
		await request('DELETE', core(namespace, 'configmaps', 'c'), {
			user: 'viewer',
		});
		await get('/api/v1/configmaps', {user: 'viewer'});
	},
	async 'reviews of oneself'({namespace, post}) {
		const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
		await post(path, review({namespace, verb: 'delete', resource: 'pods'}), {
			user: 'nobody',
		});
		await post(
			path,
			{
				apiVersion: 'authorization.k8s.io/v1',
				kind: 'SelfSubjectAccessReview',
				spec: {nonResourceAttributes: {path: '/version', verb: 'get'}},
			},
			{isSetup: true},
		);
	},
	async 'who one is'({post, note}) {
		const {body, status} = await post(
			'/apis/authentication.k8s.io/v1/selfsubjectreviews',
			{apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview'},
			{user: 'viewer', isSetup: true},
		);
		note({
			status,
			name: body.status.userInfo.username,
			groups: body.status.userInfo.groups,
		});
	},
	async "in somebody else's name"({get}) {
		await get('/api/v1/nodes', {
			headers: {'impersonate-user': 'jane', 'impersonate-group': 'devs'},
		});
	},
	async "in somebody else's name without the right"({get}) {
		await get('/api/v1/nodes', {
			user: 'nobody',
			headers: {'impersonate-user': 'jane'},
		});
	},
	async 'binding a pod'({namespace, post, get}) {
		await post(core(namespace, 'pods'), pod('p'), {isSetup: true});
		const binding = {
			apiVersion: 'v1',
			kind: 'Binding',
			metadata: {name: 'p'},
			target: {apiVersion: 'v1', kind: 'Node', name: 'n1'},
		};
		await post(core(namespace, 'pods', 'p/binding'), binding);
		await post(core(namespace, 'pods', 'p/binding'), binding);
		await get(core(namespace, 'pods', 'p'));
	},
	async 'binding a pod that is not there'({namespace, post}) {
		await post(core(namespace, 'pods', 'p/binding'), {
			apiVersion: 'v1',
			kind: 'Binding',
			metadata: {name: 'p'},
			target: {apiVersion: 'v1', kind: 'Node', name: 'n1'},
		});
	},
	async 'evicting a pod'({namespace, post, get}) {
		await post(core(namespace, 'pods'), pod('p'), {isSetup: true});
		await post(core(namespace, 'pods', 'p/eviction'), {
			apiVersion: 'policy/v1',
			kind: 'Eviction',
			metadata: {name: 'p'},
		});
		await get(core(namespace, 'pods', 'p'));
	},
	async 'scaling a deployment'({namespace, post, get, patch, put}) {
		const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
		await post(
			path,
			{
				apiVersion: 'apps/v1',
				kind: 'Deployment',
				metadata: {name: 'd'},
				spec: {
					selector: {matchLabels: {app: 'd'}},
					template: {
						metadata: {labels: {app: 'd'}},
						spec: {containers: [{name: 'c', image: 'x'}]},
					},
				},
			},
			{isSetup: true},
		);
		const {body} = await get(`${path}/d/scale`);
		await put(`${path}/d/scale`, {...body, spec: {replicas: 4}});
		await patch(`${path}/d/scale`, 'merge', {spec: {replicas: 2}});
		await patch(`${path}/d/scale`, 'merge', {spec: {replicas: -2}});
	},
});
