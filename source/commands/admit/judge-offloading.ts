import {decode} from '../../core/decode.js';
import {isJsonObject, type Json, type JsonObject} from '../../core/json.js';
import {quote} from '../../core/label-syntax.js';
import {
	denialOf,
	offloadingWebhook,
	validateOffloading,
} from '../../core/offloading-admission.js';
import {apiVersionOf, resourceOf} from '../../core/resources.js';
import {type Judging} from './judge-pod.js';
import {
	type Denial,
	offloadingChecks,
	terminationDenial,
	withIdentity,
} from './server-checks.js';

export type OffloadingJudgement =
	| {
			readonly outcome: 'admitted';
			readonly object: JsonObject;
			readonly isNew: boolean;
	  }
	| ({readonly outcome: 'denied'} & Denial);

const textOf = (value: Json | undefined): string =>
	typeof value === 'string' ? value : '';

/**
What an API server with Liqo's webhook says to an offloading: to its creation, or to its replacement where the cluster has one of that name. The
schema comes first, the webhook after it; the answer has the defaults filled in.
*/
export const judgeOffloading = (
	raw: JsonObject,
	namespace: string,
	{world, generation, rules, warn, isNew}: Judging & {readonly isNew: boolean},
): OffloadingJudgement => {
	const view = world.consumer;
	const given = withIdentity(raw, namespace);
	const givenVersion = textOf(given.apiVersion);
	const name = textOf((given.metadata as JsonObject).name);
	const old =
		name === '' || isNew
			? undefined
			: view.get('NamespaceOffloading', namespace, name);
	const ended =
		old === undefined
			? terminationDenial(
					'namespaceoffloadings.offloading.liqo.io',
					name,
					view.get('Namespace', '', namespace),
				)
			: undefined;
	if (ended !== undefined) {
		return {outcome: 'denied', ...ended};
	}

	const resource = resourceOf('NamespaceOffloading', generation);
	const version = resource === undefined ? '' : apiVersionOf(resource);
	if (givenVersion !== version) {
		return {
			outcome: 'denied',
			status: 404,
			message: `no matches for kind "NamespaceOffloading" in version ${quote(givenVersion)}: this cluster serves ${version}`,
		};
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
		...(old && {oldObject: old}),
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

	for (const warning of [...reading.warnings, ...verdict.warnings]) {
		warn(warning);
	}

	return {
		outcome: 'admitted',
		isNew: old === undefined,
		object: isJsonObject(object) ? object : given,
	};
};
