import {describe, expect, it} from 'vitest';
import {
	applyRuntimeClass,
	mutatePod,
	runtimeClassConflict,
} from '../../source/core/admission.js';
import {generationById} from '../../source/core/generations/index.js';
import {type Json, type JsonObject} from '../../source/core/json.js';
import {type NamespaceOffloading} from '../../source/core/model.js';
import {validateOffloading} from '../../source/core/offloading-admission.js';
import {podRefusal} from '../../source/core/pod-validation.js';

type Rules = 'upstream' | 'corrected';
type Id = 'v0.3' | 'v1beta1';

const offloading = (
	spec: JsonObject,
	id: Id = 'v1beta1',
	metadata: JsonObject = {},
): NamespaceOffloading =>
	generationById(id).decode('NamespaceOffloading', {
		metadata: {name: 'offloading', namespace: 'shop', ...metadata},
		spec: {namespaceMappingStrategy: 'DefaultName', ...spec},
	});

const region = (...values: readonly string[]): JsonObject => ({
	matchExpressions: [{key: 'region', operator: 'In', values}],
});
const selecting = (
	podOffloadingStrategy: string,
	...nodeSelectorTerms: readonly JsonObject[]
): JsonObject => ({
	podOffloadingStrategy,
	clusterSelector: {nodeSelectorTerms},
});
const requiring = (
	...nodeSelectorTerms: readonly JsonObject[]
): JsonObject => ({
	affinity: {
		nodeAffinity: {
			requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms},
		},
	},
});

const onVirtual = {
	key: 'liqo.io/type',
	operator: 'In',
	values: ['virtual-node'],
};
const onLocal = {...onVirtual, operator: 'NotIn'};
const toleration = {
	key: 'virtual-node.liqo.io/not-allowed',
	operator: 'Exists',
	effect: 'NoExecute',
};

const mutate = (
	spec: JsonObject,
	object: NamespaceOffloading | undefined,
	{rules = 'upstream', id = 'v1beta1'}: {rules?: Rules; id?: Id} = {},
) =>
	mutatePod({metadata: {name: 'p'}, spec}, object, {
		generation: generationById(id),
		rules,
	});

const terms = (...parameters: Parameters<typeof mutate>): Json | undefined => {
	const result = mutate(...parameters);
	if (result.outcome === 'denied') {
		throw new Error(result.message);
	}

	const {spec} = result.pod as {
		spec: {
			affinity?: {
				nodeAffinity: {
					requiredDuringSchedulingIgnoredDuringExecution: {
						nodeSelectorTerms: Json;
					};
				};
			};
		};
	};
	return spec.affinity?.nodeAffinity
		.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
};

