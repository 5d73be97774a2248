import {Buffer} from 'node:buffer';
import {sendBytes, sendJson, sendPieces} from '../http/answer.js';
import {readIncludeObject, readObjects, tableOf} from '../http/table.js';
import {type Form, readForm} from '../http/media-type.js';
import {isFailure} from '../http/status.js';
import {type LineFormat} from '../http/watch.js';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {type Page} from '../objects/list.js';
import {readEntry} from '../objects/target.js';
import {head, withoutBrace} from '../storage/encoding.js';
import {type Entry} from '../storage/entry.js';
import {type ApiObject, type Tree} from '../value.js';
import {type ResourceRequest} from './resource-request.js';

const onlyMetadata = (
	{metadata}: ApiObject,
	version: string,
	withType = true,
): Tree => ({
	...(withType && {
		kind: 'PartialObjectMetadata',
		apiVersion: `meta.k8s.io/${version}`,
	}),
	metadata,
});

const formOf = ({accept}: ResourceRequest, isList = false): Form => {
	const form = readForm(accept, isList);
	return isFailure(form) ? {form: 'object', encoding: 'json'} : form;
};

/**
Sends one object in the form that was asked for.
*/
export const sendObject = (
	request: ResourceRequest,
	code: number,
	object: ApiObject,
): void => {
	const {answer, api, kind, query} = request;
	const form = formOf(request);
	switch (form.form) {
		case 'object': {
			sendJson(answer, code, object);
			return;
		}

		case 'metadata': {
			sendJson(answer, code, onlyMetadata(object, form.version));
			return;
		}

		case 'table': {
			sendJson(
				answer,
				code,
				tableOf(
					[object],
					{resourceVersion: object.metadata.resourceVersion},
					{
						kind,
						version: form.version,
						include: readIncludeObject(query),
						now: api.now(),
					},
				),
			);
		}
	}
};

const newline = Buffer.from('\n');

/**
Sends one object as it is kept: where nothing else was asked for, in the very bytes.
*/
export const sendEntry = (
	request: ResourceRequest,
	code: number,
	entry: Entry,
): void => {
	const {answer, kind} = request;
	if (
		answer.isPretty ||
		answer.encoding === 'yaml' ||
		formOf(request).form !== 'object'
	) {
		sendObject(request, code, readEntry(kind, entry));
		return;
	}

	sendBytes(
		answer,
		code,
		Buffer.concat([
			head(apiVersionOf(kind), kind.kind),
			withoutBrace(entry.bytes),
			newline,
		]),
	);
};

/**
The metadata of a page.
*/
export const listMetadata = ({
	revision,
	continueToken,
	remaining,
}: Page): Tree => ({
	resourceVersion: String(revision),
	...(continueToken !== '' && {continue: continueToken}),
	...(!(continueToken === '' || remaining === undefined) && {
		remainingItemCount: remaining,
	}),
});

const comma = Buffer.from(',');

/**
The bytes of a list: those that are stored, with only what is between them made anew.
*/
function* listPieces(kind: Kind, page: Page): Generator<Buffer, void> {
	yield Buffer.from(
		`{"kind":${JSON.stringify(kind.listKind)},"apiVersion":${JSON.stringify(apiVersionOf(kind))},"metadata":${JSON.stringify({...(kind.isCustom && {continue: ''}), ...listMetadata(page)})},"items":[`,
	);
	// Items of built-in kinds are typed by their list; custom ones say what they are.
	const itemHead = kind.isCustom
		? head(apiVersionOf(kind), kind.kind)
		: undefined;
	for (const [index, entry] of page.entries.entries()) {
		if (index > 0) {
			yield comma;
		}

		if (itemHead) {
			yield itemHead;
			yield withoutBrace(entry.bytes);
		} else {
			yield entry.bytes;
		}
	}

	yield Buffer.from(']}\n');
}

/**
Sends a page of a list in the form that was asked for.
*/
export const sendList = async (
	request: ResourceRequest,
	page: Page,
): Promise<void> => {
	const {answer, api, kind, query} = request;
	const form = formOf(request, true);
	switch (form.form) {
		case 'object': {
			if (answer.isPretty || form.encoding === 'yaml') {
				const text = Buffer.concat([...listPieces(kind, page)]).toString();
				sendJson(answer, 200, JSON.parse(text) as Tree);
				return;
			}

			await sendPieces(answer, listPieces(kind, page));
			return;
		}

		case 'metadata': {
			sendJson(answer, 200, {
				kind: 'PartialObjectMetadataList',
				apiVersion: `meta.k8s.io/${form.version}`,
				metadata: listMetadata(page),
				items: readObjects(kind, page.entries).map((object) =>
					onlyMetadata(object, form.version),
				),
			});
			return;
		}

		case 'table': {
			sendJson(
				answer,
				200,
				tableOf(readObjects(kind, page.entries), listMetadata(page), {
					kind,
					version: form.version,
					include: readIncludeObject(query),
					now: api.now(),
				}),
			);
		}
	}
};

const line = (type: string, object: Tree): Buffer =>
	Buffer.from(`${JSON.stringify({type, object})}\n`);

/**
The lines of a watch in the form that was asked for. The columns of a Table come only with its first line.
*/
export const linesOf = (
	request: ResourceRequest,
	shared: LineFormat,
): {readonly lines: LineFormat; readonly contentType: string} => {
	const {kind, api, query} = request;
	const form = formOf(request, true);
	if (form.form === 'object') {
		return {lines: shared, contentType: 'application/json'};
	}

	const bookmark = (revision: number, isEndOfInitial: boolean): Tree => ({
		metadata: {
			resourceVersion: String(revision),
			...(isEndOfInitial && {
				annotations: {'k8s.io/initial-events-end': 'true'},
			}),
		},
	});
	if (form.form === 'metadata') {
		return {
			contentType: 'application/json',
			lines: {
				line: (type, entry) =>
					line(
						type,
						onlyMetadata(readObjects(kind, [entry])[0]!, form.version),
					),
				bookmark: (revision, isEnd) =>
					line('BOOKMARK', {
						kind: 'PartialObjectMetadata',
						apiVersion: `meta.k8s.io/${form.version}`,
						...bookmark(revision, isEnd),
					}),
			},
		};
	}

	let isFirst = true;
	const table = (objects: readonly ApiObject[], revision: string): Tree => {
		const hasColumns = isFirst;
		isFirst = false;
		return tableOf(
			objects,
			{resourceVersion: revision},
			{
				kind,
				version: form.version,
				include: readIncludeObject(query),
				now: api.now(),
			},
			hasColumns,
		);
	};

	return {
		contentType: 'application/json',
		lines: {
			line: (type, entry) =>
				line(type, table(readObjects(kind, [entry]), String(entry.revision))),
			bookmark(revision, isEnd) {
				const tree = table([], String(revision));
				tree.rows = [
					{
						cells: [],
						object: {
							kind: kind.kind,
							apiVersion: apiVersionOf(kind),
							...bookmark(revision, isEnd),
						},
					},
				];
				return line('BOOKMARK', tree);
			},
		},
	};
};
