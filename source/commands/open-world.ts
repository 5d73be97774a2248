import {decode, kindOf} from '../core/decode.js';
import {type ClusterIdentity} from '../core/cluster-index.js';
import {type Generation} from '../core/generations/generation.js';
import {detectSavedGeneration} from '../core/generations/saved.js';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {localClusterIdOf} from '../core/local-cluster-id.js';
import {type AnyObject, type KindName} from '../core/model.js';
import {newestTime} from '../core/newest-time.js';
import {resourceOf} from '../core/resources.js';
import {savedAccess} from '../core/snapshot-world.js';
import {formatTime, parseTime} from '../core/time.js';
import {createStore} from '../store/create-store.js';
import {type Store} from '../store/store.js';
import {type CommandContext} from './command.js';
import {exitCodes} from './exit-code.js';
import {type OpenOptions, type OpenResult} from './opened-world.js';
import {readSavedObjects, type Result} from './saved-objects.js';

const unreadable = (message: string): OpenResult => ({
	isOk: false,
	message,
	code: exitCodes.usage,
});

type SavedCluster = {
	readonly raw: readonly JsonObject[];
	readonly objects: readonly AnyObject[];
	readonly generation: Generation | undefined;
};

const kindOfRaw = ({apiVersion, kind}: JsonObject): KindName | undefined =>
	typeof apiVersion === 'string' && typeof kind === 'string'
		? kindOf(apiVersion, kind)
		: undefined;

/**
A manifest may leave out its namespace; kubectl would apply it in `default`.
*/
const inNamespace = (
	raw: JsonObject,
	generation: Generation | undefined,
): JsonObject => {
	const kind = kindOfRaw(raw);
	const metadata = isJsonObject(raw.metadata) ? raw.metadata : undefined;
	if (
		kind === undefined ||
		metadata === undefined ||
		(metadata.namespace ?? '') !== '' ||
		!resourceOf(kind, generation)?.isNamespaced
	) {
		return raw;
	}

	return {...raw, metadata: {...metadata, namespace: 'default'}};
};

const readCluster = async (
	paths: readonly string[],
	context: CommandContext,
): Promise<Result<SavedCluster>> => {
	const read: JsonObject[] = [];
	for (const place of paths) {
		// One after the other: errors name the first file that is wrong, whatever the disk answers first.
		// eslint-disable-next-line no-await-in-loop
		const result = await readSavedObjects(place, {
			isRecursive: context.flags.recursive,
			stdin: context.stdin as AsyncIterable<Uint8Array>,
		});
		if (!result.isOk) {
			return result;
		}

		for (const object of result.value) {
			read.push(object);
		}
	}

	const generation = detectSavedGeneration(read);
	const raw = read.map((object) => inNamespace(object, generation));
	const objects = raw.flatMap((object) => {
		const kind = kindOfRaw(object);
		return kind === undefined ? [] : [decode(kind, object, generation)];
	});
	if (objects.length === 0) {
		return {
			isOk: false,
			message: `${paths.map((place) => (place === '-' ? 'stdin' : place)).join(', ')}: no object in it has to do with offloading (NamespaceOffloadings, NamespaceMaps, Nodes, Namespaces, Pods...).`,
		};
	}

	return {isOk: true, value: {raw, objects, generation}};
};

const splitProviderFile = (
	text: string,
): {id: string; place: string} | undefined => {
	const equals = text.indexOf('=');
	return equals > 0 && equals < text.length - 1
		? {id: text.slice(0, equals), place: text.slice(equals + 1)}
		: undefined;
};

const groupProviders = (
	texts: readonly string[],
): Result<ReadonlyMap<string, readonly string[]>> => {
	const groups = new Map<string, string[]>();
	for (const text of texts) {
		const parts = splitProviderFile(text);
		if (parts === undefined) {
			return {
				isOk: false,
				message: `--provider-file takes CLUSTER-ID=PATH, not "${text}".`,
			};
		}

		groups.set(parts.id, [...(groups.get(parts.id) ?? []), parts.place]);
	}

	return {isOk: true, value: groups};
};

const fill = (
	store: Store,
	identity: ClusterIdentity,
	objects: readonly AnyObject[],
): void => {
	const kinds = new Set<KindName>();
	for (const object of objects) {
		store.upsert(identity.key, object);
		kinds.add(object.kind);
	}

	for (const [kind, access] of savedAccess(kinds, identity.generation)) {
		store.setAccess(identity.key, kind, access);
	}
};

/**
Opens saved objects (`-f`, `--provider-file`) as a world that never changes.
*/
const openSaved = async (context: CommandContext): Promise<OpenResult> => {
	const {flags} = context;
	const judgedAt = parseTime(flags.now);
	if (judgedAt === undefined && flags.now !== undefined) {
		return unreadable(
			`--now takes a time such as ${formatTime(0)}, not "${flags.now}".`,
		);
	}

	const groups = groupProviders(flags.providerFile);
	if (!groups.isOk) {
		return unreadable(groups.message);
	}

	const home = await readCluster(flags.filename, context);
	if (!home.isOk) {
		return unreadable(home.message);
	}

	const saved = new Map([['home', home.value.raw]]);
	let everything = home.value.objects;
	const liqoNamespace = flags.liqoNamespace ?? 'liqo';
	const consumer: ClusterIdentity = {
		key: 'home',
		role: 'consumer',
		title: flags.filename.join(', '),
		generation: home.value.generation,
		liqoNamespace,
		clusterId:
			flags.localClusterId ??
			localClusterIdOf(
				home.value.objects.filter((object) => object.kind === 'ConfigMap'),
				liqoNamespace,
			),
	};
	const store = createStore({consumer});
	fill(store, consumer, home.value.objects);
	for (const [id, places] of groups.value) {
		// eslint-disable-next-line no-await-in-loop -- As above.
		const provider = await readCluster(places, context);
		if (!provider.isOk) {
			return unreadable(provider.message);
		}

		const identity: ClusterIdentity = {
			key: id,
			role: 'provider',
			title: places.join(', '),
			clusterId: id,
			generation: provider.value.generation ?? home.value.generation,
			liqoNamespace,
		};
		store.addCluster(identity);
		fill(store, identity, provider.value.objects);
		saved.set(id, provider.value.raw);
		everything = [...everything, ...provider.value.objects];
	}

	store.flush();
	const now = judgedAt ?? newestTime(everything) ?? Date.now();
	return {
		isOk: true,
		value: {
			store,
			world: store.world,
			isSaved: true,
			now: () => now,
			saved,
			connections: new Map(),
			async close() {
				store.close();
			},
		},
	};
};

/**
Opens what the flags mean: saved objects, or the cluster of the kubeconfig. Of a live cluster the given kinds are read, and each
of them has arrived, or is known to be out of reach, when this returns (`--timeout` limits the wait).
*/
export const openWorld = async (
	context: CommandContext,
	wanted: readonly KindName[] | OpenOptions,
): Promise<OpenResult> => {
	const {flags} = context;
	if (flags.filename.length > 0) {
		return openSaved(context);
	}

	if (flags.providerFile.length > 0 || flags.now !== undefined) {
		return unreadable(
			`--${flags.now === undefined ? 'provider-file' : 'now'} is for saved objects: give those of the consumer with -f.`,
		);
	}

	const {openLiveWorld} = await import('./open-live-world.js');
	return openLiveWorld(
		context,
		'kinds' in wanted
			? wanted
			: {kinds: wanted, providerKinds: ['Namespace', 'NamespaceMap']},
	);
};
