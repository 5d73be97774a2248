import {LineCounter, parseAllDocuments} from 'yaml';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {
	reasonOf,
	readSavedTexts,
	type SavedObjectsOptions,
} from './saved-texts.js';

/**
A value, or the one sentence that says what went wrong and what to do.
*/
export type Result<T> =
	| {readonly isOk: true; readonly value: T}
	| {readonly isOk: false; readonly message: string};

const ok = <T>(value: T): Result<T> => ({isOk: true, value});

const failed = (message: string): {isOk: false; message: string} => ({
	isOk: false,
	message,
});

/**
Where something was read: what errors begin with.
*/
type Source = {
	readonly name: string;
	readonly line: number;
};

type Document = {
	readonly value: unknown;
	readonly source: Source;
};

const where = ({name, line}: Source): string => `${name}:${line}`;

/**
An object on the way out of Lists; typed lists (`PodList`) leave out what kind their items are of.
*/
const expand = (
	value: unknown,
	source: Source,
	inherited: {apiVersion?: string; kind?: string} = {},
): Result<readonly JsonObject[]> => {
	if (!isJsonObject(value)) {
		return failed(
			`${where(source)}: not a Kubernetes object: it must be a map with apiVersion and kind.`,
		);
	}

	const apiVersion = value.apiVersion ?? inherited.apiVersion;
	const kind = value.kind ?? inherited.kind;
	if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
		return failed(
			`${where(source)}: not a Kubernetes object: it has no ${typeof kind === 'string' ? 'apiVersion' : 'kind'}.`,
		);
	}

	if (!kind.endsWith('List') || !Array.isArray(value.items)) {
		return ok([{...value, apiVersion, kind}]);
	}

	const items: JsonObject[] = [];
	const itemKind = kind === 'List' ? {} : {apiVersion, kind: kind.slice(0, -4)};
	for (const item of value.items as readonly unknown[]) {
		const result = expand(item, source, itemKind);
		if (!result.isOk) {
			return result;
		}

		for (const object of result.value) {
			items.push(object);
		}
	}

	return ok(items);
};

const errorOf = (text: string): string => {
	try {
		JSON.parse(text);
		return '';
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
};

/**
Whether a beginning of a JSON text is wrong, and not only cut off.
*/
const isWrongBeginning = (text: string): boolean => {
	const message = errorOf(text);
	const position = /at position (?<position>\d+)/v.exec(message)?.groups
		?.position;
	return (
		message !== '' &&
		!/^Un(?:expected end|terminated)/v.test(message) &&
		(position === undefined || Number(position) < text.length)
	);
};

/**
The line at which a text stops being JSON; Node's own messages mostly leave it out. Halves the text until the line is found.
*/
const lineOfProblem = (text: string): number => {
	const ends = text
		.matchAll(/\n/gv)
		.map(({index}) => index)
		.toArray();
	let low = 0;
	let high = ends.length;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (isWrongBeginning(text.slice(0, ends[middle]))) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}

	return low + 1;
};

/**
Reads JSON fast; whatever is no JSON goes to the YAML reader, which knows lines.
*/
const parseJson = (text: string): unknown => {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
};

const jsonProblem = (text: string, name: string): string => {
	// The rest of the message quotes the file.
	const [what = ''] = errorOf(text).split(/, "|, \.\.\.| \(line/v, 1);
	return `${name}:${lineOfProblem(text)}: not readable as JSON: ${what.trim()}.`;
};

const parseText = (text: string, name: string): Result<readonly Document[]> => {
	const start = text.trimStart()[0];
	if (start === '{' || start === '[') {
		const value = parseJson(text);
		if (value !== undefined) {
			const values = Array.isArray(value) ? (value as unknown[]) : [value];
			return ok(values.map((item) => ({value: item, source: {name, line: 1}})));
		}

		if (name.endsWith('.json')) {
			return failed(jsonProblem(text, name));
		}
	}

	const lineCounter = new LineCounter();
	const documents: Document[] = [];
	for (const document of parseAllDocuments(text, {
		lineCounter,
		prettyErrors: false,
	})) {
		const {line} = lineCounter.linePos(document.range?.[0] ?? 0);
		const [problem] = document.errors;
		if (problem) {
			return failed(
				`${name}:${lineCounter.linePos(problem.pos[0]).line}: not readable as YAML: ${problem.message}.`,
			);
		}

		const first = document.contents?.range?.[0];
		let value: unknown;
		try {
			value = document.toJS({maxAliasCount: 1000});
		} catch (error) {
			return failed(
				`${name}:${line}: not readable as YAML: ${error instanceof Error ? error.message : String(error)}.`,
			);
		}

		// A document with nothing in it, as between two separators.
		if (value === undefined || value === null) {
			continue;
		}

		documents.push({
			value,
			source: {
				name,
				line: first === undefined ? line : lineCounter.linePos(first).line,
			},
		});
	}

	return ok(documents);
};

/**
The objects in a text of YAML documents or JSON.
*/
export const parseSavedObjects = (
	text: string,
	name: string,
): Result<readonly JsonObject[]> => {
	const documents = parseText(text, name);
	if (!documents.isOk) {
		return documents;
	}

	const objects: JsonObject[] = [];
	for (const {value, source} of documents.value) {
		const result = expand(value, source);
		if (!result.isOk) {
			return result;
		}

		for (const object of result.value) {
			objects.push(object);
		}
	}

	return ok(objects);
};

/**
Reads saved objects from a file, a directory (its `.yaml`, `.yml` and `.json` files, by name) or stdin (`-`). Lists are taken
apart. What cannot be read is told with file and line.
*/
export const readSavedObjects = async (
	place: string,
	options: SavedObjectsOptions,
): Promise<Result<readonly JsonObject[]>> => {
	let texts;
	try {
		texts = await readSavedTexts(place, options);
	} catch (error) {
		return failed(`Cannot read ${place}: ${reasonOf(error)}.`);
	}

	if (texts.length === 0) {
		return failed(
			`${place} holds no .yaml, .yml or .json file: name a file, or add -R to look into its directories.`,
		);
	}

	const objects: JsonObject[] = [];
	for (const {name, text} of texts) {
		const result = parseSavedObjects(text, name);
		if (!result.isOk) {
			return result;
		}

		for (const object of result.value) {
			objects.push(object);
		}
	}

	return ok(objects);
};
