import {
	Document,
	isScalar,
	LineCounter,
	parse,
	parseDocument,
	visit,
} from 'yaml';
import {isTree, type Value} from '../value.js';

const options = {
	version: '1.1',
	// A time stays the text it is.
	customTags: (tags: unknown) =>
		(tags as Array<string | {tag?: string}>).filter(
			(tag) =>
				typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:timestamp',
		) as never,
	uniqueKeys: false,
} as const;

/**
Reads YAML 1.1, as Kubernetes does: `y`, `no` and `on` are truths there.

@throws Error when it is no YAML
*/
export const readYaml = (text: string): Value =>
	(parse(text, options) ?? undefined) as Value;

/**
What a document says more than once, with the line where it says it again.

@throws Error when it is no YAML
*/
export const repeatedKeys = (text: string): string[] => {
	const lineCounter = new LineCounter();
	const found: string[] = [];
	visit(parseDocument(text, {...options, lineCounter}), {
		Map(_key, {items}) {
			const seen = new Set<string>();
			for (const {key} of items) {
				const name = isScalar(key) ? String(key.value) : '';
				if (isScalar(key) && seen.has(name)) {
					const {line} = lineCounter.linePos(key.range?.[0] ?? 0);
					found.push(
						`line ${line}: key ${JSON.stringify(name)} already set in map`,
					);
				}

				seen.add(name);
			}
		},
	});
	return found;
};

const ordered = (value: Value): Value => {
	if (Array.isArray(value)) {
		return value.map((item) => ordered(item));
	}

	return isTree(value)
		? Object.fromEntries(
				Object.keys(value)
					.toSorted()
					.map((key) => [key, ordered(value[key])]),
			)
		: value;
};

/**
Reads YAML as the JSON that Kubernetes makes of it: with the keys in the order of the alphabet.

@throws Error when it is no YAML
*/
export const yamlToJson = (text: string): string =>
	JSON.stringify(ordered(readYaml(text))) ?? 'null';

const time = /^\d{4}-\d{1,2}-\d{1,2}(?:[ t].*)?$/iv;

/**
Whether a text would be read as something else without quotes; for that Kubernetes takes double ones.
*/
const isAmbiguous = (text: string): boolean =>
	text === '' ||
	time.test(text) ||
	(text !== '.' && !text.includes('\n') && isOther(text));

const isOther = (text: string): boolean => {
	if (!/^[\d+\-.fnoty~]/iv.test(text)) {
		return false;
	}

	try {
		return typeof readYaml(text) !== 'string';
	} catch {
		return false;
	}
};

/**
Writes YAML as Kubernetes does: keys in the order of the alphabet, lists not indented, what could be read as something else in quotes.
*/
export const writeYaml = (value: Value): string => {
	const document = new Document(ordered(value), {
		...options,
		aliasDuplicateObjects: false,
	});
	visit(document, {
		Scalar(_key, node) {
			if (typeof node.value === 'string' && isAmbiguous(node.value)) {
				node.type = 'QUOTE_DOUBLE';
			}
		},
	});
	return document
		.toString({indentSeq: false, singleQuote: true})
		.split('\n')
		.map((line) =>
			line.trimStart().startsWith("'.': ") ? line.replace("'.'", '.') : line,
		)
		.join('\n');
};
