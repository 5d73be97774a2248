import {apps, contract, core, liqo, offloading, pod} from './contract.js';

const deployment = (replicas = 2) => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web'},
	spec: {
		replicas,
		selector: {matchLabels: {app: 'web'}},
		template: {
			metadata: {labels: {app: 'web'}},
			spec: {containers: [{name: 'web', image: 'nginx:1'}]},
		},
	},
});

const scale = (namespace: string, replicas: number, extra = {}) => ({
	apiVersion: 'autoscaling/v1',
	kind: 'Scale',
	metadata: {name: 'web', namespace, ...extra},
	spec: {replicas},
});

contract('subresources', {
	async 'scale: read, replaced, patched'({namespace, post, put, patch, get}) {
		const path = `${apps(namespace, 'deployments', 'web')}/scale`;
		await post(apps(namespace, 'deployments'), deployment(), {isSetup: true});
		await get(path);
		await put(path, scale(namespace, 3));
		await patch(path, 'merge', {spec: {replicas: 4}});
		await patch(path, 'json', [
			{op: 'replace', path: '/spec/replicas', value: 5},
		]);
		await patch(path, 'merge', {spec: {replicas: -1}});
		await put(path, scale(namespace, 1, {resourceVersion: '1'}));
		await patch(path, 'merge', {spec: {replicas: 6}}, {isSetup: true});
		await get(apps(namespace, 'deployments', 'web'));
	},
	async 'scale: what is not there'({namespace, get, put}) {
		const path = `${apps(namespace, 'deployments', 'web')}/scale`;
		await get(path);
		await put(path, scale(namespace, 3));
		await get(`${core(namespace, 'configmaps', 'c')}/scale`);
		await get(`${liqo(namespace, 'namespaceoffloadings', 'offloading')}/scale`);
	},
	async 'scale: dry run'({namespace, post, put, get}) {
		const path = `${apps(namespace, 'deployments', 'web')}/scale`;
		await post(apps(namespace, 'deployments'), deployment(), {isSetup: true});
		await put(`${path}?dryRun=All`, scale(namespace, 9));
		await get(path);
	},
	async 'status: patched by merge and strategically'({namespace, post, patch}) {
		await post(core(namespace, 'pods'), pod('p'), {isSetup: true});
		const path = `${core(namespace, 'pods', 'p')}/status`;
		await patch(path, 'strategic', {
			status: {
				conditions: [{type: 'Ready', status: 'True'}],
				phase: 'Running',
				podIP: '10.0.0.1',
			},
		});
		await patch(path, 'strategic', {
			status: {conditions: [{type: 'Ready', status: 'False', reason: 'X'}]},
		});
		await patch(path, 'merge', {status: {message: 'hello'}});
		await patch(path, 'merge', {spec: {containers: []}});
		await patch(path, 'merge', {metadata: {labels: {a: 'b'}}});
	},
	async 'status: of a custom resource'({namespace, post, patch, put, get}) {
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		const path = `${liqo(namespace, 'namespaceoffloadings', 'offloading')}/status`;
		await patch(path, 'merge', {status: {offloadingPhase: 'Ready'}});
		await patch(path, 'merge', {
			status: {offloadingPhase: 7},
			spec: {podOffloadingStrategy: 'Local'},
		});
		await patch(path, 'json', [{op: 'remove', path: '/status'}]);
		const {body} = await get(path);
		await put(path, {...body, status: {offloadingPhase: 'InProgress'}});
	},
	async eviction({namespace, post, get}) {
		await post(core(namespace, 'pods'), pod('p', {nodeName: 'n1'}), {
			isSetup: true,
		});
		await post(core(namespace, 'pods'), pod('q'), {isSetup: true});
		const eviction = (name: string, extra = {}) => ({
			apiVersion: 'policy/v1',
			kind: 'Eviction',
			metadata: {name, namespace},
			...extra,
		});
		await post(
			`${core(namespace, 'pods', 'missing')}/eviction`,
			eviction('missing'),
		);
		await post(`${core(namespace, 'pods', 'p')}/eviction`, eviction('other'));
		await post(
			`${core(namespace, 'pods', 'p')}/eviction?dryRun=All`,
			eviction('p'),
		);
		await post(
			`${core(namespace, 'pods', 'p')}/eviction`,
			eviction('p', {deleteOptions: {preconditions: {uid: 'x'}}}),
		);
		await post(`${core(namespace, 'pods', 'p')}/eviction`, eviction('p'));
		await get(core(namespace, 'pods', 'p'));
		await post(`${core(namespace, 'pods', 'q')}/eviction`, eviction('q'));
		await get(core(namespace, 'pods', 'q'));
	},
	async 'eviction against a budget'({namespace, post, patch}) {
		await post(
			core(namespace, 'pods'),
			pod('p', {nodeName: 'n1'}, {labels: {app: 'web'}}),
			{isSetup: true},
		);
		await patch(
			`${core(namespace, 'pods', 'p')}/status`,
			'strategic',
			{
				status: {
					phase: 'Running',
					conditions: [{type: 'Ready', status: 'True'}],
				},
			},
			{isSetup: true},
		);
		await post(
			`/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`,
			{
				apiVersion: 'policy/v1',
				kind: 'PodDisruptionBudget',
				metadata: {name: 'b'},
				spec: {minAvailable: 1, selector: {matchLabels: {app: 'web'}}},
			},
			{isSetup: true},
		);
		await post(`${core(namespace, 'pods', 'p')}/eviction`, {
			apiVersion: 'policy/v1',
			kind: 'Eviction',
			metadata: {name: 'p', namespace},
		});
	},
	async binding({namespace, post, get}) {
		await post(core(namespace, 'pods'), pod('p'), {isSetup: true});
		const binding = (name: string, node: string | undefined) => ({
			apiVersion: 'v1',
			kind: 'Binding',
			metadata: {name, namespace},
			...(node !== undefined && {
				target: {apiVersion: 'v1', kind: 'Node', name: node},
			}),
		});
		const path = `${core(namespace, 'pods', 'p')}/binding`;
		await post(path, binding('p', undefined));
		await post(path, binding('other', 'n1'));
		await post(path, binding('p', 'n1'));
		await post(path, binding('p', 'n2'));
		await get(core(namespace, 'pods', 'p'));
	},
	async 'finalize a namespace'({namespace, post, put, get, delete: remove}) {
		const name = `${namespace}-x`;
		const path = `/api/v1/namespaces/${name}`;
		await post(
			'/api/v1/namespaces',
			{apiVersion: 'v1', kind: 'Namespace', metadata: {name}},
			{isSetup: true},
		);
		await put(`${path}/finalize`, {
			apiVersion: 'v1',
			kind: 'Namespace',
			metadata: {name},
			spec: {finalizers: ['kubernetes', 'a.b/c']},
		});
		await remove(path);
		await put(`${path}/finalize`, {
			apiVersion: 'v1',
			kind: 'Namespace',
			metadata: {name},
			spec: {finalizers: []},
		});
		await get(path);
	},
	async 'deletecollection by a selector'({
		namespace,
		post,
		get,
		delete: remove,
	}) {
		for (const [name, team] of [
			['a', 'x'],
			['b', 'y'],
			['c', 'x'],
		] as const) {
			await post(core(namespace, 'pods'), pod(name, {}, {labels: {team}}), {
				isSetup: true,
			});
		}

		await remove(
			`${core(namespace, 'pods')}?labelSelector=team%3Dx&dryRun=All`,
		);
		await remove(`${core(namespace, 'pods')}?labelSelector=team%3Dx`);
		await get(core(namespace, 'pods'));
		await remove(`${core(namespace, 'pods')}?labelSelector=(`);
		await remove('/api/v1/namespaces');
	},
	async 'subresources that are none'({namespace, post, get, put}) {
		await post(core(namespace, 'pods'), pod('p'), {isSetup: true});
		await get(`${core(namespace, 'pods', 'p')}/nothing`);
		await put(`${core(namespace, 'configmaps', 'p')}/status`, {});
		await get(`${core(namespace, 'pods', 'p')}/binding`);
		await get(`${core(namespace, 'pods', 'p')}/eviction`);
		await get(`${core(namespace, 'pods', 'missing')}/status`);
	},
});
