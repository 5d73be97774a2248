import {type ReactElement} from 'react';
import {sanitize} from '../../core/sanitize.js';
import {offloadingIn} from '../../core/world.js';
import {fieldLine} from '../components/field-line.js';
import {Lines} from '../components/lines.js';
import {useExplorer, useUi} from '../context.js';
import {type Explorer} from '../explorer.js';
import {useLook} from '../hooks/use-look.js';
import {type Line, line, lineText, paintLine, wrapLine} from '../line.js';
import {titleLine} from '../panes/pane-title.js';
import {type SelectorEdit} from '../reducer/state.js';
import {termsShown} from '../selector/selector-edit.js';
import {type SelectorLook, selectorLook} from '../selector/selector-lines.js';
import {completionsFor, previewSelector} from '../selector/selector-preview.js';
import {type Theme} from '../theme.js';
import {keyLine, statusLine} from './footer.js';

const typingLine = (
	explorer: Explorer,
	{typing}: SelectorEdit,
	width: number,
	theme: Theme,
): string | undefined => {
	if (!typing) {
		return undefined;
	}

	const words = completionsFor(
		typing.field.text,
		explorer.world,
		explorer.ports.now(),
	);
	return fieldLine(typing.field, {
		prefix: typing.isNew ? 'New: ' : 'Requirement: ',
		suffix: sanitize(
			words
				.slice(0, 6)
				.map(({text, note}) => (note === '' ? text : `${text} ${note}`))
				.join(' '.repeat(3)),
		),
		width,
		theme,
	});
};

/**
Not more than so much of the window is below the table.
*/
const mostFoot = 0.6;

/**
The part of the table around the cursor, between what stays above and what stays below.
*/
const layOutEditor = (
	{head, table, here, foot}: SelectorLook,
	width: number,
	room: number,
): {readonly lines: readonly Line[]; readonly position: string} => {
	const wrapped = foot
		.flatMap((spans) => wrapLine(spans, width - 2))
		.slice(0, Math.floor(room * mostFoot));
	const height = Math.max(1, room - head.length - wrapped.length - 1);
	const last = Math.max(0, table.length - height);
	const top = Math.min(last, Math.max(0, here - Math.floor(height / 2)));
	return {
		lines: [...head, ...table.slice(top, top + height), line(''), ...wrapped],
		position:
			table.length > height
				? `lines ${top + 1}-${top + height} of ${table.length}`
				: '',
	};
};

/**
The selector editor: each keystroke shows at once what it would select, gain and lose.
*/
export const SelectorScreen = ({
	edit,
}: {
	readonly edit: SelectorEdit;
}): ReactElement => {
	const {explorer, theme, isAscii} = useExplorer();
	const {width, height} = useUi().size;
	const {store, ports, world} = explorer;
	const room = height - 5;
	const look = useLook([store], () => {
		const preview = previewSelector(world, edit.namespace, {
			terms: termsShown(edit),
			saved: edit.saved,
			now: ports.now(),
		});
		const spec = offloadingIn(world.consumer, edit.namespace)?.spec;
		const value = {
			strategies: spec
				? sanitize(
						` Pod strategy ${spec.podOffloadingStrategy}, mapping strategy ${spec.namespaceMappingStrategy}: p changes them.`,
					)
				: ' The offloading is not there any more.',
			...layOutEditor(selectorLook(edit, preview, width - 2), width, room),
			isValid: preview.errors.length === 0,
		};
		return {
			value,
			text: `${value.lines.map((spans) => lineText(spans)).join('\n')}${value.isValid}${value.position}${value.strategies}`,
		};
	});
	const isUnsaved = JSON.stringify(edit.terms) !== JSON.stringify(edit.saved);
	const blank = ' '.repeat(width);
	const body = look.lines;
	return (
		<Lines
			lines={[
				titleLine(
					{
						digit: '',
						name: sanitize(`Selector  ${edit.namespace} / offloading`),
						notes: [
							...(isUnsaved ? ['UNSAVED'] : []),
							...(look.position === '' ? [] : [look.position]),
						],
						end: look.isValid
							? {text: 'valid', tone: 'fine'}
							: {text: 'NOT VALID', tone: 'error'},
						isFocused: true,
					},
					width,
					theme,
				),
				paintLine(
					[
						{
							text: ' Terms are alternatives: any may match. Inside a term all must match.',
							tone: 'dim',
						},
					],
					width,
					theme,
				),
				paintLine([{text: look.strategies, tone: 'dim'}], width, theme),
				...body.map((spans) => ` ${paintLine(spans, width - 1, theme)}`),
				...Array.from({length: Math.max(0, room - body.length)}, () => blank),
				typingLine(explorer, edit, width, theme) ??
					statusLine(explorer, blank, width, theme),
				keyLine(explorer, {width, theme, isAscii}),
			]}
			width={width}
			height={height}
		/>
	);
};
