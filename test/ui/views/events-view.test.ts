import {afterEach, describe, expect, test} from 'vitest';
import {type Store} from '../../../source/store/store.js';
import {createExample, put} from '../helpers/example.js';
import {open, type Screen} from '../helpers/render.js';

let screen: Screen;

afterEach(() => {
	screen.close();
});

const event = (
	store: Store,
	involvedObject: {
		readonly kind: string;
		readonly namespace?: string;
		readonly name: string;
	},
	{
		reason,
		at,
		type = 'Normal',
		count = 1,
	}: {
		readonly reason: string;
		readonly at: string;
		readonly type?: string;
		readonly count?: number;
	},
): void => {
	put(store, 'Event', {
		metadata: {
			name: `${involvedObject.name}.${reason}`,
			namespace: involvedObject.namespace ?? 'default',
			uid: `event-${involvedObject.name}-${reason}`,
			resourceVersion: '77',
		},
		involvedObject,
		reason,
		message: `${reason} is what happened`,
		type,
		count,
		lastTimestamp: at,
	});
};

const exampleWithEvents = (): Store => {
	const store = createExample();
	event(
		store,
		{kind: 'Pod', namespace: 'shop', name: 'web'},
		{
			reason: 'FailedScheduling',
			at: '2026-11-22T11:58:00Z',
			type: 'Warning',
			count: 7,
		},
	);
	event(
		store,
		{kind: 'Node', name: 'liqo-eu'},
		{reason: 'NodeReady', at: '2026-11-22T11:59:00Z'},
	);
	event(
		store,
		{kind: 'NamespaceOffloading', namespace: 'cart', name: 'offloading'},
		{reason: 'Offloaded', at: '2026-11-22T11:50:00Z'},
	);
	event(
		store,
		{kind: 'Pod', namespace: 'elsewhere', name: 'other'},
		{reason: 'Pulled', at: '2026-11-22T11:59:30Z'},
	);
	store.flush();
	return store;
};

const rows = (): readonly string[] =>
	screen
		.frame()
		.split('\n')
		// Below the rule the selected one is said in full.
		.filter(
			(_, index, lines) =>
				index < lines.findLastIndex((line) => line.startsWith('─')),
		)
		.filter((line) => line.includes('is what happened') && /^[ >]/v.test(line))
		.filter((line) => /^[ >][ !] /v.test(line))
		.map((line) => line.slice(1).replaceAll(/\s+/gv, ' ').trim());

const openEvents = async (...before: readonly string[]) => {
	screen = await open(exampleWithEvents());
	await screen.press(...before, ':', ...'events', '\r');
	await screen.shown('REASON');
};

describe(':events', () => {
	test('shows those about offloading, newest first', async () => {
		await openEvents();
		expect(rows()).toEqual([
			'60s NodeReady Node liqo-eu NodeReady is what happened',
			'! 2m FailedScheduling Pod shop/web 7 FailedScheduling is what happened',
			'10m Offloaded NamespaceOffloading cart/offloading Offloaded is what happened',
		]);
	});

	test('shows only those of the namespace that the panes are narrowed to', async () => {
		await openEvents(':', ...'ns shop', '\r');
		expect(screen.frame()).toContain('Events  1  in shop');
		expect(rows()).toHaveLength(1);
	});

	test('a row leads to the object that it is about', async () => {
		await openEvents();
		await screen.press('j', 'd');
		await screen.shown('Pod shop/web');
	});
});
