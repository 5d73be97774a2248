import {type Caller} from '../caller.js';
import {type Failure} from '../http/status.js';
import {type Kind} from '../kinds/kind.js';
import {type ApiObject} from '../value.js';

/**
One write as admission sees it. `object` is absent for a deletion, `old` for a creation.
*/
export type AdmissionRequest = {
	readonly kind: Kind;
	readonly subresource: string;
	readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
	readonly namespace: string;
	readonly name: string;
	readonly object: ApiObject | undefined;
	readonly old: ApiObject | undefined;
	readonly isDryRun: boolean;
	readonly caller: Caller;
};

export type WebhookCaller = {
	/**
	Whether any webhook has to be asked: most writes need not wait for anything.
	*/
	concerns(request: AdmissionRequest): boolean;
	/**
	@returns the object as the mutating webhooks made it
	*/
	mutate(request: AdmissionRequest): Promise<ApiObject | Failure>;
	validate(request: AdmissionRequest): Promise<Failure | undefined>;
};

/**
Admission with nobody to ask.
*/
export const noWebhooks: WebhookCaller = {
	concerns: () => false,
	async mutate({object, old}) {
		return (object ?? old)!;
	},
	async validate() {
		return undefined;
	},
};
