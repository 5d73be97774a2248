import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {decode, kindOf} from '../../source/core/decode.js';
import {generations} from '../../source/core/generations/index.js';
import {v03} from '../../source/core/generations/v0.3.js';
import {v1alpha1} from '../../source/core/generations/v1alpha1.js';
import {v1beta1} from '../../source/core/generations/v1beta1.js';
import {type JsonObject} from '../../source/core/json.js';
import {allKinds, isLiqoKind} from '../../source/core/resources.js';

const offloading = (spec: unknown, status?: unknown): JsonObject => ({
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'NamespaceOffloading',
	metadata: {name: 'offloading', namespace: 'shop'},
	spec: spec as JsonObject,
	...(status !== undefined && {status: status as JsonObject}),
});

describe('decode', () => {
	it('reads a NamespaceOffloading with the defaults of its schema', () => {
		const object = decode('NamespaceOffloading', offloading({}), v1beta1);
		expect(object.spec).toEqual({
			namespaceMappingStrategy: 'DefaultName',
			podOffloadingStrategy: 'LocalAndRemote',
		});
		expect(object.status).toEqual({remoteNamespacesConditions: {}});
		expect(object.defects).toBeUndefined();
	});

	it('keeps unknown values verbatim', () => {
		const object = decode(
			'NamespaceOffloading',
			offloading(
				{podOffloadingStrategy: 'Sideways'},
				{offloadingPhase: 'Dreaming'},
			),
			v1beta1,
		);
		expect(object.spec.podOffloadingStrategy).toBe('Sideways');
		expect(object.status.offloadingPhase).toBe('Dreaming');
	});

	it('names the path of every field of the wrong form and reads the rest', () => {
		const object = decode(
			'NamespaceOffloading',
			offloading(
				{
					podOffloadingStrategy: 7,
					clusterSelector: {
						nodeSelectorTerms: [
							{
								matchExpressions: [
									{key: 'region', operator: 'In', values: ['eu', 3]},
									'x',
								],
							},
						],
					},
				},
				{
					offloadingPhase: 'Ready',
					remoteNamespacesConditions: {
						'eu.west': [{type: 'Ready', status: true}],
						us: 'no',
					},
				},
			),
			v1beta1,
		);
		expect(object.defects).toEqual([
			{
				path: 'spec.podOffloadingStrategy',
				problem: 'must be a string, is a number',
			},
			{
				path: 'spec.clusterSelector.nodeSelectorTerms[0].matchExpressions[0].values[1]',
				problem: 'must be a string, is a number',
			},
			{
				path: 'spec.clusterSelector.nodeSelectorTerms[0].matchExpressions[1]',
				problem: 'must be an object, is a string',
			},
			{
				path: 'status.remoteNamespacesConditions["eu.west"][0].status',
				problem: 'must be a string, is a boolean',
			},
			{
				path: 'status.remoteNamespacesConditions.us',
				problem: 'must be a list, is a string',
			},
		]);
		expect(object.spec.podOffloadingStrategy).toBe('');
		expect(
			object.spec.clusterSelector?.nodeSelectorTerms[0]?.matchExpressions,
		).toEqual([
			{key: 'region', operator: 'In', values: ['eu']},
			{key: '', operator: ''},
		]);
		expect(object.status.offloadingPhase).toBe('Ready');
	});

	it('takes null for nothing, as the API server does', () => {
		const object = decode(
			'NamespaceOffloading',
			JSON.parse(
				'{"metadata":{"name":"offloading","namespace":"shop","labels":null,"annotations":{"a":null}},"spec":{"clusterSelector":null},"status":{"remoteNamespacesConditions":{"eu":[{"type":"Ready","status":"True","lastTransitionTime":null}]}}}',
			),
			v1beta1,
		);
		expect(object.defects).toBeUndefined();
		expect(object.metadata.annotations).toEqual({a: ''});
		expect(object.spec.clusterSelector).toBeUndefined();
		expect(object.status.remoteNamespacesConditions.eu).toEqual([
			{type: 'Ready', status: 'True'},
		]);
	});

	it('does not take inherited names for fields', () => {
		const object = decode(
			'NamespaceMap',
			JSON.parse(
				'{"metadata":{"name":"eu"},"spec":{"desiredMapping":{"constructor":"c-1","__proto__":"p-1"}},"status":{"currentMapping":{"__proto__":{"remoteNamespace":"p-1","phase":"Accepted"}}}}',
			),
		);
		expect(Object.entries(object.spec.desiredMapping)).toEqual([
			['constructor', 'c-1'],
			['__proto__', 'p-1'],
		]);
		expect(Object.keys(object.status.currentMapping)).toEqual(['__proto__']);
		expect(object.defects).toBeUndefined();
	});

	it('maps no namespace that is called as something inherited', () => {
		for (const object of [{}, {demo: 'demo-rome'}] as JsonObject[]) {
			const {spec, status} = decode(
				'NamespaceMap',
				{
					apiVersion: 'offloading.liqo.io/v1beta1',
					kind: 'NamespaceMap',
					metadata: {name: 'milan'},
					spec: {desiredMapping: object},
					status: {currentMapping: {}},
				},
				v1beta1,
			);
			expect(spec.desiredMapping.constructor).toBeUndefined();
			expect(status.currentMapping.constructor).toBeUndefined();
		}
	});

	it('never keeps the data of a Secret', () => {
		const secret = decode('Secret', {
			metadata: {
				name: 'identity',
				annotations: {
					'kubectl.kubernetes.io/last-applied-configuration':
						'{"data":{"token":"c2VjcmV0"}}',
				},
			},
			data: {token: 'c2VjcmV0'},
			stringData: {other: 'secret'},
		});
		expect(secret.keys).toEqual(['token', 'other']);
		expect(JSON.stringify(secret)).not.toMatch(/c2VjcmV0|secret"/v);
	});

	it('reads the parts of a pod that decide where it runs', () => {
		const pod = decode('Pod', {
			metadata: {
				name: 'web',
				namespace: 'shop',
				managedFields: [{manager: 'kubectl'}],
			},
			spec: {
				nodeName: '',
				containers: [
					{
						name: 'web',
						env: [{name: 'PASSWORD', value: 'x'}],
						resources: {requests: {cpu: 1, memory: '64Mi'}},
						ports: [{containerPort: 80}, {containerPort: 81, hostPort: 81}],
					},
				],
				volumes: [
					{name: 'a', persistentVolumeClaim: {claimName: 'data'}},
					{name: 'b', emptyDir: {}},
				],
			},
			status: {
				phase: 'Pending',
				conditions: [
					{
						type: 'PodScheduled',
						status: 'False',
						reason: 'Unschedulable',
						message: '0/3 nodes are available',
					},
				],
				containerStatuses: [
					{
						name: 'web',
						ready: false,
						restartCount: 2,
						state: {waiting: {reason: 'CrashLoopBackOff'}},
					},
				],
			},
		});
		expect(pod.metadata.managers).toBeUndefined();
		expect(pod.spec).toEqual({
			containers: [
				{
					name: 'web',
					resources: {requests: {cpu: '1', memory: '64Mi'}},
					ports: [{hostPort: 81}],
				},
			],
			claims: ['data'],
		});
		expect(pod.status.containerStatuses).toEqual([
			{name: 'web', ready: false, restartCount: 2, state: 'CrashLoopBackOff'},
		]);
	});

	it('reads events of both APIs alike', () => {
		const old = decode('Event', {
			metadata: {name: 'a', namespace: 'shop'},
			involvedObject: {kind: 'Pod', name: 'web', namespace: 'shop'},
			reason: 'FailedScheduling',
			message: 'no',
			type: 'Warning',
			count: 3,
			lastTimestamp: '2026-01-01T00:00:00Z',
			source: {component: 'scheduler'},
		});
		const current = decode('Event', {
			apiVersion: 'events.k8s.io/v1',
			metadata: {name: 'a', namespace: 'shop'},
			regarding: {kind: 'Pod', name: 'web', namespace: 'shop'},
			reason: 'FailedScheduling',
			note: 'no',
			type: 'Warning',
			series: {count: 3, lastObservedTime: '2026-01-01T00:00:00Z'},
			reportingController: 'scheduler',
		});
		expect({...current, apiVersion: 'v1'}).toEqual(old);
	});

	it('reads where each generation keeps a cluster-id', () => {
		const old = {
			metadata: {name: 'eu'},
			spec: {clusterIdentity: {clusterID: 'eu-id', clusterName: 'eu'}},
			status: {
				peeringConditions: [{type: 'OutgoingPeering', status: 'Established'}],
			},
		};
		const current = {
			metadata: {name: 'eu'},
			spec: {clusterID: 'eu-id'},
			status: {
				conditions: [{type: 'APIServerStatus', status: 'Established'}],
				modules: {
					offloading: {
						enabled: true,
						conditions: [{type: 'OffloadingNodeStatus', status: 'Ready'}],
					},
				},
			},
		};
		expect(decode('ForeignCluster', old, v03).spec.clusterID).toBe('eu-id');
		expect(decode('VirtualNode', old, v1alpha1).spec.clusterID).toBe('eu-id');
		expect(decode('VirtualNode', current, v1beta1).spec.clusterID).toBe(
			'eu-id',
		);
		const foreign = decode('ForeignCluster', current, v1beta1);
		expect(foreign.status.apiServerStatus).toBe('Established');
		expect(
			foreign.status.conditions.map((condition) => condition.type),
		).toEqual(['APIServerStatus', 'OffloadingNodeStatus']);
	});

	it.each(allKinds)('never throws on anything that is called a %s', (kind) => {
		fc.assert(
			fc.property(
				fc.jsonValue(),
				fc.constantFrom(...generations),
				(raw, generation) => {
					const object = decode(kind, raw, generation);
					expect(object.kind).toBe(kind);
					expect(typeof object.metadata.name).toBe('string');
				},
			),
			{numRuns: 60},
		);
	});

	const junk = fc.oneof(
		{depthSize: 'small'},
		fc.constantFrom(
			undefined,
			'',
			'x',
			0,
			-1,
			1.5,
			true,
			[],
			[null],
			[{}],
			['x'],
			{},
			{a: 1},
		),
		fc.jsonValue({maxDepth: 2}),
	);
	const damagedSelector = fc.record({nodeSelectorTerms: junk});
	// Objects whose fields carry the right names and any content reach further into the readers than random JSON.
	const damaged = fc.record(
		{
			metadata: fc.record(
				{
					name: junk,
					namespace: junk,
					labels: junk,
					annotations: junk,
					ownerReferences: junk,
					managedFields: junk,
					finalizers: junk,
				},
				{requiredKeys: []},
			),
			spec: fc.record(
				{
					clusterSelector: fc.oneof(junk, damagedSelector),
					desiredMapping: junk,
					taints: junk,
					containers: junk,
					affinity: junk,
					volumes: junk,
					template: junk,
					clusterIdentity: junk,
					resourceQuota: junk,
					storageClasses: junk,
					pod: junk,
					tolerations: junk,
				},
				{requiredKeys: []},
			),
			status: fc.record(
				{
					conditions: junk,
					currentMapping: junk,
					remoteNamespacesConditions: junk,
					containerStatuses: junk,
					allocatable: junk,
					modules: junk,
				},
				{requiredKeys: []},
			),
			data: junk,
			webhooks: junk,
			subjects: junk,
			roleRef: junk,
			endpoints: junk,
			involvedObject: junk,
			series: junk,
		},
		{requiredKeys: []},
	);

	it.each(allKinds)(
		'never throws on a damaged %s, and encodes it again',
		(kind) => {
			fc.assert(
				fc.property(
					damaged,
					fc.constantFrom(...generations),
					(raw, generation) => {
						const object = decode(kind, raw, generation);
						expect(object.kind).toBe(kind);
						if (isLiqoKind(kind)) {
							expect(() =>
								JSON.stringify(generation.encode(object)),
							).not.toThrow();
						}
					},
				),
				{numRuns: 60},
			);
		},
	);
});

describe('kindOf', () => {
	it.each([
		['offloading.liqo.io/v1beta1', 'NamespaceMap', 'NamespaceMap'],
		['virtualkubelet.liqo.io/v1alpha1', 'NamespaceMap', 'NamespaceMap'],
		['discovery.liqo.io/v1alpha1', 'ForeignCluster', 'ForeignCluster'],
		['core.liqo.io/v1beta1', 'ForeignCluster', 'ForeignCluster'],
		['v1', 'Event', 'Event'],
		['events.k8s.io/v1', 'Event', 'Event'],
		['extensions/v1beta1', 'Deployment', 'Deployment'],
		['apps/v1', 'Pod', undefined],
		['v1', 'constructor', undefined],
		['serving.knative.dev/v1', 'Deployment', undefined],
	])('%s %s is %s', (apiVersion, kind, expected) => {
		expect(kindOf(apiVersion, kind)).toBe(expected);
	});
});
