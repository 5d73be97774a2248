import {type Change} from '../../core/change.js';
import {isJsonObject, type Json} from '../../core/json.js';
import {kubectlCommand} from '../../core/kubectl-command.js';
import {type KindName} from '../../core/model.js';
import {sanitize, sanitizeLines} from '../../core/sanitize.js';
import {type ClusterView, type World} from '../../core/world.js';
import {displayWidth} from '../display-width.js';
import {type Line, line} from '../line.js';
import {objectText} from '../../core/object-text.js';
import {differenceLines} from './difference-lines.js';

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

const viewOf = (world: World, cluster: string): ClusterView | undefined =>
	cluster === world.consumer.key
		? world.consumer
		: world.providers.get(cluster);

/**
The sentence first: what it means; then what is written, beside it or below.
*/
const titleLines = (
	{verb, object, cluster, reason}: Change,
	width: number,
): readonly Line[] => {
	const sentence = sanitize(reason);
	const write = sanitize(
		`${verb} ${objectText(object)}${cluster === 'home' ? '' : ` on ${cluster}`}`,
	);
	return displayWidth(sentence) + 2 + displayWidth(write) <= width
		? [
				[
					{text: sentence, tone: 'strong'},
					{text: `  ${write}`, tone: 'dim'},
				],
			]
		: [line(sentence, 'strong'), line(`  ${write}`, 'dim')];
};

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
		return differenceLines(undefined, body, isNamed);
	}

	const lines = differenceLines(reached(body, current), body);
	return lines.length === 0
		? [[{text: 'the same as before', tone: 'dim'}]]
		: [...lines, [{text: 'all else as before', tone: 'dim'}]];
};

const bodyLines = (change: Change, world: World): readonly Line[] => {
	const {verb, object, body, patchType = 'merge'} = change;
	if (verb === 'delete') {
		return object.kind === 'Pod'
			? []
			: [line('- the whole object: a deletion cannot be undone', 'error')];
	}

	const current = viewOf(world, change.cluster)?.get(
		object.kind as KindName,
		object.namespace ?? '',
		object.name,
	) as unknown as Json | undefined;
	if (verb === 'patch' && patchType === 'json') {
		return (Array.isArray(body) ? (body as readonly Json[]) : []).map((step) =>
			line(sanitize(`~ ${JSON.stringify(step)}`), 'warning'),
		);
	}

	return verb === 'create'
		? creationLines(body, current)
		: differenceLines(reached(body, current), body);
};

/**
A change for people: what it does to the object, field by field, and the command that would do the same. The title takes two lines where `width` columns are
too few for one.
*/
export const changeLines = (
	change: Change,
	world: World,
	width: number,
): readonly Line[] => [
	...titleLines(change, width),
	...bodyLines(change, world),
	...sanitizeLines(kubectlCommand(change))
		.split('\n')
		.map((text, index): Line => [
			{text: index === 0 ? '$ ' : '  ', tone: 'dim'},
			{text, tone: 'info'},
		]),
];
