import {type Cases, contract, core, liqo, offloading, pod} from './contract.js';

const required = (terms: unknown) => ({
	affinity: {
		nodeAffinity: {
			requiredDuringSchedulingIgnoredDuringExecution: {
				nodeSelectorTerms: terms,
			},
		},
	},
});

const expression = (requirement: unknown) =>
	required([{matchExpressions: [requirement]}]);

const pods: Cases = Object.fromEntries(
	(
		[
			['no containers', {containers: []}],
			['a container without name and image', {containers: [{}]}],
			[
				'two containers of one name',
				{
					containers: [
						{name: 'a', image: 'x'},
						{name: 'a', image: 'y'},
					],
				},
			],
			[
				'a container with a bad name',
				{containers: [{name: 'A_b', image: 'x'}]},
			],
			['an image with spaces', {containers: [{name: 'a', image: ' x '}]}],
			[
				'a bad pull policy',
				{containers: [{name: 'a', image: 'x', imagePullPolicy: 'Sometimes'}]},
			],
			[
				'a port out of range',
				{
					containers: [
						{name: 'a', image: 'x', ports: [{containerPort: 70_000}]},
					],
				},
			],
			[
				'a port of no protocol',
				{
					containers: [
						{
							name: 'a',
							image: 'x',
							ports: [{containerPort: 80, protocol: 'ICMP'}],
						},
					],
				},
			],
			[
				'requests over limits',
				{
					containers: [
						{
							name: 'a',
							image: 'x',
							resources: {requests: {cpu: '2'}, limits: {cpu: '1'}},
						},
					],
				},
			],
			[
				'a negative request',
				{
					containers: [
						{name: 'a', image: 'x', resources: {requests: {cpu: '-1'}}},
					],
				},
			],
			[
				'a bad quantity',
				{
					containers: [
						{name: 'a', image: 'x', resources: {requests: {cpu: 'lots'}}},
					],
				},
			],
			[
				'quantities in other forms',
				{
					containers: [
						{
							name: 'a',
							image: 'x',
							resources: {
								requests: {cpu: '0.5', memory: '1024Mi'},
								limits: {cpu: 1, memory: '2048Mi'},
							},
						},
					],
				},
			],
			['a bad restart policy', {restartPolicy: 'Never ever'}],
			['a bad DNS policy', {dnsPolicy: 'Google'}],
			['a bad node name', {nodeName: 'No de'}],
			['a bad node selector', {nodeSelector: {'a b': 'c d'}}],
			['no terms', required([])],
			['an empty term', required([{}])],
			['In without values', expression({key: 'a', operator: 'In'})],
			[
				'NotIn without values',
				expression({key: 'a', operator: 'NotIn', values: []}),
			],
			[
				'Exists with values',
				expression({key: 'a', operator: 'Exists', values: ['x']}),
			],
			[
				'Gt with two values',
				expression({key: 'a', operator: 'Gt', values: ['1', '2']}),
			],
			['Gt with text', expression({key: 'a', operator: 'Gt', values: ['abc']})],
			[
				'Gt with a negative number',
				expression({key: 'a', operator: 'Gt', values: ['-1']}),
			],
			[
				'an unknown operator',
				expression({key: 'a', operator: 'Equals', values: ['x']}),
			],
			['a missing operator', expression({key: 'a'})],
			['an illegal key', expression({key: 're gion', operator: 'Exists'})],
			['an empty key', expression({key: '', operator: 'Exists'})],
			[
				'a key with two slashes',
				expression({key: 'a/b/c', operator: 'Exists'}),
			],
			[
				'an illegal value',
				expression({key: 'a', operator: 'In', values: ['e u']}),
			],
			[
				'a field of another name',
				required([
					{matchFields: [{key: 'metadata.uid', operator: 'In', values: ['x']}]},
				]),
			],
			[
				'a field with two values',
				required([
					{
						matchFields: [
							{key: 'metadata.name', operator: 'In', values: ['x', 'y']},
						],
					},
				]),
			],
			[
				'a field that exists',
				required([{matchFields: [{key: 'metadata.name', operator: 'Exists'}]}]),
			],
			[
				'a good field',
				required([
					{
						matchFields: [
							{key: 'metadata.name', operator: 'In', values: ['x']},
						],
					},
				]),
			],
			[
				'a preference of no weight',
				{
					affinity: {
						nodeAffinity: {
							preferredDuringSchedulingIgnoredDuringExecution: [
								{
									weight: 0,
									preference: {
										matchExpressions: [{key: 'a', operator: 'Exists'}],
									},
								},
							],
						},
					},
				},
			],
			[
				'an anti-affinity without topology',
				{
					affinity: {
						podAntiAffinity: {
							requiredDuringSchedulingIgnoredDuringExecution: [
								{labelSelector: {matchLabels: {a: 'b'}}},
							],
						},
					},
				},
			],
			[
				'a toleration of an unknown operator',
				{tolerations: [{key: 'a', operator: 'Like'}]},
			],
			[
				'a toleration that exists with a value',
				{tolerations: [{key: 'a', operator: 'Exists', value: 'x'}]},
			],
			[
				'a toleration without a key',
				{tolerations: [{operator: 'Equal', value: 'x'}]},
			],
			[
				'a toleration with seconds but no effect',
				{tolerations: [{key: 'a', operator: 'Exists', tolerationSeconds: 5}]},
			],
			[
				'a toleration of an unknown effect',
				{tolerations: [{key: 'a', operator: 'Exists', effect: 'NoRun'}]},
			],
			[
				'a toleration with a bad value',
				{tolerations: [{key: 'a', value: 'b c'}]},
			],
			['a toleration of everything', {tolerations: [{operator: 'Exists'}]}],
			[
				'a toleration of not-ready',
				{
					tolerations: [
						{
							key: 'node.kubernetes.io/not-ready',
							operator: 'Exists',
							effect: 'NoExecute',
							tolerationSeconds: 7,
						},
					],
				},
			],
			['an unknown priority class', {priorityClassName: 'very-high'}],
			['an unknown runtime class', {runtimeClassName: 'none'}],
			['a negative grace period', {terminationGracePeriodSeconds: -5}],
			['text for a number', {terminationGracePeriodSeconds: 'soon'}],
			['text for a truth', {hostNetwork: 'yes'}],
			['an object for a list', {containers: {}}],
			['a fraction for a number', {activeDeadlineSeconds: 1.5}],
			['a scheduling gate', {schedulingGates: [{name: 'a.b/c'}]}],
			[
				'a gate and a node',
				{schedulingGates: [{name: 'a.b/c'}], nodeName: 'n'},
			],
			[
				'probes and volumes',
				{
					containers: [
						{
							name: 'a',
							image: 'x',
							readinessProbe: {httpGet: {port: 80}},
							volumeMounts: [{name: 'v', mountPath: '/v'}],
						},
					],
					volumes: [{name: 'v', configMap: {name: 'c'}}],
				},
			],
			[
				'an init container',
				{initContainers: [{name: 'i', image: 'busybox:1'}]},
			],
			[
				'everything guaranteed',
				{
					containers: [
						{
							name: 'a',
							image: 'x',
							resources: {limits: {cpu: '1', memory: '1Gi'}},
						},
					],
				},
			],
		] as const
	).map(([name, spec]) => [
		`pod with ${name}`,
		async ({namespace, post}) => {
			await post(core(namespace, 'pods'), pod('p', spec));
		},
	]),
);

