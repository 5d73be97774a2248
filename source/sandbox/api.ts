import {type Tokens} from './access/tokens.js';
import {type Registry} from './kinds/registry.js';
import {type Storage} from './storage/storage.js';
import {type WebhookCaller} from './admission/webhook-caller.js';

export type {Caller, User} from './caller.js';

/**
One cluster's API as the operations see it: its objects, its kinds, its clock, and whom it asks before it writes.
*/
export type Api = {
	readonly storage: Storage;
	readonly registry: Registry;
	readonly webhooks: WebhookCaller;
	readonly tokens: Tokens;
	/**
	Epoch milliseconds.
	*/
	now(): number;
	/**
	Ends a pod's grace period: called when somebody is to take a gracefully deleted object away later.
	*/
	readonly finishDeletion?: (
		resource: string,
		namespace: string,
		name: string,
	) => void;
};
