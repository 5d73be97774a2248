import {type Buffer} from 'node:buffer';
import {type AnyObject} from '../core/model.js';
import {ProblemError} from './errors.js';

/**
A watch event, decoded.
*/
export type WatchEvent =
	| {readonly type: 'upsert' | 'remove'; readonly object: AnyObject}
	| {
			readonly type: 'bookmark';
			readonly resourceVersion: string;
			/**
			Everything that existed when the watch began has been sent.
			*/
			readonly isInitialEnd: boolean;
	  }
	| {
			readonly type: 'error';
			readonly code: number;
			readonly reason: string;
			readonly message: string;
	  };

/**
Bytes of a watch in, events out.
*/
export type WatchDecoder = {
	feed(chunk: Buffer): void;
	/**
	The next whole event; absent when more bytes are needed.

	@throws an error when the bytes are no watch.
	*/
	next(): WatchEvent | undefined;
};

export type PageInfo = {
	readonly resourceVersion: string;
	/**
	Empty on the last page.
	*/
	readonly continueToken: string;
	readonly remaining: number | undefined;
};

/**
Bytes of one page of a list in, objects out.
*/
export type PageDecoder = {
	feed(chunk: Buffer): void;
	/**
	The next whole object; absent when more bytes are needed or none is left.

	@throws an error when the bytes are no list.
	*/
	next(): AnyObject | undefined;
	/**
	The bytes are complete; more objects may be there to take.

	@throws an error when they are not.
	*/
	finish(): void;
	/**
	What the page says of itself, as soon as it is known.
	*/
	info(): PageInfo | undefined;
};

/**
Runs a step of a decoder; bytes that are not what they should be become a problem, told as one of `what`.
*/
export const decodeOrFail = <T>(what: string, step: () => T): T => {
	try {
		return step();
	} catch (error) {
		throw new ProblemError({
			kind: 'garbage',
			message: `${what} cannot be read: ${(error as Error).message}.`,
		});
	}
};
