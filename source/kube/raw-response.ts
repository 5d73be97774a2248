import {Buffer} from 'node:buffer';

/**
An answer whose body is still on its way.
*/
export type RawResponse = {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: AsyncIterable<Buffer> & {destroy(error?: Error): void};
};

export const headerOf = (response: RawResponse, name: string): string => {
	const value = response.headers[name];
	return Array.isArray(value) ? (value[0] ?? '') : (value ?? '');
};

/**
Texts of the Warning headers.
*/
export const warningsOf = (response: RawResponse): string[] =>
	[response.headers.warning ?? []].flat().map((warning) => {
		// `299 - "text"`
		const quoted = /^\d+ \S+ "(?<text>.*)"/v.exec(warning);
		return quoted?.groups?.text?.replaceAll(String.raw`\"`, '"') ?? warning;
	});

/**
Reads a body; absent when it is longer than allowed.
*/
export const readBody = async (
	response: RawResponse,
	limit: number,
): Promise<Buffer | undefined> => {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of response.body) {
		size += chunk.length;
		if (size > limit) {
			response.body.destroy();
			return undefined;
		}

		chunks.push(chunk);
	}

	return Buffer.concat(chunks, size);
};
