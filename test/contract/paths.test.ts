import {type Client} from './client.js';
import {configMap, contract, core, offloading} from './contract.js';

const liqo = '/apis/offloading.liqo.io/v1beta1';

/**
Asks for paths, and keeps of what is there only that it is.
*/
const ask = async (
	{request, note}: Client,
	method: string,
	...paths: readonly string[]
): Promise<void> => {
	for (const path of paths) {
		const {status, headers, body} = await request(method, path, {
			isSilent: true,
		});
		note({
			request: `${method} ${path.slice(0, 200)}`,
			status,
			type: headers['content-type'],
			sniff: headers['x-content-type-options'],
			...(status !== 200 && {body}),
		});
	}
};

const everywhere = (namespace: string) => [
	'/',
	'/api',
	'/api/v1',
	'/apis/apps',
	'/apis/apps/v1',
	'/healthz',
	'/version',
	'/nothing',
	'/api/v1/nothing',
	`${core(namespace, 'nothing')}/x`,
	'/apis/none.io/v1/things/x',
	core(namespace, 'configmaps'),
	core(namespace, 'configmaps', 'c'),
	`${liqo}/namespaces/${namespace}/namespaceoffloadings`,
	`${liqo}/namespaces/${namespace}/namespaceoffloadings/o`,
	'/api/v1/configmaps',
	'/api/v1/nodes/',
	`${core(namespace, 'pods', 'p')}/status`,
	`${core(namespace, 'pods', 'p')}/log`,
	`/api/v1/namespaces/${namespace}/finalize`,
	'/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
];

contract('paths', {
	async 'with slashes where there should be none'(client) {
		const {namespace, post} = client;
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await ask(
			client,
			'GET',
			'//',
			'/api/',
			'/api//',
			'/apis/',
			'/apis//',
			'//api/v1',
			'/api//v1',
			'/api/v1/',
			'/api/v1//namespaces',
			'/api/v1/namespaces/',
			'/api/v1/namespaces//',
			`/api/v1/namespaces/${namespace}/`,
			`/api/v1/namespaces/${namespace}//configmaps`,
			core(namespace, 'configmaps/'),
			core(namespace, 'configmaps//c'),
			core(namespace, 'configmaps/c/'),
			core(namespace, 'configmaps/c//'),
			`${liqo}/`,
			`${liqo}/namespaces/${namespace}/namespaceoffloadings/`,
		);
	},
	async 'that lead nowhere'(client) {
		const {namespace} = client;
		await ask(
			client,
			'GET',
			'/apix',
			'/nothing',
			'/api/v2',
			'/api/v2/pods',
			'/api/v1/nothing',
			'/api/v1/nothing/x/y/z',
			core(namespace, 'nothing'),
			core(namespace, 'nothing', 'x'),
			core(namespace, 'nodes'),
			core(namespace, 'nodes', 'n'),
			'/api/v1/configmaps/c',
			'/apis/apps/v2',
			'/apis/apps/v2/deployments',
			'/apis/apps/v1/nothing',
			'/apis/none.io',
			'/apis/none.io/v1',
			'/apis/none.io/v1/things',
			'/apis/none.io/v1/namespaces/default/things/x',
			'/apis/offloading.liqo.io/v9',
			`${liqo}/nothing`,
			`${liqo}/namespaces/${namespace}/nothing`,
			`${liqo}/namespaceoffloadings/x`,
			'/apis/offloading.liqo.io/v9/namespaces/default/namespaceoffloadings',
			core(namespace, 'configmaps/c/status'),
			core(namespace, 'configmaps/c/nothing/more'),
			core(namespace, 'pods/p/nothing'),
			core(namespace, 'pods/p/log'),
			`${liqo}/namespaces/${namespace}/namespaceoffloadings/o/x`,
			`/api/v1/namespaces/${namespace}/finalize`,
			'/api/v1/watch',
			'/api/v1/watch/nothing',
			'/healthz/',
			'/healthz/nothing',
			'/healthz/etcd',
			'/livez/ping',
			'/readyz/',
			'/version/x',
			'/openapi',
			'/openapi/v3/',
			'/openapi/v3/apis/none',
			'/swagger.json',
			'/favicon.ico',
		);
	},
	async 'with names that are none'(client) {
		const {namespace, post} = client;
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await ask(
			client,
			'GET',
			...[
				'%63',
				'c%20',
				'%2e%2e',
				'..',
				'.',
				'../configmaps/c',
				'./c',
				'c%2fx',
				'%zz',
				'c%25',
				'c%00',
				'C_d',
				'c;x=1',
				'c+d',
				'%C3%BC',
				'a'.repeat(300),
				'a'.repeat(9000),
			].map((name) => core(namespace, 'configmaps', name)),
			'/api/v1/namespaces/X_Y/configmaps',
			'/api/v1/namespaces/x_y/configmaps/c',
		);
	},
	async 'asked with methods that do not suit them'(client) {
		const {namespace, post} = client;
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		for (const method of ['OPTIONS', 'HEAD', 'TRACE', 'PURGE', 'PUT', 'POST']) {
			await ask(client, method, ...everywhere(namespace));
		}

		await ask(
			client,
			'DELETE',
			'/api',
			'/api/v1',
			'/version',
			'/nothing',
			`${core(namespace, 'pods', 'p')}/status`,
			`${core(namespace, 'pods', 'p')}/log`,
			`/api/v1/namespaces/${namespace}/finalize`,
		);
	},
	async 'written to as if they were others'({namespace, post, put, patch}) {
		const one = `${liqo}/namespaces/${namespace}/namespaceoffloadings`;
		await post(`${one}/o`, offloading());
		await post(`${one}/o`, {...offloading(), spec: undefined});
		await put(one, offloading());
		await patch(one, 'merge', {});
		await post(core(namespace, 'configmaps', 'c'), configMap('c'));
		await post('/api/v1/configmaps/c', configMap('c'));
		await put(core(namespace, 'configmaps'), configMap('c'));
		await patch(core(namespace, 'configmaps'), 'merge', {});
		await put(`/api/v1/namespaces/${namespace}/finalize`, configMap('c'));
		await post(`${core(namespace, 'pods', 'p')}/binding`, configMap('c'));
		await post(`${core(namespace, 'pods', 'p')}/eviction`, configMap('c'));
		await put(
			`/apis/apps/v1/namespaces/${namespace}/deployments/d/scale`,
			configMap('c'),
		);
		await post(
			'/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
			configMap('c'),
		);
	},
});
