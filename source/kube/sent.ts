import {type JsonObject} from '../core/json.js';

/**
The object as it is after a write (of a deletion: as it was, or absent), and what the server warned of.
*/
export type Sent = {
	readonly object: JsonObject | undefined;
	readonly warnings: readonly string[];
};
