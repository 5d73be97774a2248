import {type JsonObject} from '../../core/json.js';
import {type DescribedRowSet} from '../../core/rows/described-row-set.js';
import {type LiqoKind, resourceOf} from '../../core/resources.js';
import {type World} from '../../core/world.js';
import {type CommandContext} from '../command.js';
import {documentVersion, formatTable, printDocument} from '../output.js';
import {type AnyRow} from './row-query.js';

export const outputForms = ['text', 'wide', 'json', 'yaml', 'name'] as const;

export type OutputForm = (typeof outputForms)[number];

/**
A kind of Liqo's with its group, which is not the same in all generations.
*/
const liqoName = (kind: LiqoKind, {consumer: {generation}}: World): string => {
	const group = resourceOf(kind, generation)?.group;
	return [kind.toLowerCase(), ...(group === undefined ? [] : [group])].join(
		'.',
	);
};

/**
How kubectl calls the objects behind the rows.
*/
const nameOf = (
	rows: DescribedRowSet<AnyRow>,
	row: AnyRow,
	world: World,
): string => {
	const key = rows.keyOf(row);
	const name = key.slice(key.indexOf('/') + 1);
	switch (rows.id) {
		case 'offloadings': {
			return `${liqoName('NamespaceOffloading', world)}/${name}`;
		}

		case 'clusters': {
			return 'kind' in row && row.kind === 'VirtualNode'
				? `${liqoName('VirtualNode', world)}/${name}`
				: `node/${name}`;
		}

		case 'namespaces': {
			return `namespace/${name}`;
		}

		case 'maps': {
			return `${liqoName('NamespaceMap', world)}/${name}`;
		}

		case 'pods': {
			return `pod/${name}`;
		}

		case 'findings': {
			return `finding/${key.split('/', 2)[1] ?? ''}`;
		}
	}
};

/**
Prints rows in one form. Rows that come later (a watch) stand below the columns of the first.
*/
export type RowPrinter = {
	/**
	All rows at once, with titles.
	*/
	printAll(rows: readonly AnyRow[], extra: JsonObject): void;
	/**
	One row that came or changed, or whose `isGone`.
	*/
	printOne(row: AnyRow, isGone: boolean): void;
	/**
	What of a row decides whether it is printed again: without what the mere passing of time changes.
	*/
	fingerprint(row: AnyRow): string;
};

export const createRowPrinter = (
	{flags, stdout}: CommandContext,
	rows: DescribedRowSet<AnyRow>,
	form: OutputForm,
	{world, now}: {readonly world: World; readonly now: () => number},
): RowPrinter => {
	const columns = rows
		.columns(world)
		.map((column, index) => ({...column, index}))
		.filter(({isWide}) => form === 'wide' || !isWide);
	const titles = [
		...columns.map(({title}) => title),
		...(flags.showLabels ? ['LABELS'] : []),
	];
	const alignments = columns.map(({align}) => align);
	const widths: number[] = [];

	const cellsOf = (row: AnyRow): readonly string[] => {
		const cells = rows.cellsOf(row, world, now());
		const labels = Object.entries(rows.labelsOf(row));
		return [
			...columns.map(({index}) => cells[index]?.text ?? ''),
			...(flags.showLabels
				? [
						labels.length === 0
							? '<none>'
							: labels.map(([key, value]) => `${key}=${value}`).join(','),
					]
				: []),
		];
	};

	const writeLines = (lines: readonly string[]): void => {
		if (lines.length > 0) {
			stdout.write(`${lines.join('\n')}\n`);
		}
	};

	const documentOf = (row: AnyRow, isGone: boolean): JsonObject => ({
		apiVersion: documentVersion,
		kind: rows.documentKind,
		...rows.dataOf(row, world, now()),
		isGone: isGone ? true : undefined,
	});

	return {
		printAll(all, extra) {
			switch (form) {
				case 'text':
				case 'wide': {
					if (all.length > 0) {
						writeLines(
							formatTable(
								flags.noHeaders ? undefined : titles,
								all.map((row) => cellsOf(row)),
								{alignments, widths},
							),
						);
					}

					break;
				}

				case 'name': {
					writeLines(all.map((row) => nameOf(rows, row, world)));
					break;
				}

				case 'json':
				case 'yaml': {
					if (flags.watch) {
						for (const row of all) {
							this.printOne(row, false);
						}

						break;
					}

					printDocument(stdout, form, {
						apiVersion: documentVersion,
						kind: `${rows.documentKind}List`,
						...extra,
						items: all.map((row) => rows.dataOf(row, world, now())),
					});
					break;
				}
			}
		},
		printOne(row, isGone) {
			switch (form) {
				case 'text':
				case 'wide': {
					const [line = ''] = formatTable(undefined, [cellsOf(row)], {
						alignments,
						widths,
					});
					writeLines([isGone ? `${line}   (gone)` : line]);
					break;
				}

				case 'name': {
					writeLines([nameOf(rows, row, world)]);
					break;
				}

				case 'json': {
					stdout.write(`${JSON.stringify(documentOf(row, isGone))}\n`);
					break;
				}

				case 'yaml': {
					stdout.write('---\n');
					printDocument(stdout, 'yaml', documentOf(row, isGone));
					break;
				}
			}
		},
		fingerprint(row) {
			const cells = rows.cellsOf(row, world, now());
			return columns
				.filter(({isVolatile}) => !isVolatile)
				.map(({index}) => cells[index]?.text ?? '')
				.join('\u{0}');
		},
	};
};
