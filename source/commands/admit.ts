import {Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {type PodAdmission} from '../core/admission.js';
import {generationById} from '../core/generations/index.js';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {sanitize} from '../core/sanitize.js';
import {
	judgeOffloading,
	type OffloadingJudgement,
} from './admit/judge-offloading.js';
import {judgePod, type Judging} from './admit/judge-pod.js';
import {type CommandContext, type RunCommand} from './command.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {rulesOf} from './explain/open.js';
import {readForm} from './form.js';
import {openWorld} from './open-world.js';
import {documentVersion, printDocument} from './output.js';
import {readSavedObjects} from './saved-objects.js';

type SubjectKind = 'Pod' | 'NamespaceOffloading';

type Subjects = {
	readonly kind: SubjectKind;
	readonly objects: readonly JsonObject[];
	/**
	Whether the other objects came along: then no cluster is asked.
	*/
	readonly isWhole: boolean;
};

const metadataOf = (object: JsonObject): JsonObject => {
	const {metadata} = object;
	return isJsonObject(metadata) ? metadata : {};
};

const namespaceOf = (object: JsonObject, {flags}: CommandContext): string => {
	const {namespace} = metadataOf(object);
	return typeof namespace === 'string' && namespace !== ''
		? namespace
		: (flags.namespace ?? 'default');
};

/**
The pods in the files, or the offloadings when there is no pod.
*/
const readSubjects = async (
	context: CommandContext,
): Promise<Subjects | undefined> => {
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

	for (const kind of ['Pod', 'NamespaceOffloading'] as const) {
		const found = objects.filter((object) => object.kind === kind);
		if (found.length > 0) {
			return {kind, objects: found, isWhole: objects.length > found.length};
		}
	}

	stderr.write(
		flags.filename.length === 0
			? 'admit needs a pod or an offloading: give it with -f FILE.\n'
			: `${sanitize(flags.filename.join(', '))}: no pod and no offloading in it.\n`,
	);
	return undefined;
};

const printDenial = (
	{stdout, stderr}: CommandContext,
	form: 'text' | 'json' | 'yaml',
	message: string,
): void => {
	if (form === 'text') {
		stderr.write(`${sanitize(`Denied: ${message}`)}\n`);
		return;
	}

	printDocument(stdout, form, {
		apiVersion: documentVersion,
		kind: 'AdmissionDenial',
		message,
	});
};

const describeAdmission = (
	result: Exclude<PodAdmission | OffloadingJudgement, {outcome: 'denied'}>,
): string => {
	if ('pod' in result) {
		return result.isMutated
			? "Changed by Liqo's admission:"
			: "Liqo's admission leaves the pod as it is:";
	}

	return result.isNew
		? 'The offloading would be created:'
		: 'The offloading would be replaced:';
};

const print = (
	context: CommandContext,
	form: 'text' | 'json' | 'yaml',
	result: PodAdmission | OffloadingJudgement,
): void => {
	if (result.outcome === 'denied') {
		printDenial(context, form, result.message);
		return;
	}

	if (form === 'text') {
		context.stderr.write(`${describeAdmission(result)}\n`);
	}

	printDocument(
		context.stdout,
		form === 'json' ? 'json' : 'yaml',
		'pod' in result ? result.pod : result.object,
	);
};

/**
The objects around the subjects: the saved ones, or the cluster's.
*/
const openAround = async (context: CommandContext, isWhole: boolean) =>
	openWorld(
		isWhole ? context : {...context, flags: {...context.flags, filename: []}},
		['NamespaceOffloading', 'Namespace'],
	);

/**
Standard input is read twice: for the subjects, and for what is around them.
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

const judge = (
	{kind, isWhole}: Subjects,
	object: JsonObject,
	namespace: string,
	judging: Judging,
): PodAdmission | OffloadingJudgement =>
	kind === 'Pod'
		? judgePod(object, namespace, judging)
		: judgeOffloading(object, namespace, {...judging, isNew: isWhole});

/**
Prints what an API server with Liqo's webhooks makes of pods (`-f POD`); of offloadings when the files have no pod. What is around them comes from
the same files, else from the cluster; an offloading among its surroundings counts as new. A denial ends with exit code 1.
*/
export const run: RunCommand = async (given) => {
	const {stderr, stdout} = given;
	const form = readForm(given, 'admit');
	const again = await rereadable(given);
	const subjects = form === undefined ? undefined : await readSubjects(again());
	if (form === undefined || subjects === undefined) {
		return exitCodes.usage;
	}

	const context = again();
	const result = await openAround(context, subjects.isWhole);
	if (!result.isOk) {
		stderr.write(`${sanitize(result.message)}\n`);
		return result.code;
	}

	const open = result.value;
	try {
		const judging: Judging = {
			world: open.world,
			generation: open.world.consumer.generation ?? generationById('v1beta1'),
			rules: rulesOf(context),
			warn(warning) {
				stderr.write(`${sanitize(`Warning: ${warning}`)}\n`);
			},
		};
		let code: ExitCode = exitCodes.fine;
		for (const [index, object] of subjects.objects.entries()) {
			const judged = judge(
				subjects,
				object,
				namespaceOf(object, context),
				judging,
			);
			if (index > 0 && form !== 'json') {
				stdout.write('---\n');
			}

			print(context, form, judged);
			code = judged.outcome === 'denied' ? exitCodes.findings : code;
		}

		return code;
	} finally {
		await open.close();
	}
};
