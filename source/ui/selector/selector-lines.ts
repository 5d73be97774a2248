import {sanitize} from '../../core/sanitize.js';
import {type SelectorTerm} from '../../core/model.js';
import {displayWidth, fit} from '../display-width.js';
import {type Line, line, type Span} from '../line.js';
import {type SelectorEdit} from '../reducer/state.js';
import {
	requirementAt,
	showRequirement,
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
	Clusters that have no room beside the others.
	*/
	readonly hidden: number;
};

const layOut = (
	{clusters}: Preview,
	terms: readonly SelectorTerm[],
	width: number,
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
	return {
		first,
		cell,
		shown: clusters.slice(0, count),
		hidden: Math.max(0, clusters.length - count),
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

const requirementLines = (
	term: number,
	{
		terms,
		grid,
		cursor,
	}: {
		readonly terms: readonly SelectorTerm[];
		readonly grid: Grid;
		readonly cursor: number;
	},
): readonly Line[] => {
	const spots = spotsOf(terms);
	return spots.flatMap((spot, place): readonly Line[] => {
		if (spot.term !== term) {
			return [];
		}

		const isHere = place === cursor;
		const requirement = requirementAt(terms, spot);
		const label = requirement
			? showRequirement(requirement)
			: '(empty: selects nothing; a adds a requirement)';
		const order = spots.filter((one) => one.term === term).indexOf(spot);
		return [
			[
				{text: isHere ? ' > ' : ' '.repeat(3)},
				{
					text: fit(sanitize(label), grid.first),
					tone: isHere ? 'strong' : undefined,
				},
				...grid.shown.map(({now}): Span => {
					const result = requirement && now.terms[term]?.requirements[order];
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
			],
		];
	});
};

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

	return [
		...gained.map(({candidate}) =>
			line(sanitize(`+ ${candidate.cluster} gains ${namespace}`), 'fine'),
		),
		...lost.map(({candidate, pods}) =>
			line(
				sanitize(
					`- ${candidate.cluster} loses ${namespace}: its twin${pods === 0 ? ' is' : ` and ${pods} pods there are`} DELETED`,
				),
				'error',
			),
		),
	];
};

/**
The truth table of a selector: requirements against virtual nodes, terms, result, what would change, and the nearest fixes.
*/
export const selectorLines = (
	edit: SelectorEdit,
	preview: Preview,
	width: number,
): readonly Line[] => {
	const terms = termsShown(edit);
	const grid = layOut(preview, terms, width);
	const {clusters} = preview;
	const count = (isMatch: (verdict: ClusterVerdict) => boolean): string =>
		countText(
			clusters.filter((verdict) => isMatch(verdict)).length,
			clusters.length,
		);
	const head: Line = [
		{text: ' '.repeat(margin + grid.first)},
		...grid.shown.map(({candidate}) => ({
			text: fit(sanitize(candidate.cluster), grid.cell),
			tone: 'strong' as const,
		})),
		{
			text: grid.hidden === 0 ? 'selects' : `+${grid.hidden} more`,
			tone: 'dim',
		},
	];
	const clustersOf = (nodes: readonly string[]): string =>
		nodes
			.map(
				(node) =>
					clusters.find(({candidate}) => candidate.name === node)?.candidate
						.cluster ?? node,
			)
			.join(', ');
	const isEvery = terms.length === 0;
	return [
		head,
		...(isEvery
			? [
					line(
						'   No terms: every virtual node is selected. a adds a requirement.',
						'dim',
					),
				]
			: []),
		...terms.flatMap((_, term) => {
			const isMatch = ({now}: ClusterVerdict) =>
				now.terms[term]?.matches === true;
			return [
				line(`   ${term === 0 ? 'term 1' : `or term ${term + 1}`}`, 'dim'),
				...requirementLines(term, {terms, grid, cursor: edit.cursor}),
				verdictLine(`= term ${term + 1}`, grid, isMatch, count(isMatch)),
			];
		}),
		line(''),
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
		line(''),
		...effectLines(edit, preview).map((spans): Line => [
			{text: ' '.repeat(3)},
			...spans,
		]),
		...preview.errors.map((error) => line(`   ${sanitize(error)}`, 'error')),
		...(preview.suggestions.length === 0
			? []
			: [
					line(''),
					line('   Nearest fixes (n takes the first)', 'dim'),
					...preview.suggestions.map(({edits, selects, drops}) =>
						line(
							sanitize(
								`   ${edits.join(', ')} -> selects ${clustersOf(selects)}${drops.length === 0 ? '' : `, no longer ${clustersOf(drops)}`}`,
							),
						),
					),
				]),
	];
};
