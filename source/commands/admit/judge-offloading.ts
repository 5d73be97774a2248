import {decode} from '../../core/decode.js';
import {isJsonObject, type Json, type JsonObject} from '../../core/json.js';
import {quote} from '../../core/label-syntax.js';
import {
	denialOf,
	offloadingWebhook,
	validateOffloading,
} from '../../core/offloading-admission.js';
import {type Generation} from '../../core/generations/generation.js';
import {type NamespaceOffloading} from '../../core/model.js';
import {apiVersionOf, resourceOf} from '../../core/resources.js';
import {type Judging} from './judge-pod.js';
import {
	absenceDenial,
	type Operation,
	operationOn,
	presenceDenial,
} from './operation.js';
import {
	type Denial,
	missingNamespaceDenial,
	offloadingChecks,
	terminationDenial,
	withIdentity,
} from './server-checks.js';

export type OffloadingJudgement =
	| {
			readonly outcome: 'admitted';
			readonly object: JsonObject;
			readonly operation: Operation;
	  }
	| ({readonly outcome: 'denied'} & Denial);

const resourceName = 'namespaceoffloadings.offloading.liqo.io';

const textOf = (value: Json | undefined): string =>
	typeof value === 'string' ? value : '';

/**
An offloading of a file as a server holds it: with its defaults.
*/
const readHeld = (
	given: JsonObject,
	generation: Generation,
): NamespaceOffloading => {
	const reading = offloadingChecks(generation)?.read(given);
	return decode(
		'NamespaceOffloading',
		reading?.isOk === true ? reading.object : given,
		generation,
	);
};

/**
What an API server with Liqo's webhook says to an offloading that is created, replaced or deleted. The schema comes first, the webhook after it; the
answer has the defaults filled in. A deletion is asked of nobody.
*/
export const judgeOffloading = (
	raw: JsonObject,
	namespace: string,
	{
		world,
		generation,
		rules,
		warn,
		isSaved,
		held,
		operation: named,
	}: Judging & {
		/**
		The object that exists already, where the files hold it.
		*/
		readonly held: JsonObject | undefined;
		readonly operation: Operation | undefined;
	},
): OffloadingJudgement => {
	const view = world.consumer;
	const given = withIdentity(raw, namespace);
	const givenVersion = textOf(given.apiVersion);
	const name = textOf((given.metadata as JsonObject).name);
	const old = isSaved
		? held && readHeld(withIdentity(held, namespace), generation)
		: view.get('NamespaceOffloading', namespace, name);
	const operation = operationOn(named, old !== undefined);
	const resource = resourceOf('NamespaceOffloading', generation);
	const version = resource === undefined ? '' : apiVersionOf(resource);
	if (givenVersion !== version) {
		return {
			outcome: 'denied',
			status: 404,
			message: `no matches for kind "NamespaceOffloading" in version ${quote(givenVersion)}: this cluster serves ${version}`,
		};
	}

	const isKnown = old !== undefined || isSaved;
	const early =
		operation === 'create'
			? (terminationDenial(
					resourceName,
					name,
					view.get('Namespace', '', namespace),
				) ?? missingNamespaceDenial(view, namespace))
			: absenceDenial(resourceName, name, isKnown);
	if (early !== undefined) {
		return {outcome: 'denied', ...early};
	}

	if (operation === 'delete') {
		return {outcome: 'admitted', operation, object: given};
	}

	const checks = offloadingChecks(generation);
	const reading = checks?.read(given) ?? {
		isOk: true,
		object: given,
		warnings: [],
	};
	if (!reading.isOk) {
		return {outcome: 'denied', ...reading.denial};
	}

	const {object} = reading;
	const denial = checks?.validate(object);
	if (denial !== undefined) {
		return {outcome: 'denied', ...denial};
	}

	const verdict = validateOffloading({
		object: decode('NamespaceOffloading', object, generation),
		...(operation === 'update' && {
			oldObject: old ?? decode('NamespaceOffloading', object, generation),
		}),
		generation,
		rules,
		reserved: new Set(['liqo']),
	});
	if (!verdict.isAllowed) {
		return {
			outcome: 'denied',
			status: 403,
			message: denialOf(offloadingWebhook, verdict.reason),
		};
	}

	// A server looks for the name only once it would store the object.
	const late =
		operation === 'create'
			? presenceDenial(resourceName, name, old !== undefined)
			: undefined;
	if (late !== undefined) {
		return {outcome: 'denied', ...late};
	}

	for (const warning of [...reading.warnings, ...verdict.warnings]) {
		warn(warning);
	}

	return {
		outcome: 'admitted',
		operation,
		object: isJsonObject(object) ? object : given,
	};
};
