import {Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {type PodAdmission} from '../core/admission.js';
import {generationById} from '../core/generations/index.js';
import {isJsonObject} from '../core/json.js';
import {sanitize} from '../core/sanitize.js';
import {
	judgeOffloading,
	type OffloadingJudgement,
} from './admit/judge-offloading.js';
import {judgePod, type Judging} from './admit/judge-pod.js';
import {judgeReview, type ReviewJudgement} from './admit/judge-review.js';
import {type Operation} from './admit/operation.js';
import {
	readSubjects,
	type Subject,
	type SubjectKind,
} from './admit/read-subjects.js';
import {type CommandContext, type RunCommand} from './command.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {rulesOf} from './rules.js';
import {readForm} from './form.js';
import {openWorld} from './open-world.js';
import {documentVersion, printDocument} from './output.js';

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

const verbs = {
	create: 'created',
	update: 'replaced',
	delete: 'deleted',
} as const;

const describeAdmission = (
	result: Exclude<PodAdmission | OffloadingJudgement, {outcome: 'denied'}>,
): string => {
	if ('pod' in result) {
		return result.isMutated
			? "Changed by Liqo's admission:"
			: "Liqo's admission leaves the pod as it is:";
	}

	return `The offloading would be ${verbs[result.operation]}:`;
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

/**
Prints what the webhook answers; the exit code says whether it allows.
*/
const printReview = (
	{stdout, stderr}: CommandContext,
	form: 'text' | 'json' | 'yaml',
	judged: ReviewJudgement,
): ExitCode => {
	if (judged.outcome === 'failed') {
		stderr.write(`${sanitize(`The webhook fails: ${judged.message}`)}\n`);
		return exitCodes.findings;
	}

	printDocument(stdout, form === 'json' ? 'json' : 'yaml', judged.review);
	const {response} = judged.review;
	return isJsonObject(response) && response.allowed === true
		? exitCodes.fine
		: exitCodes.findings;
};

const judgeSubject = (
	kind: SubjectKind,
	{object, namespace, held}: Subject,
	context: CommandContext,
	{form, judging}: {form: 'text' | 'json' | 'yaml'; judging: Judging},
): ExitCode => {
	if (kind === 'AdmissionReview') {
		return printReview(context, form, judgeReview(object, judging));
	}

	const operation = context.flags.operation as Operation | undefined;
	const judged =
		kind === 'Pod'
			? judgePod(object, namespace, {...judging, operation})
			: judgeOffloading(object, namespace, {...judging, operation, held});
	print(context, form, judged);
	return judged.outcome === 'denied' ? exitCodes.findings : exitCodes.fine;
};

/**
Prints what an API server with Liqo's webhooks makes of pods (`-f POD`); of offloadings when the files have no pod; what the webhooks answer when
there are AdmissionReviews. What is around them comes from the same files, else from the cluster. A denial ends with exit code 1.
*/
export const run: RunCommand = async (given) => {
	const {stderr, stdout} = given;
	const form = readForm(given, 'admit');
	const again = await rereadable(given);
	const found = form === undefined ? undefined : await readSubjects(again());
	if (form === undefined || found === undefined) {
		return exitCodes.usage;
	}

	const context = again();
	const asked = await openAround(context, found.isWhole);
	const isAlone =
		!asked.isOk &&
		asked.isClusterMissing === true &&
		found.kind === 'NamespaceOffloading';
	if (isAlone) {
		// Nothing around an offloading decides about its creation.
		stderr.write('There is no cluster to ask: judged from the file alone.\n');
	}

	const result = isAlone ? await openAround(again(), true) : asked;
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
			isSaved: open.isSaved,
			warn(warning) {
				stderr.write(`${sanitize(`Warning: ${warning}`)}\n`);
			},
		};
		let code: ExitCode = exitCodes.fine;
		for (const [index, subject] of found.subjects.entries()) {
			if (index > 0 && form !== 'json') {
				stdout.write('---\n');
			}

			const one = judgeSubject(found.kind, subject, context, {form, judging});
			code = one === exitCodes.fine ? code : one;
		}

		return code;
	} finally {
		await open.close();
	}
};
