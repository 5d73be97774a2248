import {describe, expect, test} from 'vitest';
import {type Change} from '../../source/core/change.js';
import {createMemoryCluster} from '../../source/core/memory-cluster.js';
import {
	inverseOf,
	type MadeWrite,
	redoOf,
	undoOf,
} from '../../source/core/undo.js';
import {type World} from '../../source/core/world.js';
import {faultScenarios} from '../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../source/sandbox/scenarios/scenario.js';
import {worldOf} from '../helpers/world.js';

/**
A cluster that takes writes and notes what takes them back.
*/
const start = () => {
	const draft = draftOf(
		faultScenarios.find(({id}) => id === 'selector-label-typo')!,
	);
	const {consumer: base} = worldOf(draft);
	const cluster = createMemoryCluster({
		key: base.key,
		role: base.role,
		title: base.title,
		clusterId: base.clusterId,
		generation: base.generation,
		liqoNamespace: base.liqoNamespace,
		base,
	});
	const world: World = {consumer: cluster.view, providers: new Map()};
	const write = (change: Change): MadeWrite => {
		const inverse = inverseOf(change, world);
		const answer = cluster.send(change, draft.now);
		expect(answer.state).not.toBe('refused');
		return {change, inverse};
	};

	return {world, write};
};

const namespace = {apiVersion: 'v1', kind: 'Namespace', name: 'shop'};

const labelled = (value: string): Change => ({
	cluster: 'home',
	verb: 'patch',
	patchType: 'merge',
	object: namespace,
	body: {metadata: {labels: {team: value}}},
	reason: `team ${value}`,
});

const deletedPod: Change = {
	cluster: 'home',
	verb: 'delete',
	object: {
		apiVersion: 'v1',
		kind: 'Pod',
		namespace: 'shop',
		name: 'web-7d4f9-x0',
	},
	reason: 'delete a pod',
};

const teamOf = ({consumer}: World): string | undefined =>
	consumer.get('Namespace', '', 'shop')!.metadata.labels.team;

const carryOut = (
	changes: readonly Change[] | string,
	write: (change: Change) => MadeWrite,
) => {
	expect(changes).toBeInstanceOf(Array);
	for (const change of changes as readonly Change[]) {
		write(change);
	}
};

describe('what was written in one go', () => {
	test('is taken back in one go, and made again', () => {
		const {world, write} = start();
		// The second write of an object rests on the first.
		const made = [write(labelled('red')), write(labelled('blue'))];
		const back = undoOf(made, world);
		expect(back).toHaveLength(2);
		expect((back as readonly Change[])[0]!.precondition).toBeDefined();
		carryOut(back, write);
		expect(teamOf(world)).toBeUndefined();
		carryOut(redoOf(made, world), write);
		expect(teamOf(world)).toBe('blue');
	});

	test('is taken back although pods were deleted too: their owner makes others', () => {
		const {world, write} = start();
		const made = [write(labelled('red')), write(deletedPod)];
		const back = undoOf(made, world);
		expect(back).toHaveLength(1);
		carryOut(back, write);
		expect(teamOf(world)).toBeUndefined();
		expect(redoOf(made, world)).toHaveLength(1);
	});

	test('is not taken back when it was nothing but deleted pods', () => {
		const {world, write} = start();
		expect(undoOf([write(deletedPod)], world)).toContain('cannot be undone');
	});

	test('is not taken back when an object was deleted: what made it is gone', () => {
		const {world, write} = start();
		const deletion = write({
			cluster: 'home',
			verb: 'delete',
			object: {
				apiVersion: 'offloading.liqo.io/v1beta1',
				kind: 'NamespaceOffloading',
				namespace: 'shop',
				name: 'offloading',
			},
			reason: 'delete it',
		});
		expect(undoOf([write(labelled('red')), deletion], world)).toContain(
			'A deletion cannot be undone',
		);
	});

	test('is neither taken back nor made again over what somebody else wrote', () => {
		const {world, write} = start();
		const made = [write(labelled('red'))];
		const other = write(labelled('green'));
		expect(undoOf(made, world)).toBe(
			'Namespace shop was changed since; undoing would overwrite that.',
		);
		carryOut(undoOf([other], world), write);
		carryOut(undoOf(made, world), write);
		write(labelled('green'));
		expect(redoOf(made, world)).toBe(
			'Namespace shop was changed since; doing it again would overwrite that.',
		);
	});
});
