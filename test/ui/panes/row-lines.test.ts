import {describe, expect, test} from 'vitest';
import {type Column} from '../../../source/core/rows/row.js';
import {
	headerLine,
	layOutColumns,
	rowLine,
	type VisibleRow,
} from '../../../source/ui/panes/row-lines.js';
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

	test('phase and finding stay whole, names are cut in the middle', () => {
		expect(shown(54)).toEqual([
			'   NAMESPACE          PHASE              FINDING',
			'   online-s…payments  AllFailed          name too long',
			'   shop               NoClusterSelected  no labels',
			'   cart               Ready',
		]);
	});
});
