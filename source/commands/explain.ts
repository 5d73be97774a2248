import {type CommandContext, type RunCommand} from './command.js';
import {exitCodes} from './exit-code.js';
import {explainFinding} from './explain/finding.js';
import {explainNamespace} from './explain/namespace.js';
import {explainOnePod} from './explain/pod.js';
import {explainSelectors} from './explain/selector.js';
import {readForm} from './form.js';

const subjects: Readonly<
	Record<
		string,
		(
			context: CommandContext,
			form: 'text' | 'json' | 'yaml',
		) => ReturnType<RunCommand>
	>
> = {
	pod: explainOnePod,
	selector: explainSelectors,
	namespace: explainNamespace,
	finding: explainFinding,
};

/**
Says why, and why not: `explain pod NAME`, `explain selector [NAMESPACE]`, `explain namespace NAME`, `explain finding ID`.
*/
export const run: RunCommand = async (context) => {
	const {args, stderr} = context;
	const form = readForm(context, 'explain');
	if (form === undefined) {
		return exitCodes.usage;
	}

	const explain = subjects[args[0] ?? ''];
	const isNamed = args[0] === 'selector' || args[1] !== undefined;
	if (explain === undefined || !isNamed) {
		stderr.write(
			explain === undefined
				? `explain takes ${Object.keys(subjects).join(', ')}.\n`
				: `explain ${args[0]} needs a name: explain ${args[0]} NAME.\n`,
		);
		return exitCodes.usage;
	}

	return explain(context, form);
};
