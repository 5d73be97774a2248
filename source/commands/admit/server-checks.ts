import {type Generation} from '../../core/generations/generation.js';
import {isJsonObject, type JsonObject} from '../../core/json.js';
import {quote} from '../../core/label-syntax.js';
import {type Namespace} from '../../core/model.js';
import {type ClusterView, isComplete} from '../../core/world.js';
import {definitionsOf, hasDefinitions} from '../../sandbox/crds/index.js';
import {isFailure} from '../../sandbox/http/status.js';
import {builtinKinds} from '../../sandbox/kinds/builtin.js';
import {customKinds} from '../../sandbox/kinds/custom.js';
import {type Kind} from '../../sandbox/kinds/kind.js';
import {acceptObject} from '../../sandbox/objects/accept.js';
import {validateCreate} from '../../sandbox/objects/validate.js';
import {type ApiObject, clone, type Tree} from '../../sandbox/value.js';

/**
A refusal as an API server words it.
*/
export type Denial = {readonly status: number; readonly message: string};

/**
An object as a server reads it, or its refusal; with what the server warns of.
*/
export type Reading =
	| {
			readonly isOk: true;
			readonly object: JsonObject;
			readonly warnings: readonly string[];
	  }
	| {readonly isOk: false; readonly denial: Denial};

/**
What an API server itself checks of an object that is created, before and after it asks webhooks.
*/
export type ServerChecks = {
	/**
	Reads the object with the form of its kind: wrong types are refused, unknown fields dropped, defaults filled in.
	*/
	read(raw: JsonObject): Reading;
	/**
	Whether an object that was read would be stored.
	*/
	validate(object: JsonObject): Denial | undefined;
};

const callerOf = (warnings: string[]) => ({
	user: {name: 'system:admin', groups: ['system:masters']},
	userAgent: 'liqoscope',
	warnings,
});

const checksFor = (kind: Kind): ServerChecks => ({
	read(raw) {
		const warnings: string[] = [];
		const object = acceptObject(
			clone(raw as Tree),
			kind,
			'Warn',
			callerOf(warnings),
		);
		return isFailure(object)
			? {
					isOk: false,
					denial: {status: object.code, message: object.message},
				}
			: {isOk: true, object: object as JsonObject, warnings};
	},
	validate(object) {
		const failure = validateCreate(
			clone(object as Tree) as ApiObject,
			kind,
			[],
		);
		return failure && {status: failure.code, message: failure.message};
	},
});

/**
The checks of pods.
*/
export const podChecks = (): ServerChecks =>
	checksFor(builtinKinds.find(({resource}) => resource === '/pods')!);

/**
The checks of offloadings by the schema of their generation; absent where that schema is not known.
*/
export const offloadingChecks = ({
	id,
}: Generation): ServerChecks | undefined => {
	const kind = hasDefinitions(id)
		? definitionsOf(id)
				.flatMap((definition) => customKinds(definition as ApiObject))
				.find((one) => one.kind === 'NamespaceOffloading')
		: undefined;
	return kind && checksFor(kind);
};

/**
Why nothing can be created in a namespace any more; absent when it can.
*/
export const terminationDenial = (
	resource: string,
	name: string,
	namespace: Namespace | undefined,
): Denial | undefined =>
	namespace?.metadata.deletionTimestamp === undefined
		? undefined
		: {
				status: 403,
				message: `${resource} ${quote(name)} is forbidden: unable to create new content in namespace ${namespace.metadata.name} because it is being terminated`,
			};

/**
Why nothing can be created in a namespace that a cluster does not have; absent when it has it, or when that is not known.
*/
export const missingNamespaceDenial = (
	view: ClusterView,
	name: string,
): Denial | undefined =>
	view.get('Namespace', '', name) === undefined &&
	view.access('Namespace').state === 'live' &&
	isComplete(view.access('Namespace'))
		? {status: 404, message: `namespaces ${quote(name)} not found`}
		: undefined;

/**
The object's name, made up from its prefix as a server does, and its namespace filled in.
*/
export const withIdentity = (
	object: JsonObject,
	namespace: string,
): JsonObject => {
	const metadata = isJsonObject(object.metadata) ? object.metadata : {};
	const {name, generateName} = metadata;
	const hasName = typeof name === 'string' && name !== '';
	return {
		...object,
		metadata: {
			...metadata,
			namespace,
			...(!hasName &&
				typeof generateName === 'string' && {name: `${generateName}xxxxx`}),
		},
	};
};
