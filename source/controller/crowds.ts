import {type Reconciler, type Request} from '../core/reconcilers/reconciler.js';
import {type World} from '../core/world.js';
import {type Touch} from '../store/store.js';
import {type Crowd} from './queue.js';

// Maps change one after the other, and every change wakes every namespace.
const answering: Crowd = {quiet: 300, longest: 5000};

// The same while it is known that some have still to answer: their answers are worth more patience, and the last one is acted on at once.
const awaited: Crowd = {quiet: 1000, longest: 5000};

/**
Whether an object is touched that only answers for the one requested, beside others: a map of all the maps that ask for a namespace.
*/
const isOneOfMany = (touch: Touch, request: Request): boolean =>
	touch.kind === 'NamespaceMap' &&
	touch.before !== undefined &&
	touch.after !== undefined &&
	request.namespace !== touch.namespace;

const demands = (object: Touch['after']): string | undefined =>
	object?.kind === 'NamespaceOffloading'
		? JSON.stringify([
				object.spec,
				object.metadata.deletionTimestamp,
				object.metadata.finalizers,
			])
		: undefined;

/**
Whether nothing but the status of an offloading moved: most often that is our own writing.
*/
const isStatusOnly = ({kind, before, after}: Touch): boolean =>
	kind === 'NamespaceOffloading' &&
	before !== undefined &&
	demands(before) === demands(after);

/**
What to wait for before a touch is acted on; absent when it is to be acted on at once.

A status that is written for every single answer costs a request per namespace and cluster. What nobody else will add to is acted on at once, so that
the wait never delays the end.
*/
export const crowdOf = (
	touch: Touch,
	request: Request,
	reconciler: Reconciler,
	world: World,
): Crowd | undefined => {
	if (isOneOfMany(touch, request)) {
		switch (reconciler.isAwaiting?.(request, world)) {
			case true: {
				return awaited;
			}

			case false: {
				return undefined;
			}

			case undefined: {
				return answering;
			}
		}
	}

	return isStatusOnly(touch) && reconciler.isAwaiting?.(request, world) === true
		? awaited
		: undefined;
};
