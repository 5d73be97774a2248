import {describe, expect, it} from 'vitest';
import {type JsonObject} from '../../../source/core/json.js';
import {createPlayground, type Playground} from './playground.js';

const foreignCluster: JsonObject = {
	apiVersion: 'core.liqo.io/v1beta1',
	kind: 'ForeignCluster',
	metadata: {
		name: 'mars',
		uid: 'foreign-mars',
		labels: {'liqo.io/remote-cluster-id': 'mars'},
	},
	spec: {clusterID: 'mars'},
};

// No connection leads to this provider.
const map: JsonObject = {
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'NamespaceMap',
	metadata: {
		name: 'mars',
		namespace: 'liqo-tenant-mars',
		uid: 'map-mars',
		labels: {
			'liqo.io/remote-cluster-id': 'mars',
			'liqo.io/replication': 'true',
			'liqo.io/remoteID': 'mars',
		},
		finalizers: ['crdreplicator.liqo.io/resource'],
	},
	spec: {desiredMapping: {a: 'a-rome'}},
};

const reference = {
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'NamespaceMap',
	namespace: 'liqo-tenant-mars',
	name: 'mars',
};

const isThere = ({home}: Playground): boolean =>
	home.view.get('NamespaceMap', 'liqo-tenant-mars', 'mars') !== undefined;

describe.each(['upstream', 'corrected'] as const)('%s rules', (rules) => {
	it('holds a map that goes until its provider is declared lost', () => {
		const ground = createPlayground('v1beta1', rules, [foreignCluster, map]);
		const {simulation} = ground;
		simulation.settle();
		simulation.send({
			cluster: 'home',
			verb: 'delete',
			object: reference,
			reason: 'test',
		});
		simulation.settle();
		expect(isThere(ground)).toBe(true);
		simulation.send({
			cluster: 'home',
			verb: 'patch',
			patchType: 'merge',
			object: {
				apiVersion: 'core.liqo.io/v1beta1',
				kind: 'ForeignCluster',
				name: 'mars',
			},
			body: {
				metadata: {
					annotations: {
						'liqo.io/foreign-cluster-permanently-unreachable': 'true',
					},
				},
			},
			reason: 'test',
		});
		simulation.settle();
		expect(isThere(ground)).toBe(false);
	});

	it('lets a map go at once whose provider was lost before', () => {
		const lost: JsonObject = {
			...foreignCluster,
			metadata: {
				...(foreignCluster.metadata as JsonObject),
				annotations: {
					'liqo.io/foreign-cluster-permanently-unreachable': 'true',
				},
			},
		};
		const ground = createPlayground('v1beta1', rules, [lost, map]);
		ground.simulation.settle();
		expect(isThere(ground)).toBe(true);
		ground.simulation.send({
			cluster: 'home',
			verb: 'delete',
			object: reference,
			reason: 'test',
		});
		ground.simulation.settle();
		expect(isThere(ground)).toBe(false);
	});
});
