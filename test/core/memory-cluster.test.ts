import {describe, expect, it} from 'vitest';
import {type Change} from '../../source/core/change.js';
import {generationById} from '../../source/core/generations/index.js';
import {type JsonObject} from '../../source/core/json.js';
import {createMemoryCluster} from '../../source/core/memory-cluster.js';
import {
	applyMergePatch,
	mergePatchBetween,
} from '../../source/core/merge-patch.js';

const now = '2026-01-01T00:00:00Z';

const map: JsonObject = {
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'NamespaceMap',
	metadata: {
		name: 'eu',
		namespace: 't',
		uid: 'u1',
		resourceVersion: '5',
		generation: 1,
		finalizers: ['x/y'],
	},
	spec: {desiredMapping: {a: 'b'}},
};
const reference = {
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'NamespaceMap',
	namespace: 't',
	name: 'eu',
};

const cluster = (objects: readonly JsonObject[] = [map]) =>
	createMemoryCluster({
		key: 'home',
		role: 'consumer',
		title: 'home',
		generation: generationById('v1beta1'),
		objects,
	});

const change = (part: Partial<Change> & Pick<Change, 'verb'>): Change => ({
	cluster: 'home',
	object: reference,
	reason: 'test',
	...part,
});

const patch = (body: JsonObject, more: Partial<Change> = {}): Change =>
	change({verb: 'patch', patchType: 'merge', body, ...more});

describe('createMemoryCluster', () => {
	it('counts generations by the spec, and keeps the status behind its door', () => {
		const memory = cluster();
		memory.send(
			patch({status: {currentMapping: {a: {phase: 'Accepted'}}}}),
			now,
		);
		expect(
			memory.view.get('NamespaceMap', 't', 'eu')?.status.currentMapping,
		).toEqual({});
		memory.send(
			patch(
				{status: {currentMapping: {a: {phase: 'Accepted'}}}},
				{subresource: 'status'},
			),
			now,
		);
		expect(memory.view.get('NamespaceMap', 't', 'eu')).toMatchObject({
			metadata: {generation: 1},
			status: {currentMapping: {a: {phase: 'Accepted'}}},
		});
		memory.send(patch({spec: {desiredMapping: {a: null, c: 'd'}}}), now);
		expect(memory.view.get('NamespaceMap', 't', 'eu')).toMatchObject({
			metadata: {generation: 2},
			spec: {desiredMapping: {c: 'd'}},
		});
	});

	it('touches nothing when a write changes nothing', () => {
		const answer = cluster().send(
			patch({spec: {desiredMapping: {a: 'b'}}}),
			now,
		);
		expect(answer).toMatchObject({state: 'written', touches: []});
	});

	it('holds what finalizers hold', () => {
		const memory = cluster();
		memory.send(change({verb: 'delete'}), now);
		expect(memory.view.get('NamespaceMap', 't', 'eu')?.metadata).toMatchObject({
			deletionTimestamp: now,
			generation: 2,
		});
		const answer = memory.send(patch({metadata: {finalizers: []}}), now);
		expect(answer).toMatchObject({
			state: 'written',
			touches: [{kind: 'NamespaceMap'}],
		});
		expect(memory.view.get('NamespaceMap', 't', 'eu')).toBeUndefined();
	});

	it.each([
		[
			'an outdated version',
			patch({metadata: {resourceVersion: '4'}}),
			409,
			'Conflict',
		],
		[
			'another object of the name',
			change({verb: 'delete', precondition: {uid: 'other'}}),
			409,
			'Conflict',
		],
		[
			'what is not there',
			change({verb: 'delete', object: {...reference, name: 'us'}}),
			404,
			'NotFound',
		],
		[
			'what is there already',
			change({verb: 'create', body: map}),
			409,
			'AlreadyExists',
		],
		[
			'a name no namespace can have',
			change({
				verb: 'create',
				object: {apiVersion: 'v1', kind: 'Namespace', name: 'A'},
				body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'A'}},
			}),
			422,
			'Invalid',
		],
		[
			'a failed test',
			change({
				verb: 'patch',
				patchType: 'json',
				body: [{op: 'test', path: '/metadata/name', value: 'us'}],
			}),
			422,
			'Invalid',
		],
	] as ReadonlyArray<readonly [string, Change, number, string]>)(
		'refuses %s',
		(_title, bad, status, reason) => {
			expect(cluster().send(bad, now)).toMatchObject({
				state: 'refused',
				refusal: {status, reason},
			});
		},
	);

	it('ends a namespace only once it is empty, and takes nothing new meanwhile', () => {
		const memory = cluster([
			{
				apiVersion: 'v1',
				kind: 'Namespace',
				metadata: {name: 't'},
				spec: {finalizers: ['kubernetes']},
			},
			map,
		]);
		const space = {apiVersion: 'v1', kind: 'Namespace', name: 't'};
		memory.send(change({verb: 'delete', object: space}), now);
		const late = memory.send(
			change({
				verb: 'create',
				object: {...reference, name: 'us'},
				body: {...map, metadata: {name: 'us', namespace: 't'}},
			}),
			now,
		);
		expect(late).toMatchObject({state: 'refused', refusal: {status: 403}});
		memory.collect(now);
		expect(memory.view.get('Namespace', '', 't')).toBeDefined();
		memory.send(patch({metadata: {finalizers: []}}), now);
		memory.collect(now);
		expect(memory.view.get('Namespace', '', 't')).toBeUndefined();
	});

	it('leaves the cluster below as it is', () => {
		const below = cluster();
		const above = createMemoryCluster({
			key: 'home',
			role: 'consumer',
			title: 'home',
			generation: generationById('v1beta1'),
			base: below.view,
		});
		above.send(patch({spec: {desiredMapping: {c: 'd'}}}), now);
		expect(
			above.view.get('NamespaceMap', 't', 'eu')?.spec.desiredMapping,
		).toEqual({a: 'b', c: 'd'});
		expect([...above.view.list('NamespaceMap')]).toHaveLength(1);
		expect(above.view.count('NamespaceMap')).toBe(1);
		expect(
			below.view.get('NamespaceMap', 't', 'eu')?.spec.desiredMapping,
		).toEqual({a: 'b'});
	});
});

describe('mergePatchBetween', () => {
	it.each([
		[{a: 1, b: {c: 2}}, {a: 1, b: {c: 3}}, {b: {c: 3}}],
		[{a: 1}, {}, {a: null}],
		[{a: [1, 2]}, {a: [1]}, {a: [1]}],
		[{a: {}}, {a: {}}, undefined],
	])('turns %j into %j by %j', (before, after, expected) => {
		const found = mergePatchBetween(before, after);
		expect(found).toEqual(expected);
		expect(applyMergePatch(before, found ?? {})).toEqual(after);
	});
});
