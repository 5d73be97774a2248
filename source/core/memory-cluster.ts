import {type Change} from './change.js';
import {type ClusterIdentity, createClusterIndex} from './cluster-index.js';
import {decode, kindOf} from './decode.js';
import {plain} from './generations/encode.js';
import {isJsonObject, type JsonObject} from './json.js';
import {type MemoryAnswer} from './memory-answer.js';
import {createCollector} from './memory-garbage.js';
import {keyOf, textAt} from './memory-keys.js';
import {type AnyObject, type KindName, type ObjectReference} from './model.js';
import {
	createObject,
	deleteObject,
	type KindTraits,
	metadataOf,
	notFound,
	type Outcome,
	updateObject,
} from './object-rules.js';
import {createOverlay} from './overlay-view.js';
import {type ObjectTouch} from './reconcilers/reconciler.js';
import {allKinds, isLiqoKind, resourceOf} from './resources.js';
import {type ClusterView} from './world.js';

/**
A cluster held in memory that takes changes as an API server would: identity and versions, defaults, finalizers, status subresources, preconditions.
*/
export type MemoryCluster = {
	readonly view: ClusterView;
	/**
	The objects as a server would return them, in the order in which they came.
	*/
	objects(): Iterable<JsonObject>;
	find(reference: ObjectReference): JsonObject | undefined;
	/**
	`now`: RFC 3339.
	*/
	send(change: Change, now: string): MemoryAnswer;
	/**
	What Kubernetes' own controllers do on their own: ends namespaces that are being deleted, with all that is in them, and removes what belonged to
	objects that are gone.
	*/
	collect(now: string): readonly ObjectTouch[];
};

export type MemoryOptions = ClusterIdentity & {
	readonly objects?: Iterable<JsonObject>;
	/**
	A cluster to start from, which stays as it is.
	*/
	readonly base?: ClusterView;
};

const keyOfRaw = (raw: JsonObject): string => {
	const metadata = metadataOf(raw);
	return keyOf(
		textAt(raw, 'kind'),
		textAt(metadata, 'namespace'),
		textAt(metadata, 'name'),
	);
};

const keyOfReference = ({kind, namespace, name}: ObjectReference): string =>
	keyOf(kind, namespace ?? '', name);

/**
Five letters that no other object gets, as the server appends to a generateName.
*/
const suffixOf = (serial: number): string =>
	serial.toString(36).padStart(5, '0').slice(-5);

/**
Kinds taken to be there in full even when no object of theirs is given: what offloading is made of.
*/
const alwaysComplete: ReadonlySet<KindName> = new Set([
	'NamespaceOffloading',
	'NamespaceMap',
	'VirtualNode',
	'Node',
	'Namespace',
	'Pod',
]);

const withGeneratedName = (body: JsonObject, serial: number): JsonObject => {
	const metadata = metadataOf(body);
	const prefix = textAt(metadata, 'generateName');
	return textAt(metadata, 'name') === '' && prefix !== ''
		? {...body, metadata: {...metadata, name: prefix + suffixOf(serial)}}
		: body;
};

/**
The raw form of an object that only its decoded one is known of.
*/
const encode = (object: AnyObject, view: ClusterView): JsonObject => {
	if (view.generation !== undefined && isLiqoKind(object.kind)) {
		return view.generation.encode(object);
	}

	const raw = plain(object);
	return isJsonObject(raw) ? raw : {};
};

