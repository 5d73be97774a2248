import {configMap, contract, core, liqo, offloading, pod} from './contract.js';

contract('delete', {
	async 'of an object'({namespace, post, get, delete: remove}) {
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await remove(core(namespace, 'configmaps', 'c'));
		await get(core(namespace, 'configmaps', 'c'));
	},
	async 'of what is not there'({namespace, delete: remove}) {
		await remove(core(namespace, 'configmaps', 'c'));
	},
	async 'of a custom resource'({namespace, post, delete: remove}) {
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		await remove(liqo(namespace, 'namespaceoffloadings', 'offloading'));
	},
	async 'of a custom resource that is not there'({namespace, delete: remove}) {
		await remove(liqo(namespace, 'namespaceoffloadings', 'offloading'));
	},
	async 'with a finalizer, twice, then freed'({
		namespace,
		post,
		patch,
		get,
		delete: remove,
	}) {
		const path = core(namespace, 'configmaps', 'c');
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {}, {finalizers: ['a.b/c']}),
		);
		await remove(path);
		await remove(path);
		await post(core(namespace, 'configmaps'), configMap('c'));
		await patch(path, 'merge', {data: {still: 'editable'}});
		await patch(path, 'merge', {metadata: {finalizers: ['a.b/c', 'd.e/f']}});
		await patch(path, 'merge', {metadata: {finalizers: null}});
		await get(path);
	},
	async 'of a custom resource with a finalizer'({
		namespace,
		post,
		patch,
		get,
		delete: remove,
	}) {
		const path = liqo(namespace, 'namespaceoffloadings', 'offloading');
		await post(
			liqo(namespace, 'namespaceoffloadings'),
			offloading({}, {finalizers: ['a.b/c']}),
		);
		await remove(path);
		await post(liqo(namespace, 'namespaceoffloadings'), offloading());
		await patch(path, 'merge', {spec: {podOffloadingStrategy: 'Remote'}});
		await patch(path, 'merge', {metadata: {finalizers: []}});
		await get(path);
	},
	async 'with the right uid'({namespace, post, delete: remove}) {
		const {body} = await post(core(namespace, 'configmaps'), configMap('c'));
		await remove(core(namespace, 'configmaps', 'c'), {
			apiVersion: 'v1',
			kind: 'DeleteOptions',
			preconditions: {uid: body.metadata.uid},
		});
	},
	async 'with a wrong uid'({namespace, post, delete: remove}) {
		await post(core(namespace, 'configmaps'), configMap('c'));
		await remove(core(namespace, 'configmaps', 'c'), {
			preconditions: {uid: '00000000-0000-0000-0000-000000000000'},
		});
	},
	async 'with a wrong resourceVersion'({namespace, post, delete: remove}) {
		await post(core(namespace, 'configmaps'), configMap('c'));
		await remove(core(namespace, 'configmaps', 'c'), {
			preconditions: {resourceVersion: '1'},
		});
	},
	async 'as a dry run'({namespace, post, get, delete: remove}) {
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await remove(`${core(namespace, 'configmaps', 'c')}?dryRun=All`);
		await get(core(namespace, 'configmaps', 'c'));
	},
	async 'in the foreground'({namespace, post, delete: remove}) {
		await post(core(namespace, 'configmaps'), configMap('c'));
		await remove(core(namespace, 'configmaps', 'c'), {
			propagationPolicy: 'Foreground',
		});
	},
	async 'with orphans'({namespace, post, delete: remove}) {
		await post(core(namespace, 'configmaps'), configMap('c'));
		await remove(core(namespace, 'configmaps', 'c'), {
			propagationPolicy: 'Orphan',
		});
	},
	async 'in the background'({namespace, post, delete: remove}) {
		await post(core(namespace, 'configmaps'), configMap('c'));
		await remove(core(namespace, 'configmaps', 'c'), {
			propagationPolicy: 'Background',
		});
	},
	async 'with an unknown propagation'({namespace, post, delete: remove}) {
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await remove(core(namespace, 'configmaps', 'c'), {
			propagationPolicy: 'Sideways',
		});
	},
	async 'of a pod without a node'({namespace, post, get, delete: remove}) {
		await post(core(namespace, 'pods'), pod('p'), {isSetup: true});
		await remove(core(namespace, 'pods', 'p'));
		await get(core(namespace, 'pods', 'p'));
	},
	async 'of a pod with a node'({namespace, post, get, delete: remove}) {
		await post(core(namespace, 'pods'), pod('p', {nodeName: 'n'}), {
			isSetup: true,
		});
		await remove(core(namespace, 'pods', 'p'));
		await get(core(namespace, 'pods', 'p'));
		await remove(core(namespace, 'pods', 'p'), {gracePeriodSeconds: 5});
		await remove(core(namespace, 'pods', 'p'), {gracePeriodSeconds: 0});
		await get(core(namespace, 'pods', 'p'));
	},
	async 'of a pod with a grace period'({namespace, post, delete: remove}) {
		await post(core(namespace, 'pods'), pod('p', {nodeName: 'n'}), {
			isSetup: true,
		});
		await remove(core(namespace, 'pods', 'p'), {gracePeriodSeconds: 3});
	},
	async 'of a pod at once'({namespace, post, get, delete: remove}) {
		await post(core(namespace, 'pods'), pod('p', {nodeName: 'n'}), {
			isSetup: true,
		});
		await remove(`${core(namespace, 'pods', 'p')}?gracePeriodSeconds=0`);
		await get(core(namespace, 'pods', 'p'));
	},
	async 'of a namespace'({namespace, get, delete: remove, put}) {
		await remove(`/api/v1/namespaces/${namespace}`);
		await remove(`/api/v1/namespaces/${namespace}`);
		const {body} = await get(`/api/v1/namespaces/${namespace}`);
		await put(`/api/v1/namespaces/${namespace}/finalize`, {
			...body,
			spec: {finalizers: []},
		});
		await get(`/api/v1/namespaces/${namespace}`);
	},
	async 'of a collection'({namespace, post, get, delete: remove}) {
		await post(
			core(namespace, 'configmaps'),
			configMap('a', {}, {labels: {x: '1'}}),
			{isSetup: true},
		);
		await post(
			core(namespace, 'configmaps'),
			configMap('b', {}, {labels: {x: '2'}}),
			{isSetup: true},
		);
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {}, {labels: {x: '1'}}),
			{isSetup: true},
		);
		await remove(`${core(namespace, 'configmaps')}?labelSelector=x%3D1`);
		await get(core(namespace, 'configmaps'));
	},
	async 'of a collection of custom resources'({
		namespace,
		post,
		delete: remove,
	}) {
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		await remove(liqo(namespace, 'namespaceoffloadings'));
	},
	async 'of an empty collection'({namespace, delete: remove}) {
		await remove(core(namespace, 'secrets'));
	},
	async 'with a body that is no JSON'({namespace, request}) {
		await request('DELETE', core(namespace, 'configmaps', 'c'), {raw: '{'});
	},
});
