import {createHash} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {generationById} from '../../source/core/generations/index.js';
import {
	longestLocalName,
	namespaceNameProblems,
	remoteNamespaceName,
} from '../../source/core/names.js';
import {sha256} from '../../source/core/sha256.js';

const id = '0e57370b-ce58-481b-b42a-49ab841e87df';
const spec = (
	namespaceMappingStrategy: string,
	remoteName?: string,
): {namespaceMappingStrategy: string; remoteNamespaceName?: string} => ({
	namespaceMappingStrategy,
	...(remoteName !== undefined && {remoteNamespaceName: remoteName}),
});

describe('remoteNamespaceName', () => {
	it.each([
		['v1beta1', 'DefaultName', `shop-${id}`],
		['v1beta1', 'EnforceSameName', 'shop'],
		['v1beta1', 'SelectedName', 'picked'],
		['v1beta1', 'Nonsense', `shop-${id}`],
		['v0.3', 'DefaultName', `shop-${id}`],
		['v0.3', 'SelectedName', `shop-${id}`],
		[
			'v1alpha1',
			'DefaultName',
			`shop-milan-${createHash('sha256').update(id).digest('hex').slice(0, 6)}`,
		],
	] as const)('%s, %s', (generation, strategy, name) => {
		expect(
			remoteNamespaceName(
				'shop',
				spec(strategy, 'picked'),
				{id, name: 'milan'},
				generationById(generation),
			),
		).toBe(name);
	});

	it('leaves 26 characters to a namespace of a cluster with a UUID', () => {
		expect(longestLocalName({id}, generationById('v1beta1'))).toBe(26);
		const remote = (length: number) =>
			remoteNamespaceName(
				'n'.repeat(length),
				spec('DefaultName'),
				{id},
				generationById('v1beta1'),
			);
		expect(namespaceNameProblems(remote(26))).toEqual([]);
		expect(namespaceNameProblems(remote(27))[0]).toContain(
			'must be no more than 63 characters',
		);
	});

	it.each(['a.b', 'A', '-a', 'a-', 'a_b', '', 'a b'])('refuses %o', (name) => {
		expect(namespaceNameProblems(name)).not.toEqual([]);
	});
});

describe('sha256', () => {
	it.each([
		'',
		'abc',
		id,
		'ü€😀',
		'x'.repeat(55),
		'x'.repeat(56),
		'x'.repeat(64),
		'x'.repeat(1000),
	])('agrees with Node on %o', (text) => {
		expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
	});
});
