import {describe, expect, it} from 'vitest';
import {type PlannedChange} from '../../../source/core/plan.js';
import {tour} from '../../../source/sandbox/scenarios/tour.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {
	driftMarksOf,
	textOfMarks,
	twinKey,
} from '../../../source/ui/drift/marks.js';
import {worldOf} from '../../helpers/world.js';

const world = worldOf(draftOf(tour));

const map = [...world.consumer.list('NamespaceMap')].find(
	({spec}) => Object.keys(spec.desiredMapping).length > 0,
)!;
const id = map.metadata.labels['liqo.io/remote-cluster-id']!;
const [namespace, remoteName] = Object.entries(map.spec.desiredMapping)[0]!;
const virtualNode = [...world.consumer.list('VirtualNode')].find(
	({spec}) => spec.clusterID === id,
)!;

const change = (
	kind: string,
	place: {
		readonly cluster?: string;
		readonly namespace?: string;
		readonly name: string;
	},
	body?: PlannedChange['body'],
): PlannedChange => ({
	cluster: place.cluster ?? 'home',
	verb: 'patch',
	object: {
		apiVersion: 'v1',
		kind,
		...(place.namespace !== undefined && {namespace: place.namespace}),
		name: place.name,
	},
	...(body !== undefined && {body}),
	reason: 'a test',
	reconciler: 'any',
});

const marked = (one: PlannedChange) => {
	const {namespaces, twins, clusters} = driftMarksOf([one], world);
	return {
		namespaces: [...namespaces],
		twins: [...twins],
		clusters: [...clusters],
	};
};

const none = {namespaces: [], twins: [], clusters: []};
const twin = {...none, twins: [twinKey(id, namespace)]};
const ownMap = {
	namespace: map.metadata.namespace,
	name: map.metadata.name,
};

describe('driftMarksOf', () => {
	it.each([
		['a namespace', change('Namespace', {name: 'shop'}), 'namespaces', 'shop'],
		[
			'a virtual node',
			change('VirtualNode', virtualNode.metadata),
			'clusters',
			id,
		],
		[
			'a map as a whole',
			change('NamespaceMap', ownMap, {metadata: {finalizers: []}}),
			'clusters',
			id,
		],
		[
			'what is not hosted for us on a provider',
			change('Namespace', {cluster: id, name: 'somebody-elses'}),
			'clusters',
			id,
		],
	])('puts %s where it is shown', (_title, one, where, what) => {
		expect(marked(one)).toEqual({...none, [where]: [what]});
	});

	it.each([
		[
			'an entry that is asked for',
			change('NamespaceMap', ownMap, {
				spec: {desiredMapping: {[namespace]: 'x'}},
			}),
		],
		[
			'an outcome',
			change('NamespaceMap', ownMap, {
				status: {currentMapping: {[namespace]: {phase: 'Accepted'}}},
			}),
		],
		['a twin', change('Namespace', {cluster: id, name: remoteName})],
		[
			'what is in a twin',
			change('RoleBinding', {cluster: id, namespace: remoteName, name: 'x'}),
		],
	])('sees the twin in %s', (_title, one) => {
		expect(marked(one)).toEqual(twin);
	});

	it.each([
		['offloadings', change('NamespaceOffloading', {name: 'offloading'})],
		['events', {...change('Event', {name: 'e'}), verb: 'event' as const}],
		['virtual nodes that are gone', change('VirtualNode', {name: 'gone'})],
	])('leaves %s to others', (_title, one) => {
		expect(marked(one)).toEqual(none);
	});

	it('tells sets of marks apart, whatever their order', () => {
		const marks = driftMarksOf([change('Namespace', {name: 'b'})], world);
		expect(textOfMarks(['a', 'b'], marks)).toBe(textOfMarks(['b', 'a'], marks));
		expect(textOfMarks(['a'], marks)).not.toBe(textOfMarks(['b'], marks));
	});
});
