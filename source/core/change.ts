import {type Json} from './json.js';
import {type ObjectReference} from './model.js';

export type PatchType = 'merge' | 'json' | 'strategic' | 'apply';

/**
What must still hold on the server for a write to be accepted; otherwise it answers 409 and nothing is changed.
*/
export type Precondition = {
	readonly resourceVersion?: string;
	readonly uid?: string;
};

/**
A write as data. `cluster` is the key of the cluster (`home` or a provider's cluster-id).

- `create`, `update`: `body` is the whole object. `patch`: `body` is the patch. `delete`: no body.
- `event`: `body` is a core/v1 Event to be recorded (aggregated by the writer).
*/
export type Change = {
	readonly cluster: string;
	readonly verb: 'create' | 'patch' | 'update' | 'delete' | 'event';
	readonly object: ObjectReference;
	readonly subresource?: string;
	readonly patchType?: PatchType;
	readonly body?: Json;
	readonly precondition?: Precondition;
	/**
	Seconds a deleted pod is given to end; 0 removes it at once. The server's choice when absent.
	*/
	readonly gracePeriodSeconds?: number;
	/**
	Why, in a sentence for people.
	*/
	readonly reason: string;
};
