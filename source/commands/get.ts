import {type KindName} from '../core/model.js';
import {type DescribedRowSet} from '../core/rows/described-row-set.js';
import {clusterRows} from '../core/rows/clusters.js';
import {mapRows} from '../core/rows/maps.js';
import {namespaceRows} from '../core/rows/namespaces.js';
import {offloadingRows} from '../core/rows/offloadings.js';
import {podRows} from '../core/rows/pods.js';
import {type JsonObject} from '../core/json.js';
import {sanitize} from '../core/sanitize.js';
import {type Access, type ClusterView, isComplete} from '../core/world.js';
import {type CommandContext, type RunCommand} from './command.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {
	createRowPrinter,
	outputForms,
	type OutputForm,
	type RowPrinter,
} from './get/row-printer.js';
import {type AnyRow, buildRowQuery, type RowQuery} from './get/row-query.js';
import {nearest} from './nearest.js';
import {type OpenOptions, type OpenWorld} from './opened-world.js';
import {withWorld} from './with-world.js';

/**
Which objects the rows are of is known to the row set alone.
*/
const forAnyRow = <T extends object>(
	rows: DescribedRowSet<T>,
): DescribedRowSet<AnyRow> => rows;

type Rows = {
	readonly rows: DescribedRowSet<AnyRow>;
	/**
	What is read besides the rows' own kinds.
	*/
	readonly wanted: Omit<OpenOptions, 'kinds'>;
};

/**
The rows called so, and what has to be read for them. `now` is asked when the rows are.
*/
const rowsCalled = async (name: string, now: () => number): Promise<Rows> => {
	switch (name) {
		case 'offloadings': {
			return {
				rows: forAnyRow(offloadingRows),
				wanted: {},
			};
		}

		case 'clusters': {
			return {rows: forAnyRow(clusterRows), wanted: {}};
		}

		case 'namespaces': {
			return {
				rows: forAnyRow(namespaceRows),
				wanted: {providerKinds: ['Namespace']},
			};
		}

		case 'maps': {
			return {rows: forAnyRow(mapRows), wanted: {}};
		}

		case 'pods': {
			// Only pods are many enough to leave those of other namespaces on the server.
			return {
				rows: forAnyRow(podRows),
				wanted: {inNamespace: ['Pod']},
			};
		}

		case 'findings': {
			const [{createFindingRows}, {kindsRead}] = await Promise.all([
				import('../core/rows/findings.js'),
				import('../core/findings/kinds-read.js'),
			]);
			const rows = createFindingRows(now);
			return {
				rows: forAnyRow(rows),
				wanted: {providerKinds: kindsRead.provider},
			};
		}

		default: {
			throw new Error(`get knows no rows called ${name}.`);
		}
	}
};

const describeAccess = (access: Access): string | undefined => {
	switch (access.state) {
		case 'forbidden': {
			return `${access.reason} Missing rule: ${access.rule}.`;
		}

		case 'absent':
		case 'stale': {
			return access.reason;
		}

		case 'syncing': {
			return `only ${access.seen} of them have arrived so far`;
		}

		case 'idle':
		case 'live':
		case 'saved': {
			return undefined;
		}
	}
};

const kindsOf = (
	{kinds, wideKinds = []}: DescribedRowSet<AnyRow>,
	form: OutputForm,
): readonly KindName[] =>
	form === 'text' || form === 'name' ? kinds : [...kinds, ...wideKinds];

/**
What could not be read of the kinds behind the rows. The first kind is the rows themselves: without it there is nothing to print.
*/
const findGaps = (
	view: ClusterView,
	rows: DescribedRowSet<AnyRow>,
	form: OutputForm,
) =>
	kindsOf(rows, form).flatMap((kind) => {
		const access = view.access(kind);
		const reason = describeAccess(access);
		return reason === undefined ||
			(access.state === 'absent' && kind !== rows.kinds[0])
			? []
			: [{kind, state: access.state, reason}];
	});

const listRows = (
	{world}: OpenWorld,
	rows: DescribedRowSet<AnyRow>,
	query: RowQuery,
): readonly AnyRow[] =>
	query.order(
		[...rows.list(world)].filter((row) => query.isWanted(row, world)),
		world,
	);

/**
Prints rows again when they change, until the process is told to end.
*/
const watchRows = async (
	open: OpenWorld,
	rows: DescribedRowSet<AnyRow>,
	{query, printer}: {query: RowQuery; printer: RowPrinter},
	signal: AbortSignal,
): Promise<void> => {
	const {store, world} = open;
	const printed = new Map<string, {row: AnyRow; fingerprint: string}>();
	for (const row of listRows(open, rows, query)) {
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

	const stopFlushes = store.subscribe(() => {
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

const parseForm = (text: string): OutputForm | undefined =>
	outputForms.find((form) => form === text);

const printRows = async (
	context: CommandContext,
	open: OpenWorld,
	rows: DescribedRowSet<AnyRow>,
	form: OutputForm,
): Promise<ExitCode> => {
	const {flags, stderr, signal} = context;
	const {world} = open;
	const gaps = findGaps(world.consumer, rows, form);
	for (const {kind, reason} of gaps) {
		stderr.write(`${sanitize(`${kind}: ${reason}`)}\n`);
	}

	const isBlind =
		gaps.some(({kind}) => kind === rows.kinds[0]) &&
		world.consumer.count(rows.kinds[0]) === 0;
	if (isBlind && !isComplete(world.consumer.access(rows.kinds[0]))) {
		return exitCodes.connection;
	}

	const query = buildRowQuery(context, rows, world, open.namespace);
	if (!query.isOk) {
		stderr.write(`${query.message}\n`);
		return exitCodes.usage;
	}

	const printer = createRowPrinter(context, rows, form, open);
	const all = listRows(open, rows, query.value);
	const extra: JsonObject = {
		generation: world.consumer.generation?.id,
		incomplete:
			gaps.length === 0
				? undefined
				: gaps.map(({kind, state, reason}) => ({kind, state, reason})),
	};
	printer.printAll(all, extra);
	if (all.length === 0 && (form === 'text' || form === 'wide')) {
		const {namespace} = query.value;
		const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
		const advice =
			where !== '' && flags.namespace === undefined
				? ', -A shows those of all'
				: '';
		stderr.write(`No ${rows.id} found${where}${advice}.\n`);
	}

	if (flags.watch && !open.isSaved) {
		await watchRows(open, rows, {query: query.value, printer}, signal);
	}

	return exitCodes.fine;
};

/**
Prints the rows of a pane: as text, wide, JSON, YAML or names; with `-w` again when they change.
*/
export const run: RunCommand = async (context) => {
	const {args, flags, stderr} = context;
	let {now} = Date;
	const {rows, wanted} = await rowsCalled(args[0] ?? '', () => now());
	const text = flags.output ?? 'text';
	const form = parseForm(text);
	if (form === undefined) {
		const meant = nearest(text, outputForms);
		stderr.write(
			`get prints ${outputForms.join(', ')}, not "${text}"${meant === undefined ? '.' : `: did you mean ${meant}?`}\n`,
		);
		return exitCodes.usage;
	}

	return withWorld(
		context,
		{...wanted, kinds: kindsOf(rows, form)},
		async (open) => {
			now = open.now;
			return printRows(context, open, rows, form);
		},
	);
};
