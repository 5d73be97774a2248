import {failureModes} from '../../core/findings/index.js';
import {type FailureMode} from '../../core/findings/failure-mode.js';
import {type CommandContext} from '../command.js';
import {type ExitCode, exitCodes} from '../exit-code.js';
import {nearest} from '../nearest.js';
import {documentVersion, printDocument} from '../output.js';
import {notFound} from './not-found.js';

const textOf = (mode: FailureMode): readonly string[] => [
	`${mode.id}: ${mode.title} (${mode.severity})`,
	'',
	`What is seen: ${mode.symptom}`,
	`Why: ${mode.cause}`,
	`What proves it: ${mode.proof}`,
	`Happens in: ${mode.generations.join(', ')}`,
	...(mode.remedies.length === 0 ? [] : [`Fixes: ${mode.remedies.join(', ')}`]),
	...(mode.explains.length === 0
		? []
		: [`Brings about: ${mode.explains.join(', ')}`]),
];

/**
`explain finding ID`: what the failure mode is, without looking at any cluster.
*/
export const explainFinding = async (
	context: CommandContext,
	form: 'text' | 'json' | 'yaml',
): Promise<ExitCode> => {
	const {args, stdout} = context;
	const id = args[1] ?? '';
	const mode = failureModes.find((one) => one.id === id);
	if (mode === undefined) {
		const meant = nearest(
			id,
			failureModes.map((one) => one.id),
		);
		return notFound(
			context,
			`No finding is called "${id}"${meant === undefined ? '.' : `: did you mean ${meant}?`}`,
		);
	}

	if (form === 'text') {
		stdout.write(`${textOf(mode).join('\n')}\n`);
		return exitCodes.fine;
	}

	const {
		title,
		severity,
		generations,
		symptom,
		cause,
		proof,
		remedies,
		explains,
	} = mode;
	printDocument(stdout, form, {
		apiVersion: documentVersion,
		kind: 'FindingExplanation',
		id,
		title,
		severity,
		generations,
		symptom,
		cause,
		proof,
		remedies,
		explains,
	});
	return exitCodes.fine;
};
