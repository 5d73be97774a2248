import {memo, type ReactElement} from 'react';
import {sanitize} from '../../core/sanitize.js';
import {type Access} from '../../core/world.js';
import {displayWidth} from '../display-width.js';
import {type Explorer} from '../explorer.js';
import {freshness} from '../freshness.js';
import {groupDigits} from '../group-digits.js';
import {type Span} from '../line.js';
import {paneIds} from '../reducer/state.js';
import {type Theme, type Tone} from '../theme.js';
import {Lines} from '../components/lines.js';
import {useExplorer} from '../context.js';
import {useLook} from '../hooks/use-look.js';

const badness: Readonly<Record<Access['state'], number>> = {
	saved: 0,
	live: 1,
	idle: 1,
	absent: 2,
	forbidden: 3,
	syncing: 4,
	stale: 5,
};

/**
The least fresh of the four panes speaks for all.
*/
const worstAccess = ({panes}: Explorer): Access =>
	paneIds
		.map((id) => panes[id].access())
		.toSorted((a, b) => badness[b.state] - badness[a.state])[0]!;

const modes: Readonly<Record<Explorer['session']['source'], string>> = {
	live: 'observing',
	saved: 'saved objects',
	sandbox: 'sandbox',
	replay: 'replay',
};

const modeOf = ({session, ports}: Explorer): Span => {
	if (!session.isReconciling) {
		return {text: modes[session.source], tone: 'dim'};
	}

	return ports.queue?.status().isActing === false
		? {text: 'not reconciling, see :queue', tone: 'warning'}
		: {text: 'reconciling', tone: 'dim'};
};

const plural = (count: number, one: string): string =>
	`${groupDigits(count)} ${one}${count === 1 ? '' : 's'}`;

/**
How many findings there are of a severity; empty when there is none.
*/
const tally = (
	count: number,
	severity: 'error' | 'warning',
	theme: Theme,
): string => {
	if (count === 0) {
		return '';
	}

	return theme.isRead
		? plural(count, severity)
		: `${theme.sign(severity)}${count}`;
};

const widthOf = (spans: readonly Span[]): number =>
	spans.reduce((total, {text}) => total + displayWidth(text), 0);

/**
The top line: where we are, how it stands, and what we may do, in words. Parts that have no room are left out, the least important first.
*/
const topLine = (
	explorer: Explorer,
	now: number,
	width: number,
	theme: Theme,
): string => {
	const {world, session, panes} = explorer;
	const {errors, warnings} = explorer.findings.diagnosis().summary;
	const fresh = freshness(worstAccess(explorer), now);
	const part = (text: string, tone?: Tone): Span => ({text, tone});
	const name = sanitize(session.title);
	// By how much it would be missed: what is last gives way first.
	const left = [
		{rank: 3, spans: [part('liqoscope', 'title')]},
		{rank: 0, spans: [part(name, 'strong')]},
		{
			rank: 2,
			spans: [
				part(
					world.consumer.generation?.title ?? 'no Liqo API found',
					world.consumer.generation ? undefined : 'warning',
				),
			],
		},
		{
			rank: 1,
			spans: [
				part(tally(errors, 'error', theme), 'error'),
				part(errors > 0 && warnings > 0 ? ' ' : ''),
				part(tally(warnings, 'warning', theme), 'warning'),
			],
		},
		{
			rank: 4,
			spans: [part(plural(panes.offloadings.total(), 'offloading'))],
		},
		{rank: 5, spans: [part(plural(panes.clusters.total(), 'cluster'))]},
	].filter(({spans}) => widthOf(spans) > 0);
	const right: ReadonlyArray<readonly Span[]> = [
		...(session.isReadOnly ? [[part('READ-ONLY', 'warning')]] : []),
		[modeOf(explorer)],
		[part(fresh.text, fresh.tone)],
	];
	const gap = 3;
	const rightWidth =
		right.reduce((total, spans) => total + widthOf(spans) + gap, 0) - gap;
	let room = width - rightWidth - 2 - gap;
	const fitting = new Set<number>();
	for (const {rank, spans} of left.toSorted((a, b) => a.rank - b.rank)) {
		room -= widthOf(spans) + gap;
		if (room < -gap) {
			break;
		}

		fitting.add(rank);
	}

	const shown = left
		.filter(({rank}) => fitting.has(rank))
		.map(({spans}) => spans);

	const paintAll = (parts: ReadonlyArray<readonly Span[]>): string =>
		parts
			.map((spans) =>
				spans
					.map(({text, tone}) => theme.paint(tone ?? 'plain', text))
					.join(''),
			)
			.join(' '.repeat(gap));
	const used =
		shown.reduce((total, spans) => total + widthOf(spans) + gap, 0) - gap;
	return ` ${paintAll(shown)}${' '.repeat(Math.max(1, width - used - rightWidth - 2))}${paintAll(right)} `;
};

export const Header = memo(
	({width}: {readonly width: number}): ReactElement => {
		const {explorer, theme} = useExplorer();
		const {store, ticker, ports, findings} = explorer;
		const text = useLook([store, ticker, findings], () => {
			const value = topLine(explorer, ports.now(), width, theme);
			return {value, text: value};
		});
		return <Lines lines={[text]} width={width} height={1} />;
	},
);
Header.displayName = 'Header';
