import {requirementText} from '../../core/requirement-text.js';
import {type Condition, type NodeSelector} from '../../core/model.js';
import {formatAge} from '../../core/time.js';
import {type World} from '../../core/world.js';
import {field, type Line, line} from '../line.js';
import {type Tone} from '../theme.js';

/**
What descriptions are made from; `now` in epoch milliseconds.
*/
export type DescribeContext = {readonly world: World; readonly now: number};

const blank = line('');

/**
Lines under a title; nothing when there are none.
*/
export const section = (
	title: string,
	lines: readonly Line[],
): readonly Line[] =>
	lines.length === 0 ? [] : [blank, line(title, 'strong'), ...lines];

export const indented = (label: string, value: string, tone?: Tone): Line =>
	field(`  ${label}`, value, {width: 26, tone});

/**
A node selector in words: terms are alternatives, requirements of one term hold together (Kubernetes: nodeaffinity).
*/
export const selectorLines = (
	selector: NodeSelector | undefined,
): readonly Line[] => {
	const terms = selector?.nodeSelectorTerms ?? [];
	if (terms.length === 0) {
		return [line('  every virtual node (no terms)')];
	}

	return terms.flatMap((term, index) => {
		const requirements = [
			...(term.matchExpressions ?? []),
			...(term.matchFields ?? []),
		];
		const title = index === 0 ? '  nodes with' : '  or nodes with';
		return requirements.length === 0
			? [line(`${title} nothing: an empty term selects no node`, 'warning')]
			: requirements.map((requirement, place) =>
					line(
						`${place === 0 ? title : '     and'.padEnd(title.length)} ${requirementText(requirement)}`,
					),
				);
	});
};

const conditionTone = ({status}: Condition): Tone | undefined => {
	if (status === 'True') {
		return 'fine';
	}

	return status === 'False' ? 'warning' : 'dim';
};

export const conditionLines = (
	conditions: readonly Condition[],
	{now}: DescribeContext,
): readonly Line[] =>
	conditions.map((condition) => [
		{text: `  ${condition.type.padEnd(22)} `},
		{text: condition.status.padEnd(8), tone: conditionTone(condition)},
		{
			text: (condition.lastTransitionTime === undefined
				? ''
				: formatAge(condition.lastTransitionTime, now)
			).padEnd(6),
			tone: 'dim',
		},
		{
			text: [condition.reason, condition.message]
				.filter((text) => text !== undefined && text !== '')
				.join(': '),
		},
	]);
