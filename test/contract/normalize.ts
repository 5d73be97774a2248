/**
Takes out of answers what differs between two runs of the same server: uids, resourceVersions, times, generated names, tokens. What stays
comparable is their identity: the same uid gets the same number.
*/
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/v;
const uid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gv;

const volatileHeaders = new Set(['warning', 'content-type', 'retry-after']);

type Names = Map<string, string>;

const numbered = (names: Names, prefix: string, value: string): string => {
	let name = names.get(value);
	if (name === undefined) {
		name = `<${prefix}${[...names.values()].filter((known) => known.startsWith(`<${prefix}`)).length + 1}>`;
		names.set(value, name);
	}

	return name;
};

const identifying = new Set(['resourceVersion', 'continue']);

export const createNormalizer = () => {
	const names: Names = new Map();
	const versions: Names = new Map();
	const generated: Names = new Map();

	const text = (value: string): string => {
		let result = value;
		for (const [name, stand] of generated) {
			result = result.replaceAll(name, stand);
		}

		return (
			result
				// Go prints a diff of its internal structs behind some errors: their layout is nobody's interface.
				.replace(/\n@@[\s\S]*$/v, '')
				// In documents that are shown as text.
				.replaceAll(/(?<=resourceVersion\\*":\\*")\d+/gv, '<version>')
				.replaceAll(/(?<=":\\*")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/gv, '<time>')
				.replaceAll(
					/(?<=(?:Timestamp|time): ")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/gv,
					'<time>',
				)
				.replaceAll(/(?<=resourceVersion: ")\d+/gv, '<version>')
				// The prefix of the keys in etcd is a flag of the server.
				.replaceAll(/(?<=Key: \/)[^\/]+/gv, '<prefix>')
				.replaceAll(
					/(?<=does not match the ResourceVersion in record \()\d+/gv,
					'<version>',
				)
				.replaceAll(uid, (found) => numbered(names, 'uid', found))
				.replaceAll(/127\.0\.0\.1:\d+/gv, '<address>')
				// Types of validation rules are named after the time.
				.replaceAll(/\bselfType\d+(?:\.[\w.@]+)?/gv, '<self>')
				.replaceAll(/(?<=resource version: )\d+(?: \(\d+\))?/giv, '<version>')
				.replaceAll(/(?<=current: )\d+/gv, '<version>')
				.replaceAll(/(?<=in precondition: |in object meta: )\d+/gv, '<version>')
		);
	};

	const visit = (value: unknown, key: string, isList: boolean): unknown => {
		if (Array.isArray(value)) {
			return value.map((item) => visit(item, key, false));
		}

		if (typeof value === 'object' && value !== null) {
			return Object.fromEntries(
				Object.entries(value)
					.toSorted(([left], [right]) => (left < right ? -1 : 1))
					.map(([name, item]) => [
						name,
						visit(item, name, isList && name === 'metadata'),
					]),
			);
		}

		if (typeof value !== 'string') {
			return value;
		}

		if (
			identifying.has(key) &&
			value !== '' &&
			(key === 'continue' || /^\d+$/v.test(value))
		) {
			return isList || key === 'continue'
				? `<${key}>`
				: numbered(versions, 'rv', value);
		}

		return time.test(value) ? '<time>' : text(value);
	};

	return {
		/**
		A name the server made up; it is replaced wherever it appears.
		*/
		learnGenerated(name: string): void {
			numbered(generated, 'generated', name);
		},
		body(value: unknown): unknown {
			const isList =
				typeof value === 'object' && value !== null && 'items' in value;
			if (isList) {
				const {metadata, ...rest} = value as {
					metadata?: {resourceVersion?: string};
				};
				return {
					...(visit(rest, '', false) as object),
					metadata: visit(
						{
							...metadata,
							...(metadata?.resourceVersion !== undefined &&
								metadata.resourceVersion !== '' && {resourceVersion: '<list>'}),
						},
						'',
						false,
					),
				};
			}

			return visit(value, '', false);
		},
		text,
		headers: (
			headers: Readonly<Record<string, string | string[] | undefined>>,
		) =>
			Object.fromEntries(
				Object.entries(headers)
					.filter(([name]) => volatileHeaders.has(name))
					.filter(
						([name, value]) =>
							name !== 'content-type' || value !== 'application/json',
					)
					.map(([name, value]) => [name, text(String(value))]),
			),
	};
};

export type Normalizer = ReturnType<typeof createNormalizer>;
