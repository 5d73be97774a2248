import {Buffer} from 'node:buffer';
import {type ServerResponse} from 'node:http';
import {type Writable} from 'node:stream';
import {type Value} from '../value.js';
import {compress, mostPlain} from './compression.js';
import {type Encoding} from './encoding.js';
import {type Failure, statusOf} from './status.js';
import {writeYaml} from './yaml.js';

const warningHeader = (text: string): string =>
	`299 - "${text.replaceAll(/["\\]/gv, String.raw`\$&`).replaceAll('\n', ' ')}"`;

/**
Writes one answer and nothing after it.
*/
export type Answer = {
	readonly response: ServerResponse;
	readonly warnings: readonly string[];
	/**
	Whether the client asked for indented JSON.
	*/
	readonly isPretty: boolean;
	/**
	@default 'json'
	*/
	readonly encoding?: Encoding;
	/**
	Whether long answers may be compressed.
	*/
	readonly hasGzip?: boolean;
};

const writeHead = (
	{response, warnings}: Answer,
	code: number,
	contentType: string,
	length?: number,
): void => {
	response.statusCode = code;
	response.setHeader('Content-Type', contentType);
	response.setHeader('Cache-Control', 'no-cache, private');
	if (warnings.length > 0) {
		response.setHeader(
			'Warning',
			[...new Set(warnings)].map((warning) => warningHeader(warning)),
		);
	}

	if (length !== undefined) {
		response.setHeader('Content-Length', length);
	}
};

export const sendBytes = (
	answer: Answer,
	code: number,
	bytes: Buffer,
	contentType = 'application/json',
): void => {
	if (answer.hasGzip && bytes.length > mostPlain) {
		writeHead(answer, code, contentType);
		compress(answer.response).end(bytes);
		return;
	}

	writeHead(answer, code, contentType, bytes.length);
	answer.response.end(bytes);
};

export const sendJson = (
	answer: Answer,
	code: number,
	value: Value,
	contentType = 'application/json',
): void => {
	if (answer.encoding === 'yaml') {
		sendBytes(answer, code, Buffer.from(writeYaml(value)), 'application/yaml');
		return;
	}

	const text = answer.isPretty
		? JSON.stringify(value, undefined, 2)
		: `${JSON.stringify(value)}\n`;
	sendBytes(answer, code, Buffer.from(text), contentType);
};

/**
What the API server always writes for people to read.
*/
export const sendIndented = (answer: Answer, value: Value): void => {
	sendJson({...answer, isPretty: true, encoding: 'json'}, 200, value);
};

export const sendFailure = (answer: Answer, failure: Failure): void => {
	if (failure.retryAfterSeconds !== undefined) {
		answer.response.setHeader('Retry-After', failure.retryAfterSeconds);
	}

	sendJson(answer, failure.code, statusOf(failure));
};

/**
Says nothing but the code.
*/
export const sendNothing = (answer: Answer, code: number): void => {
	answer.response.statusCode = code;
	answer.response.setHeader('Content-Length', 0);
	answer.response.end();
};

/**
Text for people; `isPlain` leaves out the word that it is nothing else, as single health checks do.
*/
export const sendText = (
	answer: Answer,
	code: number,
	text: string,
	isPlain = false,
): void => {
	if (!isPlain) {
		answer.response.setHeader('X-Content-Type-Options', 'nosniff');
	}

	writeHead(answer, code, 'text/plain; charset=utf-8', Buffer.byteLength(text));
	answer.response.end(text);
};

/**
Sends bytes piece by piece, waiting whenever the client does not keep up.
*/
export const sendPieces = async (
	answer: Answer,
	pieces: Iterable<Buffer>,
): Promise<void> => {
	const {response} = answer;
	writeHead(answer, 200, 'application/json');
	let sink: Writable = response;
	let batch: Buffer[] = [];
	let size = 0;
	const flush = async (): Promise<void> => {
		if (answer.hasGzip && sink === response) {
			sink = compress(response);
		}

		const bytes = Buffer.concat(batch);
		batch = [];
		size = 0;
		if (!sink.write(bytes) && !sink.destroyed) {
			await new Promise<void>((resolve) => {
				const done = () => {
					sink.off('drain', done);
					sink.off('close', done);
					resolve();
				};

				sink.once('drain', done);
				sink.once('close', done);
			});
		}
	};

	for (const piece of pieces) {
		batch.push(piece);
		size += piece.length;
		if (!(size > mostPlain)) {
			continue;
		}

		await flush(); // eslint-disable-line no-await-in-loop -- the next pieces wait for these
		if (sink.destroyed) {
			return;
		}
	}

	sink.end(Buffer.concat(batch));
};
