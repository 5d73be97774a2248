import {type DescribedRowSet} from '../core/rows/described-row-set.js';
import {clusterRows} from '../core/rows/clusters.js';
import {mapRows} from '../core/rows/maps.js';
import {namespaceRows} from '../core/rows/namespaces.js';
import {offloadingRows} from '../core/rows/offloadings.js';
import {podRows} from '../core/rows/pods.js';
import {type JsonObject} from '../core/json.js';
import {sanitize} from '../core/sanitize.js';
import {isComplete} from '../core/world.js';
import {type CommandContext, type RunCommand} from './command.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {
	createRowPrinter,
	outputForms,
	type OutputForm,
} from './get/row-printer.js';
import {findGaps, kindsOf} from './get/gaps.js';
import {type AnyRow, buildRowQuery, listRows} from './get/row-query.js';
import {watchRows} from './get/watch-rows.js';
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

const parseForm = (text: string): OutputForm | undefined =>
	outputForms.find((form) => form === text);

const printRows = async (
	context: CommandContext,
	open: OpenWorld,
	rows: DescribedRowSet<AnyRow>,
	form: OutputForm,
): Promise<ExitCode> => {
	const {flags, stderr} = context;
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
	const all = listRows(world, rows, query.value);
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
		await watchRows(context, open, {
			rows,
			kinds: kindsOf(rows, form),
			query: query.value,
			printer,
		});
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
