import {sanitize} from '../../core/sanitize.js';
import {type SelectorTerm} from '../../core/model.js';
import {displayWidth, fit} from '../display-width.js';
import {type Line, line, type Span} from '../line.js';
import {type SelectorEdit} from '../reducer/state.js';
import {
	requirementAt,
	showRequirement,
	type Spot,
	spotsOf,
	termsShown,
} from './selector-edit.js';
import {type ClusterVerdict, type Preview} from './selector-preview.js';

const margin = 3;

type Grid = {
	readonly first: number;
	readonly cell: number;
	readonly shown: readonly ClusterVerdict[];
	/**
	Clusters that have no room: to the left and to the right of those shown.
	*/
	readonly left: number;
	readonly right: number;
};

const layOut = (
	{clusters}: Preview,
	terms: readonly SelectorTerm[],
	width: number,
	column: number,
): Grid => {
	const longest = Math.max(
		20,
		...spotsOf(terms).map((spot) =>
			displayWidth(
				showRequirement(requirementAt(terms, spot) ?? {key: '', operator: ''}),
			),
		),
	);
	const first = Math.min(longest + 2, Math.floor(width * 0.45));
	const cell = Math.min(
		18,
		Math.max(
			12,
			...clusters.map(({candidate}) => displayWidth(candidate.cluster) + 3),
		),
	);
	const count = Math.max(1, Math.floor((width - margin - first - 12) / cell));
	const left = Math.max(0, Math.min(column, clusters.length - count));
	return {
		first,
		cell,
		shown: clusters.slice(left, left + count),
		left,
		right: Math.max(0, clusters.length - left - count),
	};
};

const countText = (selected: number, total: number): string =>
	`${selected} of ${total}`;

const verdictLine = (
	label: string,
	grid: Grid,
	isMatch: (verdict: ClusterVerdict) => boolean,
	total: string,
): Line => [
	{text: `${' '.repeat(margin)}${fit(label, grid.first)}`, tone: 'dim'},
	...grid.shown.map((verdict): Span => {
		const isHere = isMatch(verdict);
		return {
			text: fit(isHere ? 'MATCH' : 'no', grid.cell),
			tone: isHere ? 'fine' : 'dim',
		};
	}),
	{text: total, tone: 'dim'},
];

const requirementLine = (
	spot: Spot,
	order: number,
	{
		terms,
		grid,
		isHere,
	}: {
		readonly terms: readonly SelectorTerm[];
		readonly grid: Grid;
		readonly isHere: boolean;
	},
): Line => {
	const requirement = requirementAt(terms, spot);
	const cursor = {text: isHere ? ' > ' : ' '.repeat(3)};
	const tone = isHere ? 'strong' : undefined;
	if (!requirement) {
		// No cluster has anything to say to it.
		return [
			cursor,
			{text: '(empty: selects nothing; a adds a requirement)', tone},
		];
	}

	return [
		cursor,
		{text: fit(sanitize(showRequirement(requirement)), grid.first), tone},
		...grid.shown.map(({now}): Span => {
			const result = now.terms[spot.term]?.requirements[order];
			if (!result) {
				return {text: fit('', grid.cell)};
			}

			return {
				text: fit(
					`${result.matches ? '+' : 'x'} ${sanitize(result.actual ?? 'absent')}`,
					grid.cell,
				),
				tone: result.matches ? 'fine' : 'error',
			};
		}),
	];
};

const namesShown = 6;

const namesOf = (verdicts: readonly ClusterVerdict[]): string =>
	`${verdicts
		.slice(0, namesShown)
		.map(({candidate}) => candidate.cluster)
		.join(
			', ',
		)}${verdicts.length > namesShown ? ` and ${verdicts.length - namesShown} more` : ''}`;

const effectLines = (
	{namespace}: SelectorEdit,
	{clusters}: Preview,
): readonly Line[] => {
	const gained = clusters.filter(
		({isSelected, wasSelected}) => isSelected && !wasSelected,
	);
	const lost = clusters.filter(
		({isSelected, wasSelected}) => !isSelected && wasSelected,
	);
	if (gained.length === 0 && lost.length === 0) {
		return [line('Effect   none: the same clusters as now', 'dim')];
	}

	const pods = lost.reduce((sum, verdict) => sum + verdict.pods, 0);
	return [
		...(gained.length === 0
			? []
			: [
					line(
						sanitize(
							`+ ${namesOf(gained)} ${gained.length === 1 ? 'gains' : 'gain'} ${namespace}`,
						),
						'fine',
					),
				]),
		...(lost.length === 0
			? []
			: [
					line(
						sanitize(
							`- ${namesOf(lost)} ${lost.length === 1 ? 'loses' : 'lose'} ${namespace}: ${lost.length === 1 ? 'its twin' : 'the twins'}${pods === 0 ? '' : ` and ${pods} pod${pods === 1 ? '' : 's'} there`} ${lost.length === 1 && pods === 0 ? 'is' : 'are'} DELETED`,
						),
						'error',
					),
				]),
	];
};

