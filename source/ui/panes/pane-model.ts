import {type RowSet} from '../../core/rows/row.js';
import {type Access, type World} from '../../core/world.js';
import {type Store, type Touch} from '../../store/store.js';
import {type Filter, parseFilter} from '../filter.js';
import {type Cursor, type PaneState, type Scope} from '../reducer/state.js';
import {createRevision, type Revision} from '../revision.js';
import {createOrderedRows, type OrderedRows} from './ordered-rows.js';

/**
What a pane adds to its rows: which of them an event touches, and which belong to a narrowing.
*/
export type PaneRules<T> = {
	/**
	Keys of the rows that have to be looked at again, or `all`.
	*/
	touched(touch: Touch, world: World): readonly string[] | 'all';
	isInScope(object: T, scope: Scope, world: World): boolean;
	/**
	What the other panes are narrowed to by this row.
	*/
	scopeOf(object: T, world: World): Scope | undefined;
};

/**
What decides which rows are shown and in which order.
*/
export type PaneQuery = Pick<PaneState, 'filter' | 'sort' | 'isFaultsOnly'> & {
	readonly scope: Scope | undefined;
};

/**
One pane's rows, fed by the store and independent of React. `version` grows only when this pane would look different, so that untouched panes are not painted again.
*/
export type PaneModel<T> = Revision & {
	readonly rows: RowSet<T>;
	readonly rules: PaneRules<T>;
	count(): number;
	total(): number;
	/**
	A filter is still being applied: more rows may follow.
	*/
	isBusy(): boolean;
	at(index: number): T | undefined;
	/**
	Where a cursor stands now: its row may have moved, or gone.
	*/
	place(cursor: Cursor): number;
	query(query: PaneQuery): void;
	/**
	Why the filter as typed is not applied.
	*/
	filterProblem(): string | undefined;
	access(): Access;
	/**
	Looks at every row again, for what an event does not tell.
	*/
	refresh(): void;
	/**
	Has the visible rows said anew; which they are, and their order, stays.
	*/
	repaint(): void;
	readonly world: World;
	close(): void;
};

const rank = {
	error: 0,
	warning: 1,
	progress: 2,
	info: 3,
	none: 4,
	fine: 5,
} as const;

const isSameQuery = (a: PaneQuery, b: PaneQuery): boolean =>
	a.filter === b.filter &&
	a.sort?.column === b.sort?.column &&
	a.sort?.isDescending === b.sort?.isDescending &&
	a.isFaultsOnly === b.isFaultsOnly &&
	a.scope === b.scope;

const createPredicate = <T>(
	rows: RowSet<T>,
	rules: PaneRules<T>,
	world: World,
	{query, filter}: {readonly query: PaneQuery; readonly filter: Filter},
): ((object: T) => boolean) | undefined => {
	const {scope, isFaultsOnly} = query;
	const hasFilter = query.filter.trim() !== '' && filter.isValid;
	if (scope === undefined && !hasFilter && !isFaultsOnly) {
		return undefined;
	}

	return (object) => {
		const isOutside =
			scope !== undefined && !rules.isInScope(object, scope, world);
		if (isOutside) {
			return false;
		}

		const isFine =
			isFaultsOnly && rank[rows.levelOf(object, world)] > rank.progress;
		if (isFine) {
			return false;
		}

		return (
			!hasFilter ||
			filter.matches({
				text: rows.textOf(object, world),
				labels: rows.labelsOf(object),
			})
		);
	};
};

const startQuery: PaneQuery = {
	filter: '',
	sort: undefined,
	isFaultsOnly: false,
	scope: undefined,
};

export const createPaneModel = <T>(
	store: Store,
	rows: RowSet<T>,
	rules: PaneRules<T>,
): PaneModel<T> => {
	const {world} = store;
	const revision = createRevision();
	let query = startQuery;
	let filter = parseFilter('');
	let isStaleAltogether = false;
	const access = (): Access => world.consumer.access(rows.kinds[0]);
	// As of the last flush, as the rows are: a pane that says live shows what there is.
	let lastAccess = access();

	const ordered: OrderedRows<T> = createOrderedRows<T>(
		{
			rankOf: (object) => rank[rows.levelOf(object, world)],
			valueOf: (object, column) => rows.valueOf(object, column, world),
		},
		revision.advance,
	);

	const fill = () => {
		const kept = new Set<string>();
		for (const object of rows.list(world)) {
			const key = rows.keyOf(object);
			kept.add(key);
			ordered.set(key, object);
		}

		for (const key of ordered.keys()) {
			if (!kept.has(key)) {
				ordered.set(key, undefined);
			}
		}
	};

	const stopTouches = store.onTouch((touch) => {
		if (isStaleAltogether) {
			return;
		}

		const touched = rules.touched(touch, world);
		if (touched === 'all') {
			isStaleAltogether = true;
			return;
		}

		for (const key of touched) {
			ordered.set(key, rows.find(world, key));
		}
	});

	const stopFlushes = store.subscribe(() => {
		if (isStaleAltogether) {
			isStaleAltogether = false;
			fill();
		}

		const isSettled = ordered.settle();
		const nextAccess = access();
		if (!isSettled && nextAccess === lastAccess) {
			return;
		}

		lastAccess = nextAccess;
		revision.advance();
	});

	fill();
	ordered.settle();

	return {
		rows,
		rules,
		world,
		version: revision.version,
		subscribe: revision.subscribe,
		count: () => ordered.count(),
		total: () => ordered.total(),
		isBusy: () => ordered.isBusy(),
		at: (index) => ordered.at(index),
		place({key, index}) {
			if (key === undefined) {
				return 0;
			}

			const last = Math.max(0, ordered.count() - 1);
			const found = ordered.indexOf(key);
			return found === -1 ? Math.min(index, last) : found;
		},
		query(next) {
			if (isSameQuery(next, query)) {
				return;
			}

			if (next.filter !== query.filter) {
				filter = parseFilter(next.filter);
			}

			query = next;
			ordered.setQuery({
				sort: next.sort,
				isShown: createPredicate(rows, rules, world, {query: next, filter}),
			});
			revision.advance();
		},
		filterProblem: () => (filter.isValid ? undefined : filter.problem),
		access: () => lastAccess,
		refresh() {
			fill();
			ordered.settle();
			lastAccess = access();
			revision.advance();
		},
		repaint: revision.advance,
		close() {
			stopTouches();
			stopFlushes();
			ordered.close();
			revision.close();
		},
	};
};
