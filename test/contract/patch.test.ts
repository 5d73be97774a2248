import {
	type Cases,
	configMap,
	contract,
	core,
	liqo,
	offloading,
	pod,
	apps,
} from './contract.js';

const jsonPatches: Cases = Object.fromEntries(
	(
		[
			['add a key', [{op: 'add', path: '/data/b', value: '2'}]],
			[
				'add below what is missing',
				[{op: 'add', path: '/binaryData/b', value: 'Mg=='}],
			],
			['remove a key', [{op: 'remove', path: '/data/a'}]],
			['remove a missing key', [{op: 'remove', path: '/data/z'}]],
			['replace a key', [{op: 'replace', path: '/data/a', value: '9'}]],
			['replace a missing key', [{op: 'replace', path: '/data/z', value: '9'}]],
			['test that holds', [{op: 'test', path: '/data/a', value: '1'}]],
			['test that fails', [{op: 'test', path: '/data/a', value: '2'}]],
			['test of a missing key', [{op: 'test', path: '/data/z', value: '2'}]],
			['move', [{op: 'move', from: '/data/a', path: '/data/m'}]],
			['copy', [{op: 'copy', from: '/data/a', path: '/data/m'}]],
			[
				'an escaped key',
				[
					{op: 'add', path: '/metadata/annotations', value: {}},
					{op: 'add', path: '/metadata/annotations/x.y~1z', value: '1'},
				],
			],
			['an unknown operation', [{op: 'frob', path: '/data/a'}]],
			['nothing', []],
			['no list', {op: 'add'}],
			[
				'a finalizer at the end',
				[{op: 'add', path: '/metadata/finalizers/-', value: 'c.d/e'}],
			],
			[
				'an index out of range',
				[{op: 'add', path: '/metadata/finalizers/9', value: 'c.d/e'}],
			],
			['the name', [{op: 'replace', path: '/metadata/name', value: 'other'}]],
			['the kind', [{op: 'replace', path: '/kind', value: 'Secret'}]],
			['to the wrong type', [{op: 'replace', path: '/data', value: 'text'}]],
		] as const
	).map(([name, operations]) => [
		`json: ${name}`,
		async ({namespace, post, patch}) => {
			await post(
				core(namespace, 'configmaps'),
				configMap('c', {a: '1'}, {finalizers: ['a.b/c']}),
				{isSetup: true},
			);
			await patch(core(namespace, 'configmaps', 'c'), 'json', operations);
		},
	]),
);

const mergePatches: Cases = Object.fromEntries(
	(
		[
			['add and remove', {data: {a: null, b: '2'}}],
			['nothing', {}],
			['null for a map', {data: null}],
			['a nested null where nothing is', {metadata: {annotations: {x: null}}}],
			['labels', {metadata: {labels: {l: 'v'}}}],
			['finalizers as a whole', {metadata: {finalizers: ['x.y/z']}}],
			['the name', {metadata: {name: 'other'}}],
			['the namespace', {metadata: {namespace: 'other'}}],
			['the right kind', {apiVersion: 'v1', kind: 'ConfigMap', data: {c: '3'}}],
			['another kind', {kind: 'Secret'}],
			['to the wrong type', {data: 'text'}],
			['a number for text', {data: {a: 1}}],
			['an unknown field', {foo: 'bar'}],
			['a resourceVersion of another', {metadata: {resourceVersion: '1'}}],
			['another uid', {metadata: {uid: 'x'}}],
			['a list', [1, 2]],
			['text', 'text'],
		] as const
	).map(([name, body]) => [
		`merge: ${name}`,
		async ({namespace, post, patch}) => {
			await post(core(namespace, 'configmaps'), configMap('c', {a: '1'}), {
				isSetup: true,
			});
			await patch(
				core(namespace, 'configmaps', 'c'),
				'merge',
				name === 'text' ? '"text"' : body,
			);
		},
	]),
);

