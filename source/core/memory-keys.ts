import {type JsonObject} from './json.js';

/**
Identifies an object within a cluster.
*/
export const keyOf = (kind: string, namespace: string, name: string): string =>
	`${kind}/${namespace}/${name}`;

export const textAt = (object: JsonObject, key: string): string => {
	const value = object[key];
	return typeof value === 'string' ? value : '';
};
