import {type Node, type Taint} from '../../core/model.js';
import {type Line, line} from '../line.js';
import {
	conditionLines,
	type DescribeContext,
	indented,
	section,
} from './describe-parts.js';

const taintLine = ({key, value, effect}: Taint): Line =>
	line(
		`  ${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`,
	);

export const describeNode = (
	{spec, status}: Node,
	context: DescribeContext,
): readonly Line[] => [
	...(spec.unschedulable === true
		? [line('Cordoned: no new pod is scheduled here.', 'warning')]
		: []),
	...section('Conditions', conditionLines(status.conditions, context)),
	...section(
		'Taints',
		spec.taints.map((taint) => taintLine(taint)),
	),
	...section(
		'Allocatable',
		Object.entries(status.allocatable).map(([key, value]) =>
			indented(key, value),
		),
	),
];
