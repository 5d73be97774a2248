import {type Change} from '../../core/change.js';
import {type KindName, type ObjectReference} from '../../core/model.js';
import {type Tree} from '../value.js';

/**
Why a cluster did not take a write, as its Status says it.
*/
export type Refusal = {
	/**
	HTTP status; 0 when there was no answer.
	*/
	readonly code: number;
	readonly reason?: string;
	readonly message: string;
};

/**
An object as it is now; `object` is absent when it is gone.
*/
export type Seen = {
	readonly kind: KindName;
	readonly namespace: string;
	readonly name: string;
	readonly object: Tree | undefined;
};

/**
What the actors can do with a cluster, whoever serves it: the embedded server in this process, or an API server over HTTP.
*/
export type ClusterAccess = {
	/**
	Tells of every object that Liqo's rules can read, then of every write to one. Settles when all that was there has been told.

	@returns a function that ends it
	*/
	follow(onSeen: (seen: Seen) => void): Promise<() => void>;
	/**
	The object as the cluster has it at this moment.
	*/
	read(reference: ObjectReference): Promise<Tree | undefined>;
	/**
	Sends a write in the name of one of the cluster's components. When it settles, those who follow have been told of the outcome. A pod is bound
	by creating its subresource `binding`, evicted by `eviction`.

	@returns why it was refused
	*/
	send(change: Change, component: string): Promise<Refusal | undefined>;
};
