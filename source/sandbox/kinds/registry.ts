import {apiVersionOf, type Kind} from './kind.js';

export type Registry = ReturnType<typeof createRegistry>;

/**
What one server serves: the built-in kinds and those of its CustomResourceDefinitions. `version` grows with every change.
*/
export const createRegistry = (builtin: readonly Kind[]) => {
	const byPath = new Map<string, Kind>();
	const byKind = new Map<string, Kind>();
	let version = 0;

	const index = (kind: Kind): void => {
		const groupVersion = apiVersionOf(kind);
		byPath.set(`${groupVersion}/${kind.plural}`, kind);
		byKind.set(`${groupVersion}/${kind.kind}`, kind);
	};

	for (const kind of builtin) {
		index(kind);
	}

	return {
		get version(): number {
			return version;
		},
		all: (): Iterable<Kind> => byPath.values(),
		find: (group: string, kindVersion: string, plural: string) =>
			byPath.get(`${apiVersionOf({group, version: kindVersion})}/${plural}`),
		findByKind: (apiVersion: string, kind: string) =>
			byKind.get(`${apiVersion}/${kind}`),
		/**
		Any served version of a resource.
		*/
		findResource(group: string, plural: string): Kind | undefined {
			for (const kind of byPath.values()) {
				if (kind.group === group && kind.plural === plural) {
					return kind;
				}
			}

			return undefined;
		},
		hasGroup(group: string): boolean {
			for (const kind of byPath.values()) {
				if (kind.group === group) {
					return true;
				}
			}

			return false;
		},
		hasGroupVersion(groupVersion: string): boolean {
			for (const kind of byPath.values()) {
				if (apiVersionOf(kind) === groupVersion) {
					return true;
				}
			}

			return false;
		},
		/**
		Replaces all versions of a resource; none removes it.
		*/
		replace(resource: string, kinds: readonly Kind[]): void {
			for (const [path, kind] of byPath) {
				if (kind.resource !== resource) {
					continue;
				}

				byPath.delete(path);
				byKind.delete(`${apiVersionOf(kind)}/${kind.kind}`);
			}

			for (const kind of kinds) {
				index(kind);
			}

			version++;
		},
	};
};