/**
The selector editor in three parts: what stays above, the truth table of requirements against clusters with the line of the cursor, and what stays
below: result, effect, errors, the nearest fixes.
*/
export type SelectorLook = {
	readonly head: readonly Line[];
	readonly table: readonly Line[];
	/**
	Place of the cursor's line in the table.
	*/
	readonly here: number;
	readonly foot: readonly Line[];
};

const errorsShown = 3;

export const selectorLook = (
	edit: SelectorEdit,
	preview: Preview,
	width: number,
): SelectorLook => {
	const terms = termsShown(edit);
	const grid = layOut(preview, terms, width, edit.column);
	const {clusters, errors} = preview;
	const count = (isMatch: (verdict: ClusterVerdict) => boolean): string =>
		countText(
			clusters.filter((verdict) => isMatch(verdict)).length,
			clusters.length,
		);
	const more = [
		...(grid.left > 0 ? [`< ${grid.left}`] : []),
		...(grid.right > 0 ? [`${grid.right} >`] : []),
	];
	const head: Line = [
		{text: ' '.repeat(margin + grid.first)},
		...grid.shown.map(({candidate}) => ({
			text: fit(sanitize(candidate.cluster), grid.cell),
			tone: 'strong' as const,
		})),
		{text: more.length === 0 ? 'selects' : more.join('  '), tone: 'dim'},
	];
	const clustersOf = (nodes: readonly string[]): string => {
		const wanted = new Set(nodes);
		return namesOf(
			clusters.filter(({candidate}) => wanted.has(candidate.name)),
		);
	};

	const table: Line[] =
		terms.length === 0
			? [
					line(
						preview.isEmptyAll
							? '   No terms: every virtual node is selected. a adds a requirement.'
							: '   No terms: in this version of Liqo nothing is selected. a adds a requirement.',
						'dim',
					),
				]
			: [];
	let here = 0;
	let order = 0;
	const spots = spotsOf(terms);
	for (const [place, spot] of spots.entries()) {
		const {term} = spot;
		const isHere = place === edit.cursor;
		if (spots[place - 1]?.term !== term) {
			order = 0;
			table.push(
				line(`   ${term === 0 ? 'term 1' : `or term ${term + 1}`}`, 'dim'),
			);
		}

		if (isHere) {
			here = table.length;
		}

		table.push(requirementLine(spot, order, {terms, grid, isHere}));
		order++;
		if (spots[place + 1]?.term !== term) {
			const isMatch = ({now}: ClusterVerdict) =>
				now.terms[term]?.matches === true;
			table.push(
				verdictLine(`= term ${term + 1}`, grid, isMatch, count(isMatch)),
			);
		}
	}

	return {
		head: [head],
		table,
		here,
		foot: [
			verdictLine(
				'after',
				grid,
				(one) => one.isSelected,
				count((one) => one.isSelected),
			),
			verdictLine(
				'now',
				grid,
				(one) => one.wasSelected,
				count((one) => one.wasSelected),
			),
			...effectLines(edit, preview).map((spans): Line => [
				{text: ' '.repeat(3)},
				...spans,
			]),
			...errors
				.slice(0, errorsShown)
				.map((error) => line(`   ${sanitize(error)}`, 'error')),
			...(errors.length > errorsShown
				? [line(`   and ${errors.length - errorsShown} more errors`, 'error')]
				: []),
			...(preview.suggestions.length === 0
				? []
				: [
						line('   Nearest fixes: the number takes it', 'dim'),
						...preview.suggestions.map(({edits, selects, drops}, index) =>
							line(
								sanitize(
									`   ${index + 1}  ${edits.join(', ')} -> selects ${clustersOf(selects)}${drops.length === 0 ? '' : `, no longer ${clustersOf(drops)}`}`,
								),
							),
						),
					]),
		],
	};
};
