import {type Change} from '../../core/change.js';
import {isJsonObject, type Json} from '../../core/json.js';
import {kubectlCommand} from '../../core/kubectl-command.js';
import {type KindName} from '../../core/model.js';
import {sanitize, sanitizeLines} from '../../core/sanitize.js';
import {type ClusterView, type World} from '../../core/world.js';
import {type Line} from '../line.js';

type Leaf = {readonly path: string; readonly value: Json | undefined};

const show = (value: Json | undefined): string =>
	sanitize(typeof value === 'string' ? value : JSON.stringify(value));

const leavesOf = (value: Json | undefined, path: string): readonly Leaf[] => {
	const nested = Array.isArray(value)
		? value.map((item, index) => [`${path}[${index}]`, item as Json] as const)
		: isJsonObject(value)
			? Object.entries(value).map(
					([key, item]) =>
						[path === '' ? key : `${path}.${key}`, item] as const,
				)
			: [];
	return nested.length === 0
		? [{path, value}]
		: nested.flatMap(([place, item]) => leavesOf(item, place));
};

/**
What a merge patch reaches in an object: the same branches, whole lists.
*/
const reached = (
	patch: Json | undefined,
	current: Json | undefined,
): Json | undefined => {
	if (!isJsonObject(patch)) {
		return current;
	}

	const object = isJsonObject(current) ? current : {};
	return Object.fromEntries(
		Object.entries(patch).flatMap(([key, inner]) =>
			object[key] === undefined ? [] : [[key, reached(inner, object[key])]],
		),
	);
};

const isNothing = (value: Json | undefined): boolean =>
	value === undefined ||
	(typeof value === 'object' && Object.keys(value ?? {}).length === 0);

const compare = (before: Json | undefined, after: Json | undefined) => {
	const old = new Map(
		leavesOf(before, '')
			.filter(({value}) => !isNothing(value))
			.map(({path, value}) => [path, show(value)]),
	);
	const next = leavesOf(after, '').filter(({value}) => !isNothing(value));
	const kept = new Map(next.map(({path, value}) => [path, show(value)]));
	return [
		...[...old]
			.filter(([path, value]) => path !== '' && kept.get(path) !== value)
			.map(([path, value]): Line => [
				{text: `- ${path}: ${value}`, tone: 'error'},
			]),
		...[...kept]
			.filter(([path, value]) => path !== '' && old.get(path) !== value)
			.map(([path, value]): Line => [
				{text: `+ ${path}: ${value}`, tone: 'fine'},
			]),
	];
};

const viewOf = (world: World, cluster: string): ClusterView | undefined =>
	cluster === world.consumer.key
		? world.consumer
		: world.providers.get(cluster);

/**
The sentence first: what it means; then what is written.
*/
const titleOf = ({verb, object, cluster, reason}: Change): Line => [
	{text: sanitize(reason), tone: 'strong'},
	{
		text: sanitize(
			`  ${verb} ${object.kind} ${object.namespace === undefined || object.namespace === '' ? '' : `${object.namespace}/`}${object.name}${cluster === 'home' ? '' : ` on ${cluster}`}`,
		),
		tone: 'dim',
	},
];

/**
What the title of a change says already.
*/
const isNamed = (path: string): boolean =>
	['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'].includes(path);

/**
An object that is made: all of it, or what is new where it replaces one of the same name.
*/
const creationLines = (
	body: Json | undefined,
	current: Json | undefined,
): readonly Line[] => {
	if (current === undefined) {
		return compare(undefined, body).filter(
			([span]) => !isNamed(span!.text.slice(2, span!.text.indexOf(': '))),
		);
	}

	const lines = compare(reached(body, current), body);
	return lines.length === 0
		? [[{text: 'the same as before', tone: 'dim'}]]
		: [...lines, [{text: 'all else as before', tone: 'dim'}]];
};

const bodyLines = (change: Change, world: World): readonly Line[] => {
	const {verb, object, body, patchType = 'merge'} = change;
	if (verb === 'delete') {
		return [
			[
				{
					text: '- the whole object: a deletion cannot be undone',
					tone: 'error',
				},
			],
		];
	}

	const current = viewOf(world, change.cluster)?.get(
		object.kind as KindName,
		object.namespace ?? '',
		object.name,
	) as unknown as Json | undefined;
	if (verb === 'patch' && patchType === 'json') {
		return (Array.isArray(body) ? (body as readonly Json[]) : []).map(
			(step): Line => [{text: `~ ${show(step)}`, tone: 'warning'}],
		);
	}

	return verb === 'create'
		? creationLines(body, current)
		: compare(reached(body, current), body);
};

/**
A change for people: what it does to the object, field by field, and the command that would do the same.
*/
export const changeLines = (change: Change, world: World): readonly Line[] => [
	titleOf(change),
	...bodyLines(change, world),
	...sanitizeLines(kubectlCommand(change))
		.split('\n')
		.map((text, index): Line => [
			{text: index === 0 ? '$ ' : '  ', tone: 'dim'},
			{text, tone: 'info'},
		]),
];
