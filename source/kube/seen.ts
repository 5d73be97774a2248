/**
Names met in a list that is under way.
*/
export type Seen = {
	add(namespace: string, name: string): void;
	drop(namespace: string, name: string): void;
	has(namespace: string, name: string): boolean;
};

export const createSeen = (): Seen => {
	const byNamespace = new Map<string, Set<string>>();
	return {
		add(namespace, name) {
			let names = byNamespace.get(namespace);
			if (names === undefined) {
				names = new Set();
				byNamespace.set(namespace, names);
			}

			names.add(name);
		},
		drop(namespace, name) {
			byNamespace.get(namespace)?.delete(name);
		},
		has: (namespace, name) => byNamespace.get(namespace)?.has(name) === true,
	};
};
