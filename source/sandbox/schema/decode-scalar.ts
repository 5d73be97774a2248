import {isTree, type Value} from '../value.js';
import {canonicalQuantity} from './quantity.js';
import {mapValues, type Schema} from './schema.js';

/**
What reading an object of a built-in type came to: unknown fields are dropped and listed; `problem` is the first value that Go could not
have read, in Go's words.
*/
export type Reading = {
	unknown: string[];
	problem?: string;
	/**
	The first value at which Go would have stopped reading; it counts before any other.
	*/
	stop?: string;
	/**
	Parts of an object that was read before: they are as they have to be.
	*/
	readonly known?: ReadonlySet<Value>;
};

const goTypes: Readonly<Record<string, string>> = {
	string: 'string',
	boolean: 'bool',
	number: 'float64',
};

const goType = (schema: Schema): string => {
	if (schema.type === 'integer') {
		return schema.format ?? 'int64';
	}

	if (schema.type === 'array') {
		return `[]${goType(schema.items ?? {})}`;
	}

	const named = schema['x-go-type'];
	if (named !== undefined) {
		const parts = named.split('.');
		return `${parts.at(-2) ?? ''}.${parts.at(-1) ?? ''}`;
	}

	const values = mapValues(schema);
	return values
		? `map[string]${goType(values)}`
		: (goTypes[schema.type ?? ''] ?? 'interface {}');
};

/**
The type of a value in the words of Go's JSON.
*/
export const jsonType = (value: Value): string => {
	if (Array.isArray(value)) {
		return 'array';
	}

	if (isTree(value)) {
		return 'object';
	}

	return typeof value === 'boolean' ? 'bool' : typeof value;
};

/**
Fields whose strings and maps have a name of their own in Go.
*/
const namedTypes: Readonly<Record<string, string>> = {
	'Container.imagePullPolicy': 'v1.PullPolicy',
	'Container.terminationMessagePolicy': 'v1.TerminationMessagePolicy',
	'ContainerPort.protocol': 'v1.Protocol',
	'DeploymentStrategy.type': 'v1.DeploymentStrategyType',
	'LabelSelectorRequirement.operator': 'v1.LabelSelectorOperator',
	'NamespaceSpec.finalizers': 'v1.FinalizerName',
	'NamespaceStatus.phase': 'v1.NamespacePhase',
	'NodeCondition.status': 'v1.ConditionStatus',
	'NodeCondition.type': 'v1.NodeConditionType',
	'NodeSelectorRequirement.operator': 'v1.NodeSelectorOperator',
	'NodeStatus.allocatable': 'v1.ResourceList',
	'NodeStatus.capacity': 'v1.ResourceList',
	'ObjectMeta.uid': 'types.UID',
	'ObjectReference.uid': 'types.UID',
	'OwnerReference.uid': 'types.UID',
	'PodCondition.status': 'v1.ConditionStatus',
	'PodCondition.type': 'v1.PodConditionType',
	'PodSpec.dnsPolicy': 'v1.DNSPolicy',
	'PodSpec.restartPolicy': 'v1.RestartPolicy',
	'PodStatus.phase': 'v1.PodPhase',
	'ResourceRequirements.limits': 'v1.ResourceList',
	'ResourceRequirements.requests': 'v1.ResourceList',
	'Taint.effect': 'v1.TaintEffect',
	'Toleration.effect': 'v1.TaintEffect',
	'Toleration.operator': 'v1.TolerationOperator',
};

const fieldType = (schema: Schema, {struct, fields}: Place): string => {
	const name =
		namedTypes[`${struct}.${fields.slice(fields.lastIndexOf('.') + 1)}`];
	if (name === undefined) {
		return goType(schema);
	}

	return schema.type === 'array' ? `[]${name}` : name;
};

/**
Notes that a value is of another type than the field's, in Go's words.
*/
export const mismatch = (
	reading: Reading,
	place: Place,
	value: Value,
	schema: Schema,
): Value => {
	const number = typeof value === 'number' ? ` ${value}` : '';
	reading.problem ??= `json: cannot unmarshal ${jsonType(value)}${
		schema.type === 'integer' ? number : ''
	} into Go ${place.struct === '' || place.fields === '' ? 'value' : `struct field ${place.struct}.${place.fields}`} of type ${fieldType(schema, place)}`;
	return undefined;
};

/**
`struct` is the Go type that holds the field, `path` where it is in the document, `fields` the same as Go's reader knows it: without
what is a key or an index.
*/
export type Place = {
	readonly struct: string;
	readonly path: string;
	readonly fields: string;
};

const quantityPattern =
	"quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const instant =
	/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+\-]\d\d:\d\d)$/v;

const readTime = (
	value: Value,
	schema: Schema,
	place: Place,
	reading: Reading,
): Value => {
	if (typeof value !== 'string') {
		return mismatch(reading, place, value, schema);
	}

	if (value === '') {
		return undefined;
	}

	if (!instant.test(value) || Number.isNaN(Date.parse(value))) {
		reading.stop ??= `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05${
			schema['x-go-scalar'] === 'microtime' ? '.000000' : ''
		}Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`;
		return undefined;
	}

	if (schema['x-go-scalar'] === 'microtime') {
		return value;
	}

	return value.length === 20 && value.endsWith('Z')
		? value
		: new Date(value).toISOString().replace(/\.\d+Z$/v, 'Z');
};

const readQuantity = (value: Value, reading: Reading): Value => {
	const quantity =
		typeof value === 'string' || typeof value === 'number'
			? canonicalQuantity(String(value))
			: undefined;
	if (quantity === undefined) {
		reading.stop ??= quantityPattern;
	}

	return quantity;
};

export const readScalar = (
	value: Value,
	schema: Schema,
	place: Place,
	reading: Reading,
): Value => {
	switch (schema['x-go-scalar']) {
		case 'quantity': {
			return readQuantity(value, reading);
		}

		case 'time':
		case 'microtime': {
			return readTime(value, schema, place, reading);
		}

		case 'bytes': {
			if (typeof value !== 'string') {
				return mismatch(reading, place, value, schema);
			}

			const compact = value.replaceAll(/[\n\r]/gv, '');
			if (!/^[+\/0-9A-Za-z]*={0,2}$/v.test(compact) || compact.length % 4) {
				const bad = compact.search(/[^+\/0-9A-Za-z]/v);
				reading.problem ??= `illegal base64 data at input byte ${
					bad === -1 ? compact.length - (compact.length % 4) : bad
				}`;
			}

			return compact;
		}

		case 'intstr': {
			return typeof value === 'string' || Number.isInteger(value)
				? value
				: mismatch(reading, place, value, schema);
		}

		default: {
			return readPlain(value, schema, place, reading);
		}
	}
};

const readPlain = (
	value: Value,
	schema: Schema,
	place: Place,
	reading: Reading,
): Value => {
	const isRight =
		schema.type === 'integer'
			? Number.isInteger(value)
			: typeof value === schema.type;
	return isRight ? value : mismatch(reading, place, value, schema);
};
