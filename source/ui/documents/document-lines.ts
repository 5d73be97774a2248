import {type Event} from '../../core/model.js';
import {sanitize} from '../../core/sanitize.js';
import {formatAge} from '../../core/time.js';
import {type Explorer, findTarget} from '../explorer.js';
import {type Line, line, lineText, wrapLine} from '../line.js';
import {type Document, type Target} from '../reducer/state.js';
import {objectText} from '../../core/object-text.js';
import {describe} from './describe.js';
import {explainPodLines} from './explain.js';
import {explainOffloadingLines} from './explain-offloading.js';
import {helpLines} from './help.js';

const showTarget = (target: Target): string => sanitize(objectText(target));

export const documentTitle = (document: Document): string => {
	switch (document.type) {
		case 'describe': {
			return `Describe  ${showTarget(document.target)}`;
		}

		case 'yaml': {
			return `YAML  ${showTarget(document.target)}`;
		}

		case 'explain': {
			return `Why  ${showTarget(document.target)}`;
		}

		case 'events': {
			return `Events  ${showTarget(document.target)}`;
		}

		case 'help': {
			return 'Keys';
		}

		case 'text': {
			return document.title;
		}
	}
};

/**
YAML with its keys set apart; only the look depends on it.
*/
const yamlLine = (text: string): Line => {
	const match = /^(?<key>\s*[^\s"#':][^:]*:)(?<value>\s.*)?$/v.exec(text);
	return match?.groups
		? [
				{text: match.groups.key!, tone: 'info'},
				{text: match.groups.value ?? ''},
			]
		: line(text);
};

const eventTime = (event: Event): string =>
	event.lastTimestamp ?? event.firstTimestamp ?? '';

const eventLines = (events: readonly Event[], now: number): readonly Line[] => {
	if (events.length === 0) {
		return [line('No events. The API server keeps them for an hour.', 'dim')];
	}

	return events
		.toSorted((a, b) => {
			const [one, other] = [eventTime(a), eventTime(b)];
			return one === other ? 0 : one < other ? 1 : -1;
		})
		.map((event) => [
			{
				text: formatAge(eventTime(event), now).padStart(6),
				tone: 'dim' as const,
			},
			{
				text: `  ${event.type === 'Warning' ? '!' : ' '} `,
				tone: 'warning' as const,
			},
			{
				text: `${sanitize(event.reason).padEnd(24)} `,
				tone: event.type === 'Warning' ? ('warning' as const) : undefined,
			},
			{
				text: sanitize(
					`${event.count > 1 ? `(${event.count}x) ` : ''}${event.message}`,
				),
			},
		]);
};

const failure = (problem: string): readonly Line[] => [
	line(sanitize(problem), 'warning'),
];

const waiting = [line('Loading…', 'dim')];

const unwrappedLines = (
	explorer: Explorer,
	document: Document,
	isAscii: boolean,
): readonly Line[] => {
	const {world, ports, fetches} = explorer;
	switch (document.type) {
		case 'describe': {
			const object = findTarget(world, document.target);
			return object
				? describe(object, {world, now: ports.now()})
				: failure(
						`${showTarget(document.target)} is not there any more (or not known yet).`,
					);
		}

		case 'explain': {
			const object = findTarget(world, document.target);
			if (object?.kind === 'NamespaceOffloading') {
				return explainOffloadingLines(object, explorer);
			}

			return object?.kind === 'Pod'
				? explainPodLines(object, explorer)
				: failure(
						`${showTarget(document.target)} is not there any more (or not known yet).`,
					);
		}

		case 'yaml': {
			const fetched = fetches.yaml(document.target);
			if (fetched.state === 'loading') {
				return waiting;
			}

			return fetched.outcome.isOk
				? fetched.outcome.value
						.trimEnd()
						.split('\n')
						.map((text) => yamlLine(sanitize(text)))
				: failure(fetched.outcome.problem);
		}

		case 'events': {
			const fetched = fetches.events(document.target);
			if (fetched.state === 'loading') {
				return waiting;
			}

			return fetched.outcome.isOk
				? eventLines(fetched.outcome.value, ports.now())
				: failure(fetched.outcome.problem);
		}

		case 'help': {
			return helpLines(
				document.places,
				isAscii,
				explorer.ui.state().size.width - 2,
			);
		}

		case 'text': {
			return [line(sanitize(document.text))];
		}
	}
};

/**
The lines of a document as they are now: what is derived from the world follows it, what is fetched says that it is on its way.
*/
export const documentLines = (
	explorer: Explorer,
	document: Document,
	isAscii: boolean,
): readonly Line[] => {
	const lines = unwrappedLines(explorer, document, isAscii);
	const {width} = explorer.ui.state().size;
	return document.type === 'yaml'
		? lines
		: lines.flatMap((spans) => wrapLine(spans, width - 2));
};

/**
Where the next match of a search is, from a line on and around the end; -1 when there is none.
*/
export const findMatch = (
	lines: readonly Line[],
	search: string,
	{from, step}: {readonly from: number; readonly step: 1 | -1},
): number => {
	const wanted = search.toLowerCase();
	for (let count = 0; count < lines.length; count++) {
		const index = (from + step * count + lines.length) % lines.length;
		if (lineText(lines[index]!).toLowerCase().includes(wanted)) {
			return index;
		}
	}

	return -1;
};
