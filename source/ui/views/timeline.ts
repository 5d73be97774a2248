import {
	type AnyObject,
	type NamespaceMap,
	type NamespaceOffloading,
} from '../../core/model.js';
import {type Store, type Touch} from '../../store/store.js';
import {type Level} from '../../core/rows/row.js';
import {type Target} from '../reducer/state.js';

/**
Something that changed while we were looking.
*/
export type Moment = {
	/**
	Epoch milliseconds.
	*/
	readonly time: number;
	readonly target: Target;
	readonly what: string;
	readonly level: Level;
};

/**
The newest moments, oldest first; older ones are forgotten.
*/
export type Timeline = {
	moments(): readonly Moment[];
	close(): void;
};

const longest = 2000;

const phaseOf = ({status}: NamespaceOffloading): string =>
	status.offloadingPhase ?? 'no phase';

/**
A change of the phase, an edit of what is asked for, or both.
*/
const offloadingChange = (
	before: NamespaceOffloading,
	after: NamespaceOffloading,
): string | undefined => {
	const {generation} = after.metadata;
	const parts = [
		...(before.metadata.generation === generation
			? []
			: [`edited (generation ${generation ?? '-'})`]),
		...(phaseOf(before) === phaseOf(after)
			? []
			: [`${phaseOf(before)} -> ${phaseOf(after)}`]),
	];
	return parts.length === 0 ? undefined : parts.join(', ');
};

/**
The namespaces of a map whose mapping is another one now.
*/
const mapChange = (
	before: NamespaceMap,
	after: NamespaceMap,
): string | undefined => {
	const old = before.status.currentMapping;
	const next = after.status.currentMapping;
	const parts = [...new Set([...Object.keys(old), ...Object.keys(next)])]
		.map((name) => ({name, was: old[name]?.phase, is: next[name]?.phase}))
		.filter(({was, is}) => was !== is)
		.map(({name, was, is}) => `${name}: ${was ?? 'none'} -> ${is ?? 'none'}`);
	return parts.length === 0 ? undefined : parts.join(', ');
};

/**
What a state of an object is called, for the kinds whose states matter; nothing for the others.
*/
const stateOf = (object: AnyObject | undefined): string | undefined => {
	if (object?.kind === 'NamespaceOffloading') {
		return phaseOf(object);
	}

	if (object?.kind === 'Node') {
		const ready = object.status.conditions.find(({type}) => type === 'Ready');
		return `ready ${ready?.status ?? 'unknown'}${object.spec.unschedulable === true ? ', cordoned' : ''}`;
	}

	if (object?.kind === 'NamespaceMap') {
		return Object.entries(object.status.currentMapping)
			.map(([name, {phase}]) => `${name} ${phase ?? '-'}`)
			.join(', ');
	}

	if (object?.kind === 'Pod') {
		const place =
			object.spec.nodeName === undefined ? '' : ` on ${object.spec.nodeName}`;
		const end =
			object.metadata.deletionTimestamp === undefined ? '' : ', terminating';
		return `${object.status.phase ?? '-'}${place}${end}`;
	}

	return object?.kind === 'Namespace'
		? (object.status.phase ?? '-')
		: undefined;
};

const describeTouch = ({before, after}: Touch): string | undefined => {
	const was = stateOf(before);
	const is = stateOf(after);
	if (was === undefined && is === undefined) {
		return undefined;
	}

	if (before === undefined) {
		return `appeared: ${is}`;
	}

	if (after === undefined) {
		return `gone; was: ${was}`;
	}

	if (
		before.kind === 'NamespaceOffloading' &&
		after.kind === 'NamespaceOffloading'
	) {
		return offloadingChange(before, after);
	}

	if (before.kind === 'NamespaceMap' && after.kind === 'NamespaceMap') {
		return mapChange(before, after);
	}

	return was === is ? undefined : `${was} -> ${is}`;
};

/**
Notes what changes from now on; what a first list brings is no change.
*/
export const createTimeline = (store: Store, now: () => number): Timeline => {
	let moments: Moment[] = [];
	const stop = store.onTouch((touch) => {
		const view =
			touch.cluster === store.world.consumer.key
				? store.world.consumer
				: store.world.providers.get(touch.cluster);
		if (view?.access(touch.kind).state !== 'live') {
			return;
		}

		const what = describeTouch(touch);
		if (what === undefined) {
			return;
		}

		const {cluster, kind, namespace, name} = touch;
		moments.push({
			time: now(),
			target: {cluster, kind, namespace, name},
			what,
			level: touch.after === undefined ? 'warning' : 'none',
		});
		if (moments.length > longest * 1.5) {
			moments = moments.slice(-longest);
		}
	});
	return {
		moments: () => moments,
		close: stop,
	};
};
