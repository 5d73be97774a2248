import {type Finding} from '../../core/findings/finding.js';
import {sanitize} from '../../core/sanitize.js';
import {type AnyRow, type Explorer, selectedRow} from '../explorer.js';
import {type Line, line, paintLine} from '../line.js';
import {levelSymbol, levelTone, type Theme} from '../theme.js';
import {shortIds} from './short-ids.js';
import {findingsOfRow, worstOfRow} from './row-findings.js';

const sign = ({severity}: Finding) => ({
	text: `${levelSymbol[severity]} `,
	tone: levelTone[severity],
});

/**
The worst finding of the selected row in one line: what, which, how sure. Where there is no row, the worst of all.
*/
export const findingLine = (
	explorer: Explorer,
	width: number,
	theme: Theme,
): string => {
	const row = selectedRow(explorer);
	const finding = row
		? worstOfRow(explorer, row)
		: explorer.findings.diagnosis().findings[0];
	if (!finding) {
		return ' '.repeat(width);
	}

	const place = finding.namespace === undefined ? '' : `${finding.namespace}: `;
	return paintLine(
		[
			{
				text: ` ${theme.sign(finding.severity)} `,
				tone: levelTone[finding.severity],
			},
			{text: sanitize(`${place}${shortIds(finding.message)}`)},
			{
				text: row
					? `  (${finding.id}, ${finding.certainty})`
					: '  :findings has the fix.',
				tone: 'dim',
			},
		],
		width,
		theme,
	);
};

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
					line(
						`  ${sanitize(shortIds(finding.consequence))}${finding.offers.length > 0 ? '  f fixes it.' : ''}`,
					),
				]),
				line(''),
			];
};
