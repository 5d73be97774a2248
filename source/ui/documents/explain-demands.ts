import {type PodExplanation} from '../../core/explain-pod.js';
import {keys} from '../../core/keys.js';
import {type PodRequirement, type PodTerm} from '../../core/pod-terms.js';
import {sanitize} from '../../core/sanitize.js';
import {displayWidth, fit} from '../display-width.js';
import {type Line, line} from '../line.js';

const requirementText = ({
	key,
	operator,
	values = [],
}: PodRequirement): string =>
	sanitize(
		`${key} ${operator}${values.length === 0 ? '' : ` [${values.join(', ')}]`}`,
	);

/**
One demand: as its owner wrote it (or not), as it is in the pod, and who it is from.
*/
type Row = {
	readonly written: string;
	readonly admitted: string;
	readonly origin: string;
	readonly isGuilty: boolean;
};

type Written = ReadonlySet<string> | undefined;

const originOf = (
	{origin, key, operator}: PodRequirement,
	isWritten: boolean,
): string => {
	switch (origin) {
		case 'offloading': {
			return key === keys.type && (operator === 'In' || operator === 'NotIn')
				? 'offloading: pod strategy'
				: 'offloading: selector';
		}

		case 'nodeSelector': {
			return isWritten ? 'pod: nodeSelector' : 'added later';
		}

		case 'pod': {
			return isWritten ? 'pod: affinity' : 'earlier, or added later';
		}
	}
};

const rowOf = (
	requirement: PodRequirement,
	written: Written,
	isGuilty: boolean,
): Row => {
	const text = requirementText(requirement);
	// Without its template, what is not the offloading's is taken for the owner's.
	const isWritten = written
		? written.has(text)
		: requirement.origin !== 'offloading';
	return {
		written: isWritten ? text : '-',
		admitted: text,
		origin: originOf(requirement, isWritten),
		isGuilty,
	};
};

const textsOf = (terms: readonly PodTerm[]): ReadonlySet<string> =>
	new Set(
		terms.flatMap(({requirements}) =>
			requirements.map((one) => requirementText(one)),
		),
	);

const toleration = 'tolerates virtual nodes';

/**
The pod as its owner wrote it beside the pod as it was admitted: each demand with its origin, and those that exclude each other.
*/
export const demandLines = (
	{terms, owner, isMutated}: PodExplanation,
	width: number,
): readonly Line[] => {
	const written = owner?.terms && textsOf(owner.terms);
	const admitted = textsOf(terms);
	const groups = terms.map(({requirements, conflict}) =>
		requirements.map((requirement, place) =>
			rowOf(requirement, written, conflict.includes(place)),
		),
	);
	const extra: readonly Row[] = isMutated
		? [
				{
					written: owner?.isTolerating === true ? toleration : '-',
					admitted: toleration,
					origin:
						owner?.isTolerating === true
							? 'pod: tolerations'
							: "Liqo's admission",
					isGuilty: false,
				},
			]
		: [];
	const missing = written ? [...written.difference(admitted)] : [];
	const heads = {
		written: 'AS WRITTEN',
		admitted: 'AS ADMITTED',
		origin: 'FROM',
	};
	const all = [heads, ...groups.flat(), ...extra];
	const left = Math.max(...all.map((row) => displayWidth(row.written))) + 2;
	const right = Math.max(...all.map((row) => displayWidth(row.admitted))) + 2;
	const last = Math.max(...all.map((row) => displayWidth(row.origin)));
	const isBeside = 4 + left + right + last <= width;
	const paint = ({
		written: text,
		admitted: now,
		origin,
		isGuilty,
	}: Row): Line => [
		{text: isGuilty ? '  x ' : ' '.repeat(4), tone: 'error'},
		...(isBeside
			? [
					{
						text: fit(text, left),
						tone: text === '-' ? ('dim' as const) : undefined,
					},
				]
			: []),
		{text: fit(now, right), tone: isGuilty ? 'error' : undefined},
		{text: origin, tone: 'dim'},
	];
	return [
		[
			{
				text: `${' '.repeat(4)}${isBeside ? fit(heads.written, left) : ''}${fit(heads.admitted, right)}${heads.origin}`,
				tone: 'dim',
			},
		],
		...terms.flatMap((term, index) => [
			...(terms.length === 1 && term.isSatisfiable
				? []
				: [
						line(
							`  ${index === 0 ? 'term 1' : `or term ${index + 1}`}${term.isSatisfiable ? '' : ': contradicts itself, no node can satisfy it'}`,
							term.isSatisfiable ? 'dim' : 'error',
						),
					]),
			...groups[index]!.map((row) => paint(row)),
		]),
		...(terms.length === 0
			? [line('    no demands on labels: any node will do', 'dim')]
			: []),
		...extra.map((row) => paint(row)),
		...missing.map((text) =>
			line(
				`    The template asks for ${text} now; this pod was made before that.`,
				'warning',
			),
		),
	];
};
