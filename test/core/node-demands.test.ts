import {describe, expect, test} from 'vitest';
import {decode} from '../../source/core/decode.js';
import {type Node} from '../../source/core/model.js';
import {createUnmetDemands} from '../../source/core/node-demands.js';
import {
	type PodRequirement,
	type PodTerm,
} from '../../source/core/pod-terms.js';

const node = (name: string, labels: Readonly<Record<string, string>>): Node =>
	decode(
		'Node',
		{apiVersion: 'v1', kind: 'Node', metadata: {name, labels: {...labels}}},
		undefined,
	);

const wants = (
	key: string,
	operator: string,
	values: readonly string[] = [],
	part: Partial<PodRequirement> = {},
): PodRequirement => ({
	key,
	operator,
	values,
	source: 'matchExpressions',
	origin: 'pod',
	...part,
});

const term = (...requirements: readonly PodRequirement[]): PodTerm => ({
	requirements,
	isSatisfiable: true,
	conflict: [],
});

const offloading = {origin: 'offloading'} as const;

describe('what a node lacks', () => {
	test.each<[string, readonly PodTerm[], string | undefined]>([
		['nothing is asked for', [], undefined],
		['all is there', [term(wants('region', 'In', ['eu']))], undefined],
		[
			'another value',
			[term(wants('region', 'In', ['us', 'ap']))],
			'region is eu: the pod wants us or ap',
		],
		[
			'two who want different things of one label',
			[
				term(
					wants('region', 'In', ['us']),
					wants('region', 'NotIn', ['eu'], offloading),
				),
			],
			'region is eu: the pod wants us, the offloading wants anything but eu',
		],
		[
			'several labels',
			[term(wants('disk', 'Exists'), wants('region', 'DoesNotExist'))],
			'disk absent: the pod wants it; region is eu: the pod wants none',
		],
		[
			'numbers',
			[term(wants('cores', 'Gt', ['8']), wants('cores', 'Lt', ['2']))],
			'cores is 4: the pod wants more than 8, the pod wants less than 2',
		],
		[
			'alternatives',
			[term(wants('disk', 'Exists')), term(wants('region', 'In', ['us']))],
			'disk absent: the pod wants it / or region is eu: the pod wants us',
		],
		[
			'alternatives of which one holds',
			[term(wants('disk', 'Exists')), term(wants('region', 'Exists'))],
			undefined,
		],
		['an empty term', [term()], 'it is empty'],
		[
			'another node',
			[
				term(
					wants('metadata.name', 'In', ['worker-2'], {source: 'matchFields'}),
				),
			],
			'metadata.name is worker-1: the pod wants worker-2',
		],
	])('%s', (_, terms, expected) => {
		expect(
			createUnmetDemands(terms)(node('worker-1', {region: 'eu', cores: '4'})),
		).toBe(expected);
	});

	test('is told of each node by itself, however alike they are', () => {
		const unmet = createUnmetDemands([
			term(wants('metadata.name', 'In', ['b'], {source: 'matchFields'})),
		]);
		expect(unmet(node('a', {}))).toBe('metadata.name is a: the pod wants b');
		expect(unmet(node('b', {}))).toBeUndefined();
		expect(unmet(node('c', {}))).toBe('metadata.name is c: the pod wants b');
	});

	test('of very many alternatives is cut short', () => {
		const unmet = createUnmetDemands(
			Array.from({length: 500}, (_, index) =>
				term(wants(`key-${index}`, 'Exists')),
			),
		);
		expect(unmet(node('a', {}))).toMatch(
			/ \/ and 497 more ways, none of them$/v,
		);
	});
});
