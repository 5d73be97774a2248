import {isJsonObject, type Json, type JsonObject} from './json.js';
import {
	labelKeyProblems,
	labelValueProblems,
	quote,
	subdomainProblems,
} from './label-syntax.js';
import {joinErrors} from './selector-errors.js';

const listAt = (parent: JsonObject, key: string): readonly Json[] => {
	const value = parent[key];
	return Array.isArray(value) ? (value as readonly Json[]) : [];
};

const textAt = (parent: JsonObject, key: string): string => {
	const value = parent[key];
	return typeof value === 'string' ? value : '';
};

const countProblem = (
	operator: string,
	count: number,
	path: string,
): string | undefined => {
	switch (operator) {
		case 'In':
		case 'NotIn': {
			return count === 0
				? `${path}.values: Required value: must be specified when \`operator\` is 'In' or 'NotIn'`
				: undefined;
		}

		case 'Exists':
		case 'DoesNotExist': {
			return count > 0
				? `${path}.values: Forbidden: may not be specified when \`operator\` is 'Exists' or 'DoesNotExist'`
				: undefined;
		}

		case 'Gt':
		case 'Lt': {
			return count === 1
				? undefined
				: `${path}.values: Required value: must be specified single value when \`operator\` is 'Lt' or 'Gt'`;
		}

		default: {
			return `${path}.operator: Invalid value: ${quote(operator)}: not a valid selector operator`;
		}
	}
};

const expressionProblems = (
	requirement: JsonObject,
	path: string,
	hasChecksOfValues: boolean,
): readonly string[] => {
	const operator = textAt(requirement, 'operator');
	const key = textAt(requirement, 'key');
	const values = listAt(requirement, 'values');
	const problems: string[] = [];
	const wrongCount = countProblem(operator, values.length, path);
	if (wrongCount !== undefined) {
		problems.push(wrongCount);
	}

	const keyProblems = labelKeyProblems(key);
	problems.push(
		...keyProblems.map(
			(problem) => `${path}.key: Invalid value: ${quote(key)}: ${problem}`,
		),
	);
	if (hasChecksOfValues) {
		for (const [index, value] of values.entries()) {
			const text = typeof value === 'string' ? value : '';
			problems.push(
				...labelValueProblems(text).map(
					(problem) =>
						`${path}.values[${index}]: Invalid value: ${quote(text)}: ${problem}`,
				),
			);
		}
	}

	return problems;
};

const fieldProblems = (
	requirement: JsonObject,
	path: string,
): readonly string[] => {
	const operator = textAt(requirement, 'operator');
	const key = textAt(requirement, 'key');
	const values = listAt(requirement, 'values');
	const isKnown = operator === 'In' || operator === 'NotIn';
	return [
		...(isKnown
			? []
			: [
					`${path}.operator: Invalid value: ${quote(operator)}: not a valid selector operator`,
				]),
		...(isKnown && values.length !== 1
			? [
					`${path}.values: Required value: must be only one value when \`operator\` is 'In' or 'NotIn' for node field selector`,
				]
			: []),
		...(key === 'metadata.name'
			? values.flatMap((value, index) => {
					const name = typeof value === 'string' ? value : '';
					return subdomainProblems(name).map(
						(problem) =>
							`${path}.values[${index}]: Invalid value: ${quote(name)}: ${problem}`,
					);
				})
			: [
					`${path}.key: Invalid value: ${quote(key)}: not a valid field selector key`,
				]),
	];
};

const requirements = (
	term: JsonObject,
	key: string,
): ReadonlyArray<readonly [number, JsonObject]> =>
	listAt(term, key).map((value, index) => [
		index,
		isJsonObject(value) ? value : {},
	]);

const termProblems = (term: JsonObject, path: string): readonly string[] => [
	...requirements(term, 'matchExpressions').flatMap(([index, requirement]) =>
		expressionProblems(requirement, `${path}.matchExpressions[${index}]`, true),
	),
	...requirements(term, 'matchFields').flatMap(([index, requirement]) =>
		fieldProblems(requirement, `${path}.matchFields[${index}]`),
	),
];

/**
Why an API server would not store a pod with such required node terms: Kubernetes' validation of new pods, which is stricter than the matching
of offloading selectors in some points and laxer in others (integers of `Gt` and `Lt` are not looked at). Empty when it would.
*/
export const nodeAffinityProblems = (pod: JsonObject): readonly string[] => {
	const {spec} = pod;
	const affinity = isJsonObject(spec) ? spec.affinity : undefined;
	const nodeAffinity = isJsonObject(affinity)
		? affinity.nodeAffinity
		: undefined;
	const required = isJsonObject(nodeAffinity)
		? nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution
		: undefined;
	if (!isJsonObject(required)) {
		return [];
	}

	const path =
		'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
	const terms = listAt(required, 'nodeSelectorTerms');
	if (terms.length === 0) {
		return [
			`${path}: Required value: must have at least one node selector term`,
		];
	}

	return terms.flatMap((term, index) =>
		termProblems(isJsonObject(term) ? term : {}, `${path}[${index}]`),
	);
};

/**
Devices that a pod asks for without a limit of the same amount cannot be promised twice.
*/
const limitProblems = ({spec}: JsonObject): readonly string[] =>
	listAt(isJsonObject(spec) ? spec : {}, 'containers').flatMap(
		(container, index) => {
			const resources = isJsonObject(container) ? container.resources : {};
			const {requests = {}, limits = {}} = isJsonObject(resources)
				? resources
				: {};
			if (!isJsonObject(requests) || !isJsonObject(limits)) {
				return [];
			}

			return Object.keys(requests)
				.filter(
					(name) =>
						((name.includes('/') && !name.includes('kubernetes.io/')) ||
							name.startsWith('hugepages-')) &&
						limits[name] === undefined,
				)
				.map(
					() =>
						`spec.containers[${index}].resources.limits: Required value: Limit must be set for non overcommitable resources`,
				);
		},
	);

/**
The refusal of a pod that does not validate, as the API server words it; absent when it is fine.
*/
export const podRefusal = (pod: JsonObject): string | undefined => {
	const problems = joinErrors([
		...limitProblems(pod),
		...nodeAffinityProblems(pod),
	]);
	const {metadata} = pod;
	const name = isJsonObject(metadata) ? textAt(metadata, 'name') : '';
	return problems === undefined
		? undefined
		: `Pod ${quote(name)} is invalid: ${problems}`;
};
