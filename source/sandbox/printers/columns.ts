import {type ApiObject, isTree, type Value} from '../value.js';
import {ageOf} from './age.js';
import {type Column} from './column.js';
import {readJsonPath} from './json-path.js';

export const nameColumn: Column = {
	name: 'Name',
	type: 'string',
	format: 'name',
	description:
		'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names',
	cell: ({metadata}) => metadata.name,
};

export const ageColumn: Column = {
	name: 'Age',
	type: 'string',
	description: '',
	cell: ({metadata}, now) => ageOf(metadata.creationTimestamp, now),
};

type Definition = {
	readonly name: string;
	readonly type: string;
	readonly jsonPath: string;
	readonly format: string;
	readonly description: string;
	readonly priority: number;
};

const isKnownType = (type: string): type is Column['type'] =>
	['string', 'integer', 'date', 'boolean', 'number'].includes(type);

const shown = (value: Value): string =>
	Array.isArray(value) || isTree(value) ? JSON.stringify(value) : String(value);

const printed = (values: Value[], type: string, now: number): Value => {
	const [first] = values;
	if (first === undefined) {
		return undefined;
	}

	switch (type) {
		case 'date': {
			return typeof first === 'string' ? ageOf(first, now) : '<invalid>';
		}

		case 'integer':
		case 'number': {
			return typeof first === 'number' ? first : undefined;
		}

		case 'boolean': {
			return typeof first === 'boolean' ? first : undefined;
		}

		default: {
			return values.map((value) => shown(value)).join(' ');
		}
	}
};

/**
A column as a CustomResourceDefinition writes it.
*/
export const jsonPathColumn = ({
	name,
	type,
	jsonPath,
	format,
	description,
	priority,
}: Definition): Column => {
	const read = readJsonPath(jsonPath);
	return {
		name,
		type: isKnownType(type) ? type : 'string',
		description:
			description ||
			`Custom resource definition column (in JSONPath format): ${jsonPath}`,
		...(format !== '' && {format}),
		...(priority !== 0 && {priority}),
		cell: (object: ApiObject, now) => printed(read(object), type, now),
	};
};
