import path from 'node:path';
import {expect, test} from 'vitest';
import {commandIds} from '../../source/ui/commands.js';
import {globalCommands} from '../../source/ui/dispatch/global-commands.js';
import {documentCommands} from '../../source/ui/dispatch/document-commands.js';
import {type Handlers} from '../../source/ui/dispatch/handlers.js';
import {paneCommands} from '../../source/ui/dispatch/pane-commands.js';
import {paletteEntries} from '../../source/ui/dispatch/palette.js';
import {keysDocument} from '../../source/ui/documents/keys-document.js';
import {fixCommands} from '../../source/ui/fix/fix-commands.js';
import {findBinding, keymap, type Place} from '../../source/ui/keymap.js';
import {selectorCommands} from '../../source/ui/selector/selector-commands.js';
import {viewCommands} from '../../source/ui/views/view-commands.js';

test('no key means two things in one place', () => {
	const seen = new Map<string, string>();
	for (const {place, keys, command} of keymap) {
		for (const key of keys) {
			const name = `${place} ${key}`;
			expect(seen.get(name), name).toBeUndefined();
			seen.set(name, command);
		}
	}
});

test('keys that would be dangerous are not bound', () => {
	// In k9s ctrl-k kills without asking, and ctrl-q stops a terminal with flow control.
	for (const key of ['ctrl-k', 'ctrl-q']) {
		expect(
			keymap.filter(({keys}) => keys.includes(key)),
			key,
		).toEqual([]);
	}
});

test('h j k l move wherever there are rows', () => {
	expect(findBinding('j', ['panes', 'list', 'everywhere'])?.command).toBe(
		'down',
	);
	expect(findBinding('k', ['panes', 'list', 'everywhere'])?.command).toBe('up');
	expect(findBinding('h', ['panes', 'list', 'everywhere'])?.command).toBe(
		'left-pane',
	);
	expect(findBinding('l', ['panes', 'list', 'everywhere'])?.command).toBe(
		'right-pane',
	);
});

test('every binding does something where it is bound', () => {
	const handlers: Partial<Record<Place, Handlers>> = {
		panes: paneCommands,
		list: paneCommands,
		plan: viewCommands,
		queue: viewCommands,
		document: documentCommands,
		review: fixCommands,
		selector: selectorCommands,
		everywhere: globalCommands,
	};
	for (const {place, command} of keymap) {
		// What is typed, and the choices of a fix, are handled by themselves.
		if (!['prompt', 'menu', 'field'].includes(place)) {
			expect(handlers[place]?.[command], `${place} ${command}`).toBeTypeOf(
				'function',
			);
		}
	}
});

test('views know their own rows', () => {
	for (const command of ['down', 'open', 'fix', 'describe'] as const) {
		expect(viewCommands[command]).toBeTypeOf('function');
	}
});

test('every command has a key or a name', () => {
	const named = new Set(
		paletteEntries.map(({order}) =>
			order.type === 'command' ? order.command : '',
		),
	);
	for (const command of commandIds) {
		const isBound = keymap.some((binding) => binding.command === command);
		expect(isBound || named.has(command), command).toBe(true);
	}
});

test('docs/keys.md is what the keymap says', async () => {
	await expect(keysDocument()).toMatchFileSnapshot(
		path.resolve(import.meta.dirname, '../../docs/keys.md'),
	);
});
