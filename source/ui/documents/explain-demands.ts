import {type Demand, type PodStory} from '../../core/pod-story.js';
import {sanitize} from '../../core/sanitize.js';
import {displayWidth, fit} from '../display-width.js';
import {type Line, line} from '../line.js';

type Row = {
	readonly written: string;
	readonly admitted: string;
	readonly from: string;
	readonly isGuilty: boolean;
};

const rowOf = ({written, admitted, from, isGuilty}: Demand): Row => ({
	written: sanitize(written ?? '-'),
	admitted: sanitize(admitted),
	from,
	isGuilty,
});

const heads: Row = {
	written: 'AS WRITTEN',
	admitted: 'AS ADMITTED',
	from: 'FROM',
	isGuilty: false,
};

const margin = ' '.repeat(4);

/**
The pod as its owner wrote it beside the pod as it was admitted: each demand with its origin, and those that exclude each other. Where `width` columns are too
few for both, only as it was admitted.
*/
export const demandLines = (
	{terms, added, missing}: PodStory,
	width: number,
): readonly Line[] => {
	const groups = terms.map(({demands}) => demands.map((one) => rowOf(one)));
	const extra = added.map((one) => rowOf(one));
	const all = [heads, ...groups.flat(), ...extra];
	const left = Math.max(...all.map((row) => displayWidth(row.written))) + 2;
	const right = Math.max(...all.map((row) => displayWidth(row.admitted))) + 2;
	const last = Math.max(...all.map(({from}) => displayWidth(from)));
	const isBeside = margin.length + left + right + last <= width;
	const paint = ({written, admitted, from, isGuilty}: Row): Line => [
		{text: isGuilty ? '  x ' : margin, tone: 'error'},
		...(isBeside
			? [
					{
						text: fit(written, left),
						tone: written === '-' ? ('dim' as const) : undefined,
					},
				]
			: []),
		{text: fit(admitted, right), tone: isGuilty ? 'error' : undefined},
		{text: from, tone: 'dim'},
	];
	return [
		line(
			`${margin}${isBeside ? fit(heads.written, left) : ''}${fit(heads.admitted, right)}${heads.from}`,
			'dim',
		),
		...terms.flatMap(({title, isSatisfiable}, index) => [
			...(title === undefined
				? []
				: [line(`  ${title}`, isSatisfiable ? 'dim' : 'error')]),
			...groups[index]!.map((row) => paint(row)),
		]),
		...(terms.length === 0
			? [line(`${margin}no demands on labels: any node will do`, 'dim')]
			: []),
		...extra.map((row) => paint(row)),
		...missing.map((text) => line(`${margin}${sanitize(text)}`, 'warning')),
	];
};
