import {randomBytes} from 'node:crypto';
import {type Change} from '../../core/change.js';
import {type KindName} from '../../core/model.js';
import {kindOf} from '../../core/resources.js';
import {type Api, type Caller} from '../api.js';
import {failure, isFailure} from '../http/status.js';
import {apiVersionOf} from '../kinds/kind.js';
import {createObject} from '../objects/create.js';
import {deleteObject} from '../objects/delete.js';
import {timestamp} from '../objects/identity.js';
import {patchObject, patchTypes} from '../objects/patch.js';
import {fieldsOf, type Target} from '../objects/target.js';
import {updateObject} from '../objects/update.js';
import {bindPod, evictPod} from '../routes/subresources.js';
import {decodeAs} from '../storage/encoding.js';
import {type Entry} from '../storage/entry.js';
import {numberAt, textAt, type Tree} from '../value.js';
import {type ClusterAccess, type Seen} from './cluster-access.js';
import {patchText, wholeObject} from './write-body.js';

const caller = (component: string): Caller => ({
	user: {
		name: `system:serviceaccount:liqo:${component}`,
		groups: ['system:masters'],
	},
	userAgent: component,
	warnings: [],
});

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
const recordEvent = (
	{registry, storage, now}: Api,
	event: Tree,
	component: string,
): void => {
	const kind = registry.find('', 'v1', 'events')!;
	const namespace = textAt(event, 'involvedObject', 'namespace') || 'default';
	const time = timestamp(now());
	for (const entry of storage.collection(kind.resource).list(namespace)) {
		const old = decodeAs(entry.bytes, 'v1', 'Event');
		if (isSameEvent(old, event)) {
			old.count = (numberAt(old, 'count') ?? 1) + 1;
			old.lastTimestamp = time;
			storage.put(kind.resource, old, fieldsOf(kind));
			return;
		}
	}

	const name = `${textAt(event, 'involvedObject', 'name')}.${randomBytes(8).toString('hex')}`;
	const recorded = {
		apiVersion: 'v1',
		kind: 'Event',
		count: 1,
		firstTimestamp: time,
		lastTimestamp: time,
		source: {component},
		reportingComponent: component,
		reportingInstance: '',
		...event,
		metadata: {
			name,
			namespace,
			uid: crypto.randomUUID(),
			creationTimestamp: time,
		},
	};
	storage.put(kind.resource, recorded, fieldsOf(kind));
};

const write = async (target: Target, change: Change): Promise<unknown> => {
	switch (change.verb) {
		case 'create': {
			if (change.subresource === 'binding') {
				return bindPod(target, wholeObject(change));
			}

			return change.subresource === 'eviction'
				? evictPod(target, wholeObject(change))
				: createObject({...target, name: ''}, wholeObject(change));
		}

		case 'update': {
			return updateObject(target, wholeObject(change));
		}

		case 'patch': {
			return patchObject(
				target,
				patchTypes[change.patchType ?? 'merge'],
				patchText(change),
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

type Resource = {
	readonly kind: KindName;
	readonly apiVersion: string;
	readonly rawKind: string;
};

const findResource = (
	{registry}: Api,
	resource: string,
): Resource | undefined => {
	const slash = resource.indexOf('/');
	const found = registry.findResource(
		resource.slice(0, slash),
		resource.slice(slash + 1),
	);
	if (!found) {
		return undefined;
	}

	const apiVersion = apiVersionOf(found);
	const kind = kindOf(apiVersion, found.kind);
	return kind === undefined
		? undefined
		: {kind, apiVersion, rawKind: found.kind};
};

const seenAs = (
	{kind, apiVersion, rawKind}: Resource,
	{namespace, name}: Entry,
	entry: Entry | undefined,
): Seen => ({
	kind,
	namespace,
	name,
	object: entry && decodeAs(entry.bytes, apiVersion, rawKind),
});

/**
The way to a cluster in this process: past the network, but through all else that a request goes through. Whoever follows is told in the middle
of each write.
*/
export const createInProcessAccess = (api: Api): ClusterAccess => ({
	async follow(onSeen) {
		const {storage} = api;
		const resources = new Map<string, Resource | undefined>();
		for (const name of storage.resources()) {
			const resource = findResource(api, name);
			if (resource) {
				for (const entry of storage.collection(name).list()) {
					onSeen(seenAs(resource, entry, entry));
				}
			}
		}

		return storage.observe(({resource: name, entry, previous}) => {
			if (!resources.has(name)) {
				resources.set(name, findResource(api, name));
			}

			const resource = resources.get(name);
			const subject = entry ?? previous;
			if (resource && subject) {
				onSeen(seenAs(resource, subject, entry));
			}
		});
	},
	async read({apiVersion, kind: kindName, namespace = '', name}) {
		const kind = api.registry.findByKind(apiVersion, kindName);
		const entry =
			kind &&
			api.storage.get(kind.resource, kind.isNamespaced ? namespace : '', name);
		return entry && decodeAs(entry.bytes, apiVersion, kindName);
	},
	async send(change, component) {
		if (change.verb === 'event') {
			recordEvent(api, wholeObject(change), component);
			return undefined;
		}

		const {apiVersion, kind: kindName, namespace, name} = change.object;
		const kind = api.registry.findByKind(apiVersion, kindName);
		if (!kind) {
			return failure(404, 'NotFound', `${kindName} is not served`);
		}

		const outcome = await write(
			{
				api,
				caller: caller(component),
				kind,
				namespace: kind.isNamespaced ? (namespace ?? '') : '',
				name,
				subresource: change.subresource ?? '',
				options: {
					isDryRun: false,
					fieldManager: component,
					hasFieldManager: true,
					fieldValidation: 'Ignore',
					force: undefined,
				},
			},
			change,
		);
		return isFailure(outcome) ? outcome : undefined;
	},
});
