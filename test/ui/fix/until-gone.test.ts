import {expect, test} from 'vitest';
import {type Change} from '../../../source/core/change.js';
import {type Explorer} from '../../../source/ui/explorer.js';
import {isDeletionOf, untilGone} from '../../../source/ui/fix/until-gone.js';
import {createExample} from '../helpers/example.js';

const object = {
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'NamespaceOffloading',
	namespace: 'shop',
	name: 'offloading',
};

const change = (verb: Change['verb'], cluster = 'home'): Change => ({
	cluster,
	verb,
	object,
	reason: 'for the test',
});

test('a creation waits until the object of its name is gone', async () => {
	const store = createExample();
	let isOver = false;
	const waiting = (async () => {
		await untilGone(
			{store, world: store.world} as unknown as Explorer,
			change('create'),
		);
		isOver = true;
	})();
	store.flush();
	await Promise.resolve();
	expect(isOver).toBe(false);
	store.remove('home', 'NamespaceOffloading', 'shop', 'offloading');
	store.flush();
	await waiting;
	expect(isOver).toBe(true);
	store.close();
});

test('only the deletion of the same object on the same cluster has to be waited for', () => {
	expect(isDeletionOf(change('delete'), change('create'))).toBe(true);
	expect(isDeletionOf(change('patch'), change('create'))).toBe(false);
	expect(isDeletionOf(change('delete', 'eu-west'), change('create'))).toBe(
		false,
	);
});
