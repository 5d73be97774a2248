import {
	applyRuntimeClass,
	mutatePod,
	type PodAdmission,
	runtimeClassConflict,
} from '../../core/admission.js';
import {type Generation} from '../../core/generations/generation.js';
import {isJsonObject, type JsonObject} from '../../core/json.js';
import {keys} from '../../core/keys.js';
import {type Rules} from '../../core/reconcilers/reconciler.js';
import {offloadingIn, type World} from '../../core/world.js';
import {type Operation} from './operation.js';
import {
	type Denial,
	missingNamespaceDenial,
	podChecks,
	terminationDenial,
	withIdentity,
} from './server-checks.js';

export type Judging = {
	readonly world: World;
	readonly generation: Generation;
	readonly rules: Rules;
	/**
	Whether the world is read from files, and not from a cluster.
	*/
	readonly isSaved: boolean;
	/**
	Takes the server's warnings.
	*/
	readonly warn: (warning: string) => void;
};

const denied = (denial: Denial): PodAdmission => ({
	outcome: 'denied',
	...denial,
});

const nameOf = ({metadata}: JsonObject): string => {
	const name = isJsonObject(metadata) ? metadata.name : undefined;
	return typeof name === 'string' ? name : '';
};

const untouched = (pod: JsonObject): PodAdmission => ({
	outcome: 'admitted',
	pod,
	isMutated: false,
});

/**
What an API server with Liqo's webhook makes of a pod that is created: it is read, admitted, and validated as it comes out. The pod in the
answer has no more fields than were given and admission added. Nobody is asked about a pod that is changed or deleted.
*/
export const judgePod = (
	pod: JsonObject,
	namespace: string,
	{
		world,
		generation,
		rules,
		warn,
		operation,
	}: Judging & {readonly operation: Operation | undefined},
): PodAdmission => {
	if (operation === 'update' || operation === 'delete') {
		return untouched(pod);
	}

	const view = world.consumer;
	const owner = view.get('Namespace', '', namespace);
	const offloading = offloadingIn(view, namespace);
	const checks = podChecks();
	const reading = checks.read(withIdentity(pod, namespace));
	if (!reading.isOk) {
		return denied(reading.denial);
	}

	for (const warning of reading.warnings) {
		warn(warning);
	}

	const ended = terminationDenial('pods', nameOf(reading.object), owner);
	const hasRuntimeClass = generation.rules.controllers !== 'v0.3';
	const conflict = hasRuntimeClass ? runtimeClassConflict(pod) : undefined;
	const early =
		ended ??
		missingNamespaceDenial(view, namespace) ??
		(conflict === undefined ? undefined : {status: 403, message: conflict});
	if (early !== undefined) {
		return denied(early);
	}

	// Without the Namespace among the saved objects the offloading speaks for it.
	const isCalled =
		owner === undefined
			? offloading !== undefined &&
				offloading.spec.podOffloadingStrategy !== 'Local'
			: owner.metadata.labels[keys.schedulingEnabled] === 'true';
	const prepared = hasRuntimeClass ? applyRuntimeClass(pod) : pod;
	const result: PodAdmission = isCalled
		? mutatePod(prepared, offloading, {generation, rules})
		: {outcome: 'admitted', pod: prepared, isMutated: prepared !== pod};
	if (result.outcome === 'denied') {
		return result;
	}

	const admitted = checks.read(withIdentity(result.pod, namespace));
	const denial = admitted.isOk
		? checks.validate(admitted.object)
		: admitted.denial;
	return denial === undefined ? result : denied(denial);
};
