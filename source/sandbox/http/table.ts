import {absent} from '../../core/json.js';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {decodeAs} from '../storage/encoding.js';
import {type Entry} from '../storage/entry.js';
import {type ApiObject, type Tree} from '../value.js';

/**
How much of an object goes with its row.
*/
export type IncludeObject = 'None' | 'Metadata' | 'Object';

export const readIncludeObject = (query: URLSearchParams): IncludeObject => {
	const text = query.get('includeObject');
	return text === 'None' || text === 'Object' ? text : 'Metadata';
};

const objectOf = (
	object: ApiObject,
	include: IncludeObject,
	version: string,
): Tree | undefined => {
	switch (include) {
		case 'None': {
			return undefined;
		}

		case 'Object': {
			return object;
		}

		case 'Metadata': {
			return {
				kind: 'PartialObjectMetadata',
				apiVersion: `meta.k8s.io/${version}`,
				metadata: object.metadata,
			};
		}
	}
};

const phases: Readonly<Record<string, Tree>> = {
	Succeeded: {
		type: 'Completed',
		status: 'True',
		reason: 'Succeeded',
		message: 'The pod has completed successfully.',
	},
	Failed: {
		type: 'Completed',
		status: 'True',
		reason: 'Failed',
		message: 'The pod failed.',
	},
};

export type TableRequest = {
	readonly kind: Kind;
	/**
	`v1` or `v1beta1`.
	*/
	readonly version: string;
	readonly include: IncludeObject;
	readonly now: number;
};

export const columnDefinitions = (kind: Kind): Tree[] =>
	kind.columns.map(({name, type, format, description, priority}) => ({
		name,
		type,
		format: format ?? '',
		description: description ?? '',
		priority: priority ?? 0,
	}));

const rowOf = (
	object: ApiObject,
	{kind, include, version, now}: TableRequest,
): Tree => {
	const phase = kind.resource === '/pods' ? object.status : undefined;
	const condition = phases[String((phase as Tree | undefined)?.phase ?? '')];
	return {
		cells: kind.columns.map((column) => {
			const cell = column.cell(object, now);
			// A cell is never left out: the columns are counted.
			return cell ?? absent;
		}),
		...(condition && {conditions: [condition]}),
		object: objectOf(object, include, version),
	};
};

/**
Objects as a Table, the form in which kubectl asks for everything it prints.
*/
export const tableOf = (
	objects: readonly ApiObject[],
	metadata: Tree,
	request: TableRequest,
	hasColumns = true,
): Tree => ({
	kind: 'Table',
	apiVersion: `meta.k8s.io/${request.version}`,
	metadata,
	...(hasColumns
		? {columnDefinitions: columnDefinitions(request.kind)}
		: {columnDefinitions: []}),
	rows: objects.map((object) => rowOf(object, request)),
});

export const readObjects = (
	kind: Kind,
	entries: readonly Entry[],
): ApiObject[] =>
	entries.map((entry) => decodeAs(entry.bytes, apiVersionOf(kind), kind.kind));
