import {type Change} from '../change.js';
import {type AnyObject, type KindName} from '../model.js';
import {type World} from '../world.js';

/**
Which rules to follow: `upstream` is what an installed Liqo of that generation does, warts included (predictions); `corrected` repairs
the named divergences (what liqoscope does when it acts itself).
*/
export type Rules = 'upstream' | 'corrected';

/**
What a reconciler is asked to look at: a name only. State is read again from the world on every pass (level, not edge).
*/
export type Request = {
	/**
	Key of the cluster that holds the object: `home` or a provider's cluster-id.
	*/
	readonly cluster: string;
	/**
	Empty for cluster-scoped objects.
	*/
	readonly namespace: string;
	readonly name: string;
};

/**
An object that was added (no `before`), removed (no `after`) or changed. The store's touches have this shape.
*/
export type ObjectTouch = {
	readonly cluster: string;
	readonly kind: KindName;
	readonly namespace: string;
	readonly name: string;
	readonly before?: AnyObject;
	readonly after?: AnyObject;
};

/**
A change that an API server refused or did not answer.
*/
export type WriteFailure = {
	readonly change: Change;
	/**
	HTTP status; 0 when the server gave no answer.
	*/
	readonly status: number;
	/**
	Kubernetes' machine-readable reason (`AlreadyExists`, `Invalid`, `Forbidden`, `Conflict`...), `Unreachable` for status 0.
	*/
	readonly reason: string;
	readonly message: string;
};

export type ReconcileContext = {
	/**
	The time of this pass, RFC 3339, for `lastTransitionTime` and events.
	*/
	readonly now: string;
	readonly rules: Rules;
	/**
	What was refused in the pass just before this one, of the same attempt. Empty when an attempt begins: everything needed is planned,
	also what failed earlier. Not empty: the same objects are not tried again now; the failures are recorded where Liqo records them
	(phase of a mapping, event) and returned as `error` if they are to be retried with backoff.

	Conflicts (409 with reason `Conflict`) never appear here: the controller reads again and plans afresh.
	*/
	readonly failures: readonly WriteFailure[];
};

/**
What one pass wants. Changes are sent in order; one is not sent when an earlier one of the same pass failed, except that changes to other
objects of the same verb and kind next to it in the list (twin namespaces, map entries) stand for themselves.
*/
export type ReconcileResult = {
	readonly changes: readonly Change[];
	/**
	Look again after so many milliseconds, whatever happens.
	*/
	readonly requeueAfter?: number;
	/**
	The pass did not reach its goal: a sentence for people. Tried again with exponential backoff (the changes are sent all the same).
	*/
	readonly error?: string;
};

/**
One of Liqo's controllers as a pure function.

A pass that has nothing to do returns no changes; a pass on the world its own changes led to returns none either.
*/
export type Reconciler = {
	/**
	Stable, in kebab case; part of queue keys, metrics and logs.
	*/
	readonly id: string;
	readonly title: string;
	/**
	Every request there is: at start, after a change of leader, and for drift.
	*/
	requests(world: World): Iterable<Request>;
	/**
	The requests that can come out differently after this touch. Must be cheap: it runs for every event. What the rules do not read
	wakes nobody.
	*/
	requestsFor(touch: ObjectTouch, world: World): Iterable<Request>;
	/**
	Whether clusters have still to answer for a request, so that acting on what the others say would be acting in vain soon. Asked when one of
	several maps changed.

	@default nobody knows
	*/
	isAwaiting?(request: Request, world: World): boolean;
	reconcile(
		request: Request,
		world: World,
		context: ReconcileContext,
	): ReconcileResult;
};
