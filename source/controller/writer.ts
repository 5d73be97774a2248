import {type Change} from '../core/change.js';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {type ObjectReference} from '../core/model.js';

/**
What an API server made of a change.
*/
export type WriteAnswer =
	| {
			readonly state: 'written';
			/**
			The object as the server now holds it (for a finished delete: absent).
			*/
			readonly object?: JsonObject;
	  }
	| {
			readonly state: 'refused';
			/**
			HTTP status; 0 when there was no answer.
			*/
			readonly status: number;
			/**
			Kubernetes' reason (`Conflict`, `AlreadyExists`...), or `Unreachable`, or `Fenced` when it was not sent because the lease is lost.
			*/
			readonly reason: string;
			readonly message: string;
			/**
			Milliseconds the server asked to wait.
			*/
			readonly retryAfter?: number;
	  };

/**
Sends one change to the API server it is for. Never throws: what goes wrong is an answer.
*/
export type Writer = {
	send(change: Change, options: {signal: AbortSignal}): Promise<WriteAnswer>;
};

export type ReadAnswer =
	| {readonly state: 'found'; readonly object: JsonObject}
	| {readonly state: 'missing'}
	| {readonly state: 'failed'; readonly message: string};

/**
Reads one object of the consumer. Never throws.
*/
export type Reader = {
	read(
		object: ObjectReference,
		options: {signal: AbortSignal},
	): Promise<ReadAnswer>;
};

/**
Identifies an object across clusters.
*/
export const objectKey = (cluster: string, object: ObjectReference): string =>
	`${cluster}/${object.kind}/${object.namespace ?? ''}/${object.name}`;

export const fenced: WriteAnswer = {
	state: 'refused',
	status: 0,
	reason: 'Fenced',
	message: 'Not sent: the lease is no longer held.',
};

/**
Whether a refusal says that the plan was made on an outdated view, so that reading again is the remedy.
*/
export const isOutdated = (change: Change, answer: WriteAnswer): boolean =>
	answer.state === 'refused' &&
	((answer.status === 409 && answer.reason !== 'AlreadyExists') ||
		(answer.status === 404 && change.verb !== 'create') ||
		// A failed `test` operation of a JSON patch.
		(answer.status === 422 && change.patchType === 'json'));

/**
Whether a refusal may go away by itself.
*/
export const isTransient = (answer: WriteAnswer): boolean =>
	answer.state === 'refused' &&
	(answer.status === 0 || answer.status === 429 || answer.status >= 500);

const metadataOf = (answer: WriteAnswer): JsonObject => {
	const metadata =
		answer.state === 'written' ? answer.object?.metadata : undefined;
	return isJsonObject(metadata) ? metadata : {};
};

/**
The resourceVersion that a write led to, when the server said so.
*/
export const resourceVersionOf = (answer: WriteAnswer): string | undefined => {
	const {resourceVersion} = metadataOf(answer);
	return typeof resourceVersion === 'string' ? resourceVersion : undefined;
};

/**
The name of the object that was written, when the server said so.
*/
export const nameOf = (answer: WriteAnswer): string | undefined => {
	const {name} = metadataOf(answer);
	return typeof name === 'string' ? name : undefined;
};

/**
Whether a write took the last finalizer of an object that was being deleted, so that it is gone.
*/
export const isLeaving = (answer: WriteAnswer): boolean => {
	const {deletionTimestamp, finalizers} = metadataOf(answer);
	return (
		typeof deletionTimestamp === 'string' &&
		(!Array.isArray(finalizers) || finalizers.length === 0)
	);
};
