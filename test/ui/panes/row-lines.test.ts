import {describe, expect, test} from 'vitest';
import {type Column} from '../../../source/core/rows/row.js';
import {
	layOutColumns,
	type VisibleRow,
} from '../../../source/ui/panes/column-layout.js';
import {headerLine, rowLine} from '../../../source/ui/panes/row-lines.js';
import {createTheme} from '../../../source/ui/theme.js';

const theme = createTheme({hasColour: false, isAscii: false});

const columns: readonly Column[] = [
	{id: 'namespace', title: 'NAMESPACE', priority: 0, isName: true},
	{id: 'phase', title: 'PHASE', priority: 0},
	{id: 'clusters', title: 'CLUSTERS', priority: 2},
	{id: 'finding', title: 'FINDING', priority: 1, isUniform: true},
];

const row = (
	namespace: string,
	phase: string,
	clusters: string,
	finding?: {readonly text: string; readonly short: string},
): VisibleRow => ({
	key: namespace,
	level: 'none',
	cells: [
		{text: namespace},
		{text: phase},
		{text: clusters},
		finding ?? {text: ''},
	],
	glowing: undefined,
});

const podRow = (...texts: readonly string[]): VisibleRow => ({
	key: texts[0]!,
	level: 'none',
	cells: texts.map((text) => ({text})),
	glowing: undefined,
});

const rows = [
	row('online-shop-checkout-payments', 'AllFailed', '0/3', {
		text: 'remote-name-too-long',
		short: 'name too long',
	}),
	row('shop', 'NoClusterSelected', '0/0 of 3', {
		text: 'no-labels',
		short: 'no labels',
	}),
	row('cart', 'Ready', '3/3'),
];

const shown = (width: number): readonly string[] => {
	const layout = layOutColumns(columns, rows, {width, isWide: false});
	return [
		headerLine(layout, width, {sort: undefined, column: undefined}, theme),
		...rows.map((one) =>
			rowLine(one, layout, {
				width,
				isSelected: false,
				isPinned: false,
				isFocused: false,
				theme,
			}),
		),
	].map((line) => line.trimEnd());
};

describe('columns that have too little room', () => {
	test('everything is said in full where there is room', () => {
		expect(shown(100)).toEqual([
			'   NAMESPACE                      PHASE              CLUSTERS  FINDING',
			'   online-shop-checkout-payments  AllFailed          0/3       remote-name-too-long',
			'   shop                           NoClusterSelected  0/0 of 3  no-labels',
			'   cart                           Ready              3/3',
		]);
	});

	test('where one finding is said short, all are', () => {
		expect(shown(64)).toEqual([
			'   NAMESPACE          PHASE              CLUSTERS  FINDING',
			'   online-s…payments  AllFailed          0/3       name too long',
			'   shop               NoClusterSelected  0/0 of 3  no labels',
			'   cart               Ready              3/3',
		]);
	});

	test('a narrow column comes back where a wide one had to go', () => {
		const more: readonly Column[] = [
			...columns,
			{id: 'strategy', title: 'POD STRATEGY', priority: 3},
			{id: 'age', title: 'AGE', priority: 4, isVolatile: true},
		];
		const short = [
			row('shop', 'NoClusterSelected', '0/0 of 3'),
			row('cart', 'Ready', '3/3'),
		].map((one) => ({
			...one,
			cells: [...one.cells, {text: 'LocalAndRemote'}, {text: '2d'}],
		}));
		const idsAt = (width: number) =>
			layOutColumns(more, short, {width, isWide: false}).map(
				({column}) => column.id,
			);
		expect(idsAt(80)).toContain('strategy');
		expect(idsAt(60)).toEqual([
			'namespace',
			'phase',
			'clusters',
			'finding',
			'age',
		]);
		expect(idsAt(54)).not.toContain('age');
	});

	test('a title that is longer than its cells is said short', () => {
		const named: readonly Column[] = [
			{id: 'namespace', title: 'NAMESPACE', shortTitle: 'NS', priority: 0},
			{id: 'name', title: 'NAME', priority: 0, isName: true},
		];
		const pods = [podRow('shop', 'web-7d4f9-x0')];
		const titlesAt = (width: number) =>
			headerLine(
				layOutColumns(named, pods, {width, isWide: false}),
				width,
				{sort: undefined, column: undefined},
				theme,
			).trim();
		expect(titlesAt(26)).toBe('NAMESPACE  NAME');
		expect(titlesAt(25)).toBe('NS    NAME');
	});

	test('a finding that is said short leaves the rest of the room to others', () => {
		const layout = layOutColumns(
			[
				{id: 'finding', title: 'FINDING', priority: 0, isUniform: true},
				{id: 'cause', title: 'CAUSE', priority: 1, isSentence: true},
			],
			[
				{
					...podRow('', 'The cluster does not answer any more.'),
					cells: [
						{text: 'remote-cluster-unreachable', short: 'unreachable'},
						{text: 'The cluster does not answer any more.'},
					],
				},
			],
			{width: 52, isWide: false},
		);
		expect(layout.map(({width}) => width)).toEqual([11, 36]);
	});

	test('phase and finding stay whole, names are cut in the middle', () => {
		expect(shown(54)).toEqual([
			'   NAMESPACE          PHASE              FINDING',
			'   online-s…payments  AllFailed          name too long',
			'   shop               NoClusterSelected  no labels',
			'   cart               Ready',
		]);
	});
});