describe('mutatePod', () => {
	it('leaves pods alone under Local and in the runtime class', () => {
		const pod = {runtimeClassName: 'liqo'};
		expect(
			mutate({}, offloading(selecting('Local', region('eu')))),
		).toMatchObject({isMutated: false});
		expect(mutate(pod, offloading(selecting('Remote')))).toMatchObject({
			isMutated: false,
		});
		expect(
			mutate(pod, offloading(selecting('Remote'), 'v0.3'), {id: 'v0.3'}),
		).toMatchObject({isMutated: true});
	});

	it('only tolerates under LocalAndRemote with an empty selector', () => {
		const result = mutate(
			{containers: []},
			offloading(selecting('LocalAndRemote')),
		);
		expect(result).toEqual({
			outcome: 'admitted',
			isMutated: true,
			pod: {
				metadata: {name: 'p'},
				spec: {containers: [], tolerations: [toleration]},
			},
		});
	});

	it('imposes virtual nodes under Remote', () => {
		expect(terms({}, offloading(selecting('Remote')))).toEqual([
			{matchExpressions: [onVirtual]},
		]);
		expect(terms({}, offloading(selecting('Remote', region('eu'))))).toEqual([
			{
				matchExpressions: [
					{key: 'region', operator: 'In', values: ['eu']},
					onVirtual,
				],
			},
		]);
	});

	it('lets local nodes in beside the selected ones under LocalAndRemote', () => {
		expect(
			terms({}, offloading(selecting('LocalAndRemote', region('eu')))),
		).toEqual([region('eu'), {matchExpressions: [onLocal]}]);
	});

	it("multiplies the pod's terms with the imposed ones, pod first", () => {
		const gpu = {matchExpressions: [{key: 'gpu', operator: 'Exists'}]};
		const ssd = {
			matchExpressions: [{key: 'disk', operator: 'In', values: ['ssd']}],
		};
		const merged = terms(
			requiring(ssd, gpu),
			offloading(selecting('LocalAndRemote', region('eu'))),
		) as JsonObject[];
		expect(
			merged.map((term) =>
				(term.matchExpressions as JsonObject[]).map(({key}) => key),
			),
		).toEqual([
			['disk', 'region'],
			['disk', 'liqo.io/type'],
			['gpu', 'region'],
			['gpu', 'liqo.io/type'],
		]);
	});

	const pin = {
		matchFields: [{key: 'metadata.name', operator: 'In', values: ['local1']}],
	};

	it('loses the pin of a DaemonSet, unless corrected', () => {
		const object = offloading(selecting('Remote', region('eu')));
		expect(JSON.stringify(terms(requiring(pin), object))).not.toContain(
			'metadata.name',
		);
		expect(
			JSON.stringify(terms(requiring(pin), object, {rules: 'corrected'})),
		).toContain('metadata.name');
	});

	it('widens an empty term to any virtual node, unless corrected', () => {
		const object = offloading(selecting('Remote', {}));
		expect(terms({}, object)).toEqual([{matchExpressions: [onVirtual]}]);
		expect(terms({}, object, {rules: 'corrected'})).toEqual([{}]);
		expect(
			terms(requiring({}), offloading(selecting('Remote', region('eu'))), {
				rules: 'corrected',
			}),
		).toEqual([{}]);
	});

	it('tolerates twice, unless corrected', () => {
		const object = offloading(selecting('LocalAndRemote'));
		const pod = {tolerations: [toleration]};
		expect(mutate(pod, object)).toMatchObject({
			pod: {spec: {tolerations: [toleration, toleration]}},
		});
		expect(mutate(pod, object, {rules: 'corrected'})).toMatchObject({
			pod: {spec: {tolerations: [toleration]}},
		});
		expect(
			mutate({tolerations: [{...toleration, tolerationSeconds: 5}]}, object, {
				rules: 'corrected',
			}),
		).toMatchObject({
			pod: {spec: {tolerations: [{tolerationSeconds: 5}, toleration]}},
		});
	});

	it('refuses without an offloading since v1, lets pass before', () => {
		expect(mutate({}, undefined)).toEqual({
			outcome: 'denied',
			status: 500,
			message:
				'admission webhook "pod.mutate.liqo.io" denied the request: failed retrieving NamespaceOffloading',
		});
		expect(mutate({}, undefined, {id: 'v0.3'})).toMatchObject({
			isMutated: false,
		});
		expect(
			mutate({}, offloading({podOffloadingStrategy: 'Elsewhere'})),
		).toMatchObject({outcome: 'denied'});
	});

	it('makes a pod without terms in v0.3 before the selector is filled in', () => {
		expect(
			terms({}, offloading(selecting('Remote'), 'v0.3'), {id: 'v0.3'}),
		).toEqual([]);
		expect(podRefusal({metadata: {name: 'p'}, spec: requiring()})).toContain(
			'must have at least one node selector term',
		);
	});
});

describe('applyRuntimeClass', () => {
	it('sends pods of the class to virtual nodes', () => {
		expect(
			applyRuntimeClass({
				spec: {runtimeClassName: 'liqo', nodeSelector: {a: 'b'}},
			}),
		).toEqual({
			spec: {
				runtimeClassName: 'liqo',
				nodeSelector: {a: 'b', 'liqo.io/type': 'virtual-node'},
				tolerations: [toleration],
			},
		});
		const other = {spec: {runtimeClassName: 'gvisor'}};
		expect(applyRuntimeClass(other)).toBe(other);
	});
});

