import {detectGeneration, type Discovery} from '../core/generations/index.js';
import {type Generation} from '../core/generations/generation.js';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {fail, type Outcome, succeed} from './errors.js';
import {type Transport} from './transport.js';

/**
A resource as the server offers it.
*/
export type ServedResource = {
	readonly group: string;
	readonly version: string;
	readonly plural: string;
	readonly kind: string;
	readonly isNamespaced: boolean;
	readonly verbs: readonly string[];
	/**
	Names such as `status`.
	*/
	readonly subresources: readonly string[];
};

/**
What a server serves: by `group/version` (`v1` for the core group), then by plural.
*/
export type ServedResources = ReadonlyMap<
	string,
	ReadonlyMap<string, ServedResource>
>;

const aggregated = [
	'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
	'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
	'application/json',
].join(',');

const objects = (value: unknown): JsonObject[] =>
	Array.isArray(value) ? value.filter((item) => isJsonObject(item)) : [];

const text = (value: unknown): string =>
	typeof value === 'string' ? value : '';

const texts = (value: unknown): string[] =>
	Array.isArray(value) ? value.map((item) => text(item)) : [];

const keyOf = (group: string, version: string): string =>
	group === '' ? version : `${group}/${version}`;

const readAggregated = (
	list: JsonObject,
	into: Map<string, Map<string, ServedResource>>,
): void => {
	for (const item of objects(list.items)) {
		const group = isJsonObject(item.metadata) ? text(item.metadata.name) : '';
		for (const served of objects(item.versions)) {
			const version = text(served.version);
			const resources = new Map<string, ServedResource>();
			for (const resource of objects(served.resources)) {
				const responseKind = isJsonObject(resource.responseKind)
					? resource.responseKind
					: {};
				resources.set(text(resource.resource), {
					group,
					version,
					plural: text(resource.resource),
					kind: text(responseKind.kind),
					isNamespaced: resource.scope === 'Namespaced',
					verbs: texts(resource.verbs),
					subresources: objects(resource.subresources).map((sub) =>
						text(sub.subresource),
					),
				});
			}

			into.set(keyOf(group, version), resources);
		}
	}
};

const readResourceList = (
	list: JsonObject,
	group: string,
	version: string,
): Map<string, ServedResource> => {
	const subresources = new Map<string, string[]>();
	const found = new Map<string, ServedResource>();
	const all = objects(list.resources);
	for (const resource of all) {
		const [plural = '', subresource] = text(resource.name).split('/', 2);
		if (subresource !== undefined) {
			subresources.set(plural, [
				...(subresources.get(plural) ?? []),
				subresource,
			]);
		}
	}

	for (const resource of all) {
		const plural = text(resource.name);
		if (!plural.includes('/')) {
			found.set(plural, {
				group,
				version,
				plural,
				kind: text(resource.kind),
				isNamespaced: resource.namespaced === true,
				verbs: texts(resource.verbs),
				subresources: subresources.get(plural) ?? [],
			});
		}
	}

	return found;
};

export const fetchJson = async (
	transport: Transport,
	path: string,
	accept = 'application/json',
): Promise<Outcome<JsonObject>> => {
	const response = await transport.request({path, accept});
	if (!response.ok) {
		return response;
	}

	try {
		const parsed: unknown = JSON.parse(response.value.body.toString('utf8'));
		if (isJsonObject(parsed)) {
			return succeed(parsed);
		}
	} catch {}

	return fail(
		'garbage',
		`${transport.server} does not answer ${path} as an API server does: check the address of ${transport.title}.`,
	);
};

const liqoGroups: ReadonlySet<string> = new Set([
	'offloading.liqo.io',
	'virtualkubelet.liqo.io',
	'core.liqo.io',
	'discovery.liqo.io',
]);

/**
Asks what the server serves in the groups that matter (all of `apis` when it answers in aggregated form).
*/
export const fetchServedResources = async (
	transport: Transport,
): Promise<Outcome<ServedResources>> => {
	const found = new Map<string, Map<string, ServedResource>>();
	const root = await fetchJson(transport, '/apis', aggregated);
	if (!root.ok) {
		return root;
	}

	if (root.value.kind === 'APIGroupDiscoveryList') {
		readAggregated(root.value, found);
		return succeed(found);
	}

	const wanted = objects(root.value.groups)
		.filter((group) => liqoGroups.has(text(group.name)))
		.flatMap((group) =>
			objects(group.versions).map((version) => ({
				group: text(group.name),
				version: text(version.version),
			})),
		);
	const lists = await Promise.all(
		wanted.map(async ({group, version}) => ({
			group,
			version,
			list: await fetchJson(transport, `/apis/${group}/${version}`),
		})),
	);
	for (const {group, version, list} of lists) {
		// A group whose server is down answers 503: the others still count.
		if (list.ok) {
			found.set(
				keyOf(group, version),
				readResourceList(list.value, group, version),
			);
		}
	}

	return succeed(found);
};

/**
Resources of one group version, for kinds outside the model.
*/
export const fetchGroupVersion = async (
	transport: Transport,
	apiVersion: string,
): Promise<Outcome<ReadonlyMap<string, ServedResource>>> => {
	const slash = apiVersion.indexOf('/');
	const group = slash === -1 ? '' : apiVersion.slice(0, slash);
	const version = apiVersion.slice(slash + 1);
	const list = await fetchJson(
		transport,
		group === '' ? `/api/${version}` : `/apis/${group}/${version}`,
	);
	return list.ok ? succeed(readResourceList(list.value, group, version)) : list;
};

/**
Liqo's generation by what is served; absent where Liqo's API is not (Liqo: telling versions apart).
*/
export const generationOfServer = (
	served: ServedResources,
): Generation | undefined => {
	const discovery: Discovery = new Map(
		Iterator.from(served).map(([key, resources]) => [
			key,
			new Set(
				Iterator.from(resources.values()).flatMap((resource) => [
					resource.plural,
					...resource.subresources.map((sub) => `${resource.plural}/${sub}`),
				]),
			),
		]),
	);
	return detectGeneration(discovery);
};
