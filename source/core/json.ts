/**
Any JSON value, as read from or written to an API server.
*/
export type Json =
	string | number | boolean | typeof absent | readonly Json[] | JsonObject;

export type JsonObject = {readonly [key: string]: Json | undefined};

/**
The one `null`: in a merge patch it deletes a key, in an object read from outside it stands for "nothing".
*/

export const absent = null;

export const isJsonObject = (value: unknown): value is JsonObject =>
	typeof value === 'object' && value !== absent && !Array.isArray(value);
