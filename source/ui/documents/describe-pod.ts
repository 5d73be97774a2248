import {type Pod} from '../../core/model.js';
import {field, type Line, line} from '../line.js';
import {
	conditionLines,
	type DescribeContext,
	indented,
	section,
	selectorLines,
} from './describe-parts.js';

export const describePod = (
	{spec, status, metadata}: Pod,
	context: DescribeContext,
): readonly Line[] => [
	field('Phase', status.phase ?? '-'),
	...(status.reason === undefined ? [] : [field('Reason', status.reason)]),
	...(status.message === undefined ? [] : [field('Message', status.message)]),
	field('Node', spec.nodeName ?? '- (none yet)'),
	...metadata.ownerReferences.map(({kind, name}) =>
		field('Owner', `${kind} ${name}`),
	),
	...section('Conditions', conditionLines(status.conditions, context)),
	...section(
		'Containers',
		spec.containers.map(({name, image}) => {
			const found = status.containerStatuses.find((one) => one.name === name);
			return indented(
				name,
				`${found?.state ?? '-'}  restarts ${found?.restartCount ?? 0}  ${image ?? ''}`,
			);
		}),
	),
	...section(
		'Node selector',
		Object.entries(spec.nodeSelector ?? {}).map(([key, value]) =>
			line(`  ${key}=${value}`),
		),
	),
	...section(
		'Required node affinity',
		spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
			? selectorLines(
					spec.affinity.nodeAffinity
						.requiredDuringSchedulingIgnoredDuringExecution,
				)
			: [],
	),
	...section(
		'Tolerations',
		(spec.tolerations ?? []).map(({key, operator, value, effect}) =>
			line(
				`  ${[
					key ?? 'every key',
					operator === 'Exists' ? 'exists' : value,
					effect,
				]
					.filter((part) => part !== undefined && part !== '')
					.join(' ')}`,
			),
		),
	),
];
