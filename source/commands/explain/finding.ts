import {findingIds} from '../../core/findings/ids.js';
import {failureModes} from '../../core/findings/index.js';
import {remedies} from '../../core/remedies/index.js';
import {sanitize} from '../../core/sanitize.js';
import {type RunCommand} from '../command.js';
import {exitCodes} from '../exit-code.js';
import {nearest} from '../nearest.js';
import {documentVersion, printDocument} from '../output.js';

/**
Tells what a finding means: symptom, cause, proof, fixes. Without an id it lists all of them. Reads no cluster.
*/
export const explainFinding: RunCommand = async ({
	args,
	flags,
	stdout,
	stderr,
}) => {
	const [, id] = args;
	if (id === undefined) {
		const width = Math.max(...findingIds.map((one) => one.length));
		for (const mode of [...failureModes].toSorted((a, b) => a.id.localeCompare(b.id))) {
			stdout.write(
				`${mode.id.padEnd(width)}   ${mode.severity.padEnd(7)}   ${mode.title}\n`,
			);
		}

		return exitCodes.fine;
	}

	const mode = failureModes.find((one) => one.id === id);
	if (!mode) {
		const meant = nearest(id, findingIds);
		stderr.write(
			`${sanitize(`There is no finding called "${id}"`)}${meant === undefined ? '; "explain finding" lists them.' : `: did you mean ${meant}?`}\n`,
		);
		return exitCodes.usage;
	}

	const fixes = mode.remedies.flatMap((one) => {
		const remedy = remedies.get(one);
		return remedy ? [remedy] : [];
	});
	if (flags.output === 'json' || flags.output === 'yaml') {
		printDocument(stdout, flags.output, {
			apiVersion: documentVersion,
			kind: 'FindingExplanation',
			id: mode.id,
			title: mode.title,
			severity: mode.severity,
			generations: mode.generations,
			symptom: mode.symptom,
			cause: mode.cause,
			proof: mode.proof,
			reads: mode.reads,
			readsOnProvider: mode.readsOnProvider,
			explains: mode.explains,
			remedies: fixes.map(({id: one, title, safety}) => ({
				id: one,
				title,
				safety,
			})),
		});
		return exitCodes.fine;
	}

	stdout.write(
		[
			`${mode.id} (${mode.severity}; ${mode.generations.join(', ')})`,
			mode.title,
			'',
			`What you see   ${mode.symptom}`,
			`Why            ${mode.cause}`,
			`Proof          ${mode.proof}`,
			`Reads          ${mode.reads.join(', ')}${mode.readsOnProvider ? `; on providers ${mode.readsOnProvider.join(', ')}` : ''}`,
			...(mode.explains.length > 0
				? [`Explains       ${mode.explains.join(', ')}`]
				: []),
			'Fixes',
			...fixes.map(({id: one, title, safety}) => `  ${one} (${safety}): ${title}`),
			'',
		].join('\n'),
	);
	return exitCodes.fine;
};
