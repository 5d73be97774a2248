import {type Resource} from '../core/generations/generation.js';
import {type AnyObject} from '../core/model.js';
import {type Codec} from './codec.js';
import {decodeOrFail, type PageDecoder, type PageInfo} from './decoders.js';
import {type Outcome, ProblemError, succeed} from './errors.js';
import {type Selection, selectionPath} from './resource-path.js';
import {createTimeSlice} from './time-slice.js';
import {type Transport, type TransportStream} from './transport.js';

export type ListOptions = {
	readonly transport: Transport;
	readonly resource: Resource;
	readonly selection: Selection;
	readonly codec: Codec;
	readonly signal: AbortSignal;
	readonly isAttended?: (() => boolean) | undefined;
	/**
	Objects per page; 0: all at once.

	@default 500
	*/
	readonly limit?: number;
	/**
	Called for each object as it arrives.
	*/
	onObject(object: AnyObject): void;
	/**
	Called after each page, with how many objects the server says there are in all.
	*/
	onPage?(total: number | undefined): void;
};

const defaultLimit = 500;
const bigPage = 4_194_304;
const smallestLimit = 50;

/**
Lists a collection page by page and hands the objects on while the rest still arrives; the next page is asked for before the last one is
read. Returns the resourceVersion of the list.

A page token that has expired is a problem of kind `gone`: begin again.
*/
export const listPages = async (
	options: ListOptions,
): Promise<Outcome<string>> => {
	const {transport, codec, signal} = options;
	const slice = createTimeSlice(options.isAttended);
	let limit = options.limit ?? defaultLimit;
	let seen = 0;
	const ask = async (
		continueToken: string,
	): Promise<Outcome<TransportStream>> =>
		transport.stream({
			path: selectionPath(options.resource, options.selection, {
				limit: limit === 0 ? undefined : String(limit),
				continue: continueToken,
			}),
			accept: codec.accept('list'),
			signal,
			retries: 0,
		});

	let next: Promise<Outcome<TransportStream>> | undefined;
	const askAhead = (info: PageInfo | undefined): void => {
		if (info !== undefined && info.continueToken !== '') {
			next ??= ask(info.continueToken);
		}
	};

	const what = `The list of ${options.resource.plural} from ${transport.server}`;
	const takeFrom = (decoder: PageDecoder) =>
		decodeOrFail(what, () => decoder.next());

	const drain = async (decoder: PageDecoder): Promise<void> => {
		for (
			let object = takeFrom(decoder);
			object !== undefined;
			object = takeFrom(decoder)
		) {
			seen++;
			options.onObject(object);
			const pause = slice();
			if (pause) {
				await pause; // eslint-disable-line no-await-in-loop -- to let others have a turn
			}
		}
	};

	const readPage = async (
		page: TransportStream,
	): Promise<PageInfo | undefined> => {
		const decoder = codec.createPageDecoder(page.contentType);
		let bytes = 0;
		for await (const chunks of page.body) {
			for (const chunk of chunks) {
				bytes += chunk.length;
				decoder.feed(chunk);
			}

			await drain(decoder);
			askAhead(decoder.info());
		}

		if (bytes > bigPage && limit > smallestLimit) {
			// Huge objects: smaller pages, so that none of them stalls us.
			limit = Math.max(smallestLimit, Math.floor((limit * bigPage) / bytes));
		}

		decodeOrFail(what, () => {
			decoder.finish();
		});
		const info = decoder.info();
		askAhead(info);
		await drain(decoder);
		return info;
	};

	try {
		let page = await ask('');
		for (;;) {
			if (!page.ok) {
				return page;
			}

			// eslint-disable-next-line no-await-in-loop -- one page after the other
			const info = await readPage(page.value);
			options.onPage?.(
				info?.remaining === undefined ? undefined : seen + info.remaining,
			);
			if (next === undefined) {
				return succeed(info?.resourceVersion ?? '');
			}

			// eslint-disable-next-line no-await-in-loop
			page = await next;
			next = undefined;
		}
	} catch (error) {
		if (error instanceof ProblemError) {
			return {ok: false, problem: error.problem};
		}

		throw error;
	} finally {
		void next?.then((page) => {
			if (page.ok) {
				page.value.close();
			}
		});
	}
};