const strategicPatches: Cases = Object.fromEntries(
	(
		[
			[
				"a container's image",
				{spec: {template: {spec: {containers: [{name: 'b', image: 'b:2'}]}}}},
			],
			[
				'another container',
				{spec: {template: {spec: {containers: [{name: 'c', image: 'c:1'}]}}}},
			],
			[
				'a container less',
				{
					spec: {
						template: {spec: {containers: [{name: 'b', $patch: 'delete'}]}},
					},
				},
			],
			[
				'all containers',
				{
					spec: {
						template: {
							spec: {
								containers: [{$patch: 'replace'}, {name: 'z', image: 'z:1'}],
							},
						},
					},
				},
			],
			[
				'an order',
				{
					spec: {
						template: {
							spec: {
								'$setElementOrder/containers': [{name: 'b'}, {name: 'a'}],
								containers: [{name: 'a', image: 'a:3'}],
							},
						},
					},
				},
			],
			[
				'an environment variable',
				{
					spec: {
						template: {
							spec: {containers: [{name: 'a', env: [{name: 'X', value: 'y'}]}]},
						},
					},
				},
			],
			[
				'a port',
				{
					spec: {
						template: {
							spec: {containers: [{name: 'a', ports: [{containerPort: 80}]}]},
						},
					},
				},
			],
			[
				'the strategy with retained keys',
				{spec: {strategy: {$retainKeys: ['type'], type: 'Recreate'}}},
			],
			[
				'tolerations as a whole',
				{
					spec: {
						template: {spec: {tolerations: [{key: 'k', operator: 'Exists'}]}},
					},
				},
			],
			[
				'a container without a name',
				{spec: {template: {spec: {containers: [{image: 'b:2'}]}}}},
			],
			['an unknown directive', {spec: {$patch: 'frob'}}],
			['finalizers are added', {metadata: {finalizers: ['x.y/z']}}],
			[
				'finalizers are taken away',
				{metadata: {'$deleteFromPrimitiveList/finalizers': ['a.b/c']}},
			],
			['null', {spec: {template: {spec: {nodeSelector: null}}}}],
		] as const
	).map(([name, body]) => [
		`strategic: ${name}`,
		async ({namespace, post, patch}) => {
			await post(
				apps(namespace, 'deployments'),
				{
					apiVersion: 'apps/v1',
					kind: 'Deployment',
					metadata: {name: 'd', finalizers: ['a.b/c']},
					spec: {
						selector: {matchLabels: {app: 'd'}},
						template: {
							metadata: {labels: {app: 'd'}},
							spec: {
								nodeSelector: {a: 'b'},
								containers: [
									{name: 'a', image: 'a:1', env: [{name: 'A', value: '1'}]},
									{name: 'b', image: 'b:1'},
								],
							},
						},
					},
				},
				{isSetup: true},
			);
			await patch(apps(namespace, 'deployments', 'd'), 'strategic', body);
		},
	]),
);

