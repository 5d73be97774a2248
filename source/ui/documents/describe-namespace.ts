import {type Namespace} from '../../core/model.js';
import {field, type Line} from '../line.js';
import {
	conditionLines,
	type DescribeContext,
	indented,
	section,
} from './describe-parts.js';

const mappingLines = (
	namespace: string,
	{world}: DescribeContext,
): readonly Line[] => {
	const lines: Line[] = [];
	for (const map of world.consumer.list('NamespaceMap')) {
		const desired = map.spec.desiredMapping[namespace];
		const current = map.status.currentMapping[namespace];
		if (desired !== undefined || current !== undefined) {
			lines.push(
				indented(
					map.metadata.name,
					`${current?.phase ?? 'no answer yet'}  as ${current?.remoteNamespace ?? desired ?? '-'}${desired === undefined ? '  (no longer asked for)' : ''}`,
					current?.phase === 'Accepted' ? 'fine' : 'warning',
				),
			);
		}
	}

	return lines;
};

export const describeNamespace = (
	{metadata, status}: Namespace,
	context: DescribeContext,
): readonly Line[] => [
	field('Phase', status.phase ?? '-'),
	...section('Mapped to', mappingLines(metadata.name, context)),
	...section('Conditions', conditionLines(status.conditions, context)),
];
