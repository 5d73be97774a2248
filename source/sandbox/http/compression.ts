import {type ServerResponse} from 'node:http';
import {type Writable} from 'node:stream';
import {constants, createGzip} from 'node:zlib';

/**
Answers of at most so many bytes are never worth it (apiserver, deferredResponseWriter).
*/
export const mostPlain = 128 * 1024;

/**
Whether a client that sends this Accept-Encoding reads gzip; one that says how much it wants it is not understood.
*/
export const readsGzip = (acceptEncoding: string): boolean =>
	acceptEncoding.split(',').some((part) => part.trim() === 'gzip');

/**
What is written to it reaches the client compressed; it closes with the response.
*/
export const compress = (response: ServerResponse): Writable => {
	response.setHeader('Content-Encoding', 'gzip');
	response.appendHeader('Vary', 'Accept-Encoding');
	const gzip = createGzip({level: constants.Z_BEST_SPEED});
	response.once('close', () => {
		gzip.destroy();
	});
	gzip.pipe(response);
	return gzip;
};
