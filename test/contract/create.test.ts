import {
	apps,
	type Cases,
	configMap,
	contract,
	core,
	liqo,
	offloading,
	pod,
} from './contract.js';

const names: Cases = Object.fromEntries(
	[
		'Upper',
		'with_underscore',
		'-dash',
		'dash-',
		'a..b',
		'a b',
		'x'.repeat(254),
		'ok.with.dots',
		'ä',
	].map((name) => [
		`configmap named ${name.slice(0, 20).replaceAll(' ', '(space)')}`,
		async ({namespace, post}) => {
			await post(core(namespace, 'configmaps'), configMap(name));
		},
	]),
);

const namespaceNames: Cases = Object.fromEntries(
	['with.dot', 'Upper', 'y'.repeat(64), '1digit', 'end-'].map((name) => [
		`namespace named ${name.slice(0, 20)}`,
		async ({post}) => {
			await post('/api/v1/namespaces', {
				apiVersion: 'v1',
				kind: 'Namespace',
				metadata: {name},
			});
		},
	]),
);

const labels: Cases = Object.fromEntries(
	(
		[
			['label key with a space', {'a b': 'x'}],
			['label key with two slashes', {'a/b/c': 'x'}],
			['label key with an empty prefix', {'/b': 'x'}],
			['label key with an empty name', {'a/': 'x'}],
			['label key with an upper case prefix', {'A.b/c': 'x'}],
			['label key that is too long', {['k'.repeat(64)]: 'x'}],
			['label value with a space', {a: 'b c'}],
			['label value that is too long', {a: 'v'.repeat(64)}],
			['label value that is empty', {a: ''}],
			['label value ending in a dash', {a: 'b-'}],
		] as const
	).map(([name, value]) => [
		name,
		async ({namespace, post}) => {
			await post(
				core(namespace, 'configmaps'),
				configMap('c', {}, {labels: value}),
			);
		},
	]),
);

