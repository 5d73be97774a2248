import {quote} from '../../core/label-syntax.js';
import {type Denial} from './server-checks.js';

/**
What is done with an object.
*/
export type Operation = 'create' | 'update' | 'delete';

/**
The operation that is asked about: the one that is named; else a change of what the cluster holds, and a creation of what it does not.
*/
export const operationOn = (
	named: Operation | undefined,
	isHeld: boolean,
): Operation => named ?? (isHeld ? 'update' : 'create');

/**
Why a server cannot change or delete an object it does not have. Absent when it has it.
*/
export const absenceDenial = (
	resource: string,
	name: string,
	isHeld: boolean,
): Denial | undefined =>
	isHeld
		? undefined
		: {status: 404, message: `${resource} ${quote(name)} not found`};

/**
Why a server cannot create an object it has already. Absent when it has not.
*/
export const presenceDenial = (
	resource: string,
	name: string,
	isHeld: boolean,
): Denial | undefined =>
	isHeld
		? {status: 409, message: `${resource} ${quote(name)} already exists`}
		: undefined;
