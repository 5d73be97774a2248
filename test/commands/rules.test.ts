import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {type JsonObject} from '../../source/core/json.js';
import {definitionsOf} from '../../source/sandbox/crds/index.js';
import {runLine} from './helpers/run-line.js';

const home = `
apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: liqo, labels: {app.kubernetes.io/name: clusterid-configmap}}
data: {CLUSTER_ID: rome}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {liqo.io/scheduling-enabled: "true"}}
---
apiVersion: v1
kind: Namespace
metadata: {name: liqo-tenant-milan, labels: {liqo.io/remote-cluster-id: milan, liqo.io/tenant-namespace: "true"}}
---
apiVersion: v1
kind: Node
metadata: {name: vn-milan, labels: {liqo.io/type: virtual-node, liqo.io/remote-cluster-id: milan, region: eu}}
spec: {taints: [{key: virtual-node.liqo.io/not-allowed, value: "true", effect: NoExecute}]}
status: {allocatable: {cpu: "8", memory: 16Gi, pods: "110"}}
---
apiVersion: offloading.liqo.io/v1beta1
kind: VirtualNode
metadata: {name: vn-milan, namespace: liqo-tenant-milan, labels: {liqo.io/remote-cluster-id: milan}}
spec: {clusterID: milan, createNode: true, labels: {region: eu}}
---
apiVersion: offloading.liqo.io/v1beta1
kind: NamespaceOffloading
metadata: {name: offloading, namespace: shop}
spec:
  podOffloadingStrategy: Remote
  clusterSelector: {nodeSelectorTerms: [{matchExpressions: [{key: REGION, operator: In, values: [eu]}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: c, image: nginx}]}
`;

const fixed = home.replace('key: REGION', 'key: region');

const json = async (
	line: string,
	stdin = home,
): Promise<{code: number; document: JsonObject}> => {
	const {code, stdout, stderr} = await runLine(
		[...line.split(' '), '-f', '-', '-o', 'json'],
		{stdin},
	);
	expect(stdout, stderr).not.toBe('');
	return {code, document: JSON.parse(stdout) as JsonObject};
};

describe('plan', () => {
	it('prints the writes with their reasons', async () => {
		const {code, document} = await json('plan -n shop', fixed);
		expect(code).toBe(0);
		expect(document).toMatchObject({apiVersion: 'liqoscope/v1', kind: 'Plan'});
		expect(document.changes).toMatchObject([
			{
				cluster: 'home',
				verb: 'patch',
				patchType: 'merge',
				object: {kind: 'NamespaceOffloading', namespace: 'shop'},
				body: {
					metadata: {
						finalizers: ['namespaceoffloading-controller.liqo.io/finalizer'],
					},
				},
			},
			{
				verb: 'patch',
				subresource: 'status',
				body: {status: {offloadingPhase: 'NoClusterSelected'}},
			},
		]);
	});

	it('refuses another form', async () => {
		const {code, stderr} = await runLine(['plan', '-f', '-', '-o', 'jsno'], {
			stdin: home,
		});
		expect(code).toBe(2);
		expect(stderr).toContain('did you mean json?');
	});
});

describe('simulate', () => {
	it('runs until nothing moves', async () => {
		const {code, document} = await json('simulate', fixed);
		expect(code).toBe(0);
		expect(document).toMatchObject({kind: 'Simulation', settled: true});
		const [cluster] = document.clusters as JsonObject[];
		expect(cluster).toMatchObject({id: 'rome', role: 'consumer'});
		const objects = cluster?.objects as JsonObject[];
		expect(objects.find(({kind}) => kind === 'NamespaceMap')).toMatchObject({
			spec: {desiredMapping: {shop: 'shop-rome'}},
		});
		expect(objects.find(({kind}) => kind === 'Pod')).toMatchObject({
			spec: {nodeName: 'vn-milan'},
		});
	});

	it('wants saved objects', async () => {
		expect(await runLine(['simulate'])).toMatchObject({code: 2, stdout: ''});
	});
});

