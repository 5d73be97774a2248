import {type GenerationId} from '../generations/generation.js';
import {lastOf, type Steps} from '../steps.js';
import {type World} from '../world.js';
import {type FailureMode} from './failure-mode.js';
import {
	type Claim,
	type Finding,
	type Severity,
	type Unseen,
} from './finding.js';
import {type FindingId} from './ids.js';
import {type NamespaceScope, type WorldScope} from './facts.js';
import {findPendingPods} from './pending-pods.js';
import {worldScope} from './scope.js';
import {unseenOf} from './unseen.js';
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
The first number that is not zero.
*/
const firstDifference = (...differences: readonly number[]): number =>
	differences.find((difference) => difference !== 0) ?? 0;

/**
Worst severity first, then cause before consequence, then by namespace and object.
*/
export const compareFindings = (a: Finding, b: Finding): number =>
	firstDifference(
		weights[a.severity] - weights[b.severity],
		failureModeById(a.id).order - failureModeById(b.id).order,
		(a.namespace ?? '').localeCompare(b.namespace ?? ''),
		a.object.name.localeCompare(b.object.name),
	);

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

const hasCommon = (a: readonly string[], b: readonly string[]): boolean =>
	a.length === 0 || b.length === 0 || a.some((one) => b.includes(one));

/**
Of two that explain each other, the one of smaller order is taken for the cause.
*/
const isCauseOf = (cause: FailureMode, consequence: FailureMode): boolean =>
	cause.explains.includes(consequence.id) &&
	!(consequence.explains.includes(cause.id) && consequence.order < cause.order);

const isExplainedBy = (consequence: Finding, cause: Finding): boolean =>
	consequence !== cause &&
	isCauseOf(failureModeById(cause.id), failureModeById(consequence.id)) &&
	(cause.namespaces.length === 0 ||
		hasCommon(cause.namespaces, consequence.namespaces)) &&
	hasCommon(cause.clusters, consequence.clusters);

/**
Puts every finding that another one explains behind it (behind the first of its causes, the most severe one).
*/
export const rank = (all: readonly Finding[]): readonly Finding[] => {
	const byOrder = [...all].toSorted((a, b) =>
		firstDifference(
			failureModeById(a.id).order - failureModeById(b.id).order,
			compareFindings(a, b),
		),
	);
	const causes = new Map<string, Finding[]>();
	const keysOf = (id: FindingId, namespaces: readonly string[]) =>
		namespaces.length === 0
			? [`${id} *`]
			: namespaces.map((namespace) => `${id} ${namespace}`);
	for (const finding of byOrder) {
		for (const id of failureModeById(finding.id).explains) {
			for (const key of keysOf(id, finding.namespaces)) {
				const known = causes.get(key) ?? [];
				known.push(finding);
				causes.set(key, known);
			}
		}
	}

	const behind = new Map<Finding, Finding[]>();
	const causeOf = new Map<Finding, Finding>();
	for (const consequence of byOrder) {
		const cause = [
			`${consequence.id} *`,
			...keysOf(consequence.id, consequence.namespaces),
		]
			.flatMap((key) => causes.get(key) ?? [])
			.find((other) => isExplainedBy(consequence, other));
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
			const hidden = behind.get(root) ?? [];
			hidden.push(finding);
			behind.set(root, hidden);
		}
	}

	return roots
		.map((root) => {
			const hidden = (behind.get(root) ?? []).toSorted(compareFindings);
			return hidden.length === 0 ? root : {...root, behind: hidden};
		})
		.toSorted(compareFindings);
};

const canJudge = (mode: FailureMode, scope: WorldScope): boolean =>
	mode.reads.every((kind) => scope.canSee(kind));

export const modesOf = (scope: WorldScope): readonly FailureMode[] =>
	failureModes.filter((mode) => mode.generations.includes(scope.generation.id));

/**
`findInNamespace` in steps.
*/
export function* searchNamespace(
	scope: NamespaceScope,
	modes: readonly FailureMode[] = modesOf(scope.all),
): Steps<readonly Finding[]> {
	if (scope.offloading) {
		// Most of the work by far where there are many nodes; the failure modes share its result.
		yield* findPendingPods(scope);
	}

	const found: Finding[] = [];
	for (const mode of modes) {
		if (mode.scope === 'namespace' && canJudge(mode, scope.all)) {
			for (const claim of mode.find(scope)) {
				found.push(findingOf(mode, claim, scope.name));
			}

			yield;
		}
	}

	return found;
}

export const findInNamespace = (
	...given: Parameters<typeof searchNamespace>
): readonly Finding[] => lastOf(searchNamespace(...given));

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
