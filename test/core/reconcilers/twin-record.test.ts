import {expect, it} from 'vitest';
import {createPlayground, type Id} from './playground.js';

it.each(['v1beta1', 'v0.3'] as const)(
	'%s: notes a twin before it creates it, so that none is left behind by an interruption',
	(id: Id) => {
		const ground = createPlayground(id, 'corrected');
		ground.offload('a', {clusterSelector: {nodeSelectorTerms: []}});
		ground.simulation.settle();
		const {changes} = ground.simulation;
		for (const cluster of ['eu', 'us']) {
			const created = changes.findIndex(
				(change) =>
					change.cluster === cluster &&
					change.verb === 'create' &&
					change.object.kind === 'Namespace',
			);
			const noted = changes.findIndex(
				({object, body}) =>
					object.kind === 'NamespaceMap' &&
					object.name?.startsWith(cluster) &&
					JSON.stringify(body).includes('"currentMapping":{"a":'),
			);
			expect(created).toBeGreaterThan(-1);
			expect(noted).toBeGreaterThan(-1);
			expect(noted).toBeLessThan(created);
		}
	},
);
