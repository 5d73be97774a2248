import {isJsonObject, type Json} from '../../core/json.js';
import {sanitize} from '../../core/sanitize.js';
import {type Line, line} from '../line.js';

/**
A field that is not as before: what stood there, what stands there now; absent where there is nothing.
*/
type Difference = {
	/**
	From the root: `spec`, `nodeSelectorTerms`, `[0]`.
	*/
	readonly path: readonly string[];
	readonly before: Json | undefined;
	readonly after: Json | undefined;
};

/**
An item that takes more room than this is shown field by field.
*/
const mostInOneLine = 160;

const isNothing = (value: Json | undefined): boolean =>
	value === undefined ||
	(typeof value === 'object' && Object.keys(value ?? {}).length === 0);

const isNested = (value: Json | undefined): boolean =>
	Array.isArray(value) || isJsonObject(value);

/**
Texts that would be taken for something else without their quotes.
*/
const readOtherwise = /^(?:true|false|null|-?\d+(?:\.\d+)?)?$/v;

/**
A value as YAML writes it in one line, without needless quotes.
*/
const show = (value: Json | undefined): string => {
	if (Array.isArray(value)) {
		return `[${value.map((item) => show(item as Json)).join(', ')}]`;
	}

	if (isJsonObject(value)) {
		const fields = Object.entries(value).map(
			([key, item]) => `${key}: ${show(item)}`,
		);
		return `{${fields.join(', ')}}`;
	}

	return typeof value === 'string' && !readOtherwise.test(value)
		? value
		: JSON.stringify(value);
};

const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
	JSON.stringify(a) === JSON.stringify(b);

/**
Items of two lists side by side: those that both have in the same order are left out, the others stand alone.
*/
const alignItems = (
	before: readonly Json[],
	after: readonly Json[],
	path: readonly string[],
): readonly Difference[] => {
	const rest = [...after.entries()];
	const gone: Difference[] = [];
	const kept = new Set<number>();
	for (const [index, item] of before.entries()) {
		const place = rest.findIndex(([, other]) => isSame(item, other));
		if (place === -1) {
			gone.push({
				path: [...path, `[${index}]`],
				before: item,
				after: undefined,
			});
			continue;
		}

		kept.add(rest[place]![0]);
		rest.splice(0, place + 1);
	}

	const made = [...after.entries()]
		.filter(([index]) => !kept.has(index))
		.map(([index, item]): Difference => ({
			path: [...path, `[${index}]`],
			before: undefined,
			after: item,
		}));
	return [...gone, ...made];
};

const listOf = (value: Json | undefined): readonly Json[] =>
	Array.isArray(value) ? (value as readonly Json[]) : [];

const compare = (
	before: Json | undefined,
	after: Json | undefined,
	path: readonly string[],
): readonly Difference[] => {
	if ((isNothing(before) && isNothing(after)) || isSame(before, after)) {
		return [];
	}

	const isList =
		(Array.isArray(before) || isNothing(before)) &&
		(Array.isArray(after) || isNothing(after));
	if (isList) {
		const old = listOf(before);
		const next = listOf(after);
		return old.length === next.length
			? old.flatMap((item, index) =>
					compare(item, next[index], [...path, `[${index}]`]),
				)
			: alignItems(old, next, path);
	}

	const isTree =
		(isJsonObject(before) || isNothing(before)) &&
		(isJsonObject(after) || isNothing(after));
	if (isTree) {
		const old = isJsonObject(before) ? before : {};
		const next = isJsonObject(after) ? after : {};
		return [...new Set([...Object.keys(old), ...Object.keys(next)])].flatMap(
			(key) => compare(old[key], next[key], [...path, key]),
		);
	}

	return [{path, before, after}];
};

/**
An item that was added or taken away: whole, or field by field when it is long.
*/
const unfold = (difference: Difference): readonly Difference[] => {
	const {path, before, after} = difference;
	const item = before ?? after;
	if (!isNested(item) || show(item).length <= mostInOneLine) {
		return [difference];
	}

	const parts = Array.isArray(item)
		? item.map((part, index) => [`[${index}]`, part as Json] as const)
		: Object.entries(item as Readonly<Record<string, Json>>);
	return parts.flatMap(([key, part]) =>
		unfold({
			path: [...path, key],
			before: before === undefined ? undefined : part,
			after: after === undefined ? undefined : part,
		}),
	);
};

const isPlainKey = (key: string): boolean => /^[\w\-]+$/v.test(key);

/**
A path as evidence writes it: `metadata.labels["liqo.io/type"]`, `terms[0].key`.
*/
const pathText = (path: readonly string[]): string => {
	let text = '';
	for (const key of path) {
		text += key.startsWith('[')
			? key
			: isPlainKey(key)
				? `${text === '' ? '' : '.'}${key}`
				: `["${key}"]`;
	}

	return text;
};

/**
How many steps all paths have in common; the last step of each is its own.
*/
const commonLength = (paths: ReadonlyArray<readonly string[]>): number => {
	const [first = []] = paths;
	const length = first.findIndex((step, index) =>
		paths.some((path) => index >= path.length - 1 || path[index] !== step),
	);
	return Math.max(0, length);
};

/**
What changes from one value to another, field by field: `-` what stood there, `+` what stands there now. A list that grew or shrank shows the items that
came or went as a whole. Where several fields lie deep in the same place, the place is named once, above them.

@param before
@param after
@param isTold - Whether a path is said elsewhere already, and left out.
*/
export const differenceLines = (
	before: Json | undefined,
	after: Json | undefined,
	isTold: (path: string) => boolean = () => false,
): readonly Line[] => {
	const all = compare(before, after, [])
		.flatMap((difference) => unfold(difference))
		.filter(({path}) => path.length > 0 && !isTold(pathText(path)));
	const count = all.reduce(
		(sum, one) =>
			sum + Number(!isNothing(one.before)) + Number(!isNothing(one.after)),
		0,
	);
	const shared = commonLength(all.map(({path}) => path));
	// One step alone is not worth a line.
	const head = count > 1 && shared > 1 ? shared : 0;
	return [
		...(head === 0
			? []
			: [line(sanitize(`in ${pathText(all[0]!.path.slice(0, head))}`), 'dim')]),
		...all.flatMap(({path, before: old, after: next}): readonly Line[] => {
			const place = pathText(path.slice(head));
			return [
				...(isNothing(old)
					? []
					: [line(sanitize(`- ${place}: ${show(old)}`), 'error')]),
				...(isNothing(next)
					? []
					: [line(sanitize(`+ ${place}: ${show(next)}`), 'fine')]),
			];
		}),
	];
};
