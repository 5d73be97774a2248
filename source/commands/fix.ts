import {createInterface} from 'node:readline/promises';
import {diagnose} from '../core/findings/diagnose.js';
import {type Finding} from '../core/findings/finding.js';
import {findingIds} from '../core/findings/ids.js';
import {kindsRead} from '../core/findings/kinds-read.js';
import {blastRadius} from '../core/remedies/blast-radius.js';
import {describeBlastRadius} from '../core/remedies/describe-blast-radius.js';
import {planOffer, remedyOf} from '../core/remedies/index.js';
import {type Answers} from '../core/remedies/offer.js';
import {sanitize, sanitizeLines} from '../core/sanitize.js';
import {formatTime} from '../core/time.js';
import {readTimeout} from '../kube/duration.js';
import {type CommandContext, type RunCommand} from './command.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {applyChanges, hasHappened} from './fix/apply.js';
import {chooseOffer, readAnswers} from './fix/choose.js';
import {type Chosen, describePlan, documentOf} from './fix/describe.js';
import {elsewhere, findIn, meantBy} from './fix/find.js';
import {nearest} from './nearest.js';
import {type OpenWorld} from './opened-world.js';
import {withWorld} from './with-world.js';
import {printDocument} from './output.js';

const defaultLimit = 60_000;

const limitOf = (text: string | undefined): number =>
	(text === undefined ? undefined : readTimeout(text)) ?? defaultLimit;

const isConfirmed = async (
	{flags, stdin, stderr}: CommandContext,
	{offer, finding}: Chosen,
): Promise<boolean | undefined> => {
	if (flags.yes) {
		return true;
	}

	if (!stdin.isTTY || !stderr.isTTY) {
		return undefined;
	}

	const name = finding.namespace ?? finding.object.name;
	const isMustType = remedyOf(offer).irreversible !== undefined;
	const prompt = createInterface({
		input: stdin,
		output: stderr as unknown as NodeJS.WritableStream,
	});
	try {
		const answer = await prompt.question(
			isMustType ? `Type "${name}" to go ahead: ` : 'Go ahead? [y/N] ',
		);
		return isMustType
			? answer.trim() === name
			: /^y(?:es)?$/iv.test(answer.trim());
	} finally {
		prompt.close();
	}
};

const carryOut = async (
	context: CommandContext,
	open: OpenWorld,
	chosen: Chosen,
): Promise<ExitCode> => {
	const {flags, stderr, signal} = context;
	const limit = limitOf(flags.timeout);
	const told = (line: string): void => {
		stderr.write(`${sanitize(line)}\n`);
	};

	const isDryRun = flags.dryRun === 'server';
	const applied = await applyChanges(open, chosen.changes, {
		signal,
		limit,
		isDryRun,
		told,
	});
	if (!applied.isOk) {
		told(`refused: ${applied.failed.reason} ${applied.problem.message}`);
		told(
			applied.done.length === 0
				? 'Nothing was changed.'
				: `Done before that: ${applied.done.map(({reason}) => reason).join(' ')}`,
		);
		if (applied.problem.kind === 'conflict') {
			told('Somebody changed it in between; run the same command again.');
		}

		return applied.problem.kind === 'timeout'
			? exitCodes.timeout
			: exitCodes.connection;
	}

	if (isDryRun) {
		return exitCodes.fine;
	}

	const {finding} = chosen;
	const left = (): readonly Finding[] =>
		findIn(
			diagnose(open.world, {
				now: open.now(),
				...(finding.namespace !== undefined && {
					namespaces: [finding.namespace],
				}),
			}).findings,
			finding.id,
			finding.object.name,
		);
	const isGone = await hasHappened(open, () => left().length === 0, {
		signal,
		limit,
	});
	if (isGone) {
		told(`${finding.id} is gone.`);
		return exitCodes.fine;
	}

	told(
		`${finding.id} is still there after ${Math.round(limit / 1000)} s: ${left()[0]?.message ?? ''}`,
	);
	return exitCodes.timeout;
};

