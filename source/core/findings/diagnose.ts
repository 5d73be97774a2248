import {type GenerationId} from '../generations/generation.js';
import {type KindName} from '../model.js';
import {resourceOf} from '../resources.js';
import {type Access, type ClusterView, type World} from '../world.js';
import {type FailureMode} from './failure-mode.js';
import {
	type Claim,
	type Finding,
	type Severity,
	type Unseen,
} from './finding.js';
import {type FindingId} from './ids.js';
import {type NamespaceScope, type WorldScope, worldScope} from './scope.js';
import {failureModes, failureModeById} from './index.js';

export type Diagnosis = {
	readonly generation: GenerationId | undefined;
	/**
	Worst first; consequences are behind their cause.
	*/
	readonly findings: readonly Finding[];
	readonly unseen: readonly Unseen[];
	readonly summary: {
		readonly errors: number;
		readonly warnings: number;
		readonly infos: number;
	};
};

const weights: Readonly<Record<Severity, number>> = {
	error: 0,
	warning: 1,
	info: 2,
};

/**
Worst severity first, then cause before consequence, then by namespace and object.
*/
export const compareFindings = (a: Finding, b: Finding): number =>
	weights[a.severity] - weights[b.severity] ||
	failureModeById(a.id).order - failureModeById(b.id).order ||
	(a.namespace ?? '').localeCompare(b.namespace ?? '') ||
	a.object.name.localeCompare(b.object.name);

const findingOf = (
	mode: FailureMode,
	claim: Claim,
	namespace?: string,
): Finding => ({
	id: mode.id,
	title: mode.title,
	severity: claim.severity ?? mode.severity,
	certainty: claim.certainty ?? 'proven',
	...(namespace !== undefined && {namespace}),
	namespaces: claim.namespaces ?? (namespace === undefined ? [] : [namespace]),
	object: claim.object,
	clusters: claim.clusters ?? [],
	message: claim.message,
	consequence: claim.consequence,
	evidence: claim.evidence,
	offers: claim.offers,
	behind: [],
});

const intersects = (a: readonly string[], b: readonly string[]): boolean =>
	a.length === 0 || b.length === 0 || a.some((one) => b.includes(one));

const isExplainedBy = (consequence: Finding, cause: Finding): boolean =>
	consequence !== cause &&
	failureModeById(cause.id).explains.includes(consequence.id) &&
	(cause.namespaces.length === 0 ||
		intersects(cause.namespaces, consequence.namespaces)) &&
	intersects(cause.clusters, consequence.clusters);

/**
Puts every finding that another one explains behind it (behind the first of its causes, the most severe one).
*/
export const rank = (all: readonly Finding[]): readonly Finding[] => {
	const byOrder = [...all].toSorted(
		(a, b) =>
			failureModeById(a.id).order - failureModeById(b.id).order ||
			compareFindings(a, b),
	);
	const behind = new Map<Finding, Finding[]>();
	const causeOf = new Map<Finding, Finding>();
	for (const consequence of byOrder) {
		const cause = byOrder.find((other) => isExplainedBy(consequence, other));
		if (cause) {
			causeOf.set(consequence, cause);
		}
	}

	const rootOf = (finding: Finding): Finding => {
		let root = finding;
		const passed = new Set<Finding>();
		for (;;) {
			const cause = causeOf.get(root);
			// Two that explain each other: the one of smaller order stays in front.
			if (!cause || passed.has(root)) {
				return root;
			}

			passed.add(root);
			root = cause;
		}
	};

	const roots: Finding[] = [];
	for (const finding of byOrder) {
		const root = rootOf(finding);
		if (root === finding) {
			roots.push(finding);
		} else {
			behind.set(root, [...(behind.get(root) ?? []), finding]);
		}
	}

	return roots
		.map((root) => {
			const hidden = (behind.get(root) ?? []).toSorted(compareFindings);
			return hidden.length === 0 ? root : {...root, behind: hidden};
		})
		.toSorted(compareFindings);
};

/**
The RBAC rule that lets a kind be read, in words to paste into a ClusterRole.
*/
export const ruleFor = (kind: KindName, cluster: ClusterView): string => {
	const resource = resourceOf(kind, cluster.generation);
	return resource
		? `apiGroups: ["${resource.group}"], resources: ["${resource.plural}"], verbs: ["get", "list", "watch"]`
		: '';
};

