import {type ApiObject, type Value} from '../value.js';

/**
One column of a Table; a `priority` above zero is shown only by `-o wide`.
*/
export type Column = {
	readonly name: string;
	readonly type: 'string' | 'integer' | 'date' | 'boolean' | 'number';
	readonly format?: string;
	readonly priority?: number;
	readonly description?: string;
	cell(object: ApiObject, now: number): Value;
};
