import {
	type Change,
	type PatchType,
	type Precondition,
} from '../core/change.js';
import {isJsonObject, type Json, type JsonObject} from '../core/json.js';
import {type Outcome, type Problem, succeed} from './errors.js';
import {type EventRecorder} from './event-recorder.js';
import {type Sent} from './sent.js';
import {pathOf} from './resource-path.js';
import {type ResourceFinder} from './resources.js';
import {type Transport, type TransportRequest} from './transport.js';

export type SendOptions = {
	/**
	`server`: the server checks and answers, and changes nothing.
	*/
	readonly dryRun?: 'server' | undefined;
};

export const fieldManager = 'liqoscope';

const contentTypes: Readonly<Record<PatchType, string>> = {
	merge: 'application/merge-patch+json',
	json: 'application/json-patch+json',
	strategic: 'application/strategic-merge-patch+json',
	apply: 'application/apply-patch+yaml',
};

const withPrecondition = (
	body: Json | undefined,
	precondition: Precondition | undefined,
): Json | undefined => {
	if (precondition === undefined || !isJsonObject(body)) {
		return body;
	}

	const {resourceVersion, uid} = precondition;
	const metadata = isJsonObject(body.metadata) ? body.metadata : {};
	return {
		...body,
		metadata: {
			...metadata,
			...(resourceVersion !== undefined && {resourceVersion}),
			...(uid !== undefined && {uid}),
		},
	};
};

/**
Written into the object as it is now: the server then refuses as it does for any stale object, with 409 (a failed `test` is only a 422
that says nothing).
*/
const preconditionsFor = (precondition: Precondition | undefined): Json[] =>
	Object.entries({
		resourceVersion: precondition?.resourceVersion,
		uid: precondition?.uid,
	})
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => ({
			op: 'replace',
			path: `/metadata/${key}`,
			value,
		}));

const patchBody = (change: Change): Json | undefined =>
	change.patchType === 'json' && Array.isArray(change.body)
		? [
				...preconditionsFor(change.precondition),
				...(change.body as readonly Json[]),
			]
		: withPrecondition(change.body, change.precondition);

/**
Another uid is answered as invalid; it means that the object was replaced meanwhile.
*/
const asConflict = (problem: Problem, change: Change): Problem =>
	problem.kind === 'invalid' &&
	change.precondition?.uid !== undefined &&
	/metadata\.uid/iv.test(problem.message)
		? {
				...problem,
				kind: 'conflict',
				message: `Somebody else replaced ${change.object.kind} "${change.object.name}" meanwhile. Look at it again, then retry.`,
			}
		: problem;

const requestFor = (
	change: Change,
	{
		collection,
		object,
		isDryRun,
	}: {
		readonly collection: string;
		readonly object: string;
		readonly isDryRun: boolean;
	},
): TransportRequest => {
	const query = `?fieldManager=${fieldManager}${isDryRun ? '&dryRun=All' : ''}`;
	switch (change.verb) {
		case 'event':
		case 'create': {
			return {
				method: 'POST',
				// What is created below an object (an eviction, a binding) is posted to its path.
				path: `${change.subresource === undefined ? collection : object}${query}&fieldValidation=Strict`,
				body: JSON.stringify(change.body ?? {}),
			};
		}

		case 'update': {
			return {
				method: 'PUT',
				path: `${object}${query}&fieldValidation=Strict`,
				body: JSON.stringify(
					withPrecondition(change.body, change.precondition) ?? {},
				),
			};
		}

		case 'patch': {
			return {
				method: 'PATCH',
				path: `${object}${query}&fieldValidation=Strict`,
				contentType: contentTypes[change.patchType ?? 'merge'],
				body: JSON.stringify(patchBody(change) ?? {}),
			};
		}

		case 'delete': {
			return {
				method: 'DELETE',
				path: `${object}${query}`,
				body: JSON.stringify({
					apiVersion: 'v1',
					kind: 'DeleteOptions',
					propagationPolicy: 'Background',
					// With a body, the server does not look at the query: without this, a dry run would delete.
					...(isDryRun && {dryRun: ['All']}),
					...(change.gracePeriodSeconds !== undefined && {
						gracePeriodSeconds: change.gracePeriodSeconds,
					}),
					...(change.precondition && {preconditions: change.precondition}),
				}),
			};
		}
	}
};

/**
Sends changes to one API server. Without rights, or read-only, the answer is a problem, never an exception.
*/
export type Writer = {
	/**
	A precondition that no longer holds is a problem of kind `conflict`, and nothing is changed.
	*/
	send(change: Change, options?: SendOptions): Promise<Outcome<Sent>>;
};

export const createWriter = (options: {
	readonly transport: Transport;
	readonly resources: ResourceFinder;
	readonly events: EventRecorder;
}): Writer => {
	const {transport, resources, events} = options;
	const execute = async (
		request: TransportRequest,
		change: Change,
	): Promise<Outcome<Sent>> => {
		const response = await transport.request(request);
		if (!response.ok) {
			return {ok: false, problem: asConflict(response.problem, change)};
		}

		let object: JsonObject | undefined;
		try {
			const parsed: unknown = JSON.parse(response.value.body.toString('utf8'));
			object =
				isJsonObject(parsed) && parsed.kind !== 'Status' ? parsed : undefined;
		} catch {}

		return succeed({object, warnings: response.value.warnings});
	};

	return {
		async send(change, {dryRun} = {}) {
			const location = await resources.find(change.object);
			if (!location.ok) {
				return location;
			}

			if (change.verb === 'event') {
				return events.record(change, async (request) =>
					execute(request, change),
				);
			}

			const {name, namespace} = change.object;
			const place = location.value.isNamespaced ? {namespace} : {};
			const collection = pathOf(location.value, place);
			const object = pathOf(location.value, {
				...place,
				name,
				subresource: change.subresource,
			});
			const request = requestFor(change, {
				collection,
				object,
				isDryRun: dryRun === 'server',
			});
			return execute(request, change);
		},
	};
};
