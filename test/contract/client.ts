import {Buffer} from 'node:buffer';
import https from 'node:https';
import {type Engine} from './engine.js';
import {createNormalizer} from './normalize.js';

export type Answer = Readonly<{
	status: number;
	headers: Readonly<Record<string, string | string[] | undefined>>;
	body: any;
	text: string;
}>;

export type RequestOptions = Readonly<{
	body?: unknown;
	/**
	Sent as it is.
	*/
	raw?: string;
	contentType?: string;
	accept?: string;
	/**
	A user of the engine, `none` for no token, `wrong` for one that is not known.
	*/
	user?: string;
	headers?: Readonly<Record<string, string>>;
	/**
	Leaves the answer out of the transcript.
	*/
	isSetup?: boolean;
	/**
	Leaves it out too, whatever it is.
	*/
	isSilent?: boolean;
}>;

export type WatchOptions = Readonly<{
	/**
	Ends after so many events; the server's end is waited for when absent.
	*/
	count?: number;
	/**
	Runs once the watch is open.
	*/
	during?: () => Promise<void>;
	accept?: string;
}>;

/**
What a case does is a row of requests; what the server answered, made comparable, is its transcript.
*/
export type Client = Readonly<{
	/**
	A namespace of the case's own, already there.
	*/
	namespace: string;
	engine: Engine;
	get(path: string, options?: RequestOptions): Promise<Answer>;
	post(path: string, body: unknown, options?: RequestOptions): Promise<Answer>;
	put(path: string, body: unknown, options?: RequestOptions): Promise<Answer>;
	patch(
		path: string,
		type: 'json' | 'merge' | 'strategic' | 'apply',
		body: unknown,
		options?: RequestOptions,
	): Promise<Answer>;
	delete(
		path: string,
		body?: unknown,
		options?: RequestOptions,
	): Promise<Answer>;
	request(
		method: string,
		path: string,
		options?: RequestOptions,
	): Promise<Answer>;
	watch(path: string, options?: WatchOptions): Promise<void>;
	learnGenerated(name: string): void;
	/**
	Puts a remark of the case's own into the transcript.
	*/
	note(value: unknown): void;
	transcript: readonly unknown[];
}>;

const patchTypes = {
	json: 'application/json-patch+json',
	merge: 'application/merge-patch+json',
	strategic: 'application/strategic-merge-patch+json',
	apply: 'application/apply-patch+yaml',
} as const;

export const createClient = (
	engine: Engine,
	namespace: string,
	agent: https.Agent,
): Client => {
	const normalizer = createNormalizer();
	const transcript: unknown[] = [];

	const headersOf = (options: RequestOptions): Record<string, string> => {
		const {user, accept = 'application/json'} = options;
		const token =
			user === 'none'
				? undefined
				: user === 'wrong'
					? 'not-a-token'
					: engine.token(user);
		return {
			accept,
			'user-agent': 'contract/1.0',
			...(token !== undefined && {authorization: `Bearer ${token}`}),
			...options.headers,
		};
	};

	const send = async (
		method: string,
		path: string,
		options: RequestOptions,
	): Promise<Answer> =>
		new Promise((resolve, reject) => {
			const {body, raw, contentType = 'application/json'} = options;
			const text = raw ?? (body === undefined ? '' : JSON.stringify(body));
			const request = https.request(
				engine.url,
				{
					method,
					// As it stands: a URL would be made tidy.
					path: path.replaceAll(/[\s\P{ASCII}]/gv, encodeURIComponent),
					agent,
					ca: engine.certificateAuthority,
					headers: {
						...headersOf(options),
						...(text !== '' && {
							'content-type': contentType,
							'content-length': String(Buffer.byteLength(text)),
						}),
					},
				},
				(response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => {
						chunks.push(chunk);
					});
					response.on('end', () => {
						const answer = Buffer.concat(chunks).toString();
						let parsed: unknown;
						try {
							parsed = JSON.parse(answer);
						} catch {
							parsed = answer;
						}

						resolve({
							status: response.statusCode ?? 0,
							headers: response.headers,
							body: parsed,
							text: answer,
						});
					});
				},
			);
			request.on('error', reject);
			request.end(text);
		});

	const request: Client['request'] = async (method, path, options = {}) => {
		const answer = await send(method, path, options);
		if (options.isSetup) {
			if (answer.status >= 300) {
				throw new Error(`Setup: ${method} ${path}: ${answer.text}`);
			}

			return answer;
		}

		if (options.isSilent) {
			return answer;
		}

		const headers = normalizer.headers(answer.headers);
		transcript.push({
			request: normalizer.text(
				`${method} ${path.replace(/continue=[^&]+/v, 'continue=<continue>').replaceAll(/resourceVersion=\d{2,}/gv, 'resourceVersion=<version>')}`,
			),
			status: answer.status,
			...(Object.keys(headers).length > 0 && {headers}),
			body: normalizer.body(answer.body),
		});
		return answer;
	};

	return {
		namespace,
		engine,
		transcript,
		request,
		get: async (path, options) => request('GET', path, options),
		post: async (path, body, options) =>
			request('POST', path, {...options, body}),
		put: async (path, body, options) =>
			request('PUT', path, {...options, body}),
		patch: async (path, type, body, options) =>
			request('PATCH', path, {
				...options,
				contentType: patchTypes[type],
				...(typeof body === 'string' ? {raw: body} : {body}),
			}),
		delete: async (path, body, options) =>
			request('DELETE', path, {
				...options,
				...(body !== undefined && {body}),
			}),
		async watch(path, {count, during, accept = 'application/json'} = {}) {
			const events: unknown[] = [];
			await new Promise<void>((resolve, reject) => {
				const watching = https.request(
					`${engine.url}${path}`,
					{
						agent: false,
						ca: engine.certificateAuthority,
						headers: headersOf({accept}),
					},
					(response) => {
						let rest = '';
						const finish = (): void => {
							watching.destroy();
							resolve();
						};

						const take = (line: string): void => {
							if (line.trim() === '') {
								return;
							}

							events.push(normalizer.body(JSON.parse(line)));
							if (count !== undefined && events.length >= count) {
								finish();
							}
						};

						response.setEncoding('utf8');
						response.on('data', (chunk: string) => {
							const lines = (rest + chunk).split('\n');
							rest = lines.pop() ?? '';
							for (const line of lines) {
								if (count === undefined || events.length < count) {
									take(line);
								}
							}
						});
						response.on('end', () => {
							take(rest);
							resolve();
						});
						during?.().catch(reject);
					},
				);
				watching.on('error', (error) => {
					if (count === undefined || events.length < count) {
						reject(error);
					}
				});
				watching.end();
			});
			transcript.push({
				watch: normalizer.text(
					path.replaceAll(
						/resourceVersion=\d{2,}/gv,
						'resourceVersion=<version>',
					),
				),
				events,
			});
		},
		learnGenerated(name) {
			normalizer.learnGenerated(name);
		},
		note(value) {
			transcript.push({note: normalizer.body(value)});
		},
	};
};