const podColumns: readonly Column[] = [
	{id: 'name', title: 'NAME', priority: 0, isName: true},
	{id: 'status', title: 'STATUS', priority: 0},
	{id: 'node', title: 'NODE', priority: 3, isName: true},
	{id: 'why', title: 'WHY', priority: 1, takesIn: 'node'},
];

describe('a column that takes in another', () => {
	const pods = [
		podRow('web-7d4f9-x0', 'Pending', '-', 'contradiction'),
		podRow('web-7d4f9-x1', 'Running', 'liqo-eu', ''),
	];

	const shownPods = (width: number, hidden?: string): readonly string[] => {
		const layout = layOutColumns(podColumns, pods, {
			width,
			isWide: false,
			hidden,
		});
		return [
			headerLine(layout, width, {sort: undefined, column: undefined}, theme),
			...pods.map((one) =>
				rowLine(one, layout, {
					width,
					isSelected: false,
					isPinned: false,
					isFocused: false,
					theme,
				}),
			),
		].map((line) => line.trimEnd());
	};

	test('stands apart where there is room for both', () => {
		expect(shownPods(60)).toEqual([
			'   NAME          STATUS   NODE     WHY',
			'   web-7d4f9-x0  Pending  -        contradiction',
			'   web-7d4f9-x1  Running  liqo-eu',
		]);
	});

	test('shows it where it has nothing to say itself', () => {
		expect(shownPods(42)).toEqual([
			'   NAME          STATUS   NODE/WHY',
			'   web-7d4f9-x0  Pending  contradiction',
			'   web-7d4f9-x1  Running  liqo-eu',
		]);
	});

	test('does not show what is hidden because all rows have it', () => {
		expect(shownPods(42, 'node')).toEqual([
			'   NAME          STATUS   WHY',
			'   web-7d4f9-x0  Pending  contradiction',
			'   web-7d4f9-x1  Running',
		]);
	});

	test('glows where what it shows of the other has changed', () => {
		const layout = layOutColumns(podColumns, pods, {width: 42, isWide: false});
		const coloured = createTheme({hasColour: true, isAscii: false});
		expect(
			rowLine({...pods[1]!, glowing: new Set([2])}, layout, {
				width: 42,
				isSelected: false,
				isPinned: false,
				isFocused: false,
				theme: coloured,
			}),
		).toContain(coloured.paint('glow', 'liqo-eu      '));
	});
});

test('a sentence outlives columns of less weight', () => {
	const layout = layOutColumns(
		[
			{id: 'name', title: 'NAME', priority: 0},
			{id: 'times', title: 'TIMES', priority: 2},
			{id: 'what', title: 'WHAT', priority: 1, isSentence: true},
		],
		[podRow('a-name-of-some-length', '17', 'What happened, told at length.')],
		{width: 50, isWide: false},
	);
	expect(layout.map(({column}) => column.id)).toEqual(['name', 'what']);
});
