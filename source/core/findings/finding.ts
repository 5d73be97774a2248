import {type KindName, type ObjectReference} from '../model.js';
import {type Offer} from '../remedies/offer.js';
import {type FindingId} from './ids.js';

/**
`error`: something that was asked for does not happen. `warning`: it happens, but not as declared, or soon will not. `info`: worth knowing.
*/
export type Severity = 'error' | 'warning' | 'info';

/**
`proven`: the evidence leaves no other explanation. `likely`: it fits best, but the deciding object is out of sight. `possible`: one of several explanations.
*/
export type Certainty = 'proven' | 'likely' | 'possible';

/**
One observed fact: a field of an object, its value, and what would have been right.
*/
export type Evidence = {
	/**
	Key of the cluster that holds the object: `home` or a provider's cluster-id.
	*/
	readonly cluster: string;
	readonly object: ObjectReference;
	/**
	Field path, e.g. `spec.clusterSelector.nodeSelectorTerms[0].matchExpressions[1].key`.
	*/
	readonly path: string;
	/**
	Absent when the field or object is not there.
	*/
	readonly actual?: string;
	readonly expected?: string;
};

/**
What a failure mode says about one object; the rest of the finding is filled in by `diagnose`.
*/
export type Claim = {
	readonly object: ObjectReference;
	/**
	Cluster-ids of the remote clusters concerned.
	*/
	readonly clusters?: readonly string[];
	/**
	The cause, one sentence.
	*/
	readonly message: string;
	/**
	What follows from it for the user, one sentence.
	*/
	readonly consequence: string;
	readonly evidence: readonly Evidence[];
	/**
	`proven` when absent.
	*/
	readonly certainty?: Certainty;
	/**
	The severity of the failure mode when absent.
	*/
	readonly severity?: Severity;
	/**
	The fixes that apply here, safest first.
	*/
	readonly offers: readonly Offer[];
	/**
	Namespaces hit by a finding that is not about one namespace.
	*/
	readonly namespaces?: readonly string[];
};

export type Finding = {
	readonly id: FindingId;
	readonly title: string;
	readonly severity: Severity;
	readonly certainty: Certainty;
	/**
	Absent for findings about the whole cluster.
	*/
	readonly namespace?: string;
	readonly namespaces: readonly string[];
	readonly object: ObjectReference;
	readonly clusters: readonly string[];
	readonly message: string;
	readonly consequence: string;
	readonly evidence: readonly Evidence[];
	readonly offers: readonly Offer[];
	/**
	Findings that are only consequences of this one.
	*/
	readonly behind: readonly Finding[];
};

/**
Something that could not be looked at, and what would let it.
*/
export type Unseen = {
	/**
	Key of the cluster.
	*/
	readonly cluster: string;
	readonly kind: KindName | 'provider';
	/**
	Why, as a word: the state of the access to that kind, or `unconnected`.
	*/
	readonly state: 'forbidden' | 'stale' | 'syncing' | 'idle' | 'unconnected';
	readonly reason: string;
	/**
	The RBAC rule to grant or the flag to add.
	*/
	readonly remedy: string;
	/**
	Failure modes that could not be judged, or only in part.
	*/
	readonly hides: readonly FindingId[];
};
