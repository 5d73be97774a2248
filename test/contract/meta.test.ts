import {configMap, contract, core, liqo, offloading, pod} from './contract.js';

const table = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

type Resource = {
	name: string;
	kind: string;
	verbs: string[];
	namespaced: boolean;
	singularName: string;
	shortNames?: string[];
	categories?: string[];
};

const known = new Set([
	'namespaces',
	'nodes',
	'pods',
	'configmaps',
	'secrets',
	'events',
	'services',
	'serviceaccounts',
	'deployments',
	'replicasets',
	'statefulsets',
	'daemonsets',
	'leases',
	'clusterroles',
	'clusterrolebindings',
	'roles',
	'rolebindings',
	'customresourcedefinitions',
	'mutatingwebhookconfigurations',
	'validatingwebhookconfigurations',
	'storageclasses',
	'selfsubjectaccessreviews',
	'selfsubjectrulesreviews',
	'namespaceoffloadings',
	'namespaceoffloadings/status',
	'namespacemaps',
	'namespacemaps/status',
	'virtualnodes',
	'virtualnodes/status',
	'shadowpods',
	'foreignclusters',
	'pods/status',
	'pods/binding',
	'pods/eviction',
	'namespaces/status',
	'namespaces/finalize',
	'nodes/status',
	'deployments/scale',
	'deployments/status',
	'jobs',
	'cronjobs',
	'endpointslices',
	'poddisruptionbudgets',
	'runtimeclasses',
	'priorityclasses',
]);

const groups = [
	'/api/v1',
	'/apis/apps/v1',
	'/apis/batch/v1',
	'/apis/coordination.k8s.io/v1',
	'/apis/rbac.authorization.k8s.io/v1',
	'/apis/admissionregistration.k8s.io/v1',
	'/apis/apiextensions.k8s.io/v1',
	'/apis/storage.k8s.io/v1',
	'/apis/authorization.k8s.io/v1',
	'/apis/discovery.k8s.io/v1',
	'/apis/policy/v1',
	'/apis/node.k8s.io/v1',
	'/apis/offloading.liqo.io/v1beta1',
	'/apis/core.liqo.io/v1beta1',
];

