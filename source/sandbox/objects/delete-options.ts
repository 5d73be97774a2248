import {checkIntegers} from '../http/go-number.js';
import {dryRunErrors, invalidOptions, readBoolean} from '../http/options.js';
import {failure, type Failure} from '../http/status.js';
import {
	type FieldError,
	invalid,
	notSupported,
} from '../validation/field-error.js';
import {
	isNothing,
	listAt,
	numberAt,
	textAt,
	treeAt,
	type Tree,
	type Value,
} from '../value.js';

export type DeleteOptions = {
	readonly gracePeriodSeconds: number | undefined;
	readonly propagationPolicy: string;
	readonly preconditions: {
		readonly uid?: string;
		readonly resourceVersion?: string;
	};
};

const policies = new Set(['Foreground', 'Background', 'Orphan']);
const optionsKind = 'DeleteOptions';

const undecodable = (message: string): Failure =>
	failure(500, undefined, message);

const typeOf = (value: Value): string =>
	Array.isArray(value) ? 'array' : typeof value;

const wanted: ReadonlyArray<
	readonly [field: string, goType: string, type: string]
> = [
	['gracePeriodSeconds', 'int64', 'number'],
	['orphanDependents', 'bool', 'boolean'],
	['dryRun', '[]string', 'array'],
];

/**
What Go could not have read of a body as options of a deletion.
*/
const checkBody = (body: Tree): Failure | undefined => {
	const kind = textAt(body, 'kind');
	const version = textAt(body, 'apiVersion');
	if (kind !== '' && kind !== optionsKind) {
		return undecodable(
			`no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(version)} in scheme "pkg/runtime/scheme.go:110"`,
		);
	}

	for (const [field, goType, type] of wanted) {
		const value = body[field];
		if (!isNothing(value) && typeOf(value) !== type) {
			return undecodable(
				`json: cannot unmarshal ${typeOf(value)} into Go struct field DeleteOptions.${field} of type ${goType}`,
			);
		}
	}

	return undefined;
};

const policyErrors = (policy: string, orphan: Value): FieldError[] => {
	const field = 'propagationPolicy';
	if (policy === '') {
		return [];
	}

	return [
		...(isNothing(orphan)
			? []
			: [
					invalid(
						field,
						policy,
						'orphanDependents and deletionPropagation cannot be both set',
					),
				]),
		...(policies.has(policy)
			? []
			: [notSupported(field, policy, [...policies, 'nil'])]),
	];
};

/**
How to delete, from the body or, without one, from the query.
*/
export const readDeleteOptions = (
	body: Tree,
	query: URLSearchParams,
): DeleteOptions | Failure => {
	const wrong = checkIntegers(query, ['gracePeriodSeconds']) ?? checkBody(body);
	if (wrong) {
		return wrong;
	}

	const preconditions = treeAt(body, 'preconditions') ?? {};
	const asked = query.get('gracePeriodSeconds');
	const grace =
		numberAt(body, 'gracePeriodSeconds') ?? (asked ? Number(asked) : undefined);
	const orphan =
		body.orphanDependents ??
		(query.has('orphanDependents')
			? readBoolean(query.get('orphanDependents'))
			: undefined);
	const policy =
		textAt(body, 'propagationPolicy') || (query.get('propagationPolicy') ?? '');
	const errors = [
		...policyErrors(policy, orphan),
		...dryRunErrors([...listAt(body, 'dryRun'), ...query.getAll('dryRun')]),
	];
	if (errors.length > 0) {
		return invalidOptions(optionsKind, errors);
	}

	const uid = textAt(preconditions, 'uid');
	const resourceVersion = textAt(preconditions, 'resourceVersion');
	return {
		gracePeriodSeconds: Number.isInteger(grace) ? grace : undefined,
		propagationPolicy: orphan === true ? 'Orphan' : policy,
		preconditions: {
			...(uid !== '' && {uid}),
			...(resourceVersion !== '' && {resourceVersion}),
		},
	};
};