const fix = async (
	context: CommandContext,
	open: OpenWorld,
	id: string,
	answers: Answers,
): Promise<ExitCode> => {
	const {flags, stdout, stderr} = context;
	const {world} = open;
	const now = formatTime(open.now());
	const {object: name, ...rest} = answers;
	const namespace = flags.namespace ?? open.namespace;
	const {findings, unseen} = diagnose(world, {
		now: open.now(),
		...(flags.namespace !== undefined && {namespaces: [flags.namespace]}),
	});
	const everywhere = findIn(findings, id, name);
	const found = meantBy(everywhere, flags.namespace, namespace);
	const [finding] = found;
	if (!finding) {
		const hidden = unseen.find(({hides}) =>
			(hides as readonly string[]).includes(id),
		);
		stderr.write(
			sanitize(
				hidden
					? `Whether there is ${id} cannot be seen: ${hidden.reason}; ${hidden.remedy}`
					: `There is no ${id}${namespace === undefined ? '' : ` in namespace ${namespace}`}: nothing to fix.${elsewhere(everywhere)}`,
			) + '\n',
		);
		return hidden ? exitCodes.connection : exitCodes.fine;
	}

	if (found.length > 1) {
		stderr.write(
			`${sanitize(`${found.length} objects have ${id}; this is about ${finding.object.name} (--answer object=NAME for another one).`)}\n`,
		);
	}

	const offer = chooseOffer(finding, rest);
	if (!offer.isOk) {
		stderr.write(`${sanitizeLines(offer.message)}\n`);
		return exitCodes.usage;
	}

	const {choice: _, remedy: __, ...given} = rest;
	const plan = planOffer(finding, offer.value, world, given, {now});
	if (plan.outcome === 'refusal') {
		stderr.write(`${sanitize(plan.reason)}\n`);
		return exitCodes.usage;
	}

	if (plan.outcome === 'instruction') {
		stdout.write(
			sanitizeLines(
				[
					finding.message,
					finding.consequence,
					'',
					`This is for ${plan.who}: ${offer.value.title}`,
					...plan.steps.map((step, index) => `  ${index + 1}. ${step}`),
					'',
					'Evidence to send along:',
					...finding.evidence.map(
						({cluster, object, path, actual, expected}) =>
							`  ${cluster} ${object.kind} ${object.name} ${path} = ${actual ?? '(absent)'}${expected === undefined ? '' : ` (should be ${expected})`}`,
					),
					'',
				].join('\n'),
			),
		);
		return exitCodes.findings;
	}

	const chosen: Chosen = {
		finding,
		offer: offer.value,
		answers: given,
		changes: plan.changes,
	};
	const radius = blastRadius(world, plan.changes, {now});
	const form =
		flags.output === 'json' || flags.output === 'yaml'
			? flags.output
			: undefined;
	const isPrintOnly =
		open.isSaved || flags.dryRun === 'client' || flags.readonly;
	if (form === undefined) {
		stdout.write(
			sanitizeLines(describePlan(chosen, describeBlastRadius(radius))),
		);
	} else {
		printDocument(
			stdout,
			form,
			documentOf(
				chosen,
				radius,
				isPrintOnly ? 'planned' : (flags.dryRun ?? 'applied'),
			),
		);
	}

	if (isPrintOnly) {
		if (flags.readonly) {
			stderr.write('This is a read-only run: nothing was changed.\n');
		}

		return exitCodes.fine;
	}

	if (flags.dryRun !== 'server') {
		const answer = await isConfirmed(context, chosen);
		if (answer !== true) {
			stderr.write(
				answer === undefined
					? 'Nothing was changed: add --yes to write without being asked, or --dry-run=server.\n'
					: 'Nothing was changed.\n',
			);
			return answer === undefined ? exitCodes.usage : exitCodes.fine;
		}
	}

	return carryOut(context, open, chosen);
};

/**
Carries out a remedy without the screen: shows what it would change and who is affected, asks, writes, and waits until the finding is gone.
*/
export const run: RunCommand = async (context) => {
	const {args, flags, stderr} = context;
	const [id = ''] = args;
	if (!(findingIds as readonly string[]).includes(id)) {
		const meant = nearest(id, findingIds);
		stderr.write(
			`${sanitize(`There is no finding called "${id}"`)}${meant === undefined ? '; "explain finding" lists them.' : `: did you mean ${meant}?`}\n`,
		);
		return exitCodes.usage;
	}

	const answers = readAnswers(flags.answer);
	if (!answers.isOk) {
		stderr.write(`${sanitize(answers.message)}\n`);
		return exitCodes.usage;
	}

	return withWorld(
		context,
		{
			kinds: kindsRead.consumer,
			providerKinds: kindsRead.provider,
		},
		async (open) => fix(context, open, id, answers.value),
	);
};
