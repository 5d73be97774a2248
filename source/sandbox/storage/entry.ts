import {type Buffer} from 'node:buffer';

/**
An object as it is kept: its bytes, and beside them the little that selectors ask for. Never changed, only replaced.
*/
export type Entry = {
	readonly namespace: string;
	readonly name: string;
	/**
	The resourceVersion, as a number.
	*/
	readonly revision: number;
	/**
	JSON from `{"metadata":` on: without apiVersion and kind, which every answer puts before it as it needs.
	*/
	readonly bytes: Buffer;
	readonly labels: Readonly<Record<string, string>> | undefined;
	readonly fields: Readonly<Record<string, string>> | undefined;
	/**
	The uids of its owners.
	*/
	readonly owners: readonly string[] | undefined;
	readonly uid: string;
	readonly isTerminating: boolean;
};
