import {Buffer} from 'node:buffer';
import {type Api} from '../api.js';
import {badRequest, type Failure, invalidObject} from '../http/status.js';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {jsonType} from '../schema/decode-scalar.js';
import {type FieldError, invalid} from '../validation/field-error.js';
import {isNothing, textAt, type Tree} from '../value.js';

const internalPackage = (group: string): string =>
	group === '' ? 'core' : (group.split('.', 1)[0] ?? '');

const versionOf = (apiVersion: string): string =>
	apiVersion.slice(apiVersion.lastIndexOf('/') + 1);

/**
Kinds that are in every version, and those of v1 that are no resources.
*/
const metaKinds = new Set([
	'CreateOptions',
	'DeleteOptions',
	'GetOptions',
	'ListOptions',
	'PatchOptions',
	'UpdateOptions',
	'WatchEvent',
]);
const firstKinds = new Set([
	'APIGroup',
	'APIGroupList',
	'APIResourceList',
	'APIVersions',
	'Binding',
	'List',
	'Status',
]);

const isMetaKind = (apiVersion: string, kindName: string): boolean =>
	metaKinds.has(kindName) || (apiVersion === 'v1' && firstKinds.has(kindName));

/**
The refusal of a body of another kind; with its problem alone where the message says more.
*/
export type WrongKind = Failure & {readonly problem?: string};

const otherBuiltin = (
	kind: Kind,
	apiVersion: string,
	kindName: string,
	isKnown: boolean,
): WrongKind => {
	const version = versionOf(apiVersion);
	const problem = isKnown
		? `converting (${version}.${kindName}) to (${internalPackage(kind.group)}.${kind.kind}): unknown conversion`
		: `no kind ${JSON.stringify(kindName)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/runtime/scheme.go:110"`;
	return {
		...badRequest(
			`${kindName} in version ${JSON.stringify(version)} cannot be handled as a ${kind.kind}: ${problem}`,
		),
		problem,
	};
};

const otherCustom = (
	kind: Kind,
	raw: Tree,
	apiVersion: string,
	kindName: string,
): Failure => {
	const errors: FieldError[] = [];
	if (apiVersion !== apiVersionOf(kind)) {
		errors.push(
			invalid('apiVersion', apiVersion, `must be ${apiVersionOf(kind)}`),
		);
	}

	if (kindName !== kind.kind) {
		errors.push(invalid('kind', kindName, `must be ${kind.kind}`));
	}

	return invalidObject(
		{group: apiVersion.split('/', 1)[0] ?? '', kind: kindName},
		textAt(raw, 'metadata', 'name'),
		errors,
	);
};

const shownBytes = 30;

/**
The beginning of a body as errors show it: as text when it looks like an object, else in hexadecimal.
*/
const summarized = (body: string): string => {
	if (body === '') {
		return '<empty>';
	}

	const bytes = Buffer.from(body);
	const start = bytes.subarray(0, shownBytes);
	const text = body.startsWith('{') ? start.toString() : start.toString('hex');
	return bytes.length > shownBytes ? `${text} ...` : text;
};

/**
A body that cannot even be asked for its kind.
*/
export const unrecognized = (
	kind: Kind,
	body: string,
	problem: string,
): Failure =>
	badRequest(
		`the object provided is unrecognized (must be of type ${kind.kind}): ${problem} (${summarized(body)})`,
	);

/**
Whether the body says it is of the kind its path says. Of a built-in kind, a body without apiVersion and kind is taken for one.

@param raw
@param kind
@param root0
@param root0.registry
@param body the text the object was read from
*/
export const checkKind = (
	raw: Tree,
	kind: Kind,
	{registry}: Api,
	body?: string,
): WrongKind | undefined => {
	const text = (): string => body ?? JSON.stringify(raw);
	const expected = apiVersionOf(kind);
	const {apiVersion, kind: kindName} = raw;
	for (const [key, value] of [
		['kind', kindName],
		['apiVersion', apiVersion],
	] as const) {
		if (!isNothing(value) && typeof value !== 'string') {
			return unrecognized(
				kind,
				text(),
				`couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonType(value)} into Go struct field .${key} of type string`,
			);
		}
	}

	const givenKind = String(kindName ?? '');
	const givenVersion = String(apiVersion ?? '');
	if (kind.isCustom && givenKind === '') {
		return unrecognized(
			kind,
			text(),
			`Object 'Kind' is missing in '${text()}'`,
		);
	}

	if (givenVersion.split('/').length > 2) {
		return unrecognized(
			kind,
			text(),
			`unexpected GroupVersion string: ${givenVersion}`,
		);
	}

	const isSame =
		(givenKind === '' || givenKind === kind.kind) &&
		(givenVersion === '' || givenVersion === expected);
	if (isSame) {
		return undefined;
	}

	const named = givenKind || kind.kind;
	const versioned = givenVersion || expected;
	return kind.isCustom
		? otherCustom(kind, raw, versioned, named)
		: otherBuiltin(
				kind,
				versioned,
				named,
				isMetaKind(versioned, named) ||
					registry.findByKind(versioned, named.replace(/List$/v, '')) !==
						undefined,
			);
};

/**
The same of a body that is an object whole: of a custom resource it has to be of the version in the path.
*/
export const checkWholeKind = (
	raw: Tree,
	kind: Kind,
	api: Api,
	body?: string,
): Failure | undefined => {
	const wrong = checkKind(raw, kind, api, body);
	const version = raw.apiVersion ?? '';
	const isOther =
		kind.isCustom &&
		version !== apiVersionOf(kind) &&
		(wrong?.code ?? 422) === 422;
	return isOther
		? badRequest(
				`the API version in the data (${String(version)}) does not match the expected API version (${apiVersionOf(kind)})`,
			)
		: wrong;
};
