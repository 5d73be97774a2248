/**
The target of a request, split as Go splits it: the path decoded as a whole, so that an escaped slash divides like any other.
*/
export type RequestTarget = {
	readonly path: string;
	readonly query: URLSearchParams;
};

/**
Go leaves out what it cannot read of a query, and does not divide it at semicolons.
*/
const isReadable = (pair: string): boolean =>
	!pair.includes(';') && !/%(?![\da-f]{2})/iv.test(pair);

/**
Reads the target of a request; undefined when its escapes make no text.
*/
export const readTarget = (target: string): RequestTarget | undefined => {
	const mark = target.indexOf('?');
	const path = mark === -1 ? target : target.slice(0, mark);
	const query = mark === -1 ? '' : target.slice(mark + 1);
	try {
		return {
			path: decodeURIComponent(path),
			query: new URLSearchParams(
				query
					.split('&')
					.filter((pair) => isReadable(pair))
					.join('&'),
			),
		};
	} catch {
		return undefined;
	}
};
