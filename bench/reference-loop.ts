/**
The floor: what reading all pods costs a program that does nothing else. One run per process, so that its peak is its own.

Usage: node bench/reference-loop.ts drain|json|protobuf PORT, with TOKEN and CA (PEM) in the environment
Prints one line of JSON: pods, milliseconds to the first page and to the end, CPU seconds, peak RSS in MiB.
*/
import {Buffer} from 'node:buffer';
import https from 'node:https';
import process from 'node:process';

const [mode = '', port = ''] = process.argv.slice(2);
if (!['drain', 'json', 'protobuf'].includes(mode)) {
	throw new RangeError(`There is no loop "${mode}".`);
}

const agent = new https.Agent({
	keepAlive: true,
	maxSockets: 1,
	ca: process.env.CA,
});
const protobuf = 'application/vnd.kubernetes.protobuf';

const fetchPage = async (accept: string, next: string): Promise<Buffer> =>
	new Promise((resolve, reject) => {
		const url = `https://127.0.0.1:${port}/api/v1/pods?limit=500${next === '' ? '' : `&continue=${encodeURIComponent(next)}`}`;
		const headers = {authorization: `Bearer ${process.env.TOKEN}`, accept};
		const request = https.get(url, {agent, headers}, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => {
				parts.push(part);
			});
			response.once('end', () => {
				const body = Buffer.concat(parts);
				if (response.statusCode === 200) {
					resolve(body);
				} else {
					reject(new Error(body.toString()));
				}
			});
		});
		request.once('error', reject);
	});

type Small = {
	name: string;
	namespace: string;
	uid: string;
	resourceVersion: string;
	created: number;
	node: string;
	phase: string;
	reason: string;
	conditions: number;
	ready: number;
	restarts: number;
	owner: string;
	app: string;
	tolerations: string;
	affinity: string;
};

type JsonPod = {
	metadata: {
		name: string;
		namespace: string;
		uid: string;
		resourceVersion: string;
		creationTimestamp: string;
		labels?: Record<string, string>;
		ownerReferences?: Array<{kind: string; name: string}>;
	};
	spec: {nodeName?: string; tolerations?: unknown; affinity?: unknown};
	status: {
		phase?: string;
		reason?: string;
		conditions?: Array<{status: string}>;
		containerStatuses?: Array<{ready: boolean; restartCount: number}>;
	};
};

const interned = new Map<string, string>();
const intern = (text: string): string => {
	const known = interned.get(text);
	if (known !== undefined) {
		return known;
	}

	interned.set(text, text);
	return text;
};

const fromJson = ({metadata, spec, status}: JsonPod): Small => ({
	name: metadata.name,
	namespace: intern(metadata.namespace),
	uid: metadata.uid,
	resourceVersion: metadata.resourceVersion,
	created: Date.parse(metadata.creationTimestamp),
	node: intern(spec.nodeName ?? ''),
	phase: intern(status.phase ?? ''),
	reason: intern(status.reason ?? ''),
	conditions: (status.conditions ?? []).reduce(
		(bits, {status: is}, index) => bits + (is === 'True' ? 2 ** index : 0),
		0,
	),
	ready: (status.containerStatuses ?? []).filter(({ready}) => ready).length,
	restarts: (status.containerStatuses ?? []).reduce(
		(sum, {restartCount}) => sum + restartCount,
		0,
	),
	owner: intern(metadata.ownerReferences?.[0]?.name ?? ''),
	app: intern(metadata.labels?.app ?? ''),
	tolerations: intern(JSON.stringify(spec.tolerations ?? [])),
	affinity: intern(JSON.stringify(spec.affinity ?? {})),
});

// A walk over the wire format that reads a dozen fields and steps over everything else.
let bytes: Buffer = Buffer.alloc(0);
let at = 0;

const readVarint = (): number => {
	let value = 0;
	let factor = 1;
	for (;;) {
		const byte = bytes[at++]!;
		value += (byte % 128) * factor;
		if (byte < 128) {
			return value;
		}

		factor *= 128;
	}
};

const walk = (
	end: number,
	visit: (field: number, stop: number, value: number) => void,
): void => {
	while (at < end) {
		const tag = readVarint();
		const kind = tag % 8;
		if (kind === 0) {
			visit(Math.floor(tag / 8), at, readVarint());
		} else {
			const length = kind === 2 ? readVarint() : kind === 1 ? 8 : 4;
			const stop = at + length;
			visit(Math.floor(tag / 8), stop, 0);
			at = stop;
		}
	}
};