const offloadings: Cases = Object.fromEntries(
	(
		[
			['nothing', {}],
			['an empty selector', {clusterSelector: {}}],
			['null terms', {clusterSelector: {nodeSelectorTerms: null}}],
			['a wrong strategy', {podOffloadingStrategy: 'remote'}],
			['an empty strategy', {podOffloadingStrategy: ''}],
			['a null strategy', {podOffloadingStrategy: null}],
			['a strategy that is a number', {podOffloadingStrategy: 5}],
			['terms that are text', {clusterSelector: {nodeSelectorTerms: 'all'}}],
			['a term that is text', {clusterSelector: {nodeSelectorTerms: ['all']}}],
			[
				'values that are text',
				{
					clusterSelector: {
						nodeSelectorTerms: [
							{matchExpressions: [{key: 'a', operator: 'In', values: 'x'}]},
						],
					},
				},
			],
			[
				'values that are numbers',
				{
					clusterSelector: {
						nodeSelectorTerms: [
							{matchExpressions: [{key: 'a', operator: 'In', values: [1]}]},
						],
					},
				},
			],
			[
				'no operator',
				{
					clusterSelector: {
						nodeSelectorTerms: [{matchExpressions: [{key: 'a'}]}],
					},
				},
			],
			[
				'an unknown operator',
				{
					clusterSelector: {
						nodeSelectorTerms: [
							{matchExpressions: [{key: 'a', operator: 'Equals'}]},
						],
					},
				},
			],
			['matchLabels', {clusterSelector: {matchLabels: {a: 'b'}}}],
			['an unknown field', {foo: 'bar'}],
		] as const
	).map(([name, spec]) => [
		`offloading with ${name}`,
		async ({namespace, post}) => {
			await post(liqo(namespace, 'namespaceoffloadings'), offloading(spec));
		},
	]),
);

