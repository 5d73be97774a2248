import {
	type AnyObject,
	type Condition,
	type Labels,
	type Namespace,
	type NamespaceMap,
	type NamespaceOffloading,
	type Node,
	type NodeSelector,
	type Pod,
	type Taint,
} from '../../core/model.js';
import {sanitize} from '../../core/sanitize.js';
import {formatAge} from '../../core/time.js';
import {type World} from '../../core/world.js';
import {field, type Line, line} from '../line.js';
import {type Tone} from '../theme.js';
import {requirementText} from '../../core/requirement-text.js';

type Context = {readonly world: World; readonly now: number};

const blank = line('');

const section = (title: string, lines: readonly Line[]): readonly Line[] =>
	lines.length === 0 ? [] : [blank, line(title, 'strong'), ...lines];

const indented = (label: string, value: string, tone?: Tone): Line =>
	field(`  ${label}`, value, {width: 26, tone});

const labelLines = (labels: Labels): readonly Line[] =>
	Object.entries(labels)
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, value]) => line(`  ${key}=${value}`));

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

const conditionLines = (
	conditions: readonly Condition[],
	{now}: Context,
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

const describeOffloading = (
	{spec, status, metadata}: NamespaceOffloading,
	context: Context,
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

const taintLine = ({key, value, effect}: Taint): Line =>
	line(
		`  ${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`,
	);

const describeNode = (
	{spec, status}: Node,
	context: Context,
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

const mappingLines = (namespace: string, {world}: Context): readonly Line[] => {
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

const describeNamespace = (
	{metadata, status}: Namespace,
	context: Context,
): readonly Line[] => [
	field('Phase', status.phase ?? '-'),
	...section('Mapped to', mappingLines(metadata.name, context)),
	...section('Conditions', conditionLines(status.conditions, context)),
];

const describePod = (
	{spec, status, metadata}: Pod,
	context: Context,
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

const describeMap = ({
	metadata,
	status,
	spec,
}: NamespaceMap): readonly Line[] => [
	...(metadata.deletionTimestamp === undefined
		? []
		: [line('This map is being deleted.', 'warning')]),
	...section(
		'Namespaces',
		Object.entries(spec.desiredMapping).map(([local, remote]) => {
			const phase = status.currentMapping[local]?.phase;
			return indented(
				local,
				`${remote}  ${phase ?? 'no answer yet'}`,
				phase === 'Accepted' ? 'fine' : 'warning',
			);
		}),
	),
];

const describeKind = (object: AnyObject, context: Context): readonly Line[] => {
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
	{now}: Context,
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
	context: Context,
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
	context: Context,
): readonly Line[] =>
	[
		...describeKind(object, context),
		...section('Labels', labelLines(object.metadata.labels)),
	].map((spans) => clean(spans));
