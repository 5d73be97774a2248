import {isCorrected, type Rules} from '../divergences.js';
import {keys, offloadingName, virtualNodeType} from '../keys.js';
import {type NamespaceOffloading} from '../model.js';
import {type ClusterView} from '../world.js';
import {entryOf, isOwnMap} from './candidates.js';
import {type ObjectTouch, type Request} from './reconciler.js';
import {readLabelKeys} from './selector-reads.js';

const isNamedRight = (object: NamespaceOffloading): boolean =>
	object.metadata.name === offloadingName;

const requestOf = (object: NamespaceOffloading): Request => ({
	cluster: 'home',
	namespace: object.metadata.namespace,
	name: object.metadata.name,
});

export const everyOffloading = (
	view: ClusterView,
	rules: Rules,
): readonly Request[] =>
	[...view.list('NamespaceOffloading')]
		.filter(
			(object) =>
				isNamedRight(object) || !isCorrected(rules, 'misnamed-reconciled'),
		)
		.map((object) => requestOf(object));

export const namespaceRequest = (namespace: string): Request => ({
	cluster: 'home',
	namespace,
	name: offloadingName,
});

const phasesOf = (
	object: ObjectTouch['after'],
): Readonly<Record<string, {readonly phase?: string}>> =>
	object?.kind === 'NamespaceMap' ? object.status.currentMapping : {};

/**
Namespaces whose entry appeared, vanished or changed its phase.
*/
export const changedMappings = ({
	before,
	after,
}: ObjectTouch): readonly string[] => {
	const old = phasesOf(before);
	const now = phasesOf(after);
	return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
		(namespace) => {
			const one = entryOf(old, namespace);
			const other = entryOf(now, namespace);
			return (
				(one === undefined) !== (other === undefined) ||
				one?.phase !== other?.phase
			);
		},
	);
};

export const changedWishes = ({
	before,
	after,
}: ObjectTouch): readonly string[] => {
	const read = (
		object: ObjectTouch['after'],
	): Readonly<Record<string, string>> =>
		object?.kind === 'NamespaceMap' ? object.spec.desiredMapping : {};
	const old = read(before);
	const now = read(after);
	return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
		(namespace) => entryOf(old, namespace) !== entryOf(now, namespace),
	);
};

/**
Whether a map was asked for a namespace and shows nothing of it yet, or was told to give it up and still shows it.
*/
export const isAnswerAwaited = (
	view: ClusterView,
	namespace: string,
): boolean => {
	for (const map of view.list('NamespaceMap')) {
		const isAsked = Object.hasOwn(map.spec.desiredMapping, namespace);
		const isShown = Object.hasOwn(map.status.currentMapping, namespace);
		if (isAsked !== isShown && isOwnMap(map, view)) {
			return true;
		}
	}

	return false;
};

const requestsForMap = (
	touch: ObjectTouch,
	view: ClusterView,
	rules: Rules,
): readonly Request[] => {
	const map = touch.after ?? touch.before;
	if (map?.kind !== 'NamespaceMap' || !isOwnMap(map, view)) {
		return [];
	}

	if (touch.before === undefined || touch.after === undefined) {
		return everyOffloading(view, 'corrected');
	}

	return [
		...new Set([
			...changedMappings(touch),
			...(rules === 'corrected' ? changedWishes(touch) : []),
		]),
	].map((namespace) => namespaceRequest(namespace));
};

const isVirtual = (object: ObjectTouch['after']): boolean =>
	object?.kind === 'Node' &&
	object.metadata.labels[keys.type] === virtualNodeType;

/**
Offloadings that can come out differently after a virtual node changed. Upstream every event wakes every one, which is also how it retries.
*/
export const requestsForNode = (
	touch: ObjectTouch,
	view: ClusterView,
	rules: Rules,
): readonly Request[] => {
	if (touch.kind === 'Node' && !isVirtual(touch.after ?? touch.before)) {
		return rules === 'corrected' && isVirtual(touch.before)
			? everyOffloading(view, rules)
			: [];
	}

	if (rules === 'upstream') {
		return everyOffloading(view, rules);
	}

	const changed = readLabelKeys(touch);
	if (changed === 'all') {
		return everyOffloading(view, rules);
	}

	return changed.size === 0
		? []
		: [...view.list('NamespaceOffloading')]
				.filter((object) =>
					object.spec.clusterSelector?.nodeSelectorTerms.some((term) =>
						term.matchExpressions?.some(({key}) => changed.has(key)),
					),
				)
				.filter((object) => isNamedRight(object))
				.map((object) => requestOf(object));
};

export const requestsForNamespace = (touch: ObjectTouch): readonly Request[] =>
	touch.before?.metadata.labels[keys.schedulingEnabled] ===
	touch.after?.metadata.labels[keys.schedulingEnabled]
		? []
		: [namespaceRequest(touch.name)];

/**
Requests of the NamespaceOffloading controller since v0.5 that a touch wakes.
*/
export const requestsForOffloadings = (
	touch: ObjectTouch,
	view: ClusterView,
	rules: Rules,
): readonly Request[] => {
	const {cluster, kind, name, namespace} = touch;
	if (cluster !== view.key) {
		return [];
	}

	if (kind === 'NamespaceOffloading') {
		return name === offloadingName ? [namespaceRequest(namespace)] : [];
	}

	if (kind === 'NamespaceMap') {
		return requestsForMap(touch, view, rules);
	}

	if (kind === 'Node' || kind === 'VirtualNode') {
		return requestsForNode(touch, view, rules);
	}

	return kind === 'Namespace' && rules === 'corrected'
		? requestsForNamespace(touch)
		: [];
};
