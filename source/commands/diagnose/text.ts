import {type Diagnosis} from '../../core/findings/diagnose.js';
import {type Evidence, type Finding} from '../../core/findings/finding.js';
import {objectText} from '../../core/object-text.js';
import {safetyOf} from '../../core/remedies/index.js';
import {sanitize} from '../../core/sanitize.js';

const marks = {error: 'x', warning: '!', info: 'i'} as const;

const mostEvidence = 6;

const place = ({cluster, object}: Evidence): string =>
	`${cluster === 'home' ? '' : `${cluster}: `}${objectText(object)}`;

const evidenceLine = (evidence: Evidence): string => {
	const {path, actual, expected} = evidence;
	return `${place(evidence)}  ${path} = ${actual ?? '(absent)'}${expected === undefined ? '' : `  (should be: ${expected})`}`;
};

const findingLines = (finding: Finding): readonly string[] => {
	const {evidence, offers, behind} = finding;
	return [
		`  ${marks[finding.severity]} ${finding.id} (${finding.severity}, ${finding.certainty})`,
		`      ${finding.message}`,
		`      ${finding.consequence}`,
		...evidence
			.slice(0, mostEvidence)
			.map((one) => `      - ${evidenceLine(one)}`),
		...(evidence.length > mostEvidence
			? [`      - and ${evidence.length - mostEvidence} more`]
			: []),
		...offers.map(
			(offer, index) =>
				`      ${index + 1}. ${offer.title}${offer.effect === undefined ? '' : ` (${offer.effect})`}${safetyOf(offer) === 'manual' ? ' [by hand]' : ''}`,
		),
		...(behind.length > 0
			? [`      explains: ${[...new Set(behind.map(({id}) => id))].join(', ')}`]
			: []),
	].map((line) => sanitize(line));
};

const counted = (number: number, noun: string): string =>
	`${number} ${noun}${number === 1 ? '' : 's'}`;

/**
The diagnosis for people, grouped by namespace, what concerns whole clusters first.
*/
export const diagnosisText = (diagnosis: Diagnosis): string => {
	const {findings, summary} = diagnosis;
	const groups = Map.groupBy(findings, ({namespace}) => namespace ?? '');
	const blocks = [...groups]
		.toSorted(([a], [b]) => a.localeCompare(b))
		.map(([namespace, group]) =>
			[
				namespace === '' ? '(cluster)' : sanitize(namespace),
				...group.flatMap((finding) => findingLines(finding)),
			].join('\n'),
		);
	const sum =
		findings.length === 0
			? 'Nothing is wrong that can be seen.'
			: `${counted(summary.errors, 'error')}, ${counted(summary.warnings, 'warning')}, ${counted(summary.infos, 'info')}`;
	return `${[...blocks, sum].join('\n\n')}\n`;
};