/**
Makes a cluster in memory out of raw objects, or on top of another cluster.
*/
export const createMemoryCluster = (options: MemoryOptions): MemoryCluster => {
	const {base} = options;
	const whole = createClusterIndex(options);
	const index = base === undefined ? whole : createOverlay(base);
	const {view} = index;
	const raws = new Map<string, JsonObject>();
	const gone = new Set<string>();
	let serial = 0;

	const stamp = (now: string) => {
		serial++;
		return {now, uid: `memory-${serial}`, resourceVersion: `${serial}m`};
	};

	const traitsOf = ({apiVersion, kind}: ObjectReference): KindTraits => {
		const known = kindOf(apiVersion, kind);
		const resource =
			known === undefined ? undefined : resourceOf(known, view.generation);
		const plural = resource?.plural ?? `${kind.toLowerCase()}s`;
		const group = resource?.group ?? '';
		return {
			title: group === '' ? plural : `${plural}.${group}`,
			hasStatus: resource?.hasStatus ?? false,
			hasGeneration: group !== '' && known !== 'RoleBinding',
		};
	};

	const knownKind = (raw: JsonObject): KindName | undefined =>
		kindOf(textAt(raw, 'apiVersion'), textAt(raw, 'kind'));

	const decoded = (raw: JsonObject): AnyObject | undefined => {
		const kind = knownKind(raw);
		return kind === undefined ? undefined : decode(kind, raw, view.generation);
	};

	const read = (reference: ObjectReference): JsonObject | undefined => {
		const key = keyOfReference(reference);
		const held = raws.get(key);
		if (held !== undefined || gone.has(key)) {
			return held;
		}

		const kind = kindOf(reference.apiVersion, reference.kind);
		const below =
			kind === undefined
				? undefined
				: base?.get(kind, reference.namespace ?? '', reference.name);
		return below === undefined || base === undefined
			? undefined
			: encode(below, base);
	};

	const store = (
		before: JsonObject | undefined,
		after: JsonObject | undefined,
	): readonly ObjectTouch[] => {
		const raw = after ?? before;
		if (raw === undefined || before === after) {
			return [];
		}

		const key = keyOfRaw(raw);
		const kind = knownKind(raw);
		const old = before && decoded(before);
		const now = after && decoded(after);
		if (after === undefined) {
			raws.delete(key);
			gone.add(key);
		} else {
			raws.set(key, after);
			gone.delete(key);
		}

		if (kind === undefined) {
			return [];
		}

		const metadata = metadataOf(raw);
		const namespace = textAt(metadata, 'namespace');
		const name = textAt(metadata, 'name');
		if (now === undefined) {
			index.remove(kind, namespace, name);
		} else {
			index.put(now);
		}

		return [
			{
				cluster: view.key,
				kind,
				namespace,
				name,
				...(old && {before: old}),
				...(now && {after: now}),
			},
		];
	};

	const settle = (
		before: JsonObject | undefined,
		outcome: Outcome,
	): MemoryAnswer =>
		outcome.state === 'refused'
			? outcome
			: {
					state: 'written',
					...(outcome.object && {object: outcome.object}),
					touches: store(before, outcome.object),
				};

	const isTerminating = (namespace: string): boolean =>
		namespace !== '' &&
		view.get('Namespace', '', namespace)?.metadata.deletionTimestamp !==
			undefined;

	const create = (change: Change, now: string): MemoryAnswer => {
		const {object: reference} = change;
		const traits = traitsOf(reference);
		const namespace = reference.namespace ?? '';
		if (isTerminating(namespace)) {
			return {
				state: 'refused',
				refusal: {
					status: 403,
					reason: 'Forbidden',
					message: `${traits.title} "${reference.name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
				},
			};
		}

		const given = stamp(now);
		const body = withGeneratedName(
			isJsonObject(change.body) ? change.body : {},
			serial,
		);
		const name = textAt(metadataOf(body), 'name');
		const existing = read({...reference, name});
		return settle(existing, createObject(body, existing, traits, given));
	};

	const record = (change: Change, now: string): MemoryAnswer => {
		const body = isJsonObject(change.body) ? change.body : {};
		const namespace = change.object.namespace ?? 'default';
		const name = `${change.object.name}.${suffixOf(serial + 1)}`;
		return create(
			{
				...change,
				verb: 'create',
				object: {apiVersion: 'v1', kind: 'Event', namespace, name},
				body: {
					...body,
					metadata: {...metadataOf(body), namespace, name},
				},
			},
			now,
		);
	};

	const alter = (change: Change, now: string): MemoryAnswer => {
		const traits = traitsOf(change.object);
		const before = read(change.object);
		if (before === undefined) {
			return settle(undefined, notFound(traits.title, change.object.name));
		}

		const given = stamp(now);
		const isRemoval =
			change.verb === 'delete' || change.subresource === 'eviction';
		return settle(
			before,
			isRemoval
				? deleteObject(before, {...change, verb: 'delete'}, traits, given)
				: updateObject(before, change, traits, given),
		);
	};

	const send = (change: Change, now: string): MemoryAnswer => {
		if (change.verb === 'event') {
			return record(change, now);
		}

		return change.verb === 'create' && change.subresource === undefined
			? create(change, now)
			: alter(change, now);
	};

	const collector = createCollector({
		view,
		raws,
		isGone: (key) => gone.has(key),
		alter,
		decoded,
	});

	for (const raw of options.objects ?? []) {
		store(undefined, raw);
	}

	for (const kind of allKinds) {
		if (alwaysComplete.has(kind) || view.count(kind) > 0) {
			whole.setAccess(kind, {state: 'saved'});
		}
	}

	return {
		view,
		objects: () => raws.values(),
		find: (reference) => read(reference),
		send,
		collect: (now) => collector(now),
	};
};
