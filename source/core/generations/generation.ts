import {type JsonObject} from '../json.js';
import {type KindMap, type KindName} from '../model.js';

/**
`v0.3`: Liqo v0.3.x. `v1alpha1`: v0.4 to v0.11. `v1beta1`: v1.x.
*/
export type GenerationId = 'v0.3' | 'v1alpha1' | 'v1beta1';

/**
Where a kind is served.
*/
export type Resource = {
	/**
	Empty for the core group.
	*/
	readonly group: string;
	readonly version: string;
	readonly plural: string;
	readonly isNamespaced: boolean;
	readonly hasStatus: boolean;
};

/**
One API generation of Liqo: where its kinds are served, how they are read and written, and which of the rules apply.
*/
export type Generation = {
	readonly id: GenerationId;
	/**
	What people call it, e.g. `v1beta1`.
	*/
	readonly title: string;
	/**
	Liqo's kinds of this generation; a kind that is missing does not exist in it.
	*/
	readonly resources: Readonly<Partial<Record<KindName, Resource>>>;
	/**
	Reads an object of one of Liqo's kinds. Never throws: what cannot be read is listed in `defects`.
	*/
	decode<K extends KindName>(kind: K, raw: JsonObject): KindMap[K];
	/**
	Writes one of Liqo's kinds as the API server of this generation takes it.
	*/
	encode(object: KindMap[KindName]): JsonObject;
	/**
	Which of the rule variants hold.
	*/
	readonly rules: {
		/**
		`v0.3` rules of reconciliation, conditions and admission, or those since v0.5.
		*/
		readonly controllers: 'v0.3' | 'v1';
		/**
		How the DefaultName suffix is made.
		*/
		readonly remoteNameSuffix: 'cluster-id' | 'cluster-name-and-hash';
		/**
		Key of `remoteNamespacesConditions`.
		*/
		readonly conditionKey: 'cluster-id' | 'namespacemap-name';
		readonly hasVirtualNodeResource: boolean;
		readonly hasSelectedName: boolean;
		readonly hasQuickOffloading: boolean;
	};
};
