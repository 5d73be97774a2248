import {type AnyObject, type Labels} from '../../core/model.js';
import {sanitize} from '../../core/sanitize.js';
import {formatAge} from '../../core/time.js';
import {field, type Line, line} from '../line.js';
import {describeMap} from './describe-map.js';
import {describeNamespace} from './describe-namespace.js';
import {describeNode} from './describe-node.js';
import {describeOffloading} from './describe-offloading.js';
import {
	conditionLines,
	type DescribeContext,
	section,
} from './describe-parts.js';
import {describePod} from './describe-pod.js';

const labelLines = (labels: Labels): readonly Line[] =>
	Object.entries(labels)
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, value]) => line(`  ${key}=${value}`));

const describeKind = (
	object: AnyObject,
	context: DescribeContext,
): readonly Line[] => {
	if (object.kind === 'NamespaceOffloading') {
		return describeOffloading(object, context);
	}

	if (object.kind === 'Node') {
		return describeNode(object, context);
	}

	if (object.kind === 'Namespace') {
		return describeNamespace(object, context);
	}

	if (object.kind === 'Pod') {
		return describePod(object, context);
	}

	if (object.kind === 'NamespaceMap') {
		return describeMap(object);
	}

	return 'status' in object && 'conditions' in object.status
		? section('Conditions', conditionLines(object.status.conditions, context))
		: [];
};

const metadataLines = (
	{metadata, kind, apiVersion, defects}: AnyObject,
	{now}: DescribeContext,
): readonly Line[] => [
	field('Name', metadata.name),
	...(metadata.namespace === ''
		? []
		: [field('Namespace', metadata.namespace)]),
	field('Kind', `${kind} (${apiVersion})`),
	field(
		'Created',
		metadata.creationTimestamp === undefined
			? '-'
			: `${metadata.creationTimestamp} (${formatAge(metadata.creationTimestamp, now)} ago)`,
	),
	...(metadata.deletionTimestamp === undefined
		? []
		: [
				field(
					'Deleted',
					`${metadata.deletionTimestamp} (${formatAge(metadata.deletionTimestamp, now)} ago), held by ${metadata.finalizers.length === 0 ? 'nothing' : metadata.finalizers.join(', ')}`,
					{tone: 'warning'},
				),
			]),
	...(defects ?? []).map(({path, problem}) =>
		field('Malformed', `${path}: ${problem}`, {tone: 'error'}),
	),
];

const clean = (spans: Line): Line =>
	spans.map((span) => ({...span, text: sanitize(span.text)}));

/**
What an object says, for people. Recomputed whenever the world or the clock moves.
*/
export const describe = (
	object: AnyObject,
	context: DescribeContext,
): readonly Line[] =>
	[
		...metadataLines(object, context),
		...describeKind(object, context),
		...section('Labels', labelLines(object.metadata.labels)),
		...section(
			'Finalizers',
			object.metadata.finalizers.map((name) => line(`  ${name}`)),
		),
	].map((spans) => clean(spans));

/**
The same without what the title already says, for the pane beside the lists.
*/
export const describeShortly = (
	object: AnyObject,
	context: DescribeContext,
): readonly Line[] =>
	[
		...describeKind(object, context),
		...section('Labels', labelLines(object.metadata.labels)),
	].map((spans) => clean(spans));
