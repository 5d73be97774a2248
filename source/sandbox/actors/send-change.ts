import {randomBytes} from 'node:crypto';
import {type Change} from '../../core/change.js';
import {type Caller} from '../api.js';
import {type Failure, failure, isFailure} from '../http/status.js';
import {createObject} from '../objects/create.js';
import {deleteObject} from '../objects/delete.js';
import {timestamp} from '../objects/identity.js';
import {patchObject, patchTypes} from '../objects/patch.js';
import {fieldsOf, type Target} from '../objects/target.js';
import {updateObject} from '../objects/update.js';
import {evictPod} from '../routes/subresources.js';
import {decodeAs} from '../storage/encoding.js';
import {clone, isTree, numberAt, textAt, type Tree} from '../value.js';
import {type Stage} from './actor-world.js';

const caller = (manager: string): Caller => ({
	user: {
		name: `system:serviceaccount:liqo:${manager}`,
		groups: ['system:masters'],
	},
	userAgent: manager,
	warnings: [],
});

export const targetOf = (
	{api}: Stage,
	change: Change,
	manager: string,
): Target | Failure => {
	const {apiVersion, kind: kindName, namespace, name} = change.object;
	const kind = api.registry.findByKind(apiVersion, kindName);
	return kind
		? {
				api,
				caller: caller(manager),
				kind,
				namespace: kind.isNamespaced ? (namespace ?? '') : '',
				name,
				subresource: change.subresource ?? '',
				options: {
					isDryRun: false,
					fieldManager: manager,
					hasFieldManager: true,
					fieldValidation: 'Ignore',
					force: undefined,
				},
			}
		: failure(404, 'NotFound', `${kindName} is not served`);
};

const isSameEvent = (old: Tree, event: Tree): boolean =>
	['reason', 'message', 'type'].every((key) => old[key] === event[key]) &&
	['kind', 'name', 'namespace'].every(
		(key) =>
			textAt(old, 'involvedObject', key) ===
			textAt(event, 'involvedObject', key),
	);

/**
Records an event, counting one that was recorded before.
*/
export const recordEvent = (
	{api}: Stage,
	event: Tree,
	component: string,
): void => {
	const kind = api.registry.find('', 'v1', 'events')!;
	const namespace = textAt(event, 'involvedObject', 'namespace') || 'default';
	const now = timestamp(api.now());
	for (const entry of api.storage.collection(kind.resource).list(namespace)) {
		const old = decodeAs(entry.bytes, 'v1', 'Event');
		if (isSameEvent(old, event)) {
			old.count = (numberAt(old, 'count') ?? 1) + 1;
			old.lastTimestamp = now;
			api.storage.put(kind.resource, old, fieldsOf(kind));
			return;
		}
	}

	const name = `${textAt(event, 'involvedObject', 'name')}.${randomBytes(8).toString('hex')}`;
	const recorded = {
		apiVersion: 'v1',
		kind: 'Event',
		count: 1,
		firstTimestamp: now,
		lastTimestamp: now,
		source: {component},
		reportingComponent: component,
		reportingInstance: '',
		...event,
		metadata: {
			name,
			namespace,
			uid: crypto.randomUUID(),
			creationTimestamp: now,
		},
	};
	api.storage.put(kind.resource, recorded, fieldsOf(kind));
};

const withType = (change: Change): Tree => {
	const body = isTree(change.body) ? clone(change.body as Tree) : {};
	return {
		apiVersion: change.object.apiVersion,
		kind: change.object.kind,
		...body,
	};
};

const withPrecondition = ({
	body = {},
	precondition,
	patchType = 'merge',
}: Change): string => {
	const patch = clone(body as Tree);
	if (!precondition) {
		return JSON.stringify(patch);
	}

	if (Array.isArray(patch)) {
		const tests = Object.entries(precondition).map(([key, value]) => ({
			op: 'test',
			path: `/metadata/${key}`,
			value,
		}));
		return JSON.stringify([...tests, ...(patch as Tree[])]);
	}

	return JSON.stringify(
		patchType === 'json'
			? patch
			: {
					...patch,
					metadata: {
						...(isTree(patch.metadata) && patch.metadata),
						...precondition,
					},
				},
	);
};

/**
Sends a change to a cluster in this process, through all that a request over the network goes through.

@returns why it was refused
*/
export const sendChange = async (
	stage: Stage,
	change: Change,
	manager: string,
): Promise<Failure | undefined> => {
	if (change.verb === 'event') {
		recordEvent(stage, withType(change), manager);
		return undefined;
	}

	const target = targetOf(stage, change, manager);
	if (isFailure(target)) {
		return target;
	}

	const outcome = await send(target, change);
	return isFailure(outcome) ? outcome : undefined;
};

const send = async (target: Target, change: Change): Promise<unknown> => {
	switch (change.verb) {
		case 'create': {
			return change.subresource === 'eviction'
				? evictPod(target, withType(change))
				: createObject({...target, name: ''}, withType(change));
		}

		case 'update': {
			return updateObject(target, withType(change));
		}

		case 'patch': {
			return patchObject(
				target,
				patchTypes[change.patchType ?? 'merge'],
				withPrecondition(change),
			);
		}

		case 'delete': {
			return deleteObject(target, {
				gracePeriodSeconds: change.gracePeriodSeconds,
				propagationPolicy: '',
				preconditions: change.precondition ?? {},
			});
		}

		case 'event': {
			return undefined;
		}
	}
};
