import {describe, expect, it} from 'vitest';
import {detectSavedGeneration} from '../../../source/core/generations/saved.js';
import {v03} from '../../../source/core/generations/v0.3.js';
import {v05, v1alpha1} from '../../../source/core/generations/v1alpha1.js';
import {v1beta1} from '../../../source/core/generations/v1beta1.js';
import {type JsonObject} from '../../../source/core/json.js';

const offloading = (version: string, rest: JsonObject = {}): JsonObject => ({
	apiVersion: `offloading.liqo.io/${version}`,
	kind: 'NamespaceOffloading',
	metadata: {name: 'offloading', namespace: 'a'},
	...rest,
});

const definition = (
	group: string,
	plural: string,
	hasStatus: boolean,
): JsonObject => ({
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	spec: {
		group,
		names: {plural},
		versions: [
			{name: 'v1alpha1', ...(hasStatus && {subresources: {status: {}}})},
		],
	},
});

describe('detectSavedGeneration', () => {
	it.each([
		['no object of Liqo', [{apiVersion: 'v1', kind: 'Pod'}], undefined],
		['an object of v1beta1', [offloading('v1beta1')], v1beta1],
		['objects of v1alpha1 without a trace', [offloading('v1alpha1')], v03],
		[
			'one condition each',
			[
				offloading('v1alpha1', {
					status: {remoteNamespacesConditions: {x: [{type: 'Ready'}]}},
				}),
			],
			v03,
		],
		[
			'an observedGeneration',
			[offloading('v1alpha1', {status: {observedGeneration: 1}})],
			v1alpha1,
		],
		[
			'two conditions',
			[
				offloading('v1alpha1', {
					status: {remoteNamespacesConditions: {x: [{}, {}]}},
				}),
			],
			v1alpha1,
		],
		[
			'a replicated NamespaceMap',
			[
				{
					apiVersion: 'virtualkubelet.liqo.io/v1alpha1',
					kind: 'NamespaceMap',
					metadata: {labels: {'liqo.io/replication': 'true'}},
				},
			],
			v1alpha1,
		],
		[
			'the definitions, whatever the objects look like',
			[
				offloading('v1alpha1'),
				definition('offloading.liqo.io', 'namespaceoffloadings', true),
				definition('virtualkubelet.liqo.io', 'namespacemaps', true),
			],
			v05,
		],
		[
			'garbage',
			[
				{kind: 'CustomResourceDefinition', spec: 7},
				{apiVersion: 3, kind: {}},
				{},
			],
			undefined,
		],
	])('%s', (_title, objects, expected) => {
		expect(detectSavedGeneration(objects as JsonObject[])).toBe(expected);
	});
});
