import {Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {
	applyRuntimeClass,
	runtimeClassConflict,
	mutatePod,
	type PodAdmission,
} from '../core/admission.js';
import {type Generation} from '../core/generations/generation.js';
import {generationById} from '../core/generations/index.js';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {keys, offloadingName} from '../core/keys.js';
import {podRefusal} from '../core/pod-validation.js';
import {type Rules} from '../core/reconcilers/reconciler.js';
import {sanitize} from '../core/sanitize.js';
import {type World} from '../core/world.js';
import {type CommandContext, type RunCommand} from './command.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {rulesOf} from './explain/open.js';
import {readForm} from './form.js';
import {openWorld} from './open-world.js';
import {documentVersion, printDocument} from './output.js';
import {readSavedObjects} from './saved-objects.js';

type PodSource = {
	readonly pods: readonly JsonObject[];
	/**
	Whether the other objects came along: then no cluster is asked.
	*/
	readonly isWhole: boolean;
};

const metadataOf = (object: JsonObject): JsonObject => {
	const {metadata} = object;
	return isJsonObject(metadata) ? metadata : {};
};

const namespaceOf = (pod: JsonObject, {flags}: CommandContext): string => {
	const {namespace} = metadataOf(pod);
	return typeof namespace === 'string' && namespace !== ''
		? namespace
		: (flags.namespace ?? 'default');
};

const readPods = async (
	context: CommandContext,
): Promise<PodSource | undefined> => {
	const {flags, stdin, stderr} = context;
	const objects: JsonObject[] = [];
	for (const place of flags.filename) {
		// eslint-disable-next-line no-await-in-loop -- Errors name the first file that is wrong.
		const result = await readSavedObjects(place, {
			isRecursive: flags.recursive,
			stdin: stdin as AsyncIterable<Uint8Array>,
		});
		if (!result.isOk) {
			stderr.write(`${sanitize(result.message)}\n`);
			return undefined;
		}

		objects.push(...result.value);
	}

	const pods = objects.filter(({kind}) => kind === 'Pod');
	if (pods.length === 0) {
		stderr.write(
			flags.filename.length === 0
				? 'admit needs a pod: give it with -f POD.\n'
				: `${sanitize(flags.filename.join(', '))}: no pod in it.\n`,
		);
		return undefined;
	}

	return {
		pods,
		isWhole: objects.length > pods.length,
	};
};

/**
What an API server with Liqo's webhook makes of a pod that is created now.
*/
const admit = (
	pod: JsonObject,
	namespace: string,
	world: World,
	{generation, rules}: {readonly generation: Generation; readonly rules: Rules},
): PodAdmission => {
	const view = world.consumer;
	const owner = view.get('Namespace', '', namespace);
	const offloading = view.get('NamespaceOffloading', namespace, offloadingName);
	// Without the Namespace among the saved objects the offloading speaks for it.
	const isCalled =
		owner === undefined
			? offloading !== undefined &&
				offloading.spec.podOffloadingStrategy !== 'Local'
			: owner.metadata.labels[keys.schedulingEnabled] === 'true';
	const hasRuntimeClass = generation.rules.controllers !== 'v0.3';
	const conflict = hasRuntimeClass ? runtimeClassConflict(pod) : undefined;
	if (conflict !== undefined) {
		return {outcome: 'denied', status: 403, message: conflict};
	}

	const prepared = hasRuntimeClass ? applyRuntimeClass(pod) : pod;
	const result: PodAdmission = isCalled
		? mutatePod(prepared, offloading, {generation, rules})
		: {outcome: 'admitted', pod: prepared, isMutated: prepared !== pod};
	if (result.outcome === 'denied') {
		return result;
	}

	const message = podRefusal(result.pod);
	return message === undefined
		? result
		: {outcome: 'denied', status: 422, message};
};

const print = (
	context: CommandContext,
	form: 'text' | 'json' | 'yaml',
	result: PodAdmission,
): void => {
	const {stdout, stderr} = context;
	if (result.outcome === 'denied') {
		if (form === 'text') {
			stderr.write(`${sanitize(`Denied: ${result.message}`)}\n`);
		} else {
			printDocument(stdout, form, {
				apiVersion: documentVersion,
				kind: 'AdmissionDenial',
				message: result.message,
			});
		}

		return;
	}

	if (form === 'text') {
		stderr.write(
			result.isMutated
				? "Changed by Liqo's admission:\n"
				: "Liqo's admission leaves the pod as it is:\n",
		);
	}

	printDocument(stdout, form === 'json' ? 'json' : 'yaml', result.pod);
};

/**
The objects around the pods: the saved ones, or the cluster's.
*/
const openAround = async (context: CommandContext, isWhole: boolean) =>
	openWorld(
		isWhole ? context : {...context, flags: {...context.flags, filename: []}},
		['NamespaceOffloading', 'Namespace'],
	);

/**
Standard input is read twice: for the pods, and for what is around them.
*/
const rereadable = async (
	context: CommandContext,
): Promise<() => CommandContext> => {
	if (!context.flags.filename.includes('-')) {
		return () => context;
	}

	const content = await buffer(context.stdin);
	return () => ({...context, stdin: Readable.from([content])});
};

/**
Prints what the admission webhook makes of pods (`-f POD`). The offloading comes from the same files, else from the cluster; a denial ends with exit
code 1.
*/
export const run: RunCommand = async (given) => {
	const {stderr, stdout} = given;
	const form = readForm(given, 'admit');
	const again = await rereadable(given);
	const source = form === undefined ? undefined : await readPods(again());
	if (form === undefined || source === undefined) {
		return exitCodes.usage;
	}

	const context = again();
	const result = await openAround(context, source.isWhole);
	if (!result.isOk) {
		stderr.write(`${sanitize(result.message)}\n`);
		return result.code;
	}

	const open = result.value;
	try {
		const generation =
			open.world.consumer.generation ?? generationById('v1beta1');
		let code: ExitCode = exitCodes.fine;
		for (const [index, pod] of source.pods.entries()) {
			const admission = admit(pod, namespaceOf(pod, context), open.world, {
				generation,
				rules: rulesOf(context),
			});
			if (index > 0 && form !== 'json') {
				stdout.write('---\n');
			}

			print(context, form, admission);
			code = admission.outcome === 'denied' ? exitCodes.findings : code;
		}

		return code;
	} finally {
		await open.close();
	}
};