describe('admit', () => {
	it('prints the pod as the webhook leaves it', async () => {
		const {code, document} = await json('admit');
		expect(code).toBe(0);
		expect(document).toMatchObject({
			kind: 'Pod',
			spec: {
				tolerations: [
					{
						key: 'virtual-node.liqo.io/not-allowed',
						operator: 'Exists',
						effect: 'NoExecute',
					},
				],
				affinity: {
					nodeAffinity: {
						requiredDuringSchedulingIgnoredDuringExecution: {
							nodeSelectorTerms: [
								{matchExpressions: [{key: 'REGION'}, {key: 'liqo.io/type'}]},
							],
						},
					},
				},
			},
		});
	});

	it('prints YAML as text', async () => {
		const {stdout} = await runLine(['admit', '-f', '-'], {stdin: home});
		expect(parse(stdout)).toMatchObject({kind: 'Pod'});
	});

	it('ends with 1 on a denial', async () => {
		const {code, document} = await json(
			'admit',
			home.replace('key: REGION', 'key: "re gion"'),
		);
		expect(code).toBe(1);
		expect(document).toMatchObject({kind: 'AdmissionDenial'});
		expect(document.message).toContain('Pod "web" is invalid');
	});

	it('wants a pod', async () => {
		expect(await runLine(['admit'])).toMatchObject({code: 2});
	});

	const admitAlone = async (...objects: readonly JsonObject[]) =>
		runLine(['admit', '-f', '-', '-o', 'json', '-n', 'shop'], {
			stdin: JSON.stringify({
				apiVersion: 'v1',
				kind: 'List',
				items: [
					...definitionsOf('v1beta1'),
					{
						apiVersion: 'v1',
						kind: 'Namespace',
						metadata: {name: 'shop'},
					},
					...objects,
				],
			}),
		});

	const offloading = (
		spec: JsonObject,
		metadata: JsonObject = {},
	): JsonObject => ({
		apiVersion: 'offloading.liqo.io/v1beta1',
		kind: 'NamespaceOffloading',
		metadata: {name: 'offloading', ...metadata},
		spec,
	});

	it.each<readonly [string, JsonObject, string]>([
		[
			'a strategy that does not exist',
			offloading({podOffloadingStrategy: 'remote'}),
			'NamespaceOffloading.offloading.liqo.io "offloading" is invalid: spec.podOffloadingStrategy: Unsupported value: "remote": supported values: "Local", "Remote", "LocalAndRemote"',
		],
		[
			'a selector without a list of terms',
			offloading({clusterSelector: {}}),
			'NamespaceOffloading.offloading.liqo.io "offloading" is invalid: spec.clusterSelector.nodeSelectorTerms: Required value',
		],
		[
			'another name',
			offloading({}, {name: 'other'}),
			'admission webhook "nsoff.validate.liqo.io" denied the request: NamespaceOffloading name must match offloading',
		],
		[
			'SelectedName without a name',
			offloading({namespaceMappingStrategy: 'SelectedName'}),
			'admission webhook "nsoff.validate.liqo.io" denied the request: The RemoteNamespaceName value cannot be empty when using the SelectedName NamespaceMappingStrategy',
		],
		[
			'the schema before the webhook',
			offloading({podOffloadingStrategy: 'x'}, {name: 'other'}),
			'NamespaceOffloading.offloading.liqo.io "other" is invalid: spec.podOffloadingStrategy: Unsupported value: "x": supported values: "Local", "Remote", "LocalAndRemote"',
		],
		[
			'the version of another generation',
			{...offloading({}), apiVersion: 'offloading.liqo.io/v1alpha1'},
			'no matches for kind "NamespaceOffloading" in version "offloading.liqo.io/v1alpha1": this cluster serves offloading.liqo.io/v1beta1',
		],
	])('refuses an offloading with %s', async (_title, object, message) => {
		const {code, stdout} = await admitAlone(object);
		expect(JSON.parse(stdout)).toMatchObject({
			kind: 'AdmissionDenial',
			message,
		});
		expect(code).toBe(1);
	});

	it('fills in the defaults of an offloading and warns of unknown fields', async () => {
		const {code, stdout, stderr} = await admitAlone(
			offloading({clusterSelector: {nodeSelectorTerms: [], matchLabels: {}}}),
		);
		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({
			kind: 'NamespaceOffloading',
			spec: {
				namespaceMappingStrategy: 'DefaultName',
				podOffloadingStrategy: 'LocalAndRemote',
				clusterSelector: {nodeSelectorTerms: []},
			},
		});
		expect(stderr).toContain(
			'Warning: unknown field "spec.clusterSelector.matchLabels"',
		);
	});

	const sameName: JsonObject = {
		namespaceMappingStrategy: 'EnforceSameName',
		clusterSelector: {nodeSelectorTerms: []},
	};

	it('judges an offloading that is given twice as a change of the first', async () => {
		const {code, stdout} = await admitAlone(
			offloading({}),
			offloading(sameName),
		);
		expect(JSON.parse(stdout)).toMatchObject({
			kind: 'AdmissionDenial',
			message:
				'admission webhook "nsoff.validate.liqo.io" denied the request: The NamespaceMappingStrategy value cannot be modified after creation',
		});
		expect(code).toBe(1);
	});

	it('takes the defaults of what exists for unchanged', async () => {
		const {code, stderr} = await admitAlone(
			offloading({}),
			offloading({
				namespaceMappingStrategy: 'DefaultName',
				podOffloadingStrategy: 'Remote',
			}),
		);
		expect(stderr).toContain('more restrictive setting');
		expect(code).toBe(0);
	});

	it('takes an offloading that a server has stored for existing', async () => {
		const stored = offloading(
			{namespaceMappingStrategy: 'SelectedName'},
			{uid: '5e6f'},
		);
		expect(await admitAlone(stored)).toMatchObject({code: 0});
		expect(
			await admitAlone(offloading({namespaceMappingStrategy: 'SelectedName'})),
		).toMatchObject({code: 1});
	});

	const operate = async (
		operation: string,
		...objects: readonly JsonObject[]
	): Promise<JsonObject> => {
		const {code, stdout} = await runLine(
			[
				'admit',
				'-f',
				'-',
				'-o',
				'json',
				'-n',
				'shop',
				'--operation',
				operation,
			],
			{stdin: JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects})},
		);
		const {kind, message = ''} = JSON.parse(stdout) as JsonObject;
		return {code, kind, message};
	};

	const around: JsonObject = {
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {name: 'shop', labels: {'liqo.io/scheduling-enabled': 'true'}},
	};

	it('creates nothing that exists', async () => {
		expect(
			await operate('create', offloading({}), offloading({})),
		).toMatchObject({
			code: 1,
			message:
				'namespaceoffloadings.offloading.liqo.io "offloading" already exists',
		});
	});

	it('asks nobody about a deletion', async () => {
		expect(
			await operate('delete', around, offloading({}, {name: 'other'})),
		).toMatchObject({code: 0, kind: 'NamespaceOffloading'});
		const pod: JsonObject = {
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name: 'web'},
			spec: {containers: [{name: 'c', image: 'c'}]},
		};
		// Its creation would be refused: the namespace has no offloading.
		expect(await operate('create', around, pod)).toMatchObject({code: 1});
		expect(await operate('delete', around, pod)).toMatchObject({code: 0});
		expect(await operate('update', around, pod)).toMatchObject({code: 0});
	});

	it('answers a review as the webhook does', async () => {
		const {stdout, code} = await admitAlone({
			apiVersion: 'admission.k8s.io/v1',
			kind: 'AdmissionReview',
			request: {
				uid: 'abc',
				operation: 'UPDATE',
				kind: {group: 'offloading.liqo.io', kind: 'NamespaceOffloading'},
				object: offloading(sameName),
				oldObject: offloading({namespaceMappingStrategy: 'DefaultName'}),
			},
		});
		expect(JSON.parse(stdout)).toMatchObject({
			kind: 'AdmissionReview',
			response: {uid: 'abc', allowed: false, status: {code: 403}},
		});
		expect(code).toBe(1);
	});

	it('judges the creation of an offloading where there is no cluster to ask', async () => {
		const {code, stdout, stderr} = await runLine(
			['admit', '-f', '-', '-o', 'json'],
			{
				stdin: JSON.stringify(
					offloading({namespaceMappingStrategy: 'SelectedName'}),
				),
				env: {HOME: '/nowhere'},
			},
		);
		expect(JSON.parse(stdout)).toMatchObject({kind: 'AdmissionDenial'});
		expect(stderr).toContain('judged from the file alone');
		expect(code).toBe(1);
	});

	it('answers nothing to a review that is none', async () => {
		expect(
			await admitAlone({
				apiVersion: 'admission.k8s.io/v1',
				kind: 'AdmissionReview',
			}),
		).toMatchObject({
			code: 1,
			stdout: '',
			stderr: expect.stringContaining('is not an admission.k8s.io/v1'),
		});
	});

	it.each<readonly [string, JsonObject, string]>([
		[
			'no container',
			{spec: {}},
			'Pod "web" is invalid: spec.containers: Required value',
		],
		[
			'a number where a text belongs',
			{spec: {containers: [{name: 'c', image: 'c'}], nodeName: 5}},
			'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal number into Go struct field PodSpec.spec.nodeName of type string',
		],
		[
			'a toleration without effect or key that asks for a value',
			{
				spec: {
					containers: [{name: 'c', image: 'c'}],
					tolerations: [{operator: 'Exists', value: 'x'}],
				},
			},
			'Pod "web" is invalid: spec.tolerations[0].operator: Invalid value: "x": value must be empty when `operator` is \'Exists\'',
		],
	])('refuses a pod with %s', async (_title, pod, message) => {
		const {code, stdout} = await admitAlone({
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name: 'web', namespace: 'shop'},
			...pod,
		});
		expect(JSON.parse(stdout)).toMatchObject({kind: 'AdmissionDenial'});
		expect(JSON.parse(stdout).message).toContain(message);
		expect(code).toBe(1);
	});

	it('creates nothing in a namespace that is going', async () => {
		const {stdout} = await runLine(['admit', '-f', '-', '-o', 'json'], {
			stdin: JSON.stringify({
				apiVersion: 'v1',
				kind: 'List',
				items: [
					{
						apiVersion: 'v1',
						kind: 'Namespace',
						metadata: {
							name: 'shop',
							deletionTimestamp: '2026-01-01T00:00:00Z',
						},
					},
					{
						apiVersion: 'v1',
						kind: 'Pod',
						metadata: {name: 'web', namespace: 'shop'},
						spec: {containers: [{name: 'c', image: 'c'}]},
					},
				],
			}),
		});
		expect(JSON.parse(stdout)).toMatchObject({
			message:
				'pods "web" is forbidden: unable to create new content in namespace shop because it is being terminated',
		});
	});
});