const fieldValidation: Cases = Object.fromEntries(
	['Ignore', 'Warn', 'Strict', 'Other'].map((mode) => [
		`field validation ${mode}`,
		async ({namespace, post, patch}) => {
			await post(
				`${core(namespace, 'pods')}?fieldValidation=${mode}`,
				pod(
					'p',
					{foo: 1, containers: [{name: 'a', image: 'x', bar: 2}]},
					{baz: 3},
				),
			);
			await post(
				`${liqo(namespace, 'namespaceoffloadings')}?fieldValidation=${mode}`,
				offloading({foo: 1, clusterSelector: {nodeSelectorTerms: [{bar: 2}]}}),
			);
			await patch(
				`${liqo(namespace, 'namespaceoffloadings', 'offloading')}?fieldValidation=${mode}`,
				'merge',
				{spec: {baz: 1}},
			);
		},
	]),
);

contract('validation', {
	...pods,
	...offloadings,
	...fieldValidation,
	async 'offloading without a spec'({namespace, post}) {
		await post(liqo(namespace, 'namespaceoffloadings'), {
			apiVersion: 'offloading.liqo.io/v1beta1',
			kind: 'NamespaceOffloading',
			metadata: {name: 'offloading'},
		});
	},
	async 'offloading whose spec is text'({namespace, post}) {
		await post(liqo(namespace, 'namespaceoffloadings'), {
			...offloading(),
			spec: 'all of it',
		});
	},
	async 'labels of a custom resource that are numbers'({namespace, post}) {
		await post(
			liqo(namespace, 'namespaceoffloadings'),
			offloading({}, {labels: {a: 1}}),
		);
	},
	async 'a custom resource of a bad name'({namespace, post}) {
		await post(
			liqo(namespace, 'namespaceoffloadings'),
			offloading({}, {name: 'Bad_Name'}),
		);
	},
	async 'a finalizer of a custom resource without a domain'({namespace, post}) {
		await post(
			liqo(namespace, 'namespaceoffloadings'),
			offloading({}, {finalizers: ['plain']}),
		);
	},
	async 'a foreign cluster of a bad id'({post}) {
		await post('/apis/core.liqo.io/v1beta1/foreignclusters', {
			apiVersion: 'core.liqo.io/v1beta1',
			kind: 'ForeignCluster',
			metadata: {name: 'f'},
			spec: {clusterID: 'A_B'},
		});
	},
	async 'a virtual node with defaults'({namespace, post, patch}) {
		await post(liqo(namespace, 'virtualnodes'), {
			apiVersion: 'offloading.liqo.io/v1beta1',
			kind: 'VirtualNode',
			metadata: {name: 'v'},
			spec: {
				clusterID: 'eu',
				createNode: true,
				resourceQuota: {hard: {cpu: 4, memory: '8Gi'}},
			},
		});
		await patch(liqo(namespace, 'virtualnodes', 'v/status'), 'merge', {
			status: {conditions: [{type: 'Node', status: 'Sleeping'}]},
		});
		await patch(liqo(namespace, 'virtualnodes', 'v/status'), 'merge', {
			status: {
				conditions: [
					{type: 'Node', status: 'Running', lastTransitionTime: 'now'},
				],
			},
		});
	},
});
