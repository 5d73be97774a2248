import {describe, expect, it, vi} from 'vitest';
import {tour} from '../../../source/sandbox/scenarios/tour.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {createDriftTracker} from '../../../source/ui/drift/tracker.js';
import {storeOf} from '../../helpers/store-of.js';
import {worldOf} from '../../helpers/world.js';

const begin = (isLeft?: (reconciler: string, cluster: string) => boolean) => {
	const draft = draftOf(tour);
	const store = storeOf(worldOf(draft));
	const drift = createDriftTracker(store, {
		rules: 'upstream',
		now: () => Date.parse(draft.now),
		...(isLeft && {isLeft}),
	});
	return {store, drift};
};

const settled = async ({drift}: ReturnType<typeof begin>): Promise<void> => {
	await vi.waitFor(
		() => {
			expect(drift.isSettled()).toBe(true);
		},
		{timeout: 60_000},
	);
};

describe('the marks of what drifts', () => {
	it('are told of only when they change', async () => {
		const begun = begin();
		const {store, drift} = begun;
		let told = 0;
		let rounds = 0;
		drift.marked.subscribe(() => {
			told++;
		});
		drift.subscribe(() => {
			rounds++;
		});
		await settled(begun);
		const [before, roundsBefore] = [told, rounds];
		const namespace = [...store.world.consumer.list('Namespace')].find(
			({metadata}) =>
				metadata.labels['liqo.io/scheduling-enabled'] === 'true' &&
				store.world.consumer.get(
					'NamespaceOffloading',
					metadata.name,
					'offloading',
				) !== undefined,
		)!;
		const offloading = store.world.consumer.get(
			'NamespaceOffloading',
			namespace.metadata.name,
			'offloading',
		)!;
		store.upsert('home', {
			...offloading,
			metadata: {
				...offloading.metadata,
				resourceVersion: '900001',
				annotations: {seen: 'yes'},
			},
		});
		store.flush();
		await vi.waitFor(
			() => {
				expect(rounds).toBeGreaterThan(roundsBefore);
			},
			{timeout: 60_000},
		);
		expect(told).toBe(before);
		store.upsert('home', {
			...namespace,
			metadata: {...namespace.metadata, resourceVersion: '900002', labels: {}},
		});
		store.flush();
		await vi.waitFor(
			() => {
				expect(drift.marks().namespaces).toContain(namespace.metadata.name);
			},
			{timeout: 60_000},
		);
		expect(told).toBe(before + 1);
		drift.close();
	}, 120_000);

	it('say what is left to a provider', async () => {
		const {store, drift} = begin(
			(reconciler) => reconciler === 'namespace-map',
		);
		const [offloading] = store.world.consumer.list('NamespaceOffloading');
		const {namespace} = offloading!.metadata;
		const object = store.world.consumer.get('Namespace', '', namespace)!;
		store.upsert('home', {
			...object,
			metadata: {...object.metadata, resourceVersion: '900001', labels: {}},
		});
		for (const [id, provider] of store.world.providers) {
			for (const binding of provider.list('RoleBinding')) {
				store.upsert(id, {
					...binding,
					metadata: {
						...binding.metadata,
						resourceVersion: '900002',
						labels: {},
					},
				});
			}
		}

		store.flush();
		await vi.waitFor(
			() => {
				expect(
					drift
						.changes()
						.map(({reconciler, isLeft}) => `${reconciler} ${isLeft === true}`),
				).toEqual(
					expect.arrayContaining([
						'namespace-offloading false',
						'namespace-map true',
					]),
				);
			},
			{timeout: 60_000},
		);
		drift.close();
	}, 120_000);
});