contract('patch', {
	...jsonPatches,
	...mergePatches,
	...strategicPatches,
	async 'of what is not there'({namespace, patch}) {
		await patch(core(namespace, 'configmaps', 'c'), 'merge', {data: {a: '1'}});
	},
	async 'strategic of a custom resource'({namespace, post, patch}) {
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		await patch(
			liqo(namespace, 'namespaceoffloadings', 'offloading'),
			'strategic',
			{spec: {}},
		);
	},
	async 'of an unknown type'({namespace, post, request}) {
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await request('PATCH', core(namespace, 'configmaps', 'c'), {
			body: {},
			contentType: 'application/json',
		});
	},
	async 'that is no JSON'({namespace, post, patch}) {
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await patch(core(namespace, 'configmaps', 'c'), 'merge', '{broken');
		await patch(core(namespace, 'configmaps', 'c'), 'json', '{broken');
		await patch(core(namespace, 'configmaps', 'c'), 'strategic', '{broken');
	},
	async 'of a status'({namespace, post, patch}) {
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		await patch(
			liqo(namespace, 'namespaceoffloadings', 'offloading/status'),
			'merge',
			{
				metadata: {labels: {a: 'b'}},
				spec: {podOffloadingStrategy: 'Local'},
				status: {
					offloadingPhase: 'Ready',
					remoteNamespacesConditions: {eu: [{type: 'Ready', status: 'True'}]},
				},
			},
		);
	},
	async 'of a spec counts the generation, of labels not'({
		namespace,
		post,
		patch,
	}) {
		const path = liqo(namespace, 'namespaceoffloadings', 'offloading');
		await post(liqo(namespace, 'namespaceoffloadings'), offloading(), {
			isSetup: true,
		});
		await patch(path, 'merge', {spec: {podOffloadingStrategy: 'Remote'}});
		await patch(path, 'merge', {metadata: {annotations: {a: 'b'}}});
		await patch(path, 'merge', {spec: {podOffloadingStrategy: 'Remote'}});
	},
	async 'of a node: taints and cordon'({post, patch}) {
		await post(
			'/api/v1/nodes',
			{apiVersion: 'v1', kind: 'Node', metadata: {name: 'patch-node'}},
			{isSetup: true},
		);
		await patch('/api/v1/nodes/patch-node', 'strategic', {
			spec: {unschedulable: true, taints: [{key: 'a', effect: 'NoSchedule'}]},
		});
		await patch('/api/v1/nodes/patch-node', 'strategic', {
			spec: {unschedulable: null, taints: null},
		});
	},
	async 'of a pod: affinity is refused'({namespace, post, patch}) {
		await post(core(namespace, 'pods'), pod('p'), {isSetup: true});
		await patch(
			core(namespace, 'pods', 'p'),
			'strategic',
			{
				spec: {
					affinity: {
						nodeAffinity: {
							requiredDuringSchedulingIgnoredDuringExecution: {
								nodeSelectorTerms: [
									{matchExpressions: [{key: 'a', operator: 'Exists'}]},
								],
							},
						},
					},
				},
			},
			{isSetup: false},
		);
	},
	async 'of a pod: a toleration by JSON patch'({namespace, post, patch}) {
		await post(core(namespace, 'pods'), pod('p'), {isSetup: true});
		await patch(core(namespace, 'pods', 'p'), 'json', [
			{
				op: 'add',
				path: '/spec/tolerations/-',
				value: {key: 'a', operator: 'Exists', effect: 'NoExecute'},
			},
		]);
	},
	async 'as a dry run'({namespace, post, patch, get}) {
		await post(core(namespace, 'configmaps'), configMap('c', {a: '1'}), {
			isSetup: true,
		});
		await patch(`${core(namespace, 'configmaps', 'c')}?dryRun=All`, 'merge', {
			data: {a: '2'},
		});
		await get(core(namespace, 'configmaps', 'c'));
	},
	async 'with force but not apply'({namespace, post, patch}) {
		await post(core(namespace, 'configmaps'), configMap('c'), {isSetup: true});
		await patch(
			`${core(namespace, 'configmaps', 'c')}?force=true`,
			'merge',
			{},
		);
	},
	async 'of labels of a namespace'({namespace, patch}) {
		await patch(`/api/v1/namespaces/${namespace}`, 'merge', {
			metadata: {labels: {'liqo.io/scheduling-enabled': 'true'}},
		});
		await patch(`/api/v1/namespaces/${namespace}`, 'merge', {
			metadata: {
				labels: {
					'liqo.io/scheduling-enabled': null,
					'kubernetes.io/metadata.name': null,
				},
			},
		});
	},
	async 'of a map entry to a custom resource'({namespace, post, patch}) {
		const path = liqo(namespace, 'namespacemaps', 'm');
		await post(
			liqo(namespace, 'namespacemaps'),
			{
				apiVersion: 'offloading.liqo.io/v1beta1',
				kind: 'NamespaceMap',
				metadata: {name: 'm'},
				spec: {},
			},
			{isSetup: true},
		);
		await patch(path, 'merge', {spec: {desiredMapping: {a: 'a-x', b: 'b-x'}}});
		await patch(path, 'merge', {spec: {desiredMapping: {a: null}}});
		await patch(`${path}/status`, 'merge', {
			status: {
				currentMapping: {b: {remoteNamespace: 'b-x', phase: 'Accepted'}},
			},
		});
	},
});