describe('explain', () => {
	it('says why a selector does not match, and what would', async () => {
		const {document} = await json('explain selector shop');
		expect(document).toMatchObject({
			kind: 'SelectorExplanation',
			valid: true,
			nodes: [
				{
					node: 'vn-milan',
					cluster: 'milan',
					matches: false,
					terms: [
						{
							matches: false,
							requirements: [
								{
									source: 'matchExpressions',
									key: 'REGION',
									operator: 'In',
									values: ['eu'],
									matches: false,
								},
							],
						},
					],
				},
			],
		});
		expect((document.suggestions as JsonObject[])[0]).toMatchObject({
			selects: ['vn-milan'],
			drops: [],
			edits: ['ask for region instead of REGION'],
		});
	});

	it("speaks Kubernetes' words of a broken one", async () => {
		const {document} = await json(
			'explain selector',
			home.replace('operator: In', 'operator: Equals'),
		);
		expect(document).toMatchObject({valid: false});
		expect(document.error).toContain('Unsupported value: "Equals"');
	});

	it('says why a pod has no node', async () => {
		const {document} = await json('explain pod web');
		expect(document).toMatchObject({
			kind: 'PodExplanation',
			verdict: 'unschedulable',
			nodes: [
				{name: 'vn-milan', virtual: true, cluster: 'milan', feasible: false},
			],
			terms: [],
			mutated: false,
		});
		expect(document.message).toContain(
			'0/1 nodes are available: 1 node(s) had untolerated taint(s).',
		);
	});

	it('tells findings and namespaces', async () => {
		expect(await json('explain namespace shop')).toMatchObject({
			code: 0,
			document: {kind: 'NamespaceExplanation', offloaded: true},
		});
		const {code, stdout} = await runLine([
			'explain',
			'finding',
			'remote-name-too-long',
		]);
		expect(code).toBe(0);
		expect(stdout).toContain('What proves it');
	});

	it.each([
		[['explain', 'pod', 'nobody', '-f', '-'], 'There is no pod "nobody"'],
		[
			['explain', 'selector', 'nowhere', '-f', '-'],
			'Namespace "nowhere" has no NamespaceOffloading',
		],
		[
			['explain', 'finding', 'remote-name-to-long'],
			'did you mean remote-name-too-long?',
		],
		[['explain', 'pod', '-f', '-'], 'needs a name'],
	])('%j ends with one sentence', async (argv, sentence) => {
		const {code, stderr} = await runLine(argv, {stdin: home});
		expect(code).toBe(2);
		expect(stderr).toContain(sentence);
	});
});
