import {compareFindings, rank} from './diagnose.js';
import {type Finding, type Severity} from './finding.js';
import {failureModeById, failureModes} from './index.js';

/**
All findings in their order, kept up while those of single namespaces change: the cost of a change does not grow with the number of namespaces.
*/
export type Ranking = {
	/**
	Replaces what was found in some namespaces and, when given, in the world. Returns whether anything is different.
	*/
	update(
		changed: ReadonlyMap<string, readonly Finding[]>,
		ofWorld?: readonly Finding[],
	): boolean;
	/**
	Worst first; consequences are behind their cause. The same as `rank` of everything.
	*/
	findings(): readonly Finding[];
	/**
	Those that concern a namespace, worst first.
	*/
	findingsIn(namespace: string): readonly Finding[];
	/**
	The first of them.
	*/
	worstIn(namespace: string): Finding | undefined;
	/**
	Names of the namespaces in which something was found.
	*/
	namespaces(): Iterable<string>;
	count(severity: Severity): number;
};

/**
A finding about the world that no other explains, and what is behind it.
*/
type WorldRoot = {
	readonly root: Finding;
	readonly ofWorld: readonly Finding[];
	/**
	By namespace.
	*/
	readonly ofNamespaces: Map<string, readonly Finding[]>;
	shown: Finding;
};

const worldIds: ReadonlySet<string> = new Set(
	failureModes.filter(({scope}) => scope === 'world').map(({id}) => id),
);

/**
Whether a finding may hang together with more than its own namespace and the world above it.
*/
const isCrossing = (finding: Finding, namespace: string): boolean =>
	finding.namespaces.length !== 1 ||
	finding.namespaces[0] !== namespace ||
	failureModeById(finding.id).explains.some((id) => worldIds.has(id));

const isSame = (a: readonly Finding[], b: readonly Finding[]): boolean =>
	a.length === b.length && JSON.stringify(a) === JSON.stringify(b);

const withBehind = (root: Finding, behind: readonly Finding[]): Finding =>
	behind.length === 0
		? {...root, behind: []}
		: {...root, behind: behind.toSorted(compareFindings)};

/**
Where a finding stands in a sorted list, or would stand.
*/
const placeOf = (sorted: readonly Finding[], finding: Finding): number => {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (compareFindings(sorted[middle]!, finding) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
};

export const createRanking = (): Ranking => {
	const found = new Map<string, readonly Finding[]>();
	const crossing = new Set<string>();
	const rootsOf = new Map<string, readonly Finding[]>();
	let ofWorld: readonly Finding[] = [];
	let sorted: Finding[] = [];
	let worldRoots: readonly WorldRoot[] = [];
	let worldRootsIn = new Map<string, WorldRoot[]>();
	let counts: Record<Severity, number> = {error: 0, warning: 0, info: 0};

	const insert = (finding: Finding) => {
		sorted.splice(placeOf(sorted, finding), 0, finding);
		counts[finding.severity]++;
	};

	const remove = (finding: Finding) => {
		const place = sorted.indexOf(finding, placeOf(sorted, finding));
		sorted.splice(place, 1);
		counts[finding.severity]--;
	};

	const show = (one: WorldRoot) => {
		const shown = withBehind(one.root, [
			...one.ofWorld,
			...one.ofNamespaces.values().toArray().flat(),
		]);
		sorted[sorted.indexOf(one.shown, placeOf(sorted, one.shown))] = shown;
		one.shown = shown;
	};

	/**
	Splits a ranking that holds the world into its own part and that of one namespace: roots of the world come in the same order in both.
	*/
	const rankNamespace = (namespace: string, own: readonly Finding[]) => {
		const owned = new Set(own);
		let at = 0;
		const roots: Finding[] = [];
		for (const root of rank([...ofWorld, ...own])) {
			if (worldIds.has(root.id)) {
				const one = worldRoots[at++]!;
				const hidden = root.behind.filter((finding) => owned.has(finding));
				const before = one.ofNamespaces.get(namespace) ?? [];
				if (hidden.length === 0) {
					one.ofNamespaces.delete(namespace);
				} else {
					one.ofNamespaces.set(namespace, hidden);
				}

				if (hidden.length + before.length > 0) {
					show(one);
				}
			} else {
				roots.push(root);
			}
		}

		for (const root of rootsOf.get(namespace) ?? []) {
			remove(root);
		}

		for (const root of roots) {
			insert(root);
		}

		if (roots.length === 0) {
			rootsOf.delete(namespace);
		} else {
			rootsOf.set(namespace, roots);
		}
	};

	const rankAll = () => {
		sorted = [...rank([...ofWorld, ...found.values().toArray().flat()])];
		counts = {error: 0, warning: 0, info: 0};
		rootsOf.clear();
		worldRootsIn = new Map();
		const worldly = new Set(ofWorld);
		const roots: WorldRoot[] = [];
		for (const root of sorted) {
			counts[root.severity]++;
			if (!worldIds.has(root.id)) {
				for (const name of root.namespaces) {
					rootsOf.set(name, [...(rootsOf.get(name) ?? []), root]);
				}

				continue;
			}

			const one: WorldRoot = {
				root,
				ofWorld: root.behind.filter((finding) => worldly.has(finding)),
				ofNamespaces: new Map(),
				shown: root,
			};
			for (const finding of root.behind) {
				if (finding.namespace !== undefined && !worldly.has(finding)) {
					const known = one.ofNamespaces.get(finding.namespace) ?? [];
					one.ofNamespaces.set(finding.namespace, [...known, finding]);
				}
			}

			roots.push(one);
			for (const name of root.namespaces) {
				const known = worldRootsIn.get(name) ?? [];
				known.push(one);
				worldRootsIn.set(name, known);
			}
		}

		worldRoots = roots;
	};

	const keep = (namespace: string, own: readonly Finding[]) => {
		if (own.length === 0) {
			found.delete(namespace);
		} else {
			found.set(namespace, own);
		}

		if (own.some((finding) => isCrossing(finding, namespace))) {
			crossing.add(namespace);
		} else {
			crossing.delete(namespace);
		}
	};

	return {
		update(changed, world) {
			const different = [...changed].filter(
				([name, own]) => !isSame(found.get(name) ?? [], own),
			);
			const isWorldNew = world !== undefined && !isSame(ofWorld, world);
			if (different.length === 0 && !isWorldNew) {
				return false;
			}

			const wasCrossing = crossing.size > 0;
			for (const [name, own] of different) {
				keep(name, own);
			}

			// Many at once are ranked together: that is what one by one would cost.
			const isMuch = different.length * (ofWorld.length + 1) > found.size;
			if (isWorldNew || wasCrossing || crossing.size > 0 || isMuch) {
				ofWorld = world ?? ofWorld;
				rankAll();
				return true;
			}

			for (const [name, own] of different) {
				rankNamespace(name, own);
			}

			return true;
		},
		findings: () => sorted,
		findingsIn: (namespace) =>
			[
				...(worldRootsIn.get(namespace) ?? []).map(({shown}) => shown),
				...(rootsOf.get(namespace) ?? []),
			].toSorted(compareFindings),
		worstIn(namespace) {
			const [own] = rootsOf.get(namespace) ?? [];
			const above = worldRootsIn.get(namespace)?.[0]?.shown;
			return own && above
				? compareFindings(own, above) <= 0
					? own
					: above
				: (own ?? above);
		},
		namespaces: () => found.keys(),
		count: (severity) => counts[severity],
	};
};
