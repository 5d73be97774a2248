import {type Finding} from '../../core/findings/finding.js';
import {safetyText} from '../../core/remedies/safety-text.js';
import {sanitize} from '../../core/sanitize.js';
import {type AnyRow, type Explorer, selectedRow} from '../explorer.js';
import {type Line, line} from '../line.js';
import {levelSymbol, levelTone} from '../theme.js';
import {shortIds} from './short-ids.js';
import {findingsOfRow, worstOfRow} from './row-findings.js';

const sign = ({severity}: Finding) => ({
	text: `${levelSymbol[severity]} `,
	tone: levelTone[severity],
});

/**
The worst finding of the selected row. Where there is no row, the worst of all.
*/
export const findingInView = (
	explorer: Explorer,
): {readonly finding: Finding; readonly isOfRow: boolean} | undefined => {
	const row = selectedRow(explorer);
	const finding = row
		? worstOfRow(explorer, row)
		: explorer.findings.diagnosis().findings[0];
	return finding && {finding, isOfRow: row !== undefined};
};

/**
A finding as a sentence: where, what, which, how sure.
*/
export const findingSentence = (finding: Finding, isOfRow: boolean): Line => {
	const place = finding.namespace === undefined ? '' : `${finding.namespace}: `;
	return [
		{text: sanitize(`${place}${shortIds(finding.message)}`)},
		{
			text: isOfRow
				? `  (${finding.id}, ${finding.certainty})`
				: '  :findings has the fix.',
			tone: 'dim',
		},
	];
};

/**
What `f` would do about a finding first; empty where there is nothing to choose from.
*/
export const firstOffer = ({offers}: Finding): Line =>
	offers
		.slice(0, 1)
		.flatMap((offer): Line => [
			{text: 'f', tone: 'key'},
			{text: ` ${sanitize(shortIds(offer.title))}`},
			{text: ` (${safetyText(offer)})`, tone: 'dim'},
		]);

/**
What is said of a finding whose sentence is in sight already: which it is, how sure, and what would be done first.
*/
export const findingOutlook = (finding: Finding, isFixable: boolean): Line => [
	{text: `${finding.id}, ${finding.certainty}   `},
	...(isFixable ? firstOffer(finding) : []),
];

/**
All findings of a row, with what follows from them; for the detail.
*/
export const findingLines = (
	explorer: Explorer,
	row: AnyRow,
): readonly Line[] => {
	const findings = findingsOfRow(explorer, row).slice(0, 5);
	return findings.length === 0
		? []
		: [
				...findings.flatMap((finding) => [
					[
						sign(finding),
						{
							text: sanitize(shortIds(finding.message)),
							tone: 'strong' as const,
						},
					],
					line(`  ${sanitize(shortIds(finding.consequence))}`),
				]),
				line(''),
			];
};
