import {Buffer} from 'node:buffer';
import {type Dispatcher} from 'undici';
import {expect, test} from 'vitest';
import {sendRequest} from '../../source/kube/send-request.js';

/**
A connection whose server is played by hand.
*/
const play = (signal = new AbortController().signal) => {
	let handler: Dispatcher.DispatchHandler | undefined;
	const controller = {
		aborted: false,
		paused: false,
		reason: null as Error | null,
		abort(reason: Error) {
			controller.aborted = true;
			controller.reason = reason;
		},
		pause() {
			controller.paused = true;
		},
		resume() {
			controller.paused = false;
		},
	};
	const dispatcher = {
		dispatch(_: unknown, given: Dispatcher.DispatchHandler) {
			handler = given;
			given.onRequestStart?.(controller, undefined);
			return true;
		},
	} as unknown as Dispatcher;
	const response = sendRequest(dispatcher, {path: '/', method: 'GET', signal});
	return {
		controller,
		response,
		start(statusCode = 200) {
			handler?.onResponseStart?.(controller, statusCode, {});
		},
		push(size: number) {
			handler?.onResponseData?.(controller, Buffer.alloc(size));
		},
		end() {
			handler?.onResponseEnd?.(controller, {});
		},
		fail(error: Error) {
			handler?.onResponseError?.(controller, error);
		},
	};
};

const sizes = (chunks: readonly Buffer[]) => chunks.map(({length}) => length);

test('what has arrived meanwhile comes together', async () => {
	const server = play();
	server.start(100);
	server.start();
	server.push(1);
	server.push(2);
	const {statusCode, body} = await server.response;
	const batches: number[][] = [];
	for await (const chunks of body) {
		batches.push(sizes(chunks));
		if (batches.length === 1) {
			server.push(3);
			server.end();
		}
	}

	expect(statusCode).toBe(200);
	expect(batches).toEqual([[1, 2], [3]]);
	expect(server.controller.aborted).toBe(false);
});

test('a server that is faster than the reader waits', async () => {
	const server = play();
	server.start();
	const {body} = await server.response;
	server.push(100_000);
	expect(server.controller.paused).toBe(false);
	server.push(100_000);
	expect(server.controller.paused).toBe(true);

	const reader = body[Symbol.asyncIterator]();
	const first = await reader.next();
	expect(sizes(first.value as readonly Buffer[])).toEqual([100_000, 100_000]);
	expect(server.controller.paused).toBe(false);
});

test('a reader that waits is told of more, and of the end', async () => {
	const server = play();
	server.start();
	const {body} = await server.response;
	const reader = body[Symbol.asyncIterator]();
	const next = reader.next();
	server.push(7);
	const {value} = await next;
	expect(sizes(value as readonly Buffer[])).toEqual([7]);
	const last = reader.next();
	server.end();
	await expect(last).resolves.toMatchObject({done: true});
});

test('leaving the body before its end aborts the request', async () => {
	const server = play();
	server.start();
	server.push(1);
	const {body} = await server.response;
	const reader = body[Symbol.asyncIterator]();
	await reader.next();
	expect(server.controller.aborted).toBe(false);
	await reader.return?.();
	expect(server.controller.aborted).toBe(true);
});

test('an error before the headers is the error of the request, one after them of the body', async () => {
	const before = play();
	before.fail(new Error('refused'));
	await expect(before.response).rejects.toThrow('refused');

	const after = play();
	after.start();
	const {body} = await after.response;
	const next = body[Symbol.asyncIterator]().next();
	after.fail(new Error('cut'));
	await expect(next).rejects.toThrow('cut');
});

test('the signal ends the request and the body with its reason', async () => {
	const early = play(AbortSignal.abort(new Error('too late')));
	await expect(early.response).rejects.toThrow('too late');

	const waiting = new AbortController();
	const unanswered = play(waiting.signal);
	waiting.abort(new Error('enough'));
	await expect(unanswered.response).rejects.toThrow('enough');
	expect(unanswered.controller.reason?.message).toBe('enough');

	const reading = new AbortController();
	const server = play(reading.signal);
	server.start();
	const {body} = await server.response;
	const next = body[Symbol.asyncIterator]().next();
	reading.abort(new Error('closed'));
	await expect(next).rejects.toThrow('closed');
	expect(server.controller.aborted).toBe(true);
});
