import {type DescribedRowSet} from '../../core/rows/described-row-set.js';
import {parseLabelSelector} from '../../core/label-selector.js';
import {type Labels} from '../../core/model.js';
import {type World} from '../../core/world.js';
import {type CommandContext} from '../command.js';
import {nearest} from '../nearest.js';
import {type Result} from '../saved-objects.js';

/**
An object of any row set; what it is, only its row set knows.
*/
export type AnyRow = object;

/**
Which rows are wanted, and in which order.
*/
export type RowQuery = {
	/**
	The one namespace whose rows are wanted.
	*/
	readonly namespace: string | undefined;
	isWanted(row: AnyRow, world: World): boolean;
	/**
	In the order asked for, else by name; findings worst first, as they come.
	*/
	order(wanted: readonly AnyRow[], world: World): readonly AnyRow[];
};

/**
The namespace that a row is about; absent for rows of clusters.
*/
const namespaceOf = (
	rows: DescribedRowSet<AnyRow>,
	row: AnyRow,
): string | undefined => {
	const key = rows.keyOf(row);
	switch (rows.id) {
		case 'clusters': {
			return undefined;
		}

		case 'namespaces': {
			return key;
		}

		case 'findings': {
			// What is wrong with the whole cluster concerns every namespace.
			const namespace = key.slice(0, key.indexOf('/'));
			return namespace === '' ? undefined : namespace;
		}

		case 'maps':
		case 'offloadings':
		case 'pods': {
			return key.slice(0, Math.max(0, key.indexOf('/')));
		}
	}
};

type FieldTest = {
	readonly field: string;
	readonly value: string;
	readonly isEqual: boolean;
};

const fieldValue = (
	rows: DescribedRowSet<AnyRow>,
	row: AnyRow,
	field: string,
): string => {
	const key = rows.keyOf(row);
	switch (field) {
		case 'metadata.name': {
			return key.slice(key.indexOf('/') + 1);
		}

		case 'metadata.namespace': {
			return namespaceOf(rows, row) ?? '';
		}

		default: {
			let value: unknown = row;
			for (const part of field.split('.')) {
				value = (value as Record<string, unknown> | undefined)?.[part];
			}

			return typeof value === 'string' ? value : '';
		}
	}
};

const knownFields: Readonly<Record<string, readonly string[]>> = {
	pods: ['status.phase', 'spec.nodeName'],
	offloadings: ['status.offloadingPhase', 'spec.podOffloadingStrategy'],
};

const parseFields = (
	text: string,
	rows: DescribedRowSet<AnyRow>,
): Result<readonly FieldTest[]> => {
	const known = [
		'metadata.name',
		'metadata.namespace',
		...(knownFields[rows.id] ?? []),
	];
	const tests: FieldTest[] = [];
	for (const term of text.split(',')) {
		const match = /^(?<field>[^!=]+)(?<operator>!=|==?)(?<value>.*)$/v.exec(
			term.trim(),
		)?.groups;
		if (!match) {
			return {
				isOk: false,
				message: `--field-selector takes field=value or field!=value, not "${term}".`,
			};
		}

		const {field = '', operator, value = ''} = match;
		if (!known.includes(field)) {
			return {
				isOk: false,
				message: `--field-selector knows ${known.join(', ')} of ${rows.id}, not "${field}".`,
			};
		}

		tests.push({field, value, isEqual: operator !== '!='});
	}

	return {isOk: true, value: tests};
};

const compareValues = (
	left: string | number,
	right: string | number,
): number => {
	if (left === right) {
		return 0;
	}

	return left < right ? -1 : 1;
};

/**
`POD STRATEGY`, `pod-strategy` and `podStrategy` are the same column.
*/
const normalize = (text: string): string =>
	text.toLowerCase().replaceAll(/[^\da-z]/gv, '');

const parseSort = (
	text: string,
	rows: DescribedRowSet<AnyRow>,
	world: World,
): Result<{column: string; direction: number}> => {
	const isDescending = text.startsWith('-');
	const wanted = normalize(text);
	const columns = rows.columns(world);
	const column = columns.find(
		({id, title}) => normalize(id) === wanted || normalize(title) === wanted,
	);
	if (column) {
		return {
			isOk: true,
			value: {column: column.id, direction: isDescending ? -1 : 1},
		};
	}

	const names = columns.map(({title}) => title.toLowerCase());
	const meant = nearest(text.replace(/^-/v, ''), names);
	return {
		isOk: false,
		message: `--sort-by takes a column of ${rows.id} (${names.join(', ')}), not "${text}"${meant === undefined ? '.' : `: did you mean "${meant}"?`}`,
	};
};

const testLabels = (
	text: string | undefined,
): Result<((labels: Labels) => boolean) | undefined> => {
	if (text === undefined) {
		return {isOk: true, value: undefined};
	}

	const selector = parseLabelSelector(text);
	return selector.isValid
		? {isOk: true, value: (labels) => selector.matches(labels)}
		: {isOk: false, message: selector.problem};
};

/**
Makes the flags of `get` into a query on the rows of a world.
*/
export const buildRowQuery = (
	{flags}: CommandContext,
	rows: DescribedRowSet<AnyRow>,
	world: World,
	defaultNamespace: string | undefined,
): Result<RowQuery> => {
	const labels = testLabels(flags.selector);
	if (!labels.isOk) {
		return labels;
	}

	const fields: Result<readonly FieldTest[]> =
		flags.fieldSelector === undefined
			? {isOk: true, value: []}
			: parseFields(flags.fieldSelector, rows);
	if (!fields.isOk) {
		return fields;
	}

	const sort =
		flags.sortBy === undefined
			? undefined
			: parseSort(flags.sortBy, rows, world);
	if (sort?.isOk === false) {
		return sort;
	}

	const namespace = flags.allNamespaces
		? undefined
		: (flags.namespace ?? (rows.id === 'pods' ? defaultNamespace : undefined));

	return {
		isOk: true,
		value: {
			namespace,
			isWanted(row) {
				const own = namespaceOf(rows, row);
				return (
					(namespace === undefined || own === undefined || own === namespace) &&
					(labels.value?.(rows.labelsOf(row)) ?? true) &&
					fields.value.every(
						({field, value, isEqual}) =>
							(fieldValue(rows, row, field) === value) === isEqual,
					)
				);
			},
			order(wanted, seen) {
				if (sort === undefined && rows.id === 'findings') {
					return wanted;
				}

				// What is compared is asked for once per row, not once per comparison.
				return wanted
					.map((row) => ({
						row,
						key: rows.keyOf(row),
						value: sort ? rows.valueOf(row, sort.value.column, seen) : '',
					}))
					.toSorted((left, right) => {
						const byValue = compareValues(left.value, right.value);
						return byValue === 0
							? compareValues(left.key, right.key)
							: byValue * (sort?.value.direction ?? 1);
					})
					.map(({row}) => row);
			},
		},
	};
};

/**
The wanted rows of a world, in order.
*/
export const listRows = (
	world: World,
	rows: DescribedRowSet<AnyRow>,
	query: RowQuery,
): readonly AnyRow[] =>
	query.order(
		[...rows.list(world)].filter((row) => query.isWanted(row, world)),
		world,
	);
