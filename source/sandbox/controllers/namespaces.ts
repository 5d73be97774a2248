import {type Api} from '../api.js';
import {type Kind} from '../kinds/kind.js';
import {timestamp} from '../objects/identity.js';
import {fieldsOf, readEntry} from '../objects/target.js';
import {treesAt, type Tree} from '../value.js';
import {type DeleteEntry} from './delete-entry.js';

const condition = (
	type: string,
	isTrue: boolean,
	reason: string,
	message: string,
	now: number,
): Tree => ({
	type,
	status: isTrue ? 'True' : 'False',
	lastTransitionTime: timestamp(now),
	reason,
	message,
});

/**
What is left in a namespace that is being deleted: objects by their resource (`pods.`, `namespacemaps.offloading.liqo.io`), and by finalizer.
*/
export type Remaining = {
	readonly resources: Map<string, number>;
	readonly finalizers: Map<string, number>;
};

/**
What holds a namespace up, as its conditions tell it.
*/
export const conditionsOf = (
	{resources, finalizers}: Remaining,
	now: number,
): Tree[] => {
	const hasContent = resources.size > 0;
	const hasFinalizers = finalizers.size > 0;
	const listed = (counts: Map<string, number>, text: (key: string) => string) =>
		[...counts]
			.map(([key, count]) => `${text(key)} has ${count} resource instances`)
			.join(', ');
	const byFinalizer = [...finalizers]
		.map(([key, count]) => `${key} in ${count} resource instances`)
		.join(', ');
	return [
		condition(
			'NamespaceDeletionDiscoveryFailure',
			false,
			'ResourcesDiscovered',
			'All resources successfully discovered',
			now,
		),
		condition(
			'NamespaceDeletionGroupVersionParsingFailure',
			false,
			'ParsedGroupVersions',
			'All legacy kube types successfully parsed',
			now,
		),
		condition(
			'NamespaceDeletionContentFailure',
			false,
			'ContentDeleted',
			'All content successfully deleted, may be waiting on finalization',
			now,
		),
		condition(
			'NamespaceContentRemaining',
			hasContent,
			hasContent ? 'SomeResourcesRemain' : 'ContentRemoved',
			hasContent
				? `Some resources are remaining: ${listed(resources, (key) => key)}`
				: 'All content successfully removed',
			now,
		),
		condition(
			'NamespaceFinalizersRemaining',
			hasFinalizers,
			hasFinalizers ? 'SomeFinalizersRemain' : 'ContentHasNoFinalizers',
			hasFinalizers
				? `Some content in the namespace has finalizers remaining: ${byFinalizer}`
				: 'All content-preserving finalizers finished',
			now,
		),
	];
};

export const sameConditions = (left: Tree[], right: Tree[]): boolean => {
	const bare = (list: Tree[]): string =>
		JSON.stringify(list.map(({lastTransitionTime, ...rest}) => rest));
	return bare(left) === bare(right);
};

/**
Empties namespaces that are being deleted and lets them go when nothing is left; what holds them up is in their conditions.

@returns a function that ends it
*/
export const runNamespaceController = (
	api: Api,
	deleteEntry: DeleteEntry,
): (() => void) => {
	const {storage, registry} = api;
	const pending = new Set<string>();
	let isScheduled = false;

	const namespacedKinds = (): Map<string, Kind> =>
		new Map(
			[...registry.all()]
				.filter((kind) => kind.isNamespaced && kind.verbs.includes('delete'))
				.map((kind) => [kind.resource, kind]),
		);

	const empty = async (namespace: string): Promise<Remaining> => {
		const remaining: Remaining = {resources: new Map(), finalizers: new Map()};
		for (const [resource, kind] of namespacedKinds()) {
			for (const entry of storage.collection(resource).list(namespace)) {
				if (!entry.isTerminating) {
					await deleteEntry(kind, entry); // eslint-disable-line no-await-in-loop -- one after the other
				}
			}

			const left = [...storage.collection(resource).list(namespace)];
			if (left.length > 0) {
				const name =
					kind.group === ''
						? `${kind.plural}.`
						: `${kind.plural}.${kind.group}`;
				remaining.resources.set(name, left.length);
			}

			for (const entry of left) {
				for (const finalizer of readEntry(kind, entry).metadata.finalizers ??
					[]) {
					remaining.finalizers.set(
						finalizer,
						(remaining.finalizers.get(finalizer) ?? 0) + 1,
					);
				}
			}
		}

		return remaining;
	};

	const process = async (name: string): Promise<void> => {
		const kind = registry.find('', 'v1', 'namespaces')!;
		if (!storage.get('/namespaces', '', name)?.isTerminating) {
			return;
		}

		const remaining = await empty(name);
		const entry = storage.get('/namespaces', '', name);
		if (!entry?.isTerminating) {
			return;
		}

		const namespace = readEntry(kind, entry);
		if (remaining.resources.size === 0) {
			namespace.spec = {};
			if ((namespace.metadata.finalizers ?? []).length === 0) {
				storage.remove('/namespaces', '', name);
				return;
			}
		}

		const conditions = conditionsOf(remaining, api.now());
		if (
			sameConditions(conditions, treesAt(namespace, 'status', 'conditions'))
		) {
			return;
		}

		namespace.status = {phase: 'Terminating', conditions};
		storage.put('/namespaces', namespace, fieldsOf(kind));
	};

	const work = async (): Promise<void> => {
		while (pending.size > 0) {
			const names = [...pending];
			pending.clear();
			for (const name of names) {
				await process(name); // eslint-disable-line no-await-in-loop -- a namespace may hold another's controller
			}
		}

		isScheduled = false;
	};

	const touch = (name: string): void => {
		pending.add(name);
		if (isScheduled) {
			return;
		}

		isScheduled = true;
		setImmediate(() => {
			void work();
		});
	};

	return storage.observe(({resource, entry, previous}) => {
		const subject = entry ?? previous;
		if (!subject) {
			return;
		}

		if (resource === '/namespaces') {
			if (entry?.isTerminating) {
				touch(entry.name);
			}
		} else if (
			(!entry || !previous) &&
			storage.get('/namespaces', '', subject.namespace)?.isTerminating
		) {
			touch(subject.namespace);
		}
	});
};