contract('create', {
	async 'configmap with data'({namespace, post}) {
		await post(core(namespace, 'configmaps'), configMap('c', {b: '1', a: '2'}));
	},
	async 'the same twice'({namespace, post}) {
		await post(core(namespace, 'configmaps'), configMap('c'));
		await post(core(namespace, 'configmaps'), configMap('c'));
	},
	async 'with a generated name'({namespace, post, learnGenerated}) {
		const {body} = await post(
			core(namespace, 'configmaps'),
			{apiVersion: 'v1', kind: 'ConfigMap', metadata: {generateName: 'gen-'}},
			{isSetup: true},
		);
		learnGenerated(body.metadata.name);
	},
	async 'without a name'({namespace, post}) {
		await post(core(namespace, 'configmaps'), {
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {},
		});
	},
	async 'with a bad generateName'({namespace, post}) {
		await post(core(namespace, 'configmaps'), {
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {generateName: 'Bad_', name: 'x'},
		});
	},
	async 'without metadata'({namespace, post}) {
		await post(core(namespace, 'configmaps'), {
			apiVersion: 'v1',
			kind: 'ConfigMap',
		});
	},
	async 'with a resourceVersion'({namespace, post}) {
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {}, {resourceVersion: '5'}),
		);
	},
	async "with a uid and times of one's own"({namespace, post}) {
		await post(
			core(namespace, 'configmaps'),
			configMap(
				'c',
				{},
				{
					uid: 'mine',
					creationTimestamp: '2001-01-01T00:00:00Z',
					generation: 7,
					deletionTimestamp: '2001-01-01T00:00:00Z',
					selfLink: '/x',
				},
			),
		);
	},
	async 'in another namespace than the path'({namespace, post}) {
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {}, {namespace: 'default'}),
		);
	},
	async 'in a namespace that is not there'({post}) {
		await post(core('not-there', 'configmaps'), configMap('c'));
	},
	async 'in a namespace that is being deleted'({
		namespace,
		post,
		delete: remove,
	}) {
		await remove(`/api/v1/namespaces/${namespace}`, undefined, {isSetup: true});
		await post(core(namespace, 'configmaps'), configMap('c'));
	},
	async 'of another kind than the path'({namespace, post}) {
		await post(core(namespace, 'configmaps'), {
			...configMap('c'),
			kind: 'Secret',
		});
	},
	async 'of another version than the path'({namespace, post}) {
		await post(core(namespace, 'configmaps'), {
			...configMap('c'),
			apiVersion: 'v2',
		});
	},
	async 'without kind and apiVersion'({namespace, post}) {
		await post(core(namespace, 'configmaps'), {metadata: {name: 'c'}});
	},
	async 'custom resource without kind'({namespace, post}) {
		await post(liqo(namespace, 'namespaceoffloadings'), {
			apiVersion: 'offloading.liqo.io/v1beta1',
			metadata: {name: 'x'},
			spec: {},
		});
	},
	async 'custom resource of another kind'({namespace, post}) {
		await post(liqo(namespace, 'namespaceoffloadings'), {
			apiVersion: 'offloading.liqo.io/v1beta1',
			kind: 'NamespaceMap',
			metadata: {name: 'x'},
		});
	},
	async 'a whole namespace'({post, get}) {
		await post('/api/v1/namespaces', {
			apiVersion: 'v1',
			kind: 'Namespace',
			metadata: {name: 'create-extra', labels: {team: 'a'}},
		});
		await get('/api/v1/namespaces/create-extra');
	},
	async 'a namespace with its own name label'({post}) {
		await post('/api/v1/namespaces', {
			apiVersion: 'v1',
			kind: 'Namespace',
			metadata: {
				name: 'create-label',
				labels: {'kubernetes.io/metadata.name': 'other'},
			},
		});
	},
	async 'a secret from stringData'({namespace, post}) {
		await post(core(namespace, 'secrets'), {
			apiVersion: 'v1',
			kind: 'Secret',
			metadata: {name: 's'},
			stringData: {a: 'b'},
			data: {c: 'ZA=='},
		});
	},
	async 'a secret with data that is not base64'({namespace, post}) {
		await post(core(namespace, 'secrets'), {
			apiVersion: 'v1',
			kind: 'Secret',
			metadata: {name: 's'},
			data: {c: '!!!'},
		});
	},
	async 'a configmap with a bad key'({namespace, post}) {
		for (const key of ['a b', '..']) {
			await post(core(namespace, 'configmaps'), configMap('c', {[key]: '1'}));
		}
	},
	async 'a node'({post, get}) {
		await post('/api/v1/nodes', {
			apiVersion: 'v1',
			kind: 'Node',
			metadata: {name: 'create-node', labels: {region: 'eu'}},
			spec: {taints: [{key: 'k', value: 'v', effect: 'NoExecute'}]},
			status: {capacity: {cpu: '4', memory: '8388608Ki', pods: '110'}},
		});
		await get('/api/v1/nodes/create-node');
	},
	async 'a node with a bad taint'({post}) {
		await post('/api/v1/nodes', {
			apiVersion: 'v1',
			kind: 'Node',
			metadata: {name: 'create-bad-node'},
			spec: {taints: [{key: 'k k', effect: 'Never'}]},
		});
	},
	async 'a node with a namespace'({post}) {
		await post('/api/v1/nodes', {
			apiVersion: 'v1',
			kind: 'Node',
			metadata: {name: 'n', namespace: 'default'},
		});
	},
	async 'a lease'({namespace, post}) {
		await post(`/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`, {
			apiVersion: 'coordination.k8s.io/v1',
			kind: 'Lease',
			metadata: {name: 'l'},
			spec: {
				holderIdentity: 'me',
				leaseDurationSeconds: 15,
				renewTime: '2026-01-01T00:00:00.000000Z',
				leaseTransitions: 0,
			},
		});
	},
	async 'a lease with a bad time'({namespace, post}) {
		await post(`/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`, {
			apiVersion: 'coordination.k8s.io/v1',
			kind: 'Lease',
			metadata: {name: 'l'},
			spec: {renewTime: 'yesterday'},
		});
	},
	async 'an event'({namespace, post}) {
		await post(core(namespace, 'events'), {
			apiVersion: 'v1',
			kind: 'Event',
			metadata: {name: 'e'},
			involvedObject: {kind: 'Pod', namespace, name: 'p'},
			reason: 'Invalid',
			message: 'text',
			type: 'Warning',
			count: 1,
			firstTimestamp: '2026-01-01T00:00:00Z',
			lastTimestamp: '2026-01-01T00:00:00Z',
			source: {component: 'test'},
		});
	},
	async 'an event about another namespace'({namespace, post}) {
		await post(core(namespace, 'events'), {
			apiVersion: 'v1',
			kind: 'Event',
			metadata: {name: 'e'},
			involvedObject: {kind: 'Pod', namespace: 'default', name: 'p'},
		});
	},
	async 'a deployment with defaults'({namespace, post}) {
		await post(apps(namespace, 'deployments'), {
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
		});
	},
	async 'a deployment whose selector misses its pods'({namespace, post}) {
		await post(apps(namespace, 'deployments'), {
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: 'd'},
			spec: {
				selector: {matchLabels: {app: 'x'}},
				template: {
					metadata: {labels: {app: 'd'}},
					spec: {containers: [{name: 'c', image: 'nginx'}]},
				},
			},
		});
	},
	async 'a deployment without anything'({namespace, post}) {
		await post(apps(namespace, 'deployments'), {
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: 'd'},
			spec: {},
		});
	},
	async 'a replicaset'({namespace, post}) {
		await post(apps(namespace, 'replicasets'), {
			apiVersion: 'apps/v1',
			kind: 'ReplicaSet',
			metadata: {
				name: 'r',
				ownerReferences: [
					{
						apiVersion: 'apps/v1',
						kind: 'Deployment',
						name: 'd',
						uid: 'u',
						controller: true,
						blockOwnerDeletion: true,
					},
				],
			},
			spec: {
				replicas: 2,
				selector: {matchLabels: {app: 'd'}},
				template: {
					metadata: {labels: {app: 'd'}},
					spec: {containers: [{name: 'c', image: 'nginx'}]},
				},
			},
		});
	},
	async 'a rolebinding with defaults'({namespace, post}) {
		await post(
			`/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`,
			{
				apiVersion: 'rbac.authorization.k8s.io/v1',
				kind: 'RoleBinding',
				metadata: {name: 'b'},
				roleRef: {kind: 'ClusterRole', name: 'view'},
				subjects: [
					{kind: 'User', name: 'u'},
					{kind: 'ServiceAccount', name: 's', namespace: 'default'},
				],
			},
		);
	},
	async 'a rolebinding to nothing'({namespace, post}) {
		await post(
			`/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`,
			{
				apiVersion: 'rbac.authorization.k8s.io/v1',
				kind: 'RoleBinding',
				metadata: {name: 'b'},
				roleRef: {kind: 'Thing', name: ''},
				subjects: [{kind: 'Robot', name: ''}],
			},
		);
	},
	async 'a clusterrole'({post}) {
		await post('/apis/rbac.authorization.k8s.io/v1/clusterroles', {
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'ClusterRole',
			metadata: {name: 'contract:role'},
			rules: [{apiGroups: [''], resources: ['pods'], verbs: ['get']}],
		});
	},
	async 'a priority class and a storage class'({post}) {
		await post('/apis/scheduling.k8s.io/v1/priorityclasses', {
			apiVersion: 'scheduling.k8s.io/v1',
			kind: 'PriorityClass',
			metadata: {name: 'create-high'},
			value: 1000,
		});
		await post('/apis/storage.k8s.io/v1/storageclasses', {
			apiVersion: 'storage.k8s.io/v1',
			kind: 'StorageClass',
			metadata: {name: 'create-fast'},
			provisioner: 'example.com/fast',
		});
	},
	async 'annotations that are too large'({namespace, post}) {
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {}, {annotations: {a: 'x'.repeat(262_145)}}),
		);
	},
	async 'annotation key in upper case'({namespace, post}) {
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {}, {annotations: {'Example.COM/Key': 'v'}}),
		);
	},
	async 'annotation key with a space'({namespace, post}) {
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {}, {annotations: {'a b': 'v'}}),
		);
	},
	async 'finalizers with and without a domain'({namespace, post}) {
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {}, {finalizers: ['example.com/a', 'plain']}),
		);
	},
	async 'finalizer that is no name'({namespace, post}) {
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {}, {finalizers: ['a b']}),
		);
	},
	async 'owner without its parts'({namespace, post}) {
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {}, {ownerReferences: [{}]}),
		);
	},
	async 'two controlling owners'({namespace, post}) {
		const owner = (name: string) => ({
			apiVersion: 'v1',
			kind: 'Pod',
			name,
			uid: name,
			controller: true,
		});
		await post(
			core(namespace, 'configmaps'),
			configMap('c', {}, {ownerReferences: [owner('a'), owner('b')]}),
		);
	},
	async 'empty maps and lists are left out'({namespace, post}) {
		await post(
			core(namespace, 'configmaps'),
			configMap(
				'c',
				{},
				{labels: {}, annotations: {}, finalizers: [], ownerReferences: []},
			),
		);
	},
	async 'an offloading'({namespace, post}) {
		await post(
			liqo(namespace, 'namespaceoffloadings'),
			offloading({clusterSelector: {nodeSelectorTerms: []}}),
		);
	},
	async 'POST to an object'({namespace, post}) {
		await post(core(namespace, 'configmaps', 'c'), configMap('c'));
	},
	async 'POST of a namespaced kind without a namespace'({post}) {
		await post('/api/v1/configmaps', configMap('c'));
	},
	async 'pod with a minimum'({namespace, post}) {
		await post(core(namespace, 'pods'), pod('p'));
	},
	...names,
	...namespaceNames,
	...labels,
});
