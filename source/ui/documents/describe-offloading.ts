import {type NamespaceOffloading} from '../../core/model.js';
import {field, type Line, line} from '../line.js';
import {
	conditionLines,
	type DescribeContext,
	section,
	selectorLines,
} from './describe-parts.js';

export const describeOffloading = (
	{spec, status, metadata}: NamespaceOffloading,
	context: DescribeContext,
): readonly Line[] => [
	field('Phase', status.offloadingPhase ?? 'not set yet'),
	field('Pods', spec.podOffloadingStrategy),
	field('Remote name', spec.namespaceMappingStrategy),
	field('', status.remoteNamespaceName ?? spec.remoteNamespaceName ?? '-'),
	...(metadata.generation !== undefined &&
	status.observedGeneration !== undefined &&
	status.observedGeneration < metadata.generation
		? [
				line(
					`The status is that of generation ${status.observedGeneration}, the object is at ${metadata.generation}.`,
					'warning',
				),
			]
		: []),
	...section('Clusters selected', selectorLines(spec.clusterSelector)),
	...Object.entries(status.remoteNamespacesConditions).flatMap(
		([key, conditions]) =>
			section(`On ${key}`, conditionLines(conditions, context)),
	),
];
