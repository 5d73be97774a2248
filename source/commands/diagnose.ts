import {diagnose} from '../core/findings/diagnose.js';
import {type Severity} from '../core/findings/finding.js';
import {diagnosisDocument} from '../core/findings/finding-document.js';
import {kindsRead} from '../core/findings/kinds-read.js';
import {unseenLines} from '../core/findings/unseen-lines.js';
import {sanitize} from '../core/sanitize.js';
import {formatTime} from '../core/time.js';
import {isComplete, type World} from '../core/world.js';
import {type CommandContext, type RunCommand} from './command.js';
import {diagnosisJunit} from './diagnose/junit.js';
import {diagnosisText} from './diagnose/text.js';
import {exitCodes} from './exit-code.js';
import {nearest} from './nearest.js';
import {refuseWithoutLiqo, withWorld} from './with-world.js';
import {printDocument} from './output.js';

const forms = ['text', 'json', 'yaml', 'junit'] as const;

const ranks: Readonly<Record<string, number>> = {
	error: 0,
	warning: 1,
	info: 2,
};

/**
The namespaces that were asked for; all of them when none was.
*/
const wantedNamespaces = ({
	args,
	flags,
}: CommandContext): readonly string[] | undefined => {
	const named = [
		...args,
		...(flags.namespace === undefined ? [] : [flags.namespace]),
	];
	return named.length === 0 || flags.allNamespaces ? undefined : named;
};

/**
Whether a namespace is known not to be there: all of them are read, and nothing is in it.
*/
const isMissing = ({consumer}: World, name: string): boolean =>
	isComplete(consumer.access('Namespace')) &&
	!consumer.get('Namespace', '', name) &&
	[...consumer.list('NamespaceOffloading', name)].length === 0;

/**
Prints every finding: as text grouped by namespace, JSON, YAML or a JUnit report. The exit code is 1 when one is at or above `--fail-on`.
*/
export const run: RunCommand = async (context) => {
	const {flags, stdout, stderr} = context;
	const text = flags.output ?? 'text';
	const form = forms.find((one) => one === text);
	if (form === undefined) {
		const meant = nearest(text, forms);
		stderr.write(
			`diagnose prints ${forms.join(', ')}, not "${sanitize(text)}"${meant === undefined ? '.' : `: did you mean ${meant}?`}\n`,
		);
		return exitCodes.usage;
	}

	return withWorld(
		context,
		{
			kinds: kindsRead.consumer,
			providerKinds: kindsRead.provider,
		},
		(open) => {
			const {world} = open;
			const refusal = refuseWithoutLiqo(context, open, 'diagnose');
			if (refusal !== undefined) {
				return refusal;
			}

			const namespaces = wantedNamespaces(context);
			const missing = (namespaces ?? []).filter((name) =>
				isMissing(world, name),
			);
			for (const name of missing) {
				stderr.write(`There is no namespace "${sanitize(name)}".\n`);
			}

			if (missing.length > 0 && missing.length === namespaces?.length) {
				return exitCodes.usage;
			}

			const now = open.now();
			const diagnosis = diagnose(world, {now, ...(namespaces && {namespaces})});
			const least = flags.failOn ?? 'error';
			const isFailure = (severity: Severity): boolean =>
				(ranks[severity] ?? 0) <= (ranks[least] ?? -1);
			switch (form) {
				case 'text': {
					stdout.write(diagnosisText(diagnosis));
					break;
				}

				case 'junit': {
					const known = [...world.consumer.list('NamespaceOffloading')].map(
						({metadata}) => metadata.namespace,
					);
					stdout.write(
						diagnosisJunit(diagnosis, namespaces ?? known, isFailure),
					);
					break;
				}

				case 'json':
				case 'yaml': {
					printDocument(
						stdout,
						form,
						diagnosisDocument(diagnosis, world, formatTime(now)),
					);
					break;
				}
			}

			for (const line of form === 'text' ? unseenLines(diagnosis.unseen) : []) {
				stderr.write(`${sanitize(line)}\n`);
			}

			if (diagnosis.findings.some(({severity}) => isFailure(severity))) {
				return exitCodes.findings;
			}

			return missing.length > 0 ? exitCodes.usage : exitCodes.fine;
		},
	);
};