const text = (stop: number): string => bytes.toString('latin1', at, stop);

const readPod = (end: number): Small => {
	const small: Small = {
		name: '',
		namespace: '',
		uid: '',
		resourceVersion: '',
		created: 0,
		node: '',
		phase: '',
		reason: '',
		conditions: 0,
		ready: 0,
		restarts: 0,
		owner: '',
		app: '',
		tolerations: '',
		affinity: '',
	};
	walk(end, (part, partEnd) => {
		switch (part) {
			case 1: {
				walk(partEnd, (field, stop) => {
					switch (field) {
						case 1: {
							small.name = text(stop);

							break;
						}

						case 3: {
							small.namespace = intern(text(stop));

							break;
						}

						case 5: {
							small.uid = text(stop);

							break;
						}

						case 6: {
							small.resourceVersion = text(stop);

							break;
						}

						case 8: {
							walk(stop, (_, __, seconds) => {
								small.created = seconds * 1000;
							});

							break;
						}

						case 11: {
							let key = '';
							walk(stop, (entry, entryEnd) => {
								if (entry === 1) {
									key = text(entryEnd);
								} else if (key === 'app') {
									small.app = intern(text(entryEnd));
								}
							});

							break;
						}

						case 13: {
							walk(stop, (entry, entryEnd) => {
								if (entry === 3) {
									small.owner = intern(text(entryEnd));
								}
							});

							break;
						}
						// No default
					}
				});

				break;
			}

			case 2: {
				walk(partEnd, (field, stop) => {
					switch (field) {
						case 10: {
							small.node = intern(text(stop));

							break;
						}

						case 18: {
							small.affinity = intern(text(stop));

							break;
						}

						case 22: {
							small.tolerations = intern(small.tolerations + text(stop));

							break;
						}
						// No default
					}
				});

				break;
			}

			case 3: {
				let position = 1;
				walk(partEnd, (field, stop) => {
					switch (field) {
						case 1: {
							small.phase = intern(text(stop));

							break;
						}

						case 4: {
							small.reason = intern(text(stop));

							break;
						}

						case 2: {
							walk(stop, (entry, entryEnd) => {
								if (entry === 2 && text(entryEnd) === 'True') {
									small.conditions += position;
								}
							});
							position *= 2;

							break;
						}

						case 8: {
							walk(stop, (entry, _, value) => {
								if (entry === 4) {
									small.ready += value;
								} else if (entry === 5) {
									small.restarts += value;
								}
							});

							break;
						}
						// No default
					}
				});

				break;
			}
			// No default
		}
	});
	return small;
};

// `k8s\0`, then an envelope whose field 2 is the list: its metadata is field 1, its items are field 2.
const readList = (body: Buffer, keep: (end: number) => void): string => {
	bytes = body;
	at = 4;
	let next = '';
	walk(body.length, (field, stop) => {
		if (field === 2) {
			walk(stop, (part, end) => {
				if (part === 2) {
					keep(end);
				} else if (part === 1) {
					walk(end, (entry, entryEnd) => {
						if (entry === 3) {
							next = text(entryEnd);
						}
					});
				}
			});
		}
	});
	return next;
};

const kept: Small[] = [];
let count = 0;

const readers: Record<string, (body: Buffer) => string> = {
	// Only the token of the next page is looked for.
	drain: (body) =>
		readList(body, () => {
			count++;
		}),
	protobuf: (body) =>
		readList(body, (end) => {
			kept.push(readPod(end));
			count++;
		}),
	json(body) {
		const {metadata, items} = JSON.parse(body.toString()) as {
			metadata: {continue?: string};
			items: JsonPod[];
		};
		for (const item of items) {
			kept.push(fromJson(item));
			count++;
		}

		return metadata.continue ?? '';
	},
};

const read = readers[mode]!;
const started = performance.now();
let first = 0;
let next = '';
do {
	const body = await fetchPage(
		mode === 'json' ? 'application/json' : protobuf,
		next,
	);
	next = read(body);
	first ||= performance.now() - started;
} while (next !== '');

const wall = performance.now() - started;
const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage();
process.stdout.write(
	`${JSON.stringify({pods: count, kept: kept.length, first, wall, cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS / 1024})}\n`,
);
agent.destroy();
