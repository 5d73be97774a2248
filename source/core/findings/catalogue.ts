import {remedies} from '../remedies/index.js';
import {type Safety} from '../remedies/offer.js';
import {failureModes} from './index.js';

const words: Readonly<Record<Safety, string>> = {
	automatic: 'yes',
	confirm: 'ask first',
	manual: 'by hand',
};

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);

/**
The documentation of all failure modes as a Markdown page.
*/
export const findingsPage = (): string => {
	const modes = [...failureModes].toSorted((a, b) => a.id.localeCompare(b.id));
	const rows = modes.map((mode) => {
		const fixes = mode.remedies
			.flatMap((id) => {
				const remedy = remedies.get(id);
				return remedy ? [`${remedy.title} (${words[remedy.safety]})`] : [];
			})
			.join('; ');
		return `| \`${mode.id}\` | ${mode.severity} | ${mode.generations.join(', ')} | ${[mode.symptom, mode.cause, mode.proof, fixes].map((text) => cell(text)).join(' | ')} |`;
	});
	return [
		'# Findings',
		'',
		`The ${modes.length} ways in which an offloading is known to fail. \`liqoscope diagnose\` looks for all of them, \`liqoscope explain finding ID\` tells about one, \`liqoscope fix ID -n NAMESPACE\` mends it.`,
		'',
		'Nothing is claimed on data that is stale, forbidden or incomplete; what could not be seen is listed instead, with what would let it be seen. A finding that explains others hides them behind itself. Safety of a fix: *yes* is additive or reversible and within what was declared; *ask first* changes the intent, restarts or deletes something; *by hand* ends in an instruction for whoever can do it.',
		'',
		'| id | severity | API generations | symptom | cause | evidence | fixes |',
		'|---|---|---|---|---|---|---|',
		...rows,
		'',
	].join('\n');
};
