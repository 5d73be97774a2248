import {type Caller} from '../api.js';
import {badRequest, failure, type Failure} from '../http/status.js';
import {type FieldValidation} from '../http/options.js';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {builtinType} from '../schema/parse-types.js';
import {readTyped, type Reading} from '../schema/decode-typed.js';
import {dropNulls, prune, setDefaults} from '../schema/structural.js';
import {type ApiObject, isTree, type Tree} from '../value.js';

const unreadable = (kind: Kind, problem: string): Failure =>
	badRequest(
		`${kind.kind} in version ${JSON.stringify(kind.version)} cannot be handled as a ${kind.kind}: ${problem}`,
	);

const reportUnknown = (
	kind: Kind,
	unknown: readonly string[],
	validation: FieldValidation,
	caller: Caller,
): Failure | undefined => {
	if (unknown.length === 0 || validation === 'Ignore') {
		return undefined;
	}

	const problems = unknown.map((field) =>
		field.startsWith('duplicate ') ? field : `unknown field "${field}"`,
	);
	if (validation === 'Strict') {
		return unreadable(kind, `strict decoding error: ${problems.join(', ')}`);
	}

	caller.warnings.push(...problems);
	return undefined;
};

const acceptCustom = (raw: Tree, kind: Kind, reading: Reading): ApiObject => {
	const {metadata, ...rest} = raw;
	const {schema} = kind;
	const body = {...rest};
	// `metadata` is read as the built-in type it is; apiVersion and kind belong to every object.
	const {apiVersion, kind: kindName, ...fields} = body;
	prune(fields, schema, reading.unknown);
	const readMetadata = readTyped(
		metadata ?? {},
		builtinType('ObjectMeta'),
		{struct: 'ObjectMeta', path: 'metadata'},
		reading,
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
The body of a write as an object of the kind: unknown fields dropped (reported as `validation` demands), defaults filled in. What Go
could not have read is refused.
*/
export const acceptObject = (
	raw: Tree,
	kind: Kind,
	validation: FieldValidation,
	caller: Caller,
): ApiObject | Failure => {
	const apiVersion = apiVersionOf(kind);
	const reading: Reading = {unknown: []};
	const object = kind.isCustom
		? acceptCustom({...raw, apiVersion, kind: kind.kind}, kind, reading)
		: ({
				apiVersion,
				kind: kind.kind,
				...(readTyped(raw, kind.schema, {struct: '', path: ''}, reading) as Tree),
			} as ApiObject);
	if (reading.problem !== undefined) {
		return unreadable(kind, reading.problem);
	}

	const refusal = reportUnknown(kind, reading.unknown, validation, caller);
	if (refusal) {
		return refusal;
	}

	if (!isTree(object.metadata)) {
		object.metadata = {name: '', uid: ''};
	}

	kind.behaviour.setDefaults?.(object);
	return object;
};

/**
Whether the body says it is of the kind its path says. A body without apiVersion and kind is taken for one.
*/
export const checkKind = (raw: Tree, kind: Kind): Failure | undefined => {
	const expected = apiVersionOf(kind);
	const {apiVersion, kind: kindName} = raw;
	if (kindName !== undefined && typeof kindName !== 'string') {
		return badRequest(
			`couldn't get version/kind; json parse error: json: cannot unmarshal ${typeof kindName} into Go struct field .kind of type string`,
		);
	}

	if (apiVersion !== undefined && typeof apiVersion !== 'string') {
		return badRequest(
			`couldn't get version/kind; json parse error: json: cannot unmarshal ${typeof apiVersion} into Go struct field .apiVersion of type string`,
		);
	}

	if (kind.isCustom && !kindName) {
		return badRequest(
			"Object 'Kind' is missing in '" + JSON.stringify(raw) + "'",
		);
	}

	const isOtherKind =
		kindName !== undefined && kindName !== '' && kindName !== kind.kind;
	const isOtherVersion =
		apiVersion !== undefined && apiVersion !== '' && apiVersion !== expected;
	if (isOtherKind || isOtherVersion) {
		const [version = '', group = ''] = (apiVersion ?? expected)
			.split('/')
			.toReversed();
		return failure(
			400,
			'BadRequest',
			`the object provided is unrecognized (must be of type ${kind.kind}): no kind ${JSON.stringify(kindName ?? '')} is registered for version ${JSON.stringify(group === '' ? version : `${group}/${version}`)}`,
		);
	}

	return undefined;
};
