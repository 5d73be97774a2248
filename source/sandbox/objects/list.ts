import {type Api} from '../api.js';
import {
	badRequest,
	expired,
	revisionTooLarge,
	type Failure,
	isFailure,
} from '../http/status.js';
import {type Kind} from '../kinds/kind.js';
import {type Entry} from '../storage/entry.js';
import {decodeContinue, encodeContinue} from './continue-token.js';
import {checkListOptions} from './list-options.js';
import {readSelection, selects} from './selection.js';

const readRevision = (text: string): number | Failure =>
	/^\d+$/v.test(text)
		? Number(text)
		: badRequest(
				`invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
			);

const keyOf = ({namespace, name}: Entry): string => `${namespace}/${name}`;

/**
The entries of a resource as they were at a revision: the present ones, corrected by what has changed since.
*/
function* entriesAt(
	api: Api,
	kind: Kind,
	namespace: string | undefined,
	after: string,
	differences: Map<string, Entry | undefined>,
): Generator<Entry, void> {
	const earlier = [...differences]
		.filter(
			([key, entry]) =>
				entry !== undefined &&
				(namespace === undefined || entry.namespace === namespace) &&
				(after === '' || key > after),
		)
		.toSorted(([left], [right]) => (left < right ? -1 : 1));
	let next = 0;
	for (const entry of api.storage
		.collection(kind.resource)
		.list(namespace, after)) {
		const key = keyOf(entry);
		while (next < earlier.length && earlier[next]![0] < key) {
			yield earlier[next++]![1]!;
		}

		if (differences.has(key)) {
			if (next < earlier.length && earlier[next]![0] === key) {
				yield earlier[next++]![1]!;
			}

			continue;
		}

		yield entry;
	}

	while (next < earlier.length) {
		yield earlier[next++]![1]!;
	}
}

/**
A page of a list. `continueToken` is empty on the last one; `remaining` is unknown when a selector is in force.
*/
export type Page = {
	readonly entries: readonly Entry[];
	readonly revision: number;
	readonly continueToken: string;
	readonly remaining: number | undefined;
};

const expiredContinue = (start: string, seen: number): Failure => ({
	...expired(
		'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
	),
	continueToken: encodeContinue({rv: -1, start, seen}),
});

type Position = {
	readonly revision: number;
	readonly after: string;
	readonly seen: number;
	readonly differences: Map<string, Entry | undefined>;
};

const nowhere = new Map<string, Entry | undefined>();

const readContinue = (
	api: Api,
	kind: Kind,
	token: string,
	resourceVersion: string,
): Position | Failure => {
	const decoded = decodeContinue(token);
	if (typeof decoded === 'string') {
		return badRequest(
			`invalid continue token: continue key is not valid: ${decoded}`,
		);
	}

	if (resourceVersion !== '' && resourceVersion !== '0') {
		return badRequest(
			'specifying resource version is not allowed when using continue',
		);
	}

	if (decoded.rv < 0) {
		return {
			revision: api.storage.revision,
			after: decoded.start,
			seen: decoded.seen,
			differences: nowhere,
		};
	}

	const differences = api.storage.differencesAt(kind.resource, decoded.rv);
	return differences
		? {
				revision: decoded.rv,
				after: decoded.start,
				seen: decoded.seen,
				differences,
			}
		: expiredContinue(decoded.start, decoded.seen);
};

const readPosition = (
	api: Api,
	kind: Kind,
	query: URLSearchParams,
): Position | Failure => {
	const token = query.get('continue') ?? '';
	const text = query.get('resourceVersion') ?? '';
	const match = query.get('resourceVersionMatch') ?? '';
	if (token !== '') {
		return readContinue(api, kind, token, text);
	}

	const now = {
		revision: api.storage.revision,
		after: '',
		seen: 0,
		differences: nowhere,
	};
	if (text === '' || text === '0') {
		return now;
	}

	const asked = readRevision(text);
	if (isFailure(asked)) {
		return asked;
	}

	if (asked > api.storage.revision) {
		return revisionTooLarge(asked, api.storage.revision);
	}

	const isExact =
		match === 'Exact' || (match === '' && (query.get('limit') ?? '0') !== '0');
	if (!isExact) {
		return now;
	}

	const differences = api.storage.differencesAt(kind.resource, asked);
	return differences
		? {revision: asked, after: '', seen: 0, differences}
		: expired('The resourceVersion for the provided list is too old.');
};

/**
LIST: the entries a query asks for, page by page of one moment when it sets a limit.
*/
export const listEntries = (
	api: Api,
	kind: Kind,
	namespace: string | undefined,
	query: URLSearchParams,
): Page | Failure => {
	const wrong = checkListOptions(query, false);
	if (wrong) {
		return wrong;
	}

	const selection = readSelection(kind, query);
	if (isFailure(selection)) {
		return selection;
	}

	const limit = Number(query.get('limit') ?? 0);
	const position = readPosition(api, kind, query);
	if (isFailure(position)) {
		return position;
	}

	const {revision, after, differences, seen} = position;
	const collection = api.storage.collection(kind.resource);
	const isSelecting = selection.labels.length + selection.fields.length > 0;
	const source =
		differences.size === 0
			? collection.list(namespace, after)
			: entriesAt(api, kind, namespace, after, differences);
	const entries: Entry[] = [];
	for (const entry of source) {
		if (isSelecting && !selects(selection, entry)) {
			continue;
		}

		if (limit > 0 && entries.length === limit) {
			return {
				entries,
				revision,
				continueToken: encodeContinue({
					rv: revision,
					start: keyOf(entries.at(-1)!),
					seen: seen + entries.length,
				}),
				remaining: isSelecting
					? undefined
					: Math.max(
							1,
							(namespace === undefined
								? collection.size
								: collection.count(namespace)) -
								seen -
								entries.length,
						),
			};
		}

		entries.push(entry);
	}

	return {entries, revision, continueToken: '', remaining: undefined};
};
