import {randomUUID} from 'node:crypto';
import {type Api} from './api.js';
import {isFailure} from './http/status.js';
import {type Kind} from './kinds/kind.js';
import {acceptObject} from './objects/accept.js';
import {timestamp} from './objects/identity.js';
import {fieldsOf} from './objects/target.js';
import {clone, textAt, treeAt, treesAt, type Tree} from './value.js';

const findKind = ({registry}: Api, object: Tree): Kind | undefined => {
	const apiVersion = textAt(object, 'apiVersion');
	const name = textAt(object, 'kind');
	const exact = registry.findByKind(apiVersion, name);
	if (exact) {
		return exact;
	}

	// A manifest of another version of the same group is kept as the version that is served.
	const [group = ''] = apiVersion.split('/', 1);
	for (const kind of registry.all()) {
		if (kind.group === group && kind.kind === name) {
			return kind;
		}
	}

	return undefined;
};

/**
Nobody answers for a service that is not there, and a server that cannot reach a webhook refuses the write.
*/
const withoutObligation = (
	object: Tree,
	services: ReadonlySet<string>,
): void => {
	for (const webhook of treesAt(object, 'webhooks')) {
		const service = treeAt(webhook, 'clientConfig', 'service');
		const name = `${textAt(service, 'namespace')}/${textAt(service, 'name')}`;
		if (service && !services.has(name)) {
			webhook.failurePolicy = 'Ignore';
		}
	}
};

const caller = {
	user: {name: 'system:admin', groups: ['system:masters']},
	userAgent: 'liqoscope',
	warnings: [],
};

/**
Puts objects into a cluster as they are, with their uids, times, statuses and deletion marks. Nothing is admitted or validated; unknown
fields are dropped and defaults filled in. Objects of kinds that are not served are left out and answered.

@param api
@param objects
@param services webhooks' services that answer, by `namespace/name`
*/
export const loadObjects = (
	api: Api,
	objects: readonly Tree[],
	services: ReadonlySet<string> = new Set(),
): Tree[] => {
	const unserved: Tree[] = [];
	for (const original of objects) {
		const kind = findKind(api, original);
		if (!kind) {
			unserved.push(original);
			continue;
		}

		const status = clone(original.status);
		const object = acceptObject(clone(original), kind, 'Ignore', caller);
		if (isFailure(object)) {
			unserved.push(original);
			continue;
		}

		if (kind.resource === '/namespaces' || !kind.isCustom) {
			const {generation} = object.metadata;
			const isNew =
				original.status === undefined ||
				kind.kind === 'CustomResourceDefinition';
			if (isNew) {
				kind.behaviour.prepareCreate?.(object);
			} else if (status !== undefined) {
				object.status ??= status;
			}

			if (kind.hasGeneration) {
				object.metadata.generation = generation ?? 1;
			}
		} else if (kind.hasGeneration) {
			object.metadata.generation ??= 1;
		}

		object.metadata.uid ||= randomUUID();
		object.metadata.creationTimestamp ??= timestamp(api.now());
		withoutObligation(object, services);
		api.storage.put(kind.resource, object, fieldsOf(kind));
	}

	return unserved;
};
