import {
	decodeForeignCluster,
	decodeNamespaceMap,
	decodeNamespaceOffloading,
	decodeShadowPod,
	decodeVirtualNode,
} from '../decode/liqo.js';
import {child, type Place, placeOf, text} from '../decode/place.js';
import {type JsonObject} from '../json.js';
import {type AnyObject, type KindMap, type KindName} from '../model.js';
import {type LiqoKind} from '../resources.js';
import {
	encodeObject,
	encodeOffloading,
	encodeVirtualNode,
	withoutEmpty,
} from './encode.js';
import {
	type Generation,
	type GenerationId,
	type Resource,
} from './generation.js';

/**
What sets a generation apart from the others.
*/
export type GenerationTraits = {
	readonly id: GenerationId;
	readonly title: string;
	readonly groups: {
		readonly NamespaceMap: string;
		readonly ForeignCluster: string;
		/**
		Also of ShadowPod.
		*/
		readonly VirtualNode: string;
	};
	readonly version: string;
	readonly hasOffloadingStatus: boolean;
	readonly hasMapStatus: boolean;
	/**
	Where the cluster-id of VirtualNodes and ForeignClusters stands: in `spec.clusterID`, or in `spec.clusterIdentity.clusterID`.
	*/
	readonly clusterIdField: 'clusterID' | 'clusterIdentity';
	readonly rules: Generation['rules'];
};

const clusterIdIn = (
	spec: Place,
	field: GenerationTraits['clusterIdField'],
): string | undefined => {
	if (field === 'clusterID') {
		return text(spec, 'clusterID');
	}

	const identity = child(spec, 'clusterIdentity');
	return identity && text(identity, 'clusterID');
};

const resourcesOf = (
	traits: GenerationTraits,
): Readonly<Partial<Record<LiqoKind, Resource>>> => {
	const resource = (
		group: string,
		plural: string,
		hasStatus: boolean,
		isNamespaced = true,
	): Resource => ({
		group,
		version: traits.version,
		plural,
		isNamespaced,
		hasStatus,
	});

	return {
		NamespaceOffloading: resource(
			'offloading.liqo.io',
			'namespaceoffloadings',
			traits.hasOffloadingStatus,
		),
		NamespaceMap: resource(
			traits.groups.NamespaceMap,
			'namespacemaps',
			traits.hasMapStatus,
		),
		...(traits.rules.hasVirtualNodeResource && {
			VirtualNode: resource(traits.groups.VirtualNode, 'virtualnodes', true),
		}),
		ForeignCluster: resource(
			traits.groups.ForeignCluster,
			'foreignclusters',
			true,
			false,
		),
		ShadowPod: resource(
			traits.groups.VirtualNode,
			'shadowpods',
			traits.id !== 'v0.3',
		),
	};
};

/**
Makes a generation out of what sets it apart.
*/
export const buildGeneration = (traits: GenerationTraits): Generation => {
	const resources = resourcesOf(traits);
	const {clusterIdField} = traits;

	const apiVersionOf = (kind: LiqoKind): string => {
		const group = resources[kind]?.group ?? traits.groups.VirtualNode;
		return `${group}/${traits.version}`;
	};

	const decoders: {
		readonly [K in LiqoKind]: (root: Place) => KindMap[K];
	} = {
		NamespaceOffloading: (root) =>
			decodeNamespaceOffloading(root, apiVersionOf('NamespaceOffloading')),
		NamespaceMap: (root) =>
			decodeNamespaceMap(root, apiVersionOf('NamespaceMap')),
		VirtualNode: (root) =>
			decodeVirtualNode(root, apiVersionOf('VirtualNode'), (spec) =>
				clusterIdIn(spec, clusterIdField),
			),
		ForeignCluster: (root) =>
			decodeForeignCluster(root, apiVersionOf('ForeignCluster'), (spec) =>
				clusterIdIn(spec, clusterIdField),
			),
		ShadowPod: (root) => decodeShadowPod(root, apiVersionOf('ShadowPod')),
	};

	const writeClusterId = (clusterId: string | undefined): JsonObject => {
		if (clusterId === undefined || clusterId === '') {
			return {};
		}

		return clusterIdField === 'clusterID'
			? {clusterID: clusterId}
			: // The name is required by the schema and not kept in the model.
				{clusterIdentity: {clusterID: clusterId, clusterName: clusterId}};
	};

	const encodeBody = (
		object: KindMap[LiqoKind],
	): {spec: JsonObject; status: JsonObject} => {
		switch (object.kind) {
			case 'NamespaceOffloading': {
				return encodeOffloading(object, traits.rules);
			}

			case 'NamespaceMap': {
				return {
					spec: withoutEmpty(object.spec),
					status: withoutEmpty(object.status),
				};
			}

			case 'VirtualNode': {
				const {clusterID} = object.spec;
				return encodeVirtualNode(object, writeClusterId(clusterID));
			}

			case 'ForeignCluster': {
				const {clusterID} = object.spec;
				const {
					conditions,
					tenantNamespace,
					clusterID: statusId,
				} = object.status;
				return {
					spec: writeClusterId(clusterID),
					status: withoutEmpty({
						clusterID: statusId,
						[traits.version === 'v1beta1' ? 'conditions' : 'peeringConditions']:
							conditions,
						tenantNamespace,
					}),
				};
			}

			case 'ShadowPod': {
				return {
					spec: withoutEmpty(object.spec),
					status: withoutEmpty(object.status),
				};
			}
		}
	};

	return {
		id: traits.id,
		title: traits.title,
		resources,
		rules: traits.rules,
		decode<K extends KindName>(kind: K, raw: JsonObject): KindMap[K] {
			const read = (
				decoders as Readonly<Record<string, (root: Place) => AnyObject>>
			)[kind];
			if (read === undefined) {
				throw new TypeError(`${kind} is not one of Liqo's kinds.`);
			}

			return read(placeOf(raw)) as KindMap[K];
		},
		encode(object: AnyObject): JsonObject {
			const liqoObject = object as KindMap[LiqoKind];
			return encodeObject(
				object,
				apiVersionOf(liqoObject.kind),
				encodeBody(liqoObject),
			);
		},
	};
};
