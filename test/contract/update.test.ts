import {
	apps,
	configMap,
	contract,
	core,
	liqo,
	offloading,
	pod,
} from './contract.js';

contract('update', {
	async data({namespace, post, put}) {
		const {body} = await post(
			core(namespace, 'configmaps'),
			configMap('c', {a: '1'}),
		);
		await put(core(namespace, 'configmaps', 'c'), {...body, data: {a: '2'}});
	},
	async 'without a change'({namespace, post, put}) {
		const {body} = await post(
			core(namespace, 'configmaps'),
			configMap('c', {a: '1'}),
		);
		await put(core(namespace, 'configmaps', 'c'), body);
	},
	async 'without a resourceVersion'({namespace, post, put}) {
		await post(core(namespace, 'configmaps'), configMap('c', {a: '1'}));
		await put(core(namespace, 'configmaps', 'c'), configMap('c', {a: '3'}));
	},
	async 'with an old resourceVersion'({namespace, post, put}) {
		const {body} = await post(
			core(namespace, 'configmaps'),
			configMap('c', {a: '1'}),
		);
		await put(core(namespace, 'configmaps', 'c'), {...body, data: {a: '2'}});
		await put(core(namespace, 'configmaps', 'c'), {...body, data: {a: '3'}});
	},
	async 'with another uid'({namespace, post, put}) {
		const {body} = await post(core(namespace, 'configmaps'), configMap('c'));
		await put(core(namespace, 'configmaps', 'c'), {
			...body,
			metadata: {...body.metadata, uid: '00000000-0000-0000-0000-000000000000'},
		});
	},
	async 'with another name'({namespace, post, put}) {
		await post(core(namespace, 'configmaps'), configMap('c'));
		await put(core(namespace, 'configmaps', 'c'), configMap('d'));
	},
	async 'without a name'({namespace, post, put}) {
		await post(core(namespace, 'configmaps'), configMap('c'));
		await put(core(namespace, 'configmaps', 'c'), {
			apiVersion: 'v1',
			kind: 'ConfigMap',
		});
	},
	async 'with another namespace'({namespace, post, put}) {
		await post(core(namespace, 'configmaps'), configMap('c'));
		await put(
			core(namespace, 'configmaps', 'c'),
			configMap('c', {}, {namespace: 'default'}),
		);
	},
	async 'of what is not there'({namespace, put}) {
		await put(core(namespace, 'configmaps', 'c'), configMap('c'));
	},
	async 'of what is not there, with a version'({namespace, put}) {
		await put(
			core(namespace, 'configmaps', 'c'),
			configMap('c', {}, {resourceVersion: '1'}),
		);
	},
	async 'of a custom resource that is not there'({namespace, put}) {
		await put(
			liqo(namespace, 'namespaceoffloadings', 'offloading'),
			offloading(),
		);
	},
	async 'of a custom resource without a resourceVersion'({
		namespace,
		post,
		put,
	}) {
		await post(liqo(namespace, 'namespaceoffloadings'), offloading());
		await put(
			liqo(namespace, 'namespaceoffloadings', 'offloading'),
			offloading(),
		);
	},
	async 'of a spec counts the generation'({namespace, post, put}) {
		const {body} = await post(
			liqo(namespace, 'namespaceoffloadings'),
			offloading(),
		);
		const {body: next} = await put(
			liqo(namespace, 'namespaceoffloadings', 'offloading'),
			{
				...body,
				spec: {...body.spec, podOffloadingStrategy: 'Remote'},
			},
		);
		await put(liqo(namespace, 'namespaceoffloadings', 'offloading'), {
			...next,
			metadata: {...next.metadata, labels: {a: 'b'}},
		});
	},
	async 'of a status through the main resource'({namespace, post, put}) {
		const {body} = await post(
			liqo(namespace, 'namespaceoffloadings'),
			offloading(),
		);
		await put(liqo(namespace, 'namespaceoffloadings', 'offloading'), {
			...body,
			status: {offloadingPhase: 'Ready'},
		});
	},
	async 'of a status through its subresource'({namespace, post, put}) {
		const {body} = await post(
			liqo(namespace, 'namespaceoffloadings'),
			offloading(),
		);
		await put(liqo(namespace, 'namespaceoffloadings', 'offloading/status'), {
			...body,
			metadata: {...body.metadata, labels: {ignored: 'yes'}},
			spec: {podOffloadingStrategy: 'Local'},
			status: {offloadingPhase: 'Ready', observedGeneration: 1},
		});
	},
	async 'of a status that breaks the schema'({namespace, post, put}) {
		const {body} = await post(liqo(namespace, 'namespacemaps'), {
			apiVersion: 'offloading.liqo.io/v1beta1',
			kind: 'NamespaceMap',
			metadata: {name: 'm'},
			spec: {desiredMapping: {a: 'b'}},
		});
		await put(liqo(namespace, 'namespacemaps', 'm/status'), {
			...body,
			status: {currentMapping: {a: {phase: 'Fine', remoteNamespace: 'b'}}},
		});
	},
	async 'of an immutable configmap'({namespace, post, put}) {
		const {body} = await post(core(namespace, 'configmaps'), {
			...configMap('c', {a: '1'}),
			immutable: true,
		});
		await put(core(namespace, 'configmaps', 'c'), {...body, data: {a: '2'}});
	},
	async "of a secret's type"({namespace, post, put}) {
		const {body} = await post(core(namespace, 'secrets'), {
			apiVersion: 'v1',
			kind: 'Secret',
			metadata: {name: 's'},
		});
		await put(core(namespace, 'secrets', 's'), {...body, type: 'other/type'});
	},
	async 'of a roleRef'({namespace, post, put}) {
		const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`;
		const {body} = await post(path, {
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'RoleBinding',
			metadata: {name: 'b'},
			roleRef: {
				apiGroup: 'rbac.authorization.k8s.io',
				kind: 'ClusterRole',
				name: 'view',
			},
		});
		await put(`${path}/b`, {...body, roleRef: {...body.roleRef, name: 'edit'}});
	},
	async "of a deployment's selector"({namespace, post, put}) {
		const {body} = await post(
			apps(namespace, 'deployments'),
			{
				apiVersion: 'apps/v1',
				kind: 'Deployment',
				metadata: {name: 'd'},
				spec: {
					selector: {matchLabels: {app: 'd'}},
					template: {
						metadata: {labels: {app: 'd', other: 'x'}},
						spec: {containers: [{name: 'c', image: 'nginx'}]},
					},
				},
			},
			{isSetup: true},
		);
		await put(apps(namespace, 'deployments', 'd'), {
			...body,
			spec: {...body.spec, selector: {matchLabels: {other: 'x'}}},
		});
	},
	async "of a deployment's replicas counts the generation"({
		namespace,
		post,
		put,
	}) {
		const {body} = await post(
			apps(namespace, 'deployments'),
			{
				apiVersion: 'apps/v1',
				kind: 'Deployment',
				metadata: {name: 'd'},
				spec: {
					selector: {matchLabels: {app: 'd'}},
					template: {
						metadata: {labels: {app: 'd'}},
						spec: {containers: [{name: 'c', image: 'nginx'}]},
					},
				},
			},
			{isSetup: true},
		);
		await put(apps(namespace, 'deployments', 'd'), {
			...body,
			spec: {...body.spec, replicas: 3},
		});
	},
	async "of a pod's image"({namespace, post, put}) {
		const {body} = await post(core(namespace, 'pods'), pod('p'), {
			isSetup: true,
		});
		await put(core(namespace, 'pods', 'p'), {
			...body,
			spec: {
				...body.spec,
				containers: [{...body.spec.containers[0], image: 'nginx:2'}],
			},
		});
	},
	async "of a pod's tolerations"({namespace, post, put}) {
		const {body} = await post(core(namespace, 'pods'), pod('p'), {
			isSetup: true,
		});
		await put(core(namespace, 'pods', 'p'), {
			...body,
			spec: {
				...body.spec,
				tolerations: [...body.spec.tolerations, {key: 'a', operator: 'Exists'}],
			},
		});
	},
	async 'of a pod that takes a toleration away'({namespace, post, put}) {
		const {body} = await post(core(namespace, 'pods'), pod('p'), {
			isSetup: true,
		});
		await put(core(namespace, 'pods', 'p'), {
			...body,
			spec: {...body.spec, tolerations: body.spec.tolerations.slice(1)},
		});
	},
	async "of a pod's number of containers"({namespace, post, put}) {
		const {body} = await post(core(namespace, 'pods'), pod('p'), {
			isSetup: true,
		});
		await put(core(namespace, 'pods', 'p'), {
			...body,
			spec: {
				...body.spec,
				containers: [...body.spec.containers, {name: 'b', image: 'busybox'}],
			},
		});
	},
	async "of a pod's status"({namespace, post, put}) {
		const {body} = await post(core(namespace, 'pods'), pod('p'), {
			isSetup: true,
		});
		await put(core(namespace, 'pods', 'p/status'), {
			...body,
			metadata: {...body.metadata, labels: {kept: 'yes'}},
			status: {phase: 'Running', podIP: '10.0.0.1', podIPs: [{ip: '10.0.0.1'}]},
		});
	},
	async 'of labels to illegal ones'({namespace, post, put}) {
		const {body} = await post(core(namespace, 'configmaps'), configMap('c'));
		await put(core(namespace, 'configmaps', 'c'), {
			...body,
			metadata: {...body.metadata, labels: {'a b': 'c'}},
		});
	},
	async 'of creation and deletion times'({namespace, post, put}) {
		const {body} = await post(core(namespace, 'configmaps'), configMap('c'));
		await put(core(namespace, 'configmaps', 'c'), {
			...body,
			metadata: {
				...body.metadata,
				creationTimestamp: '2001-01-01T00:00:00Z',
				deletionTimestamp: '2001-01-01T00:00:00Z',
			},
		});
	},
	async "of a namespace's own finalizers"({namespace, get, put}) {
		const {body} = await get(`/api/v1/namespaces/${namespace}`);
		await put(`/api/v1/namespaces/${namespace}`, {...body, spec: {}});
	},
	async 'of a lease without a resourceVersion'({namespace, post, put}) {
		const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
		const lease = {
			apiVersion: 'coordination.k8s.io/v1',
			kind: 'Lease',
			metadata: {name: 'l'},
			spec: {holderIdentity: 'me'},
		};
		await post(path, lease, {isSetup: true});
		await put(`${path}/l`, lease);
	},
	async 'of a lease that is not there creates it'({namespace, put}) {
		await put(`/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/l`, {
			apiVersion: 'coordination.k8s.io/v1',
			kind: 'Lease',
			metadata: {name: 'l'},
			spec: {holderIdentity: 'me'},
		});
	},
	async 'of a collection'({namespace, put}) {
		await put(core(namespace, 'configmaps'), configMap('c'));
	},
	async 'by several managers'({namespace, post, put}) {
		const {body} = await post(
			`${core(namespace, 'configmaps')}?fieldManager=first`,
			configMap('c', {a: '1', b: '2'}),
		);
		await put(`${core(namespace, 'configmaps', 'c')}?fieldManager=second`, {
			...body,
			data: {a: '1', b: '3', c: '4'},
		});
	},
});
