import {Buffer} from 'node:buffer';
import {type ApiObject, type Tree} from '../value.js';

const opening = '{'.codePointAt(0)!;

/**
The object without apiVersion and kind, as JSON bytes.
*/
export const encodeBody = (object: ApiObject): Buffer => {
	const {apiVersion, kind, metadata, ...rest} = object;
	const text = JSON.stringify({metadata, ...rest});
	// Buffer.from takes half as much again of a long text, and these bytes are kept.
	const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
	bytes.write(text);
	return bytes;
};

export const decodeBody = (bytes: Buffer): ApiObject =>
	// Only this server writes these bytes, from checked objects.
	JSON.parse(bytes.toString()) as ApiObject;

/**
The bytes as one object of this apiVersion and kind.
*/
export const decodeAs = (
	bytes: Buffer,
	apiVersion: string,
	kind: string,
): ApiObject =>
	({apiVersion, kind, ...(decodeBody(bytes) as Tree)}) as ApiObject;

/**
What comes before a body to make it a whole object; the body's own brace is dropped.
*/
export const head = (apiVersion: string, kind: string): Buffer =>
	Buffer.from(
		`{"kind":${JSON.stringify(kind)},"apiVersion":${JSON.stringify(apiVersion)},`,
	);

export const withoutBrace = (bytes: Buffer): Buffer => {
	if (bytes[0] !== opening) {
		throw new Error('Stored bytes do not begin with a brace.');
	}

	return bytes.subarray(1);
};
