import {setTimeout as delay} from 'node:timers/promises';
import {isJsonObject, type JsonObject, type Json} from '../../../core/json.js';
import {ask} from './ask.js';
import {type ApiServer} from './api-server.js';
import {ControlPlaneError} from './control-plane-error.js';
import {type EtcdStore} from './etcd-store.js';

const batchSize = 100;
const servedWithin = 30_000;

type Definition = {
	readonly name: string;
	readonly group: string;
	readonly kind: string;
	readonly plural: string;
	readonly versions: readonly string[];
};

const objectAt = (object: JsonObject, key: string): JsonObject => {
	const value = object[key];
	return isJsonObject(value) ? value : {};
};

const textAt = (object: JsonObject, key: string): string => {
	const value = object[key];
	return typeof value === 'string' ? value : '';
};

const listAt = (object: JsonObject, key: string): readonly Json[] => {
	const value = object[key];
	return Array.isArray(value) ? (value as readonly Json[]) : [];
};

const readDefinition = (definition: JsonObject): Definition => {
	const spec = objectAt(definition, 'spec');
	const names = objectAt(spec, 'names');
	return {
		name: textAt(objectAt(definition, 'metadata'), 'name'),
		group: textAt(spec, 'group'),
		kind: textAt(names, 'kind'),
		plural: textAt(names, 'plural'),
		versions: listAt(spec, 'versions').flatMap((version) =>
			isJsonObject(version) && version.served === true
				? [textAt(version, 'name')]
				: [],
		),
	};
};

const aggregated =
	'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/**
A version that the server does not serve yet, or serves but does not yet tell clients of.
*/
const findUnserved = async (
	cluster: ApiServer,
	definitions: readonly Definition[],
): Promise<string | undefined> => {
	const discovery = await ask(cluster, '/apis', {accept: aggregated});
	for (const {name, group, plural, versions} of definitions) {
		for (const version of versions) {
			// eslint-disable-next-line no-await-in-loop -- the first one that is missing is enough
			const {status} = await ask(
				cluster,
				`/apis/${group}/${version}/${plural}?limit=1`,
			);
			if (
				status !== 200 ||
				!discovery.text.includes(`"resource":"${plural}"`)
			) {
				return `${name} in ${version}`;
			}
		}
	}

	return undefined;
};

/**
Creates CustomResourceDefinitions and waits until the server serves all their versions.

@throws ControlPlaneError when the server refuses one, in its words, or does not serve it within half a minute.
*/
export const installDefinitions = async (
	cluster: ApiServer,
	definitions: readonly JsonObject[],
): Promise<void> => {
	for (const {status, ...definition} of definitions) {
		// eslint-disable-next-line no-await-in-loop -- the server is slower with all at once
		const answer = await ask(
			cluster,
			'/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
			{body: definition},
		);
		if (answer.status !== 201 && answer.status !== 409) {
			throw new ControlPlaneError(
				`${cluster.name} refuses the definition ${readDefinition(definition).name}: ${answer.text}`,
			);
		}
	}

	const until = Date.now() + servedWithin;
	const known = definitions.map((definition) => readDefinition(definition));
	while (true) {
		// eslint-disable-next-line no-await-in-loop -- polling
		const missing = await findUnserved(cluster, known);
		if (missing === undefined) {
			return;
		}

		if (Date.now() > until) {
			throw new ControlPlaneError(`${cluster.name} does not serve ${missing}.`);
		}

		await delay(50); // eslint-disable-line no-await-in-loop -- polling
	}
};

// Where kube-apiserver keeps what is not under its plural.
const unusualFolders: Readonly<Record<string, string>> = {
	Node: 'minions',
	Service: 'services/specs',
	Endpoints: 'services/endpoints',
	StorageClass: 'storageclasses',
	PriorityClass: 'priorityclasses',
	RuntimeClass: 'runtimeclasses',
	NetworkPolicy: 'networkpolicies',
	Ingress: 'ingress',
};

const folderOf = (
	object: JsonObject,
	definitions: readonly Definition[],
): string => {
	const kind = textAt(object, 'kind');
	const [group = ''] = textAt(object, 'apiVersion').split('/', 1);
	const custom = definitions.find(
		(definition) => definition.kind === kind && definition.group === group,
	);
	return custom === undefined
		? (unusualFolders[kind] ?? `${kind.toLowerCase()}s`)
		: `${custom.group}/${custom.plural}`;
};

const nameOf = ({namespace, name}: JsonObject): string =>
	`${String(namespace)}/${String(name)}`;

// Nobody answers for a Service that is not there, and an API server that cannot reach a webhook refuses the write.
const withoutObligation = (
	object: JsonObject,
	services: ReadonlySet<string>,
): JsonObject =>
	Object.hasOwn(object, 'webhooks')
		? {
				...object,
				webhooks: listAt(object, 'webhooks').map((webhook) =>
					isJsonObject(webhook) &&
					!Object.hasOwn(objectAt(webhook, 'clientConfig'), 'url') &&
					!services.has(
						nameOf(objectAt(objectAt(webhook, 'clientConfig'), 'service')),
					)
						? {...webhook, failurePolicy: 'Ignore'}
						: webhook,
				),
			}
		: object;

/**
Puts objects into a cluster exactly as they are, with their uids, times, statuses and deletion marks: they are written to etcd,
where kube-apiserver finds and defaults them as if an older server had left them there. Nothing is validated or admitted. Webhooks of
Services that are not among the objects need not be reached.

`definitions` are the CustomResourceDefinitions of the custom objects among them, already installed.
*/
export const populate = async (
	store: EtcdStore,
	cluster: ApiServer,
	objects: readonly JsonObject[],
	definitions: readonly JsonObject[],
): Promise<void> => {
	const known = definitions.map((definition) => readDefinition(definition));
	const services = new Set(
		objects
			.filter(({kind}) => kind === 'Service')
			.map((object) => nameOf(objectAt(object, 'metadata'))),
	);
	const pairs = objects.map((object) => {
		const {resourceVersion, ...metadata} = objectAt(object, 'metadata');
		const path = [
			cluster.name,
			folderOf(object, known),
			textAt(metadata, 'namespace'),
			textAt(metadata, 'name'),
		];
		const key = `/${path.filter((part) => part !== '').join('/')}`;
		return [
			key,
			JSON.stringify(withoutObligation({...object, metadata}, services)),
		] as const;
	});
	for (let at = 0; at < pairs.length; at += batchSize) {
		await store.write(pairs.slice(at, at + batchSize)); // eslint-disable-line no-await-in-loop -- etcd takes one write at a time
	}
};
