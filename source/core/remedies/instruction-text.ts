import {type Evidence, type Finding} from '../findings/finding.js';
import {objectText} from '../object-text.js';
import {type Plan} from './remedy.js';

type Instruction = Extract<Plan, {outcome: 'instruction'}>;

const factLine = ({
	cluster,
	object,
	path,
	actual,
	expected,
}: Evidence): string => {
	const wanted = expected === undefined ? '' : ` (should be ${expected})`;
	return `  ${cluster} ${objectText(object)} ${path} = ${actual ?? '(absent)'}${wanted}`;
};

/**
What somebody else has to do, with all they need to know and to believe it: cause, consequence, steps, evidence. Plain text, to be sent along.
*/
export const instructionText = (
	finding: Finding,
	{who, steps}: Instruction,
	title: string,
): string =>
	[
		finding.message,
		finding.consequence,
		'',
		`This is for ${who}: ${title}`,
		...steps.map((step, index) => `  ${index + 1}. ${step}`),
		'',
		`Evidence to send along (finding ${finding.id}, ${finding.certainty}):`,
		...finding.evidence.map((fact) => factLine(fact)),
		'',
	].join('\n');
