import {type Change} from './change.js';
import {absent, isJsonObject, type Json, type JsonObject} from './json.js';
import {type MemoryAnswer} from './memory-answer.js';
import {keyOf, textAt} from './memory-keys.js';
import {type AnyObject, type Namespace} from './model.js';
import {metadataOf} from './object-rules.js';
import {type ObjectTouch} from './reconcilers/reconciler.js';
import {allKinds, resourceOf} from './resources.js';
import {type ClusterView} from './world.js';

type Ground = {
	readonly view: ClusterView;
	readonly raws: ReadonlyMap<string, JsonObject>;
	isGone(key: string): boolean;
	alter(change: Change, now: string): MemoryAnswer;
	decoded(raw: JsonObject): AnyObject | undefined;
};

const ownersOf = (raw: JsonObject): readonly Json[] => {
	const {ownerReferences} = metadataOf(raw);
	return Array.isArray(ownerReferences)
		? (ownerReferences as readonly Json[])
		: [];
};

const touchesOf = (answer: MemoryAnswer): readonly ObjectTouch[] =>
	answer.state === 'written' ? answer.touches : [];

const isGoing = ({metadata}: AnyObject): boolean =>
	metadata.deletionTimestamp !== undefined;

/**
What Kubernetes' namespace controller and garbage collector do, one step each time it is called.
*/
export const createCollector = ({
	view,
	raws,
	isGone,
	alter,
	decoded,
}: Ground): ((now: string) => readonly ObjectTouch[]) => {
	const removeAll = (
		objects: readonly AnyObject[],
		now: string,
	): readonly ObjectTouch[] =>
		objects.flatMap(({apiVersion, kind, metadata: {namespace, name}}) => {
			const object = {apiVersion, kind, namespace, name};
			const change = {cluster: view.key, verb: 'delete', object} as const;
			return touchesOf(alter({...change, reason: 'garbage'}, now));
		});

	const contentOf = (namespace: string): readonly AnyObject[] =>
		allKinds
			.filter((kind) => resourceOf(kind, view.generation)?.isNamespaced)
			.flatMap((kind): AnyObject[] => [...view.list(kind, namespace)]);

	const end = (
		{metadata: {name}}: Namespace,
		now: string,
	): readonly ObjectTouch[] => {
		const removed = removeAll(
			contentOf(name).filter((object) => !isGoing(object)),
			now,
		);
		if (contentOf(name).length > 0) {
			return removed;
		}

		const answer = alter(
			{
				cluster: view.key,
				verb: 'patch',
				patchType: 'merge',
				object: {apiVersion: 'v1', kind: 'Namespace', name},
				body: {spec: {finalizers: absent}},
				reason: 'nothing is left in it',
			},
			now,
		);
		return [...removed, ...touchesOf(answer)];
	};

	const isOrphan = (raw: JsonObject): boolean => {
		const metadata = metadataOf(raw);
		const scopes = ['', textAt(metadata, 'namespace')];
		const owners = ownersOf(raw);
		return (
			owners.length > 0 &&
			metadata.deletionTimestamp === undefined &&
			owners.every(
				(owner) =>
					isJsonObject(owner) &&
					scopes.some((scope) =>
						isGone(keyOf(textAt(owner, 'kind'), scope, textAt(owner, 'name'))),
					),
			)
		);
	};

	return (now) => {
		const ended = [...view.list('Namespace')]
			.filter((namespace) => isGoing(namespace))
			.flatMap((namespace) => end(namespace, now));
		const orphans = raws
			.values()
			.filter((raw) => isOrphan(raw))
			.flatMap((raw) => [decoded(raw) ?? []].flat())
			.toArray();
		return [...ended, ...removeAll(orphans, now)];
	};
};
