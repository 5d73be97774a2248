import {describe, expect, it} from 'vitest';
import {
	detectGeneration,
	generationById,
	generations,
} from '../../../source/core/generations/index.js';
import {v03} from '../../../source/core/generations/v0.3.js';
import {v04, v05, v1alpha1} from '../../../source/core/generations/v1alpha1.js';
import {v1beta1} from '../../../source/core/generations/v1beta1.js';
import {type JsonObject} from '../../../source/core/json.js';

const served = (entries: Record<string, string[]>) =>
	new Map(
		Object.entries(entries).map(([version, resources]) => [
			version,
			new Set(resources),
		]),
	);

describe('detectGeneration', () => {
	it.each([
		['nothing of Liqo', {v1: ['pods']}, undefined],
		[
			'only a networking group',
			{'networking.liqo.io/v1beta1': ['x']},
			undefined,
		],
		[
			'v1beta1',
			{'offloading.liqo.io/v1beta1': ['namespaceoffloadings']},
			v1beta1,
		],
		[
			'v1beta1 beside remains of v1alpha1',
			{
				'offloading.liqo.io/v1beta1': ['namespaceoffloadings'],
				'offloading.liqo.io/v1alpha1': ['namespaceoffloadings'],
			},
			v1beta1,
		],
		[
			'no status anywhere',
			{
				'offloading.liqo.io/v1alpha1': ['namespaceoffloadings'],
				'virtualkubelet.liqo.io/v1alpha1': ['namespacemaps'],
			},
			v03,
		],
		[
			'no NamespaceMaps to look at',
			{'offloading.liqo.io/v1alpha1': ['namespaceoffloadings']},
			v03,
		],
		[
			'a status of NamespaceMaps only',
			{
				'offloading.liqo.io/v1alpha1': ['namespaceoffloadings'],
				'virtualkubelet.liqo.io/v1alpha1': [
					'namespacemaps',
					'namespacemaps/status',
				],
			},
			v04,
		],
		[
			'both status, no VirtualNodes',
			{
				'offloading.liqo.io/v1alpha1': [
					'namespaceoffloadings',
					'namespaceoffloadings/status',
				],
				'virtualkubelet.liqo.io/v1alpha1': [
					'namespacemaps',
					'namespacemaps/status',
				],
			},
			v05,
		],
		[
			'both status and VirtualNodes',
			{
				'offloading.liqo.io/v1alpha1': [
					'namespaceoffloadings',
					'namespaceoffloadings/status',
				],
				'virtualkubelet.liqo.io/v1alpha1': [
					'namespacemaps',
					'namespacemaps/status',
					'virtualnodes',
				],
			},
			v1alpha1,
		],
	])('%s', (_title, resources, expected) => {
		expect(
			detectGeneration(served(resources as Record<string, string[]>)),
		).toBe(expected);
	});
});

describe('generations', () => {
	it('say where their kinds are served', () => {
		expect(v03.resources.NamespaceMap).toEqual({
			group: 'virtualkubelet.liqo.io',
			version: 'v1alpha1',
			plural: 'namespacemaps',
			isNamespaced: true,
			hasStatus: false,
		});
		expect(v03.resources.VirtualNode).toBeUndefined();
		expect(v1beta1.resources.ForeignCluster).toMatchObject({
			group: 'core.liqo.io',
			isNamespaced: false,
		});
		expect(generationById('v1alpha1').resources.VirtualNode?.group).toBe(
			'virtualkubelet.liqo.io',
		);
		expect(v05.resources.VirtualNode).toBeUndefined();
		expect(v04.resources.NamespaceOffloading?.hasStatus).toBe(false);
	});

	const offloading: JsonObject = {
		kind: 'NamespaceOffloading',
		metadata: {
			name: 'offloading',
			namespace: 'demo',
			finalizers: ['namespaceoffloading-controller.liqo.io/finalizer'],
		},
		spec: {
			namespaceMappingStrategy: 'DefaultName',
			podOffloadingStrategy: 'Remote',
			clusterSelector: {
				nodeSelectorTerms: [
					{matchExpressions: [{key: 'region', operator: 'In', values: ['eu']}]},
					{},
				],
			},
		},
		status: {
			remoteNamespaceName: 'demo-1',
			offloadingPhase: 'Ready',
			observedGeneration: 1,
			remoteNamespacesConditions: {
				eu: [
					{
						type: 'Ready',
						status: 'True',
						reason: 'NamespaceCreated',
						message: 'm',
						lastTransitionTime: '2026-01-01T00:00:02Z',
					},
				],
			},
		},
	};
	const namespaceMap: JsonObject = {
		kind: 'NamespaceMap',
		metadata: {
			name: 'eu',
			namespace: 'liqo-tenant-eu',
			labels: {'liqo.io/remote-cluster-id': 'eu'},
		},
		spec: {desiredMapping: {demo: 'demo-1'}},
		status: {
			currentMapping: {demo: {remoteNamespace: 'demo-1', phase: 'Accepted'}},
		},
	};

	it.each(
		generations.map((generation) => [generation.title, generation] as const),
	)('%s writes what it read', (_title, generation) => {
		for (const kind of ['NamespaceOffloading', 'NamespaceMap'] as const) {
			const resource = generation.resources[kind]!;
			const raw = {
				apiVersion: `${resource.group}/${resource.version}`,
				...(kind === 'NamespaceMap' ? namespaceMap : offloading),
			};
			expect(generation.encode(generation.decode(kind, raw))).toEqual(raw);
		}
	});

	it('write the cluster-id of a VirtualNode where the generation keeps it', () => {
		const spec = {
			createNode: true,
			labels: {region: 'eu'},
			taints: [{key: 'a', effect: 'NoSchedule'}],
			resourceQuota: {hard: {cpu: '4'}},
			storageClasses: [{storageClassName: 'fast'}],
		};
		const raw = {
			apiVersion: 'offloading.liqo.io/v1beta1',
			kind: 'VirtualNode',
			metadata: {name: 'eu'},
			spec: {...spec, clusterID: 'eu-id'},
		};
		const object = v1beta1.decode('VirtualNode', raw);
		expect(v1beta1.encode(object)).toEqual(raw);
		expect(v1alpha1.encode(object)).toEqual({
			apiVersion: 'virtualkubelet.liqo.io/v1alpha1',
			kind: 'VirtualNode',
			metadata: {name: 'eu'},
			spec: {
				...spec,
				clusterIdentity: {clusterID: 'eu-id', clusterName: 'eu-id'},
			},
		});
	});

	it('leave out what the generation does not know', () => {
		const object = v1beta1.decode('NamespaceOffloading', {
			metadata: {name: 'offloading', namespace: 'demo'},
			spec: {
				namespaceMappingStrategy: 'SelectedName',
				remoteNamespaceName: 'chosen',
			},
		});
		expect(v1beta1.encode(object).spec).toHaveProperty(
			'remoteNamespaceName',
			'chosen',
		);
		expect(v03.encode(object).spec).not.toHaveProperty('remoteNamespaceName');
	});
});