contract('meta', {
	...Object.fromEntries(
		groups.map((path) => [
			`discovery of ${path}`,
			async ({
				get,
				note,
			}: Parameters<Parameters<typeof contract>[1][string]>[0]) => {
				const {body} = await get(path, {isSetup: true});
				note({
					kind: body.kind,
					groupVersion: body.groupVersion,
					resources: (body.resources as Resource[])
						.filter(({name}) => known.has(name))
						.map(
							({
								storageVersionHash,
								...resource
							}: Resource & {storageVersionHash?: string}) => resource,
						)
						.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
				});
			},
		]),
	),
	async 'discovery of one group'({get}) {
		await get('/apis/offloading.liqo.io');
	},
	async 'discovery of all groups'({get, note}) {
		const {body} = await get('/apis', {isSetup: true});
		note(
			body.groups
				.filter((group: {name: string}) =>
					['apps', 'offloading.liqo.io', 'policy'].includes(group.name),
				)
				.toSorted((left: {name: string}, right: {name: string}) =>
					left.name < right.name ? -1 : 1,
				),
		);
	},
	async 'aggregated discovery'({get, note}) {
		const {body, headers} = await get('/apis', {
			isSetup: true,
			accept:
				'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
		});
		note({
			type: headers['content-type'],
			kind: body.kind,
			apiVersion: body.apiVersion,
			liqo: body.items.find(
				(item: {metadata: {name: string}}) =>
					item.metadata.name === 'core.liqo.io',
			)?.versions,
		});
	},
	async 'aggregated discovery of the core'({get, note}) {
		const {body} = await get('/api', {
			isSetup: true,
			accept:
				'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
		});
		note(
			body.items[0].versions[0].resources.filter(
				(resource: {resource: string}) =>
					['configmaps', 'namespaces'].includes(resource.resource),
			),
		);
	},
	async 'paths that lead nowhere'({namespace, get}) {
		await get('/apis/nothing.example.com');
		await get('/apis/nothing.example.com/v1');
		await get('/apis/nothing.example.com/v1/things');
		await get('/api/v1/things');
		await get('/apis/apps/v1/things');
		await get('/apis/offloading.liqo.io/v1beta1/things');
		await get('/apis/offloading.liqo.io/v1/namespaceoffloadings');
		await get(core(namespace, 'configmaps', 'c/status'));
		await get(liqo(namespace, 'namespaceoffloadings', 'offloading/scale'));
	},
	async 'an object that is not there'({namespace, get}) {
		await get(core(namespace, 'configmaps', 'c'));
		await get(liqo(namespace, 'namespaceoffloadings', 'offloading'));
		await get('/api/v1/namespaces/not-there');
	},
	async 'bodies that are no objects'({namespace, request}) {
		const path = core(namespace, 'configmaps');
		await request('POST', path, {raw: '{'});
		await request('POST', path, {raw: 'text'});
		await request('POST', path, {raw: '[1]'});
		await request('POST', path, {raw: '"text"'});
		await request('POST', path, {raw: '{"kind": 5}'});
		await request('POST', path, {raw: '{"a": 1,}'});
		await request('POST', path, {raw: '{"a": tru}'});
	},
	async 'a body of another type'({namespace, request}) {
		await request('POST', core(namespace, 'configmaps'), {
			raw: 'a: b',
			contentType: 'text/plain',
		});
	},
	async 'a body that is too large'({namespace, request, note}) {
		const {status, body} = await request(
			'POST',
			core(namespace, 'configmaps'),
			{
				raw: JSON.stringify(
					configMap('c', {a: 'x'.repeat(3 * 1024 * 1024 + 10)}),
				),
			},
		);
		note([status, body.reason]);
	},
	async 'an Accept that nobody can meet'({namespace, get}) {
		await get(core(namespace, 'configmaps'), {accept: 'text/html'});
	},
	async 'the table of pods'({namespace, post, get}) {
		await post(core(namespace, 'pods'), pod('p', {nodeName: 'n1'}), {
			isSetup: true,
		});
		await get(core(namespace, 'pods'), {
			accept: table,
			isSetup: true,
		});
		await get(`${core(namespace, 'pods', 'p')}?includeObject=None`, {
			accept: table,
			isSetup: true,
		});
	},
	async 'rows of pods'({namespace, post, get, note, patch}) {
		await post(core(namespace, 'pods'), pod('p', {nodeName: 'n1'}), {
			isSetup: true,
		});
		await patch(
			core(namespace, 'pods', 'p/status'),
			'merge',
			{
				status: {
					phase: 'Running',
					podIP: '10.0.0.1',
					podIPs: [{ip: '10.0.0.1'}],
					containerStatuses: [
						{
							name: 'main',
							ready: true,
							restartCount: 2,
							image: 'x',
							imageID: 'y',
							state: {running: {}},
						},
					],
				},
			},
			{isSetup: true},
		);
		await post(core(namespace, 'pods'), pod('q'), {isSetup: true});
		const {body} = await get(`${core(namespace, 'pods')}?includeObject=None`, {
			accept: table,
			isSetup: true,
		});
		note({
			columns: body.columnDefinitions.map(
				({description, ...column}: {description: string}) => column,
			),
			rows: body.rows.map((row: {cells: unknown[]}) =>
				row.cells.toSpliced(4, 1),
			),
		});
	},
	async 'the table of offloadings'({namespace, post, get}) {
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		const {body} = await get(liqo(namespace, 'namespaceoffloadings'), {
			accept: table,
			isSetup: true,
		});
		body.rows.length = 0;
		await get(
			`${liqo(namespace, 'namespaceoffloadings')}?includeObject=None&labelSelector=no%3Done`,
			{accept: table},
		);
	},
	async 'rows of offloadings and maps'({namespace, post, get, note}) {
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		await post(
			liqo(namespace, 'namespacemaps'),
			{
				apiVersion: 'offloading.liqo.io/v1beta1',
				kind: 'NamespaceMap',
				metadata: {name: 'm', labels: {'liqo.io/replication': 'true'}},
				spec: {},
			},
			{isSetup: true},
		);
		for (const plural of ['namespaceoffloadings', 'namespacemaps']) {
			const {body} = await get(liqo(namespace, plural), {
				accept: table,
				isSetup: true,
			});
			note({
				columns: body.columnDefinitions.map(
					({name, type, priority}: Record<string, unknown>) => ({
						name,
						type,
						priority,
					}),
				),
				cells: body.rows[0].cells.slice(0, -1),
				object: Object.keys(body.rows[0].object),
			});
		}
	},
	...Object.fromEntries(
		(
			[
				['nodes', '/api/v1/nodes'],
				['namespaces', '/api/v1/namespaces'],
				['secrets', '/api/v1/secrets'],
				['configmaps', '/api/v1/configmaps'],
				['events', '/api/v1/events'],
				['services', '/api/v1/services'],
				['deployments', '/apis/apps/v1/deployments'],
				['replicasets', '/apis/apps/v1/replicasets'],
				['statefulsets', '/apis/apps/v1/statefulsets'],
				['daemonsets', '/apis/apps/v1/daemonsets'],
				['jobs', '/apis/batch/v1/jobs'],
				['cronjobs', '/apis/batch/v1/cronjobs'],
				['leases', '/apis/coordination.k8s.io/v1/leases'],
				['clusterroles', '/apis/rbac.authorization.k8s.io/v1/clusterroles'],
				['rolebindings', '/apis/rbac.authorization.k8s.io/v1/rolebindings'],
				[
					'webhooks',
					'/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
				],
				[
					'definitions',
					'/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
				],
				['storage classes', '/apis/storage.k8s.io/v1/storageclasses'],
				['virtual nodes', '/apis/offloading.liqo.io/v1beta1/virtualnodes'],
				['foreign clusters', '/apis/core.liqo.io/v1beta1/foreignclusters'],
			] as const
		).map(([name, path]) => [
			`columns of ${name}`,
			async ({
				get,
				note,
			}: Parameters<Parameters<typeof contract>[1][string]>[0]) => {
				const {body} = await get(`${path}?limit=1`, {
					accept: table,
					isSetup: true,
				});
				note(
					body.columnDefinitions.map(
						({
							name: column,
							type,
							priority,
							format,
						}: Record<string, unknown>) => ({
							column,
							type,
							priority,
							format,
						}),
					),
				);
			},
		]),
	),
});
