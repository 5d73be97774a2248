import {type Caller} from '../api.js';
import {badRequest, type Failure} from '../http/status.js';
import {type FieldValidation} from '../http/options.js';
import {repeatedPaths} from '../http/repeated-fields.js';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {builtinType} from '../schema/parse-types.js';
import {type Reading} from '../schema/decode-scalar.js';
import {readTyped} from '../schema/decode-typed.js';
import {dropNulls, prune, setDefaults} from '../schema/structural.js';
import {type ApiObject, isTree, type Tree, type Value} from '../value.js';
import {type Target} from './target.js';

/**
The refusal of a body that Go could not have read as its kind.
*/
export const unreadable = (kind: Kind, problem: string): Failure =>
	badRequest(
		`${kind.kind} in version ${JSON.stringify(kind.version)} cannot be handled as a ${kind.kind}: ${problem}`,
	);

/**
What a strict reader refuses; to others it is a warning, or nothing.
*/
const reportUnknown = (
	unknown: readonly string[],
	validation: FieldValidation,
	caller: Caller,
): string | undefined => {
	if (unknown.length === 0 || validation === 'Ignore') {
		return undefined;
	}

	const lines = unknown.filter((field) => isYamlLine(field));
	const problems = unknown
		.filter((field) => !isYamlLine(field))
		.map((field) =>
			/^(?:json patch )?duplicate field /v.test(field)
				? field
				: `unknown field "${field}"`,
		);
	if (validation === 'Strict') {
		const all = [
			...(lines.length > 0 ? [describeYamlLines(lines)] : []),
			...problems,
		];
		return `strict decoding error: ${all.join(', ')}`;
	}

	caller.warnings.push(...lines, ...problems);
	return undefined;
};

const isYamlLine = (field: string): boolean => /^line \d+: key /v.test(field);

/**
What YAML says more than once, in the words of Go's reader.
*/
export const describeYamlLines = (lines: readonly string[]): string =>
	['yaml: unmarshal errors:', ...lines.map((line) => `  ${line}`)].join('\n');

/**
What is said twice, as it is reported.
*/
export const duplicatesOf = (value: Value, prefix = ''): string[] =>
	repeatedPaths(value).map((path) => `${prefix}duplicate field "${path}"`);

const acceptCustom = (raw: Tree, kind: Kind, reading: Reading): ApiObject => {
	const {metadata, ...rest} = raw;
	const {schema} = kind;
	const body = {...rest};
	// `metadata` is read as the built-in type it is; apiVersion and kind belong to every object.
	const {apiVersion, kind: kindName, ...fields} = body;
	const unknown: string[] = [];
	prune(fields, schema, unknown);
	reading.unknown.push(...unknown.toSorted());
	const metadataReading: Reading = {unknown: []};
	const readMetadata = readTyped(
		metadata ?? {},
		builtinType('ObjectMeta'),
		{struct: 'ObjectMeta', path: '', fields: ''},
		metadataReading,
	);
	reading.problem ??= metadataReading.stop ?? metadataReading.problem;
	reading.unknown.push(
		...metadataReading.unknown
			.filter((field) => !field.startsWith('duplicate '))
			.map((field) => `metadata.${field}`),
	);
	dropNulls(fields, schema);
	setDefaults(fields, schema);
	return {
		apiVersion,
		kind: kindName,
		metadata: readMetadata,
		...fields,
	} as ApiObject;
};

/**
The parts of an object that a patch leaves as they are: it takes apart only those on the way to what it changes.
*/
const partsOf = (object: ApiObject): ReadonlySet<Value> =>
	new Set(
		[object, ...Object.values(object)].flatMap((part) =>
			isTree(part)
				? Object.values(part).filter((value) => typeof value === 'object')
				: [],
		),
	);

/**
The body of a write as an object of the kind: unknown fields dropped (reported as `validation` demands), defaults filled in. What Go
could not have read is refused.

@param raw
@param kind
@param validation
@param caller
@param more
@param more.repeated what was said twice, where that is not to be seen in `raw`
@param more.old the object whose parts `raw` may share
@param more.refuse words the refusal; `isStrict` when only strict validation asks for it
*/
export const acceptObject = (
	raw: Tree,
	kind: Kind,
	validation: FieldValidation,
	caller: Caller,
	{
		repeated = kind.isCustom ? duplicatesOf(raw) : [],
		old,
		refuse = (problem) => unreadable(kind, problem),
	}: {
		repeated?: readonly string[];
		old?: ApiObject;
		refuse?: (problem: string, isStrict: boolean) => Failure;
	} = {},
): ApiObject | Failure => {
	const apiVersion = apiVersionOf(kind);
	const reading: Reading = {
		unknown: [...repeated],
		...(old && {known: partsOf(old)}),
	};
	const object = kind.isCustom
		? acceptCustom({...raw, apiVersion, kind: kind.kind}, kind, reading)
		: ({
				apiVersion,
				kind: kind.kind,
				...(readTyped(
					raw,
					kind.schema,
					{struct: '', path: '', fields: ''},
					reading,
				) as Tree),
			} as ApiObject);
	const problem = reading.stop ?? reading.problem;
	if (problem !== undefined) {
		return refuse(problem, false);
	}

	const unknown = reportUnknown(reading.unknown, validation, caller);
	if (unknown !== undefined) {
		return refuse(unknown, true);
	}

	if (!isTree(object.metadata)) {
		object.metadata = {name: '', uid: ''};
	}

	kind.behaviour.setDefaults?.(object);
	return object;
};

/**
Reads the body of a request that writes an object whole.
*/
export const acceptBody = (
	raw: Tree,
	{kind, caller, options, repeatedKeys = []}: Target,
): ApiObject | Failure =>
	acceptObject(
		raw,
		kind,
		options.fieldValidation,
		caller,
		// Of a built-in kind in JSON that is told while it is read.
		{
			repeated: kind.isCustom
				? [...repeatedKeys, ...duplicatesOf(raw)]
				: repeatedKeys,
		},
	);
