import {keys} from '../keys.js';
import {type KindName} from '../model.js';

/**
Which objects of a kind are read, in Kubernetes' words; all where nothing is said.
*/
export type ReadSelection = {
	readonly labelSelector?: string;
	readonly fieldSelector?: string;
	/**
	Only those in the namespace in which Liqo runs.
	*/
	readonly isLiqos?: true;
};

export type ReadKind = readonly [kind: KindName, selection?: ReadSelection];

/**
What the reconcilers read of the consumer and of each provider: of the pods only those that run on providers, of the events only those about
offloadings. The Secrets that may name a tenant namespace are left out: nobody is asked for the right to read them.
*/
export const kindsReconciled: {
	readonly consumer: readonly ReadKind[];
	readonly provider: readonly ReadKind[];
} = {
	consumer: [
		['NamespaceOffloading'],
		['NamespaceMap'],
		['VirtualNode'],
		['Namespace'],
		['Node'],
		['ForeignCluster'],
		['RoleBinding'],
		['Deployment'],
		['Pod', {labelSelector: `${keys.shadowPod}=true`}],
		['Event', {fieldSelector: 'involvedObject.kind=NamespaceOffloading'}],
		['ConfigMap', {isLiqos: true}],
	],
	provider: [['Namespace'], ['NamespaceMap'], ['RoleBinding']],
};
