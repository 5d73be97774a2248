import {type KindName} from '../../core/model.js';
import {type DescribedRowSet} from '../../core/rows/described-row-set.js';
import {sanitize} from '../../core/sanitize.js';
import {type ClusterView} from '../../core/world.js';
import {type CommandContext, type Output} from '../command.js';
import {type OpenWorld} from '../opened-world.js';
import {describeAccess} from './gaps.js';
import {type RowPrinter} from './row-printer.js';
import {type AnyRow, listRows, type RowQuery} from './row-query.js';

type Watched = {
	readonly rows: DescribedRowSet<AnyRow>;
	/**
	What is read for the rows.
	*/
	readonly kinds: readonly KindName[];
	readonly query: RowQuery;
	readonly printer: RowPrinter;
};

/**
Says once what no longer arrives, and that it arrives again: who watches must not take silence for peace.
*/
const createAccessTeller = (
	view: ClusterView,
	kinds: readonly KindName[],
	stderr: Output,
): (() => void) => {
	const reasonOf = (kind: KindName): string | undefined =>
		describeAccess(view.access(kind));
	const told = new Map(kinds.map((kind) => [kind, reasonOf(kind)]));
	return () => {
		for (const kind of kinds) {
			const reason = reasonOf(kind);
			if (reason === told.get(kind) || view.access(kind).state === 'syncing') {
				continue;
			}

			told.set(kind, reason);
			stderr.write(`${sanitize(`${kind}: ${reason ?? 'live again.'}`)}\n`);
		}
	};
};

/**
Prints rows again when they change, and says when they no longer can, until the process is told to end.
*/
export const watchRows = async (
	{stderr, signal}: CommandContext,
	open: OpenWorld,
	{rows, kinds, query, printer}: Watched,
): Promise<void> => {
	const {store, world} = open;
	const printed = new Map<string, {row: AnyRow; fingerprint: string}>();
	for (const row of listRows(world, rows, query)) {
		printed.set(rows.keyOf(row), {
			row,
			fingerprint: printer.fingerprint(row),
		});
	}

	let isAllTouched = false;
	const touched = new Set<string>();
	const [own, ...others] = [...rows.kinds, ...(rows.wideKinds ?? [])];
	const stopTouches = store.onTouch(({cluster, kind, namespace, name}) => {
		if (cluster !== world.consumer.key) {
			isAllTouched ||= rows.id === 'namespaces';
		} else if (kind === own && rows.id !== 'clusters') {
			touched.add(namespace === '' ? name : `${namespace}/${name}`);
		} else if (rows.id !== 'pods' && [own, ...others].includes(kind)) {
			// Other kinds change a cell here and there: few objects, so all rows are compared.
			isAllTouched = true;
		}
	});

	const update = (key: string): void => {
		const found = rows.find(world, key);
		const row = found && query.isWanted(found, world) ? found : undefined;
		const last = printed.get(key);
		if (row === undefined) {
			if (last) {
				printed.delete(key);
				printer.printOne(last.row, true);
			}

			return;
		}

		const fingerprint = printer.fingerprint(row);
		if (last?.fingerprint === fingerprint) {
			return;
		}

		printed.set(key, {row, fingerprint});
		printer.printOne(row, false);
	};

	const tellAccess = createAccessTeller(world.consumer, kinds, stderr);
	const stopFlushes = store.subscribe(() => {
		tellAccess();
		const keys = new Set(touched);
		if (isAllTouched) {
			for (const row of rows.list(world)) {
				keys.add(rows.keyOf(row));
			}

			for (const key of printed.keys()) {
				keys.add(key);
			}
		}

		isAllTouched = false;
		touched.clear();
		for (const key of keys) {
			update(key);
		}
	});

	await new Promise<void>((resolve) => {
		if (signal.aborted) {
			resolve();
		} else {
			signal.addEventListener(
				'abort',
				() => {
					resolve();
				},
				{once: true},
			);
		}
	});
	stopTouches();
	stopFlushes();
};
