import {decode} from '../core/decode.js';
import {
	type Generation,
	type Resource,
} from '../core/generations/generation.js';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {
	type AnyObject,
	type Event,
	type KindName,
	type ObjectReference,
} from '../core/model.js';
import {apiVersionOf} from '../core/resources.js';
import {createCodec} from './codec.js';
import {fetchJson} from './discovery.js';
import {type Outcome, succeed} from './errors.js';
import {listPages} from './list-pages.js';
import {pathOf, type Selection, selectionPath} from './resource-path.js';
import {type ResourceFinder} from './resources.js';
import {type Transport} from './transport.js';

const mask = (data: unknown): JsonObject =>
	isJsonObject(data)
		? Object.fromEntries(Object.keys(data).map((key) => [key, '***']))
		: {};

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

const maskSecret = (secret: JsonObject): JsonObject => {
	const {data, stringData, metadata} = secret;
	const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
	const hasCopy =
		isJsonObject(annotations) && Object.hasOwn(annotations, lastApplied);
	return {
		...secret,
		...(data !== undefined && {data: mask(data)}),
		...(stringData !== undefined && {stringData: mask(stringData)}),
		...(hasCopy &&
			isJsonObject(metadata) && {
				metadata: {
					...metadata,
					annotations: {...annotations, [lastApplied]: '***'},
				},
			}),
	};
};

/**
Without what must not be shown (a Secret's values) and, unless wanted, without `managedFields`.
*/
const presentable = (
	object: JsonObject,
	hasManagedFields: boolean,
): JsonObject => {
	const shown = object.kind === 'Secret' ? maskSecret(object) : object;
	const {metadata} = shown;
	if (hasManagedFields || !isJsonObject(metadata)) {
		return shown;
	}

	const {managedFields: _, ...rest} = metadata;
	return {...shown, metadata: rest};
};

export type FetchOptions = {
	/**
	Whether to keep `metadata.managedFields`.

	@default false
	*/
	readonly hasManagedFields?: boolean;
};

/**
Fetches one object as the server has it.
*/
export const fetchFullObject = async (
	transport: Transport,
	resources: ResourceFinder,
	reference: ObjectReference,
	options: FetchOptions = {},
): Promise<Outcome<JsonObject>> => {
	const location = await resources.find(reference);
	if (!location.ok) {
		return location;
	}

	const object = await fetchJson(
		transport,
		pathOf(location.value, {
			name: reference.name,
			...(location.value.isNamespaced && {namespace: reference.namespace}),
		}),
	);
	return object.ok
		? succeed(presentable(object.value, options.hasManagedFields === true))
		: object;
};

/**
Lists objects as the server has them, page by page; kind and apiVersion, which items of a list lack, are filled in.
*/
export const listFullObjects = async (
	transport: Transport,
	kind: KindName,
	resource: Resource,
	selection: Selection,
): Promise<Outcome<readonly JsonObject[]>> => {
	const found: JsonObject[] = [];
	let token = '';
	do {
		// eslint-disable-next-line no-await-in-loop -- one page after the other
		const page = await fetchJson(
			transport,
			selectionPath(resource, selection, {limit: '500', continue: token}),
		);
		if (!page.ok) {
			return page;
		}

		const {items, metadata} = page.value;
		const objects = Array.isArray(items) ? items : [];
		found.push(
			...objects
				.filter((item) => isJsonObject(item))
				.map((item) =>
					presentable(
						{apiVersion: apiVersionOf(resource), kind, ...item},
						false,
					),
				),
		);

		const next = isJsonObject(metadata) ? metadata.continue : undefined;
		token = typeof next === 'string' ? next : '';
	} while (token !== '');

	return succeed(found);
};

/**
Lists objects once, as the model has them.
*/
export const listObjects = async (
	options: Readonly<{
		transport: Transport;
		kind: KindName;
		resource: Resource;
		selection: Selection;
		generation: Generation | undefined;
		signal?: AbortSignal;
	}>,
): Promise<Outcome<readonly AnyObject[]>> => {
	const found: AnyObject[] = [];
	const listed = await listPages({
		...options,
		codec: createCodec(options.kind, options.generation, true),
		signal: options.signal ?? new AbortController().signal,
		onObject(object) {
			found.push(object);
		},
	});
	return listed.ok ? succeed(found) : listed;
};

const timeOf = (event: Event): string =>
	event.lastTimestamp ?? event.metadata.creationTimestamp ?? '';

/**
Events about one object, oldest first.
*/
export const fetchEventsOf = async (
	transport: Transport,
	resource: Resource,
	reference: ObjectReference & {readonly uid?: string},
): Promise<Outcome<readonly Event[]>> => {
	const fields = {
		'involvedObject.kind': reference.kind,
		'involvedObject.name': reference.name,
		'involvedObject.namespace': reference.namespace,
		'involvedObject.uid': reference.uid,
	};
	const fieldSelector = Object.entries(fields)
		.filter(([, value]) => value !== undefined && value !== '')
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
	const list = await fetchJson(
		transport,
		selectionPath(
			resource,
			{
				// Events of cluster-scoped objects lie in the namespace `default`.
				namespace:
					reference.namespace === undefined || reference.namespace === ''
						? 'default'
						: reference.namespace,
				fieldSelector,
			},
			{limit: '500'},
		),
	);
	if (!list.ok) {
		return list;
	}

	const items = Array.isArray(list.value.items) ? list.value.items : [];
	return succeed(
		items
			.map((item) => decode('Event', item as JsonObject))
			.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b))),
	);
};