describe('podRefusal', () => {
	it.each([
		[
			{key: 'a', operator: 'Equals', values: ['x']},
			'operator: Invalid value: "Equals": not a valid selector operator',
		],
		[
			{key: 'a', operator: 'In'},
			"values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
		],
		[
			{key: 'a', operator: 'Exists', values: ['x']},
			'values: Forbidden: may not be specified',
		],
		[
			{key: 'a', operator: 'Gt', values: ['1', '2']},
			'values: Required value: must be specified single value',
		],
	])('refuses %j', (requirement, text) => {
		expect(
			podRefusal({
				metadata: {name: 'p'},
				spec: requiring({matchExpressions: [requirement]}),
			}),
		).toContain(text);
	});

	it('does not look at the integers', () => {
		expect(
			podRefusal({
				spec: requiring({
					matchExpressions: [{key: 'a', operator: 'Gt', values: ['abc']}],
				}),
			}),
		).toBeUndefined();
		expect(podRefusal({spec: requiring({})})).toBeUndefined();
	});
});

describe('validateOffloading', () => {
	const validate = (
		object: NamespaceOffloading,
		oldObject?: NamespaceOffloading,
		{rules = 'upstream', id = 'v1beta1'}: {rules?: Rules; id?: Id} = {},
	) =>
		validateOffloading({
			object,
			...(oldObject && {oldObject}),
			generation: generationById(id),
			rules,
		});
	const selected = (name?: string) =>
		offloading({
			namespaceMappingStrategy: 'SelectedName',
			...(name !== undefined && {remoteNamespaceName: name}),
			podOffloadingStrategy: 'LocalAndRemote',
		});
	const skip = {labels: {'liqo.io/webhook-skip': 'true'}};

	it('refuses other names, also on update, unless both objects skip it', () => {
		const bad = offloading({}, 'v1beta1', {name: 'other'});
		const skipping = offloading({}, 'v1beta1', {name: 'other', ...skip});
		const refusal = {
			isAllowed: false,
			reason: 'NamespaceOffloading name must match offloading',
		};
		expect(validate(bad)).toEqual(refusal);
		expect(validate(bad, bad)).toEqual(refusal);
		expect(validate(bad, skipping)).toEqual(refusal);
		expect(validate(skipping, bad)).toEqual(refusal);
		expect(validate(skipping, skipping).isAllowed).toBe(true);
		expect(validate(bad, undefined, {id: 'v0.3'}).isAllowed).toBe(true);
	});

	it('wants a name with SelectedName, and keeps it', () => {
		expect(validate(selected())).toMatchObject({isAllowed: false});
		expect(validate(selected('a')).isAllowed).toBe(true);
		expect(validate(selected('b'), selected('a'))).toEqual({
			isAllowed: false,
			reason: 'The RemoteNamespaceName value cannot be modified after creation',
		});
		expect(validate(offloading({}), selected('a'))).toEqual({
			isAllowed: false,
			reason:
				'The NamespaceMappingStrategy value cannot be modified after creation',
		});
	});

	it.each([
		['LocalAndRemote', 'Remote', 1],
		['Local', 'Remote', 1],
		['Remote', 'LocalAndRemote', 0],
		['Remote', 'Remote', 0],
	])('warns from %s to %s', (from, to, count) => {
		const verdict = validate(
			offloading({podOffloadingStrategy: to}),
			offloading({podOffloadingStrategy: from}),
		);
		expect(verdict.isAllowed && verdict.warnings).toHaveLength(count);
	});

	it('refuses system namespaces and warns of a broken selector when corrected', () => {
		const system = offloading({}, 'v1beta1', {namespace: 'kube-system'});
		expect(validate(system).isAllowed).toBe(true);
		expect(validate(system, undefined, {rules: 'corrected'}).isAllowed).toBe(
			false,
		);
		const broken = offloading(
			selecting('Remote', {matchExpressions: [{key: 'a', operator: 'Equals'}]}),
		);
		const verdict = validate(broken, undefined, {rules: 'corrected'});
		expect(verdict.isAllowed && verdict.warnings[0]).toContain(
			'Unsupported value: "Equals"',
		);
	});
});

describe('runtimeClassConflict', () => {
	it('refuses a pod of the class that asks for other nodes', () => {
		const pod = {
			metadata: {name: 'p'},
			spec: {
				runtimeClassName: 'liqo',
				nodeSelector: {'liqo.io/type': 'local'},
			},
		};
		expect(runtimeClassConflict(pod)).toBe(
			'pods "p" is forbidden: conflict: runtimeClass.scheduling.nodeSelector[liqo.io/type] = virtual-node; pod.spec.nodeSelector[liqo.io/type] = local',
		);
		expect(
			runtimeClassConflict({...pod, spec: {...pod.spec, nodeSelector: {}}}),
		).toBeUndefined();
	});
});
