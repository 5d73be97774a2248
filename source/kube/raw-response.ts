import {Buffer} from 'node:buffer';

/**
An answer whose body is still on its way.
*/
export type RawResponse = {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	/**
	What has arrived since it was last asked. Leaving it before its end aborts the request.
	*/
	readonly body: AsyncIterable<readonly Buffer[]>;
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
	for await (const arrived of response.body) {
		for (const chunk of arrived) {
			size += chunk.length;
		}

		if (size > limit) {
			return undefined;
		}

		chunks.push(...arrived);
	}

	return Buffer.concat(chunks, size);
};