const unseenBecause = (
	access: Access,
	kind: KindName,
	cluster: ClusterView,
): {readonly reason: string; readonly remedy: string} => {
	switch (access.state) {
		case 'forbidden': {
			return {
				reason: `reading ${kind} is forbidden: ${access.reason}`,
				remedy: `grant: ${access.rule === '' ? ruleFor(kind, cluster) : access.rule}`,
			};
		}

		case 'stale': {
			return {
				reason: `${kind} is as of ${new Date(access.since).toISOString()}: ${access.reason}`,
				remedy: 'wait until the connection is back',
			};
		}

		case 'syncing': {
			return {
				reason: `${kind} is still being read (${access.seen}${access.total === undefined ? '' : ` of ${access.total}`})`,
				remedy: 'wait until everything is read',
			};
		}

		case 'idle': {
			return {
				reason: `${kind} was not read`,
				remedy: `add ${kind} objects to the input, or grant: ${ruleFor(kind, cluster)}`,
			};
		}

		case 'live':
		case 'saved':
		case 'absent': {
			return {reason: '', remedy: ''};
		}
	}
};

const unseenOf = (
	scope: WorldScope,
	modes: readonly FailureMode[],
): readonly Unseen[] => {
	const {home, world} = scope;
	const hidden = new Map<
		string,
		{cluster: ClusterView; kind: KindName; ids: FindingId[]}
	>();
	const hide = (cluster: ClusterView, kind: KindName, id: FindingId) => {
		if (scope.sees(kind, cluster)) {
			return;
		}

		const key = `${cluster.key} ${kind}`;
		const entry = hidden.get(key) ?? {cluster, kind, ids: []};
		entry.ids.push(id);
		hidden.set(key, entry);
	};

	for (const mode of modes) {
		for (const kind of mode.reads) {
			hide(home, kind, mode.id);
		}

		for (const provider of world.providers.values()) {
			for (const kind of mode.readsOnProvider ?? []) {
				hide(provider, kind, mode.id);
			}
		}
	}

	const remotes = new Set(
		scope.candidates
			.map(({cluster}) => cluster)
			.filter((id) => id !== '' && !world.providers.has(id)),
	);
	const hides = modes
		.filter((mode) => (mode.readsOnProvider ?? []).length > 0)
		.map((mode) => mode.id);
	return [
		...[...hidden.values()].map(({cluster, kind, ids}) => ({
			cluster: cluster.key,
			kind,
			...unseenBecause(cluster.access(kind), kind, cluster),
			hides: ids,
		})),
		...[...remotes].map((id) => ({
			cluster: id,
			kind: 'provider' as const,
			reason: `the objects on cluster ${id} cannot be seen without a connection to it`,
			remedy: `--provider CONTEXT=${id}`,
			hides,
		})),
	];
};

const canJudge = (mode: FailureMode, scope: WorldScope): boolean =>
	mode.reads.every((kind) => scope.sees(kind));

export const modesOf = (scope: WorldScope): readonly FailureMode[] =>
	failureModes.filter((mode) => mode.generations.includes(scope.generation.id));

export const findInNamespace = (
	scope: NamespaceScope,
	modes: readonly FailureMode[] = modesOf(scope.all),
): readonly Finding[] =>
	modes.flatMap((mode) =>
		mode.scope === 'namespace' && canJudge(mode, scope.all)
			? mode.find(scope).map((claim) => findingOf(mode, claim, scope.name))
			: [],
	);

export const findInWorld = (
	scope: WorldScope,
	modes: readonly FailureMode[] = modesOf(scope),
): readonly Finding[] =>
	modes.flatMap((mode) =>
		mode.scope === 'world' && canJudge(mode, scope)
			? mode.find(scope).map((claim) => findingOf(mode, claim))
			: [],
	);

/**
Ranks findings and sums them up; what was not visible is noted, never guessed.
*/
export const diagnosisOf = (
	scope: WorldScope | undefined,
	found: readonly Finding[],
): Diagnosis => {
	const findings = rank(found);
	const count = (severity: Severity) =>
		findings.filter((finding) => finding.severity === severity).length;
	return {
		generation: scope?.generation.id,
		findings,
		unseen: scope ? unseenOf(scope, modesOf(scope)) : [],
		summary: {
			errors: count('error'),
			warnings: count('warning'),
			infos: count('info'),
		},
	};
};

/**
Looks for every known failure in a world (or in some of its namespaces).

Pure: `now` is epoch milliseconds. Kinds that are stale, forbidden or not read completely are listed under `unseen` together with what would let
them be seen; the failure modes that read them claim nothing.
*/
export const diagnose = (
	world: World,
	{
		now,
		namespaces,
	}: {readonly now: number; readonly namespaces?: readonly string[]},
): Diagnosis => {
	const scope = worldScope(world, now);
	if (!scope) {
		return diagnosisOf(undefined, []);
	}

	const modes = modesOf(scope);
	const found = [
		...findInWorld(scope, modes),
		...[...(namespaces ?? scope.namespaces())].flatMap((name) =>
			findInNamespace(scope.scopeOf(name), modes),
		),
	];
	const wanted = namespaces && new Set(namespaces);
	return diagnosisOf(
		scope,
		wanted
			? found.filter(
					(finding) =>
						finding.namespaces.length === 0 ||
						finding.namespaces.some((name) => wanted.has(name)),
				)
			: found,
	);
};
