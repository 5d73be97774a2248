import {kubectlCommand} from '../core/kubectl-command.js';
import {type JsonObject} from '../core/json.js';
import {objectText} from '../core/object-text.js';
import {planChanges, type PlannedChange} from '../core/plan.js';
import {changeDocument} from '../core/plan-document.js';
import {kindsReconciled} from '../core/reconcilers/kinds-read.js';
import {sanitize} from '../core/sanitize.js';
import {formatTime} from '../core/time.js';
import {type CommandContext, type RunCommand} from './command.js';
import {exitCodes} from './exit-code.js';
import {readForm} from './form.js';
import {rulesOf} from './rules.js';
import {refuseWithoutLiqo, withWorld} from './with-world.js';
import {documentVersion, formatTable, printDocument} from './output.js';

const targetText = ({object}: PlannedChange): string =>
	objectText({...object, name: object.name === '' ? '(new)' : object.name});

const verbText = ({verb, subresource}: PlannedChange): string =>
	subresource === undefined ? verb : `${verb} ${subresource}`;

const sanitizeLines = (text: string): string =>
	text
		.split('\n')
		.map((line) => sanitize(line))
		.join('\n');

const printText = (
	{stdout, stderr}: CommandContext,
	changes: readonly PlannedChange[],
	errors: readonly string[],
): void => {
	if (changes.length === 0) {
		stderr.write('Nothing drifts: the controllers would write nothing.\n');
	} else {
		const rows = changes.map((change) => [
			change.cluster,
			verbText(change),
			targetText(change),
			change.reason,
		]);
		const lines = formatTable(['CLUSTER', 'VERB', 'OBJECT', 'REASON'], rows);
		stdout.write(`${lines.join('\n')}\n`);
		for (const change of changes) {
			if (change.body !== undefined) {
				stdout.write(
					`\n${sanitize(`# ${verbText(change)} ${targetText(change)}`)}\n${sanitizeLines(kubectlCommand(change))}\n`,
				);
			}
		}
	}

	for (const error of errors) {
		stderr.write(`${sanitize(`In the way: ${error}.`)}\n`);
	}
};

/**
Prints the writes that Liqo's controllers would make now, with reasons.
*/
export const run: RunCommand = async (context) => {
	const {flags, stdout} = context;
	const form = readForm(context, 'plan');
	if (form === undefined) {
		return exitCodes.usage;
	}

	return withWorld(
		context,
		{
			kinds: kindsReconciled.consumer,
			providerKinds: kindsReconciled.provider,
		},
		(open) => {
			const {world} = open;
			const refusal = refuseWithoutLiqo(context, open, 'plan');
			if (refusal !== undefined) {
				return refusal;
			}

			const {changes, errors} = planChanges(world, {
				now: formatTime(open.now()),
				rules: rulesOf(context),
				...(flags.namespace !== undefined &&
					!flags.allNamespaces && {namespaces: new Set([flags.namespace])}),
			});
			if (form === 'text') {
				printText(context, changes, errors);
				return exitCodes.fine;
			}

			const document: JsonObject = {
				apiVersion: documentVersion,
				kind: 'Plan',
				generation: world.consumer.generation?.id,
				changes: changes.map((change) => changeDocument(change)),
				errors: errors.length === 0 ? undefined : errors,
			};
			printDocument(stdout, form, document);
			return exitCodes.fine;
		},
	);
};
